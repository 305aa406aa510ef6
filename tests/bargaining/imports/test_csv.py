"""Points tables as spreadsheets save them: any separator, Excel's marks, and the traps of decimals and formulas."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bargaining.casefile import CaseFaults
from bargaining.imports import Imported, read
from bargaining.scoring import alternative_value, points
from tests.bargaining.cases import some_cases

GARDEN = """issue,option,Ada,Bo
Fence,wood,10,0
,"hedge, low",4,9
Digging,Ada does it,-2.5,6

Digging,Bo does it,7,0.5
weight,Digging,2,1
alternative,,5,4
"""


def imported(text: str, encoding: str = "utf-8") -> Imported:
    return read({"garden.csv": text.encode(encoding)})


def faults(text: str) -> list[tuple[int, str]]:
    with pytest.raises(CaseFaults) as caught:
        imported(text)
    assert all(fault.mend and fault.file == "garden.csv" for fault in caught.value.faults)
    return [(fault.line, fault.what) for fault in caught.value.faults]


def test_table_keeps_its_words_and_points() -> None:
    case = imported(GARDEN).case
    assert case.title == "garden"
    assert [party.name for party in case.parties] == ["Ada", "Bo"]
    assert [[option.label for option in issue.options] for issue in case.issues] == [
        ["wood", "hedge, low"],
        ["Ada does it", "Bo does it"],
    ]
    assert points(case, "ada", {"fence": "wood", "digging": "ada_does_it"}) == 10 - 2 * 2.5
    assert points(case, "bo", {"fence": "hedge_low", "digging": "bo_does_it"}) == 9.5
    assert [alternative_value(case, party) for party in case.party_ids] == [5, 4]


SPELLINGS = {
    "semicolons": GARDEN.replace(",", ";").replace("hedge;", "hedge,"),
    "tabs": GARDEN.replace(",", "\t").replace("hedge\t", "hedge,"),
    "windows": GARDEN.replace("\n", "\r\n"),
    "what separates said first": "sep=;\n" + GARDEN.replace(",", ";").replace("hedge;", "hedge,"),
    "empty columns behind": GARDEN.replace("\n", ",,\n"),
    "capitals and spaces": GARDEN.replace("issue,option", "Issue , OPTION").replace("weight", "Weight "),
    "quotes": GARDEN.replace("issue,option", '"issue","option"').replace("Fence", '"Fence"'),
}


@pytest.mark.parametrize("text", SPELLINGS.values(), ids=SPELLINGS)
def test_every_spelling_gives_the_same_case(text: str) -> None:
    assert imported(text).case == imported(GARDEN).case


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_marks_of_windows_are_accepted(encoding: str) -> None:
    assert imported(GARDEN, encoding).case == imported(GARDEN).case


MISTAKES = [
    (
        "issue,option,Ada,Bo",
        "thing,option,Ada,Bo",
        1,
        "The first line does not begin with the cells issue and option.",
    ),
    ("issue,option,Ada,Bo", "issue,option,Ada", 1, "A negotiation needs two parties."),
    ("issue,option,Ada,Bo", "issue,option,Ada,Ada", 1, "Each party needs a name of its own."),
    ("issue,option,Ada,Bo", "issue,option,,Bo", 1, "Each party needs a name of its own."),
    ("wood,10,0", "wood,10", 2, "A number is missing."),
    ("wood,10,0", "wood,,0", 2, "A number is missing."),
    ("wood,10,0", "wood,ten,0", 2, "“ten” is not a number."),
    ("wood,10,0", "wood,nan,0", 2, "“nan” is not a number."),
    ("wood,10,0", "wood,1e13,0", 2, "“1e13” is not a number."),
    ("wood,10,0", "wood,50%,0", 2, "“50%” is not a number."),
    ("wood,10,0", 'wood,"2,5",0', 2, "“2,5” has a comma."),
    ("wood,10,0", 'wood,"1,000",0', 2, "“1,000” has a comma."),
    ("wood,10,0", "wood,2,5,0", 2, "This row has more cells than there are parties."),
    ("wood,10,0", "wood,=2*5,0", 2, "A cell holds a formula."),
    ("wood,10,0", "wood,+A1,0", 2, "A cell holds a formula."),
    ("wood,10,0", "=HYPERLINK(),10,0", 2, "A cell holds a formula."),
    ("Fence,wood", "@Fence,wood", 2, "A cell holds a formula."),
    ("Ada,Bo", "=A1,Bo", 1, "A cell holds a formula."),
    ('"hedge, low"', "wood", 3, "This option stands here twice."),
    ('"hedge, low"', "", 3, "This row names no option."),
    ("Fence,wood", ",wood", 2, "This row names no issue."),
    ("Fence,wood", "x" * 301 + ",wood", 2, "A name is longer than 300 characters."),
    ("Fence,wood", 'Fence,"wood', 3, "The quotes on this line do not match."),
    ("Fence,wood", "Fence,wo\x07od", 2, "A cell holds a character that nobody can read."),
    ("weight,Digging", "weight,Dgging", 7, "This weight names no issue."),
    ("alternative,,5,4\n", "", 7, "The row of alternatives is missing."),
    ("alternative,,5,4", "alternative,BATNA,5,4", 8, "The row of alternatives names an option."),
    ("weight,Digging,2,1", "alternative,,2,1", 8, "This is a second row of alternatives."),
    ("Digging,Bo does it,7,0.5", "weight,Digging,7,0.5", 7, "This issue has a second weight."),
]


@pytest.mark.parametrize(("old", "new", "line", "what"), MISTAKES, ids=[what for *_, what in MISTAKES])
def test_mistake_is_told_with_its_line(old: str, new: str, line: int, what: str) -> None:
    assert old in GARDEN
    assert (line, what) in faults(GARDEN.replace(old, new, 1))


def test_decimal_commas_behind_semicolons_are_told() -> None:
    text = GARDEN.replace(",", ";").replace("hedge;", "hedge,").replace("-2.5", "-2,5").replace("0.5", "0,5")
    assert faults(text) == [(4, "“-2,5” has a comma."), (6, "“0,5” has a comma.")]


def test_decimal_commas_between_commas_are_told() -> None:
    with pytest.raises(CaseFaults, match="A decimal comma cuts a number in two"):
        imported(GARDEN.replace("-2.5", "-2,5"))


def test_all_mistakes_are_told_at_once() -> None:
    text = GARDEN.replace("10,0", "ten,0").replace("4,9", "4,").replace("alternative,,5,4\n", "")
    assert [line for line, _ in faults(text)] == [2, 3, 7]


def test_table_without_rows_is_told() -> None:
    assert [what for _, what in faults("issue,option,Ada,Bo\n")] == [
        "There is nothing to negotiate.",
        "The row of alternatives is missing.",
    ]


_cells = st.text(st.characters(codec="utf-8", categories=("L", "N", "Zs")), min_size=1, max_size=6).filter(
    lambda text: text.strip() == text and text.casefold() not in ("alternative", "weight")
)


@some_cases
@given(st.lists(_cells, min_size=1, max_size=4, unique=True), st.data())
def test_values_are_what_the_cells_say(options: list[str], data: st.DataObject) -> None:
    numbers = st.integers(-40, 40).map(lambda n: n / 4)
    cells = {option: (data.draw(numbers), data.draw(numbers)) for option in options}
    weights = data.draw(st.tuples(numbers, numbers))
    rows = [f"Thing;{option};{a};{b}" for option, (a, b) in cells.items()]
    table = "\n".join(
        ["issue;option;A;B", *rows, f"weight;Thing;{weights[0]};{weights[1]}", "alternative;;0;0"]
    )
    case = imported(table).case
    for option, value in zip(options, case.issues[0].values(), strict=True):
        for k, party in enumerate(("a", "b")):
            assert points(case, party, {"thing": value}) == weights[k] * cells[option][k]
