"""What changed between editions: every place once, nothing where nothing changed, words inside paragraphs."""

from __future__ import annotations

from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bargaining.casefile import to_mapping
from simulations.rules import changes
from simulations.rules.changes import Difference, Paragraph, compared, differences
from tests.bargaining.cases import farm, some_cases

values = st.recursive(
    st.integers(0, 3) | st.sampled_from(["a", "b"]) | st.booleans(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from("xyz"), inner, max_size=3),
    max_leaves=5,
)
plains = st.dictionaries(st.sampled_from("pqr"), values, max_size=3)


def changed(**parts: Any) -> tuple[Difference, ...]:
    plain = to_mapping(farm())
    return differences(plain, plain | parts)


def test_same_case_differs_nowhere() -> None:
    assert differences(to_mapping(farm()), to_mapping(farm())) == ()


def test_each_number_is_found_at_its_place() -> None:
    issues = to_mapping(farm())["issues"]
    land = issues["acres"]
    new_land = land | {"points": land["points"] | {"farmer": [20, 14, 0]}, "title": "Land"}
    assert changed(issues=issues | {"acres": new_land}) == (
        Difference(("issues", "acres", "title"), "Land included", "Land"),
        Difference(("issues", "acres", "points", "farmer", 1), 13, 14),
    )


def test_options_are_known_by_their_ids() -> None:
    issues = to_mapping(farm())["issues"]
    options = [{"id": "a35", "label": "35 acres"}, *issues["acres"]["options"][1:]]
    assert changed(issues=issues | {"acres": issues["acres"] | {"options": options}}) == (
        Difference(("issues", "acres", "options", "a35"), None, {"label": "35 acres"}),
        Difference(("issues", "acres", "options", "a30"), {"label": "30 acres"}, None),
    )


def test_yes_is_not_one() -> None:
    assert differences({"a": True}, {"a": 1}) == (Difference(("a",), True, 1),)


@settings(some_cases, suppress_health_check=[HealthCheck.too_slow])
@given(plains, plains)
def test_differences_are_none_only_between_equals(before: Any, after: Any) -> None:
    found = differences(before, after)
    assert bool(found) == (repr(sorted(before.items())) != repr(sorted(after.items())))
    assert len({difference.place for difference in found}) == len(found)


def test_words_are_marked_inside_their_paragraph() -> None:
    old = "# Title\n\nYou milk twelve cows.\n\nYou like Dev."
    new = "# Title\n\nYou milk nine old cows.\n\nYou like Dev.\n\nHe likes you."
    assert compared(old, new) == (
        Paragraph(skipped=1),
        Paragraph(
            (("same", "You milk "), ("gone", "twelve"), ("new", "nine old"), ("same", " "), ("same", "cows."))
        ),
        Paragraph(skipped=1),
        Paragraph((("new", "He likes you."),)),
    )
    assert compared(old, old.replace("\n", "\r\n")) == ()


def test_rewritten_paragraph_is_told_whole() -> None:
    assert compared("One two three.", "Quite another thing.") == (
        Paragraph((("gone", "One two three."), ("new", "Quite another thing."))),
    )


@settings(some_cases, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.sampled_from(["one two", "three", "four five six", ""])), st.text("ab \n", max_size=60))
def test_both_texts_can_be_read_out_of_the_comparison(old: list[str], new: str) -> None:
    before = "\n\n".join(old)
    parts = compared(before, new)
    for kind, text in (("gone", before), ("new", new)):
        told = ["".join(run for is_a, run in part.runs if is_a in ("same", kind)) for part in parts]
        whole = [part.split() for part in (*changes._paragraphs(text), "")]
        assert all(line.split() in whole for line in told)


def test_endless_texts_are_not_compared() -> None:
    many = "\n\n".join(str(n) for n in range(changes.MOST_PARAGRAPHS + 1))
    assert compared(many, many + "!") == (Paragraph((("gone", "…"), ("new", "…"))),)
