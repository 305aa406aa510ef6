"""Reading and writing simulation files: round trips, and every fault with its line."""

from __future__ import annotations

import json
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bargaining.casefile import CaseFaults, dump, from_mapping, load_case, load_folder, to_mapping
from tests.bargaining.canaries import BASES, PUBLIC, SECRETS, planted
from tests.bargaining.cases import LIBRARY, Plain, farm, kiln, plain_cases, shipped, some_cases

FARM = (LIBRARY / "mountain-view-farm" / "simulation.yaml").read_text(encoding="utf-8")
KILN = (LIBRARY / "second-hand-kiln" / "simulation.yaml").read_text(encoding="utf-8")


def faults(text: str) -> list[tuple[int, str]]:
    with pytest.raises(CaseFaults) as caught:
        load_case(text)
    assert all(fault.mend and fault.file == "simulation.yaml" for fault in caught.value.faults)
    return [(fault.line, fault.what) for fault in caught.value.faults]


def line_of(text: str, piece: str) -> int:
    return text[: text.index(piece)].count("\n") + 1


@pytest.mark.parametrize("name", sorted(path.parent.name for path in LIBRARY.glob("*/simulation.yaml")))
def test_case_and_its_views_survive(name: str) -> None:
    case = shipped(name)
    assert load_case(dump(case)) == case
    for seen in (case.seen_by(None), *map(case.seen_by, case.party_ids)):
        assert from_mapping(json.loads(json.dumps(to_mapping(seen)))) == seen


ROWS = [(base, path, value) for base, path, value, _ in SECRETS] + PUBLIC


@pytest.mark.parametrize(("base", "path", "value"), ROWS, ids=[f"{base}:{path}" for base, path, _ in ROWS])
def test_every_part_survives(base: str, path: str, value: Any) -> None:
    case = planted(base, path, value)
    for seen in (case, case.seen_by(None), *map(case.seen_by, case.party_ids)):
        assert from_mapping(json.loads(json.dumps(to_mapping(seen)))) == seen


JUNK: list[Any] = [
    None, True, 0, -1, 0.5, 1e13, float("nan"), float("inf"), 10**400, "", "x", "all", "public", "party:ada", [], {},
    [[]], {"": 1}, ["all"], [1, 2], {"min": 1}, "1/0", {"any": []}, {"not": {}}, {"title": "x", "kind": "text"},
]  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(sorted(BASES)), st.data())
def test_anything_is_a_case_or_has_faults(base: str, data: st.DataObject) -> None:
    plain = json.loads(json.dumps(to_mapping(from_mapping(BASES[base]))))
    for _ in range(data.draw(st.integers(1, 3))):
        _break(plain, data)
    try:
        case = from_mapping(plain)
    except CaseFaults:
        return
    for seen in (case, case.seen_by(None), *map(case.seen_by, case.party_ids)):
        assert from_mapping(to_mapping(seen)) == seen


def _break(plain: Any, data: st.DataObject) -> None:
    """Takes away, replaces or adds something somewhere."""
    place = plain
    while isinstance(inner := place[(key := data.draw(_keys_of(place)))], dict | list) and inner:
        if data.draw(st.integers(0, 3)) == 0:
            break
        place = inner
    match data.draw(st.sampled_from(["take", "replace", "add"])):
        case "take":
            del place[key]
        case "replace":
            place[key] = deepcopy(data.draw(st.sampled_from(JUNK)))
        case "add" if isinstance(place, list):
            place.insert(key, deepcopy(data.draw(st.sampled_from([*place, *JUNK]))))
        case _:
            names = ["ada", "extra", "Strange Name", *place]
            place[data.draw(st.sampled_from(names))] = deepcopy(
                data.draw(st.sampled_from([*place.values(), *JUNK]))
            )


def _keys_of(place: Any) -> st.SearchStrategy[Any]:
    return st.sampled_from(list(place) if isinstance(place, dict) else range(len(place)))


@some_cases
@given(plain_cases())
def test_random_cases_survive_both_ways(plain: Plain) -> None:
    case = from_mapping(plain)
    assert from_mapping(to_mapping(case)) == case
    assert load_case(dump(case)) == case
    assert to_mapping(from_mapping(to_mapping(case))) == to_mapping(case)
    for seen in (case.seen_by(None), case.seen_by("ada"), case.seen_by("bo")):
        assert from_mapping(to_mapping(seen)) == seen


def test_mapping_shares_nothing_with_the_case() -> None:
    plain = to_mapping(farm())
    plain["releases"][0]["set"].clear()
    plain["parties"]["farmer"].clear()
    assert to_mapping(farm())["releases"][0]["set"]


MISTAKES = [
    ("seller: {per_unit: 1}", "seller: {per_unit: one}", "should be a number"),
    ("seller: {per_unit: 1}", "seller: {per_unti: 1}", "“per_unti” is not known"),
    ("seller: {per_unit: 1}", "seller: [1, 2]", "is a number"),
    ("seller: {per_unit: 1}", "stranger: {per_unit: 1}", "no party “stranger”"),
    ("seller: {per_unit: 1}", "seller: {per_unit: 1, steps: [[1, 2]]}", "no rule for points"),
    ("seller: {per_unit: 1}", "seller: {steps: [[2, 1], [1, 2]]}", "do not rise"),
    ("seller: {per_unit: 1}", "seller: {piecewise: [[2, 1]]}", "needs more corners"),
    ("kind: integer", "kind: number", "one of the known words"),
    ("max: 2600", "max: 2605", "do not end at max"),
    ("max: 2600", "max: 900", "range is empty"),
    ("step: 10", "step: 0", "range is empty"),
    ("step: 10", "step: 0.5", "whole number"),
    ("team: [1, 3]", "team: [3, 1]", "two numbers"),
    ("mechanism: agreement", "mechanism: auction", "one of the known words"),
    ("mechanism: agreement", "mechanism: coalition", "can share is missing"),
    ("agreement: {rule: unanimous}", "agreement: {rule: majority}", "one of the known words"),
    ("agreement: {rule: unanimous}", "agreement: {rule: threshold}", "“at_least” is missing"),
    ("level: introductory", "lvel: introductory", "“lvel” is not known"),
    ("version: 0.1.0", "version: '1'", "1.2.3"),
    ("format: 1", "format: 2", "another format"),
    ("parties.seller.target: 2500", "parties.seller.shoe_size: 2500", "no field that can change"),
    ("parties.seller.target: 2500", "title: Other", "no field that can change"),
    ("parties.seller.target: 2500", "parties.seller.target: much", "After this change"),
    ("target: 2400", "target: .inf", "unusual number"),
    ("target: 2400", "target: 0x10", "unusual number"),
    ("target: 2400", "target: 1:30", "unusual number"),
    ("target: 2400", "target: 2400\n    target: 2500", "stands here twice"),
    ("target: 2400", "target: *goal", "references"),
    ("target: 2400", "target: &goal 2400", "references"),
    ("target: 2400", "target: !!int 2400", "Tags"),
    ("target: 2400", "target: yes", "as true or false"),
    ("target: 2400", "target:", "no value here"),
    ("target: 2400", "target: [2400", "not readable YAML"),
    ("value: 300", "value: 300, lottery: [{p: 1, value: 3}]", "needs one worth"),
    ("value: 300", "lottery: [{p: 0.5, value: 3}]", "do not add up to 1"),
    ("value: 300", "text: twice", "stands here twice"),
]  # fmt: skip


@pytest.mark.parametrize(("right", "wrong", "what"), MISTAKES)
def test_mistake_is_found_on_its_line(right: str, wrong: str, what: str) -> None:
    text = KILN.replace(right, wrong, 1)
    assert text != KILN
    found = faults(text)
    line = line_of(text, wrong)
    assert any(what in words and line <= at <= line + wrong.count("\n") + 1 for at, words in found), found


def test_stray_comma_is_explained() -> None:
    text = KILN.replace(
        "{text: A dealer collects it on Friday for", "{text: A dealer, who calls, on Friday for"
    )
    what = [words for _, words in faults(text)]
    assert "There is no value here." in what
    assert not any("not known" in words for words in what)


def test_yes_as_an_id_is_explained() -> None:
    text = FARM.replace("{id: none, label: None}", "{id: no, label: None}", 1)
    assert (line_of(text, "{id: no,"), "YAML reads “no” as true or false.") in faults(text)
    text = KILN.replace("  strong_seller:", "  on:", 1)
    assert any("does not read “on” as a name" in words for _, words in faults(text))


def test_all_mistakes_are_listed_at_once() -> None:
    text = FARM.replace("farmer:    [20, 13, 0]", "farmer:    [20, 13]").replace(
        "form: lease5,", "form: lease7,"
    )
    text = text.replace("approved: 0.6, refused: 0.4", "approved: 0.6, refused: 0.5")
    text = text.replace("when: {form: sale}", "when: {shape: sale}").replace("licence:", "license:")
    found = faults(text)
    assert [words for _, words in found] == [
        "“license” is not known in the file.",
        "These chances do not add up to 1.",
        "“shape” is no issue that stands above this line.",
        "There are 2 points for 3 options.",
        "This is no value of “Form of the arrangement”.",
    ]
    assert [line for line, _ in found] == sorted(line for line, _ in found)


def test_landmark_must_be_one_whole_package() -> None:
    text = FARM.replace("trail_bonus: 0}", "trail_bonus: 1}", 1)
    assert any("between two steps" in words for _, words in faults(text))


def test_points_that_change_must_be_told() -> None:
    text = FARM.replace("tell: [neighbour]", "tell: [farmer]")
    assert any("who is not told" in words for _, words in faults(text))


def test_belief_is_needed_where_points_hang_on_it() -> None:
    text = FARM.replace("      neighbour: {approved: 0.2, refused: 0.8}\n", "")
    assert any("no belief" in words for _, words in faults(text))


def test_party_without_an_alternative_is_found() -> None:
    line = next(line for line in FARM.splitlines() if "Rent a flat field" in line)
    text = FARM.replace(line + "\n", "")
    assert any("has no alternative" in words for _, words in faults(text))


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("", "is empty"),
        ("just words", "should be names with values"),
        ("- 1", "should be names with values"),
        ("a: b\n---\na: b", "more than one document"),
        ("a: " + "[" * 30 + "]" * 30, "deeper"),
        ("[" * 200_000, "deeper"),
        ("a: [" + "1, " * 25_000 + "1]", "more than 20000"),
        ("a: " + "x" * 270_000, "larger than 256 KiB"),
        ("a: \x00", "does not allow"),
        ("? [a]\n: b", "empty here"),
        ("'': b", "empty here"),
        ("<<: {a: b}", "does not read"),
    ],
)
def test_hostile_text_is_refused(text: str, what: str) -> None:
    assert any(what in words for _, words in faults(text))


def test_deep_mapping_does_not_become_a_case() -> None:
    with pytest.raises(CaseFaults):
        from_mapping({"format": 1, "issues": {"x": {"when": {"not": {"not": {}}}}}})
    with pytest.raises(CaseFaults):
        from_mapping({})


def copy_of(name: str, folder: Path) -> Path:
    for path in (LIBRARY / name).rglob("*"):
        target = folder / path.relative_to(LIBRARY / name)
        if path.is_dir():
            target.mkdir(exist_ok=True)
        else:
            target.write_bytes(path.read_bytes())
    return folder


def folder_faults(folder: Path) -> list[tuple[str, str]]:
    with pytest.raises(CaseFaults) as caught:
        load_folder(folder)
    return [(fault.file, fault.what) for fault in caught.value.faults]


def test_folder_reads_with_its_texts(tmp_path: Path) -> None:
    loaded = load_folder(copy_of("second-hand-kiln", tmp_path))
    assert loaded.case == kiln()
    assert loaded.texts["general"]
    assert set(loaded.texts["roles"]) == {"seller", "buyer"}


def test_folder_names_what_is_missing_or_strange(tmp_path: Path) -> None:
    folder = copy_of("second-hand-kiln", tmp_path)
    (folder / "general.md").unlink()
    (folder / "debrief.md").unlink()
    (folder / "roles" / "buyer.md").write_text("  \n")
    (folder / "roles" / "seller.md").write_bytes(b"\xff\xfe\x00")
    (folder / "roles" / "stranger.md").write_text("hello")
    (folder / "teaching-note.md").write_text("one\n{{ their_points }}\n")
    assert folder_faults(folder) == [
        ("general.md", "general.md is missing."),
        ("teaching-note.md", "“their_points” cannot be filled in here."),
        ("roles/seller.md", "roles/seller.md is not UTF-8 text."),
        ("roles/buyer.md", "roles/buyer.md is empty."),
        ("roles/stranger.md", "No party has this name."),
    ]


def test_folder_lists_faults_of_every_file(tmp_path: Path) -> None:
    folder = copy_of("second-hand-kiln", tmp_path)
    (folder / "simulation.yaml").write_text(KILN.replace("step: 10", "step: ten"))
    (folder / "general.md").write_text("{{ my_points }}")
    files = [name for name, _ in folder_faults(folder)]
    assert files == ["simulation.yaml", "general.md"]


def test_folder_does_not_follow_links_outside(tmp_path: Path) -> None:
    folder = copy_of("second-hand-kiln", tmp_path)
    (folder / "general.md").unlink()
    (folder / "general.md").symlink_to(LIBRARY / "mountain-view-farm" / "general.md")
    assert folder_faults(folder) == [("general.md", "general.md lies outside the folder.")]


def test_empty_folder(tmp_path: Path) -> None:
    assert ("simulation.yaml", "simulation.yaml is missing.") in folder_faults(tmp_path)
