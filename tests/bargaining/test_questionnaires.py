"""Sets of questions: read whole, or refused with every fault at its line."""

from __future__ import annotations

import pytest

from bargaining.casefile import CaseFaults
from bargaining.questionnaires import Item, QuestionSet, load_questionnaires, unknown_sets

GOOD = """\
format: 1
licence: CC0-1.0
sets:
  trust-2:
    use: [before, after]
    about: Two short statements.
    scales: {trust: [v1, v2]}
    items:
      - {id: v1, text: They keep their word.}
      - {id: v2, text: I watched them., reverse: true}
  ideas:
    title: Grasp of the ideas
    use: [after]
    kind: quiz
    items:
      - {id: u1, text: "What is best?", options: [a deal, it depends], correct: 1}
      - {id: u2, text: "And now?", options: [x, y], correct: 0, use: [after]}
  interests-met:
    use: [after]
    kind: per_interest
    scale: [0, 3]
measures:
  insight: What they know of each other.
"""


def faults_of(text: str) -> list[tuple[int, str]]:
    with pytest.raises(CaseFaults) as found:
        load_questionnaires(text, "items.yaml")
    assert {fault.file for fault in found.value.faults} == {"items.yaml"}
    assert all(fault.mend for fault in found.value.faults)
    return [(fault.line, fault.what) for fault in found.value.faults]


def test_sets_become_values() -> None:
    read = load_questionnaires(GOOD)
    trust = read.sets["trust-2"]
    assert trust == QuestionSet(
        id="trust-2",
        title="Trust",
        use=("before", "after"),
        about="Two short statements.",
        items=(Item("v1", "They keep their word."), Item("v2", "I watched them.", reverse=True)),
        scales={"trust": ("v1", "v2")},
    )
    assert read.sets["ideas"].title == "Grasp of the ideas"
    assert read.sets["ideas"].items[0] == Item(
        "u1", "What is best?", "choice", options=("a deal", "it depends"), correct=1
    )
    assert (read.sets["interests-met"].scale, read.sets["interests-met"].items) == ((0, 3), ())
    assert read.measures == {"insight": "What they know of each other."}
    assert read.licence == "CC0-1.0"


def test_values_cannot_be_changed() -> None:
    with pytest.raises(TypeError):
        load_questionnaires(GOOD).sets["other"] = None  # type: ignore[index]


@pytest.mark.parametrize(
    ("old", "new", "line", "what"),
    [
        ("format: 1", "format: 2", 1, "This file is of another format."),
        (
            "use: [after]\n    kind: quiz",
            "use: [later]\n    kind: quiz",
            13,
            "sets.ideas.use.0 should be one of",
        ),
        (", correct: 1", "", 16, "A quiz needs a right answer."),
        ("correct: 1", "correct: 2", 16, "There is no such option."),
        ("[a deal, it depends]", "[a deal]", 16, "A choice needs different options."),
        ("[a deal, it depends]", "[a deal, a deal]", 16, "A choice needs different options."),
        ("{trust: [v1, v2]}", "{trust: [v1, v3]}", 7, "sets.trust-2.scales.trust.1 should be one of"),
        ("id: v2", "id: v1", 8, "Two items have the same id."),
        ("scale: [0, 3]", "scale: [3, 0]", 21, "A scale is two numbers"),
        ("reverse: true", "reverse: yes", 10, "YAML reads “yes” as true or false."),
        ("reverse: true", "type: text, reverse: true", 10, "Only a scale has “reverse”."),
        ("reverse: true", "type: choice", 10, "Options and the type of this item do not fit."),
        ("kind: per_interest", "kind: items", 18, "“interests-met” has no items."),
        ("text: I watched them.", "text: I watched, them.", 10, "There is no value here."),
        ("about: Two", "abuot: Two", 6, "“abuot” is not known in sets.trust-2."),
    ],
)
def test_faults_have_their_line(old: str, new: str, line: int, what: str) -> None:
    assert old in GOOD
    found = faults_of(GOOD.replace(old, new, 1))
    assert any(at == line and said.startswith(what) for at, said in found), found


def test_all_faults_at_once() -> None:
    broken = GOOD.replace("correct: 1", "correct: 9").replace("scale: [0, 3]", "scale: many")
    assert [line for line, _ in faults_of(broken)] == [16, 21, 21]


def test_what_a_case_asks_for_must_exist_at_that_moment() -> None:
    known = load_questionnaires(GOOD)
    asked = {"before": ("trust-2", "ideas"), "after": ("ideas", "nothing")}
    assert unknown_sets(asked, known) == (("before", 1), ("after", 1))
