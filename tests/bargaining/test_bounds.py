"""What no file may make the reader do: list values without end, read a case for every change, lay the same table many
times, or fall over a number of thousands of digits."""

from __future__ import annotations

import pytest

from bargaining.case import Case
from bargaining.casefile import CaseFaults, known, load_case, process
from bargaining.formulas import terms_of
from bargaining.imports import read
from tests.bargaining.test_casefile import faults

PARTIES = "parties:\n" + "".join(f"  {p}: {{name: P, alternative: {{text: t, value: 1}}}}\n" for p in "ab")
PRICE = "{title: T, kind: integer, min: 1, max: 100, step: 1}"


def text_of(parties: str = PARTIES, issues: int = 1, more: str = "") -> str:
    head = "format: 1\nid: tall\nversion: 1.0.0\ntitle: Tall\nmechanism: agreement\n"
    return f"{head}{parties}issues:\n" + "".join(f"  i{n}: {PRICE}\n" for n in range(issues)) + more


def variants(number: int) -> str:
    lines = (f"  v{n}: {{about: A, set: {{parties.a.alternative.value: {n}}}}}\n" for n in range(number))
    return "conditions:\n" + "".join(lines)


def test_values_of_all_issues_are_counted_together(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(known, "MOST_VALUES", 300)
    assert load_case(text_of(issues=3)).issue("i2").values()[-1] == 100
    assert faults(text_of(issues=4)) == [(13, "All issues together have too many values.")]


def test_ways_to_share_count_among_the_values(monkeypatch: pytest.MonkeyPatch) -> None:
    shares = "  s: {title: S, kind: allocation, among: [a, b], of: pot, step: 1}\nderived:\n"
    pot = "  pot: {title: Pot, formula: i0}\n"
    load_case(text_of(more=shares + pot))
    monkeypatch.setattr(known, "MOST_VALUES", 200)
    assert faults(text_of(more=shares + pot)) == [(11, "All issues together have too many values.")]


def test_parties_are_few() -> None:
    many = PARTIES + "".join(f"  p{n}: {{name: P, alternative: {{text: t, value: 1}}}}\n" for n in range(39))
    assert faults(text_of(many)) == [(6, "There are more than 40 parties.")]
    columns, ones = ",".join(f"p{n}" for n in range(41)), ",1" * 41
    sheet = f"issue,option,{columns}\nPrice,low{ones}\nPrice,high{ones}\nalternative,{ones}\n"
    with pytest.raises(CaseFaults, match="more than 40 parties"):
        read({"sheet.csv": sheet.encode()})


def test_changes_are_few() -> None:
    assert len(load_case(text_of(more=variants(process.MOST_CHANGES))).conditions) == process.MOST_CHANGES
    assert faults(text_of(more=variants(process.MOST_CHANGES + 1))) == [
        (11, f"There are more than {process.MOST_CHANGES} of these.")
    ]


def test_a_term_is_made_once_however_often_formulas_name_it() -> None:
    formulas = "derived:\n" + "".join(f"  d{n}: {{title: D, formula: i0 * 2 + i0}}\n" for n in range(3))
    case: Case = load_case(text_of(more=formulas))
    terms = [term for quantity in case.derived for term in terms_of(quantity.formula)]
    assert len(terms) == 6
    assert len({id(term.table) for term in terms}) == 1


def test_place_of_many_digits_is_no_place() -> None:
    change = f"conditions:\n  v:\n    about: A\n    set:\n      ? adjustments.{'9' * 5000}.text\n      : x\n"
    extra = "adjustments: [{when: {i0: 1}, add: {a: 1}, text: t}]\n"
    [(line, what)] = faults(text_of(more=extra + change))
    assert line == 16
    assert "no field that can change" in what
    load_case(text_of(more=extra + change.replace("9" * 5000, "0")))
