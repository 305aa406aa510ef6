"""Numbers in the wrong hands: found however they are written, and no noise about what the reader knows anyway."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bargaining.case import Case
from bargaining.casefile import Texts, load_folder
from bargaining.lint import lint
from bargaining.slips import Slip, numbers_in, slips
from tests.bargaining.cases import LIBRARY, farm, kiln


@pytest.mark.parametrize(
    "written",
    [
        "1450",
        "1,450",
        "1.450",
        "1\u00a0450",
        "1\u202f450",
        "$1450",
        "1450.00",
        "-1450",
        "**1,450**",
        "(1,450).",
    ],
)
def test_number_of_another_is_found_however_it_is_written(written: str) -> None:
    (slip,) = slips(kiln(), "buyer", f"Nothing here.\nShe has {written} already.")
    assert (slip.line, slip.owner) == (2, "seller")


@pytest.mark.parametrize(
    ("text", "owner"),
    [
        ("Her target is 2,400.", "seller"),
        ("A newsletter said 24.00 or 240 or a2400 or 24000.", None),
        ("She asks 2,600 and it cost 4100 when new.", None),
        ("Your own other kiln costs 2300 and leaves 300.", None),
        ("You have 10 minutes for one price.", None),
    ],
)
def test_only_what_the_reader_does_not_know_is_a_slip(text: str, owner: str | None) -> None:
    assert [slip.owner for slip in slips(kiln(), "buyer", text)] == ([owner] if owner else [])


def test_words_of_an_alternative_count_too() -> None:
    assert slips(kiln(), "seller", "He can have one for 2300.") == (Slip(1, "2300", "buyer"),)


def test_what_everybody_reads_is_no_slip() -> None:
    assert slips(kiln(), "buyer", "Dealers pay 1,450.", common="Dealers often pay 1450 dollars.") == ()


def test_text_for_everybody_may_tell_nobody_s_number() -> None:
    found = slips(kiln(), None, "Between 1,450 and 2300 there is room.")
    assert [(slip.number, slip.owner) for slip in found] == [("1,450", "seller"), ("2300", "buyer")]


def test_news_of_the_own_side_is_known() -> None:
    assert slips(kiln(), "seller", "Another dealer may offer 1950, the newsletter says 2500.") == ()
    assert [slip.owner for slip in slips(kiln(), "buyer", "Her dealer may offer 118.")] == []
    assert [slip.owner for slip in slips(farm(), "neighbour", "The meadow brings her 118.")] == ["farmer"]


def test_price_of_the_own_target_is_no_slip() -> None:
    case = (
        kiln()
    )  # a price of 1,500 is 1,100 to the buyer: the target; 1,500 may be the seller's alternative too
    seller = replace(case.party("seller"), alternative=replace(case.party("seller").alternative, value=1500))
    changed = replace(case, parties=(seller, case.party("buyer")))
    assert slips(changed, "buyer", "Aim at 1,500.") == ()
    assert [slip.owner for slip in slips(case, "buyer", "She has 1,450.")] == ["seller"]


def test_alternative_whose_words_were_forgotten_is_told() -> None:
    case = kiln()
    seller = replace(case.party("seller"), alternative=replace(case.party("seller").alternative, value=1500))
    (remark,) = [
        one for one in lint(replace(case, parties=(seller, case.party("buyer")))) if "alternative" in one.code
    ]
    assert remark.words == "The words name 1,450; the value is 1,500."
    assert not [one for one in lint(case) if one.code == "alternative_says_otherwise"]


def test_small_whole_numbers_tell_nothing() -> None:
    seller = kiln().party("seller")
    case = replace(kiln(), parties=(replace(seller, target=8), kiln().party("buyer")))
    assert slips(case, "buyer", "Come at 8.") == ()
    assert numbers_in(case.party("seller")) >= {8.0, 1450.0}


def test_numbers_are_found_in_words_and_parts() -> None:
    assert numbers_in({"a": [1, "2,500 and -3"], "b4": (True, None)}) == {1, 2500, 2.5, 3}


def _with(role: str, words: str) -> tuple[Case, Texts]:
    loaded = load_folder(LIBRARY / "second-hand-kiln")
    texts = loaded.texts
    if role == "general":
        texts["general"] += words
    else:
        texts["roles"][role] += words
    return loaded.case, texts


@pytest.mark.parametrize(("role", "file"), [("general", "general.md"), ("buyer", "roles/buyer.md")])
def test_lint_names_the_file_and_line(role: str, file: str) -> None:
    case, texts = _with(role, "\nThe dealer pays 1,450.\n")
    (remark,) = lint(case, texts)
    lines = (texts["general"] if role == "general" else texts["roles"][role]).splitlines()
    assert (remark.kind, remark.code) == ("warning", "number_of_another")
    assert remark.where == f"{file}:{lines.index('The dealer pays 1,450.') + 1}"
    assert "only seller should know" in remark.words
