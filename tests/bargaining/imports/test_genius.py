"""GENIUS scenarios: values as GENIUS computes them, every kind of issue, and files that try to hurt."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bargaining.casefile import CaseFaults
from bargaining.casefile.faults import Book
from bargaining.imports import Imported, draft, read, xml_text
from bargaining.scoring import alternative_value, issue_points, points
from tests.bargaining.cases import some_cases

DOMAIN = """<?xml version="1.0" encoding="UTF-8"?>
<negotiation_template>
 <utility_space number_of_issues="3">
  <objective index="0" name="Orchard" type="objective" etype="objective" description="">
   <issue index="1" name="Apples" type="discrete" etype="discrete" vtype="discrete">
    <item index="1" value="red" description=""/>
    <item index="2" value="green &amp; sour" description=""/>
   </issue>
   <issue index="2" name="Baskets" type="integer" etype="integer" vtype="integer" lowerbound="2" upperbound="5"/>
   <issue index="3" name="Price" type="real" etype="real" vtype="real"><range lowerbound="0" upperbound="10"/></issue>
  </objective>
 </utility_space>
</negotiation_template>
"""

GROWER = """<utility_space type="any" number_of_issues="3">
 <objective index="0" name="Orchard" type="objective" etype="objective" description="">
  <weight index="1" value="0.5"/> <weight index="2" value="0.2"/> <weight index="3" value="0.3"/>
  <issue index="1" name="Apples" type="discrete" etype="discrete" vtype="discrete">
   <item index="1" value="red" evaluation="3"/>
   <item index="2" value="green &amp; sour" evaluation="6"/>
  </issue>
  <issue index="2" name="Baskets" type="integer" etype="integer" vtype="integer" lowerbound="2" upperbound="5">
   <evaluator ftype="linear" offset="0.4" slope="0.3"/>
  </issue>
  <issue index="3" name="Price" type="real" etype="real" vtype="real">
   <range lowerbound="0" upperbound="10"/> <evaluator ftype="linear" parameter0="0" parameter1="0.1"/>
  </issue>
 </objective>
 <discount_factor value="0.9"/>
 <reservation value="0.25"/>
</utility_space>
"""

PRESS = (
    GROWER.replace('evaluation="3"', 'evaluation="0.8"')
    .replace('evaluation="6"', 'evaluation="0.2"')
    .replace('offset="0.4" slope="0.3"', 'offset="1" slope="-0.25"')
    .replace('ftype="linear" parameter0="0" parameter1="0.1"',
             'ftype="triangular" parameter0="0" parameter1="10" parameter2="4"')
    .replace('<discount_factor value="0.9"/>', '<discount_factor value="1.0"/>')
    .replace('<reservation value="0.25"/>', "")
)  # fmt: skip


def orchard(domain: str = DOMAIN, grower: str = GROWER, press: str = PRESS) -> dict[str, bytes]:
    files = {"orchard.xml": domain, "grower.xml": grower, "press.xml": press}
    return {name: text.encode() for name, text in files.items()}


def test_scenario_keeps_its_words() -> None:
    case = read(orchard()).case
    assert case.title == "Orchard"
    assert [party.name for party in case.parties] == ["grower", "press"]
    assert [(issue.title, issue.kind) for issue in case.issues] == [
        ("Apples", "choice"), ("Baskets", "integer"), ("Price", "decimal"),
    ]  # fmt: skip
    assert [option.label for option in case.issues[0].options] == ["red", "green & sour"]


def test_evaluations_are_divided_by_the_largest() -> None:
    case = read(orchard()).case
    assert list(issue_points(case, "grower", "apples").values()) == [0.25, 0.5]
    assert list(issue_points(case, "press", "apples").values()) == [0.5, 0.125]


def test_evaluations_that_are_all_nothing_stay_nothing() -> None:
    flat = GROWER.replace('evaluation="3"', 'evaluation="0"').replace(
        'evaluation="6"', 'evaluation="0.000001"'
    )
    assert set(issue_points(read(orchard(grower=flat)).case, "grower", "apples").values()) == {0.0}


def test_integers_count_from_the_lower_bound_and_stay_in_0_to_1() -> None:
    case = read(orchard()).case
    assert issue_points(case, "grower", "baskets") == {2: 0.08, 3: 0.14, 4: 0.2, 5: 0.2}
    assert issue_points(case, "press", "baskets") == {2: 0.2, 3: 0.15, 4: 0.1, 5: 0.05}


def test_reals_are_looked_at_in_21_values() -> None:
    found = read(orchard())
    price = found.case.issue("price")
    assert price.values() == tuple(k / 2 for k in range(21))
    assert issue_points(found.case, "grower", "price")[5.0] == 0.15
    press = issue_points(found.case, "press", "price")
    assert (press[0.0], press[2.0], press[4.0], press[7.0], press[10.0]) == (0.0, 0.15, 0.3, 0.15, 0.0)
    assert any("“Price” can be any number in its range" in note for note in found.notes)


def test_what_the_source_leaves_open_is_told() -> None:
    notes = " ".join(read(orchard()).notes)
    assert "“grower” has a discount factor of 0.9" in notes
    assert "“press” has no reservation value" in notes
    assert [alternative_value(read(orchard()).case, party) for party in ("grower", "press")] == [0.25, 0.0]


def test_values_beyond_1_are_told() -> None:
    heavy = GROWER.replace('<weight index="1" value="0.5"/>', '<weight index="1" value="0.9"/>')
    assert any("go beyond 1" in note for note in read(orchard(grower=heavy)).notes)
    assert not any("go beyond 1" in note for note in read(orchard()).notes)


def test_domain_may_be_missing() -> None:
    files = orchard()
    del files["orchard.xml"]
    assert read(files).case.issues == read(orchard()).case.issues


def test_files_that_are_no_part_of_it_are_told() -> None:
    found = read({**orchard(), "repository.xml": b"<list/>", "notes.txt": b"a plan"})
    left = [note for note in found.notes if "left out" in note and "discount" not in note]
    assert len(left) == 2


def test_inner_objectives_come_first() -> None:
    def nested(text: str) -> str:
        price = text.index('  <issue index="3"')
        end = text.index("</issue>", price) + len("</issue>") if "</issue>" in text[price:] else 0
        inner = (
            f'<objective index="9" name="Money"><weight index="3" value="0.3"/>{text[price:end]}</objective>'
        )
        return (
            text[:price].replace('<weight index="3" value="0.3"/>', '<weight index="9" value="1"/>')
            + inner
            + text[end:]
        )

    case = read(
        orchard(nested(DOMAIN).replace('<weight index="3" value="0.3"/>', ""), nested(GROWER), nested(PRESS))
    ).case
    assert [issue.title for issue in case.issues] == ["Price", "Apples", "Baskets"]
    assert issue_points(case, "grower", "price")[5.0] == 0.15


Change = Callable[[dict[str, bytes]], object]


def swap(file: str, old: str, new: str) -> Change:
    def change(files: dict[str, bytes]) -> None:
        assert old.encode() in files[file]
        files[file] = files[file].replace(old.encode(), new.encode(), 1)

    return change


MISTAKES: list[tuple[Change, str, str]] = [
    (lambda f: f.pop("press.xml"), "orchard.xml", "There are 1 profiles"),
    (lambda f: f.update({"z/press.xml": f["press.xml"]}), "z/press.xml", "Another profile has the same name."),
    (lambda f: f.update({"other.xml": f["orchard.xml"]}), "other.xml", "This is a second domain."),
    (swap("orchard.xml", 'index="2" name="Baskets"', 'index="1" name="Baskets"'),
     "orchard.xml", "A second issue has the index 1."),
    (swap("orchard.xml", 'name="Baskets"', 'name="Apples"'), "orchard.xml", "A second issue has this name."),
    (swap("orchard.xml", 'name="Baskets"', 'name=" "'), "orchard.xml", "This issue has no name."),
    (swap("orchard.xml", 'type="real"', 'type="odd"'), "orchard.xml", "This kind of issue is not known."),
    (swap("orchard.xml", 'value="red"', 'value="green &amp; sour"'), "orchard.xml", "This option stands here twice."),
    (swap("orchard.xml", 'value="red"', ""), "orchard.xml", "This item has no value."),
    (swap("orchard.xml", 'upperbound="5"', 'upperbound="1"'), "orchard.xml", "This range is empty."),
    (swap("orchard.xml", 'upperbound="5"', 'upperbound="5.5"'),
     "orchard.xml", "upperbound should be a whole number."),
    (swap("orchard.xml", 'upperbound="5"', 'upperbound="999999"'), "orchard.xml", "This issue has too many values."),
    (swap("orchard.xml", 'upperbound="10"', 'upperbound="ten"'), "orchard.xml", "upperbound should be a number."),
    (swap("grower.xml", 'evaluation="3"', 'evaluation="NaN"'), "grower.xml", "evaluation should be a number."),
    (swap("grower.xml", 'evaluation="3"', ""), "grower.xml", "evaluation should be a number."),
    (swap("grower.xml", 'value="red"', 'value="blue"'), "grower.xml", "The option “red” is missing."),
    (swap("grower.xml", '<weight index="1" value="0.5"/>', ""), "grower.xml", "This issue has no weight."),
    (swap("grower.xml", '<weight index="1"', '<weight index="2"'), "grower.xml", "A second weight has the index 2."),
    (swap("grower.xml", '<weight index="1" value="0.5"', '<weight index="1" value="1e400"'),
     "grower.xml", "value should be a number."),
    (swap("grower.xml", '<issue index="1"', '<issue index="7"'), "grower.xml", "The issue of index 1 is missing."),
    (swap("grower.xml", '<issue index="1"', '<issue index="7"'),
     "grower.xml", "The domain has no issue of this index."),
    (swap("grower.xml", 'type="integer"', 'type="discrete"'), "grower.xml", "In the domain this issue is integer."),
    (swap("grower.xml", 'upperbound="5"', 'upperbound="6"'), "grower.xml", "The range is not that of the domain."),
    (swap("grower.xml", '<evaluator ftype="linear" offset="0.4" slope="0.3"/>', ""),
     "grower.xml", "This issue has no evaluator."),
    (swap("grower.xml", 'slope="0.3"', ""), "grower.xml", "slope should be a number."),
    (swap("grower.xml", 'ftype="linear" parameter0', 'ftype="faratin" parameter0'),
     "grower.xml", "This form of evaluator is not known."),
    (swap("grower.xml", "<discount_factor", "<ufun/><discount_factor"),
     "grower.xml", "Only additive profiles can be read."),
    (swap("press.xml", "</objective>", ""), "press.xml", "This is not readable XML: mismatched tag."),
]  # fmt: skip


@pytest.mark.parametrize(("change", "file", "what"), MISTAKES, ids=[what for _, _, what in MISTAKES])
def test_mistake_is_told(change: Change, file: str, what: str) -> None:
    files = orchard()
    change(files)
    with pytest.raises(CaseFaults) as caught:
        read(files)
    told = [(fault.file, fault.what) for fault in caught.value.faults]
    assert all(fault.line >= 1 and fault.mend for fault in caught.value.faults)
    assert any(where == file and words.startswith(what) for where, words in told), told


def test_faults_of_all_files_are_told_at_once_with_their_lines() -> None:
    files = orchard()
    swap("grower.xml", 'evaluation="3"', 'evaluation="many"')(files)
    swap("press.xml", 'slope="-0.25"', 'slope="down"')(files)
    with pytest.raises(CaseFaults) as caught:
        read(files)
    assert [(fault.file, fault.line) for fault in caught.value.faults] == [
        ("grower.xml", 5),
        ("press.xml", 9),
    ]


LAUGHS = (
    '<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY lol "lol">'
    + "".join(f'<!ENTITY lol{k} "{f"&lol{k - 1 if k > 1 else str()};" * 10}">' for k in range(1, 10))
    + "]><lolz>&lol9;</lolz>"
)
HURTFUL = {
    "billion laughs": LAUGHS,
    "external entity": '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/hostname">]><a><issue name="&x;"/></a>',
    "external document type": '<!DOCTYPE a SYSTEM "http://localhost/a.dtd"><a><issue/></a>',
    "parameter entity": '<!DOCTYPE a [<!ENTITY % x SYSTEM "file:///etc/hostname"> %x;]><a/>',
    "quadratic blow-up": f'<!DOCTYPE a [<!ENTITY x "{"x" * 1000}">]><a>{"&x;" * 1000}</a>',
}


@pytest.mark.parametrize("text", HURTFUL.values(), ids=HURTFUL)
def test_document_types_and_entities_are_refused(text: str) -> None:
    with pytest.raises(CaseFaults) as caught:
        read({"evil.xml": text.encode()})
    assert "A document type (<!DOCTYPE ...>) is not allowed." in [f.what for f in caught.value.faults]


def test_guard_is_what_refuses_them(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without it the same text is read, entity and all: the test above can fail."""
    monkeypatch.setattr(xml_text._Reader, "refuse", lambda self, *about: 1)
    root = xml_text.read_xml(b'<!DOCTYPE a [<!ENTITY x "grown">]><a name="&x;"/>', Book("evil.xml"))
    assert root is not None
    assert root.attributes == {"name": "grown"}


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("<a>" * 31 + "</a>" * 31, "nested deeper than 30 levels"),
        ("<a>" + "<b/>" * 200_000 + "</a>", "more than 200,000 elements"),
        ("<a>" + " " * 4_194_304 + "</a>", "larger than 4 MiB"),
        ('<?xml version="1.0" encoding="klingon"?><a/>', "encoding"),
        ('<?xml version="1.0" encoding="big5"?><a/>', "encoding"),
    ],
)
def test_too_much_is_refused(text: str, what: str) -> None:
    with pytest.raises(CaseFaults, match=what):
        read({"big.xml": text.encode()})


@some_cases
@given(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)), min_size=2, max_size=4), st.data())
def test_values_agree_with_the_formula_of_genius(
    evaluations: list[tuple[int, int]], data: st.DataObject
) -> None:
    """sum over issues of weight x evaluation / largest evaluation of the issue, for random discrete profiles."""
    weights = [data.draw(st.integers(0, 10)) / 10 for _ in evaluations]
    files = {"domain.xml": scenario(evaluations, None)}
    files |= {
        "a.xml": scenario(evaluations, weights),
        "b.xml": scenario([(b, a) for a, b in evaluations], weights),
    }
    found: Imported = read(files)
    chosen = [data.draw(st.integers(0, 1)) for _ in evaluations]
    package = {f"i{k}": f"o{option}" for k, option in enumerate(chosen)}
    worth = sum(
        weight * pair[option] / max(pair) if max(pair) else 0
        for weight, pair, option in zip(weights, evaluations, chosen, strict=True)
    )
    assert points(found.case, "a", package) == pytest.approx(worth, abs=1e-9)


def scenario(evaluations: list[tuple[int, int]], weights: list[float] | None) -> bytes:
    parts = []
    for k, pair in enumerate(evaluations):
        items = [
            f'<item index="{n}" value="o{n}" '
            + (f'evaluation="{pair[n]}"/>' if weights is not None else "/>")
            for n in (0, 1)
        ]
        parts.append(f'<issue index="{k}" name="i{k}" type="discrete">{"".join(items)}</issue>')
        if weights is not None:
            parts.append(f'<weight index="{k}" value="{weights[k]}"/>')
    return f"<x><utility_space><objective>{''.join(parts)}</objective></utility_space></x>".encode()


def test_values_of_all_issues_and_parties_are_counted_before_they_are_listed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    files = orchard()
    assert read(files).case.issues
    monkeypatch.setattr(draft, "MOST_NUMBERS", 5)
    with pytest.raises(CaseFaults, match="All issues together have too many values"):
        read(files)
