"""A simulation in other languages: words alone, in their places, and secret to the same people."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings

from bargaining.case import Case
from bargaining.casefile import (
    CaseFaults,
    Loaded,
    Translation,
    from_mapping,
    load_case,
    load_files,
    load_folder,
    to_mapping,
    translated,
    under_condition,
    words_of,
)
from bargaining.casefile import shapes as all_shapes
from bargaining.casefile.publishing import PLACES
from bargaining.casefile.translating import WORDS
from bargaining.lint import lint
from bargaining.scoring import points
from bargaining.slips import numbers_in
from tests.bargaining.canaries import BASES, CANARY, SECRETS, planted
from tests.bargaining.cases import LIBRARY, Plain, farm, kiln, shipped
from tests.bargaining.rich_cases import rich_cases
from tests.bargaining.test_sight import found, told

KILN = LIBRARY / "second-hand-kiln"
FILE = "i18n/xx/simulation.yaml"
SHIPPED = sorted(path.parent.name for path in LIBRARY.glob("*/simulation.yaml"))


def loaded() -> Loaded:
    return load_folder(KILN)


def in_xx(case: Case, words: dict[str, str]) -> Case:
    empty: Any = {"general": "", "teaching_note": "", "debrief": "", "roles": {}}
    return translated(case, Translation("xx", words, empty))


def marked(case: Case) -> dict[str, str]:
    return {path: f"«{text}»" for path, text in words_of(case).items()}


TRANSLATIONS = [(path.parent, path.name) for path in sorted(LIBRARY.glob("*/i18n/*"))]


@pytest.mark.parametrize(
    ("folder", "language"), TRANSLATIONS, ids=[f"{p.parent.name}:{n}" for p, n in TRANSLATIONS]
)
def test_shipped_translation_is_whole_and_says_the_same_numbers(folder: Path, language: str) -> None:
    whole = load_folder(folder.parent)
    translation = whole.languages[language]
    assert translation.missing == ()
    case = translated(whole.case, translation)
    assert [str(remark) for remark in lint(case, translation.texts)] == [
        str(remark) for remark in lint(whole.case, whole.texts)
    ]
    original = words_of(whole.case)
    for path, text in translation.words.items():
        assert numbers_in(text) == numbers_in(original[path]), path
    for name, text in by_name(translation).items():
        assert numbers_of(text) == numbers_of(by_name(whole)[name]), name


def by_name(texts: Loaded | Translation) -> dict[str, str]:
    flat = {name: text for name, text in texts.texts.items() if isinstance(text, str)}
    return flat | texts.texts["roles"]


def numbers_of(text: str) -> list[str]:
    """Its numbers, however their digits are grouped, without those that count a list."""
    body = re.sub(r"^\d\.", "", text, flags=re.MULTILINE)
    return sorted(re.findall(r"\d+", re.sub(r"(?<=\d)[.,](?=\d{3})", "", body)))


def test_german_kiln_speaks_german() -> None:
    translation = loaded().languages["de"]
    case = translated(kiln(), translation)
    assert (case.language, case.title) == ("de", "Der gebrauchte Brennofen")
    assert case.party("buyer").name.startswith("Marcus Adeyemi, Leiter")
    assert translation.texts["roles"]["seller"].startswith("# Oona Prentice - privat")
    strong = under_condition(case, "strong_seller").party("seller").alternative
    assert strong is not None
    assert (strong.text, strong.worth) == (
        "Ein zweiter Händler holt den Ofen am Freitag für 1950 Dollar in bar ab",
        1950,
    )


def test_case_without_words_only_changes_its_language() -> None:
    assert in_xx(kiln(), {}) == replace(kiln(), language="xx")


def test_words_of_a_longer_change_are_found_in_it() -> None:
    path = "releases.contractor_calls.set.parties.farmer.alternative.text"
    assert path in words_of(farm())
    change = in_xx(farm(), {path: "Nur der flache Teil"}).releases[0].changes["parties.farmer.alternative"]
    assert change["text"] == "Nur der flache Teil"
    assert change["lottery"] == farm().releases[0].changes["parties.farmer.alternative"]["lottery"]


@pytest.mark.parametrize("name", SHIPPED)
def test_translation_changes_all_words_and_nothing_else(name: str) -> None:
    case = shipped(name)
    there = in_xx(case, marked(case))
    assert words_of(there) == marked(case)
    assert without_words(to_mapping(there)) == without_words(to_mapping(replace(case, language="xx")))


@settings(max_examples=15, deadline=None)
@given(rich_cases())
def test_translation_of_any_case_scores_the_same(plain: Plain) -> None:
    case = from_mapping(plain)
    there = in_xx(case, marked(case))
    assert words_of(there) == marked(case)
    assert without_words(to_mapping(there)) == without_words(to_mapping(replace(case, language="xx")))
    package = {issue.id: issue.values()[0] for issue in case.issues if issue.when is None}
    for party in case.party_ids:
        assert points(there, party, package) == points(case, party, package)


def without_words(plain: Plain) -> Plain:
    """The case as it stands, with every text that a translation may give left blank."""
    blank = from_mapping(plain)
    return to_mapping(in_xx(blank, dict.fromkeys(words_of(blank), "...")))


@pytest.mark.parametrize(("base", "path", "value", "who"), SECRETS, ids=[f"{b}:{p}" for b, p, *_ in SECRETS])
def test_translated_secret_stays_with_those_who_may_know_it(
    base: str, path: str, value: Any, who: set[str]
) -> None:
    case = planted(base, path, value)
    words = {path: f"geheim {CANARY}" for path, text in words_of(case).items() if CANARY in text}
    there = in_xx(case, words)
    assert found(there)
    assert "geheim" in str(to_mapping(there)) or not words
    for viewer in (None, *case.party_ids):
        view = there.seen_by(viewer)
        assert told(view) == (viewer in who)
        assert viewer in who or "geheim" not in str(to_mapping(view))


def test_view_of_a_party_is_refused() -> None:
    with pytest.raises(ValueError, match="whole"):
        in_xx(kiln().seen_by("seller"), {})


SAME = {"Simulation.licence", "Simulation.authors", "Simulation.tags", "Issue.group", "Derived.formula"}


def test_every_text_of_the_format_is_translated_unless_we_say_so() -> None:
    texts = set()
    for name, place in PLACES.items():
        at = "" if name == "Simulation" else re.sub(r"<\w+>", "*", place.replace(", each entry", ".*")) + "."
        for key, kind in vars(all_shapes)[f"{name}Shape"].__annotations__.items():
            if "Text" in kind and f"{name}.{key}" not in SAME:
                texts.add(f"{at}{key}" + (".*" if "[" in kind.partition("|")[0] else ""))
    assert texts == {".".join(path) for path in WORDS}


FAULTS = [
    ("titel: Der Ofen", 1, "“titel” is not in the file"),
    ("title: Der Ofen\nissues: {colour: {title: Farbe}}", 2, "“colour” is not in issues"),
    ("parties:\n  selller: {name: Oona}", 2, "“selller” is not in parties"),
    ("parties:\n  seller: {red_line: nie}", 2, "“red_line” is not in parties.seller"),
    ("parties:\n  seller:\n    target: 2400", 3, "“parties.seller.target” is said once"),
    ("parties:\n  seller:\n    target: viel", 3, "“parties.seller.target” is said once"),
    ("parties: {seller: {alternative: {value: 1450}}}", 1, "“parties.seller.alternative.value” is said once"),
    ("issues:\n  price: {kind: Zahl}", 2, "“issues.price.kind” is said once"),
    ("issues:\n  price: {points: {seller: {per_unit: 2}}}", 2, "“issues.price.points.seller.per_unit” is said once"),
    ("language: de", 1, "“language” is said once"),
    ("id: ofen", 1, "“id” is said once"),
    ("title: 5", 1, "title should be some text"),
    ("title: {de: Ofen}", 1, "title should be some text"),
    ("title: '  '", 1, "title should be some text"),
    ("parties: [seller]", 1, "parties should be names with values"),
    ("parties: {seller: {interests: Bargeld}}", 1, "should be a list"),
    ("parties:\n  seller: {interests: [a, b]}", 2, "has 2 entries, but 3 in the simulation"),
    ("parties:\n  seller: {interests: [a, b, 3]}", 2, "should be some text"),
    ("title:", 1, "no value here"),
    ("title: Ofen\ntitle: Herd", 2, "stands here twice"),
    ("conditions: {high_goal: {set: {parties.seller.target: 2500}}}", 1, "is said once"),
    ("conditions: {high_goal: {set: {parties.seller.name: Oona}}}", 1, "is not in conditions.high_goal.set"),
    ("conditions: {high_goal: {text: {buyer: Hallo}}}", 1, "“buyer” is not in conditions.high_goal.text"),
    ("- title", 1, "the file should be names with values"),
    ("title: [", 1, "not readable YAML"),
    ("!!python/object:os.system", 1, "Tags"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "line", "what"), FAULTS)
def test_fault_of_a_translation_is_found_on_its_line(text: str, line: int, what: str) -> None:
    (fault, *_) = faults({FILE: text})
    assert fault[:2] == (FILE, line)
    assert what in fault[2]


FARM_FAULTS = [
    ("issues: {form: {options: [{id: verkauf, label: Verkauf}]}}", "“verkauf” is not in issues.form.options"),
    ("issues: {form: {options: [{label: Verkauf}]}}", "This entry has no id."),
    ("issues: {form: {options: [Verkauf]}}", "This entry has no id."),
    ("issues: {form: {options: [{id: sale, label: A}, {id: sale, label: B}]}}", "“sale” stands here twice."),
    ("adjustments: [{text: a}]", "has 1 entries, but 2"),
    ("adjustments: [{text: a}, {add: {farmer: 3}}]", "is said once"),
    ("releases: [{id: contractor_calls, to: [farmer], text: a}]", "is said once"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "what"), FARM_FAULTS)
def test_fault_in_a_list_is_found(text: str, what: str) -> None:
    found = faults({FILE: text}, "mountain-view-farm")
    assert any(what in words for _, _, words in found), found


def faults(more: dict[str, str], name: str = "second-hand-kiln") -> list[tuple[str, int, str]]:
    with pytest.raises(CaseFaults) as caught:
        with_files(more, name)
    return [(fault.file, fault.line, fault.what) for fault in caught.value.faults]


def with_files(more: dict[str, str], name: str = "second-hand-kiln") -> Loaded:
    folder = LIBRARY / name
    files = {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()
    }
    files = {name: data for name, data in files.items() if not name.startswith("i18n/")}
    return load_files(files | {name: text.encode() for name, text in more.items()})


def test_options_are_found_by_their_ids() -> None:
    text = "issues: {form: {options: [{id: lease5, label: Pacht für 5 Jahre}]}}"
    translation = with_files({FILE: text}, "mountain-view-farm").languages["xx"]
    assert translation.words == {"issues.form.options.lease5.label": "Pacht für 5 Jahre"}
    labels = [option.label for option in translated(farm(), translation).issue("form").options]
    assert labels[:2] == ["Outright sale", "Pacht für 5 Jahre"]


def test_texts_that_are_missing_are_the_original_and_named() -> None:
    whole = with_files({"i18n/xx/general.md": "# Ofen\n", "i18n/xx/debrief.md": "  \n"})
    translation = whole.languages["xx"]
    assert translation.texts["general"] == "# Ofen\n"
    assert translation.texts["debrief"] == whole.texts["debrief"]
    assert translation.texts["roles"] == whole.texts["roles"]
    assert set(translation.missing) == {
        *words_of(kiln()), "teaching-note.md", "debrief.md", "roles/seller.md", "roles/buyer.md"
    }  # fmt: skip


@pytest.mark.parametrize(
    ("name", "text", "what"),
    [
        ("i18n/xx/roles/stranger.md", "hello", "No party has this name."),
        ("i18n/xx/general.md", "{{ my_points }}", "“my_points” cannot be filled in here."),
        (
            "i18n/xx/roles/seller.md",
            "{{ condition_text }} {{ my_points }}",
            "{{ my_alternative }} of the original",
        ),
        ("i18n/xx/roles/seller.md", "{{ deine_punkte }}", "“deine_punkte” cannot be filled in here."),
        ("i18n/deutsch/general.md", "# Ofen", "This is no other language."),
        ("i18n/en/general.md", "# Kiln", "This is no other language."),
        ("i18n/de.md", "# Ofen", "This is no other language."),
    ],
)
def test_text_that_does_not_fit_is_refused(name: str, text: str, what: str) -> None:
    assert any(what in words for _, _, words in faults({name: text}))


def test_folder_with_a_link_outside_is_refused(tmp_path: Path) -> None:
    for path in KILN.rglob("*"):
        target = tmp_path / path.relative_to(KILN)
        target.mkdir(exist_ok=True, parents=True) if path.is_dir() else target.write_bytes(path.read_bytes())
    assert set(load_folder(tmp_path).languages) == {"de"}
    (tmp_path / "i18n/de/debrief.md").unlink()
    (tmp_path / "i18n/de/debrief.md").symlink_to(LIBRARY / "mountain-view-farm" / "debrief.md")
    with pytest.raises(CaseFaults, match="lies outside"):
        load_folder(tmp_path)


def test_cases_of_these_tests_hold_words_in_every_place() -> None:
    cases = [from_mapping(base) for base in BASES.values()] + [shipped(name) for name in SHIPPED]
    paths = [path for case in cases for path in words_of(case)]
    assert [pattern for pattern in WORDS if not any(fits(path, pattern) for path in paths)] == []


def fits(path: str, pattern: tuple[str, ...]) -> bool:
    return re.fullmatch(r"\.".join(pattern).replace("*", "[^.]+"), path) is not None


def test_unreadable_case_is_told_alone() -> None:
    text = (KILN / "simulation.yaml").read_text(encoding="utf-8").replace("step: 10", "step: ten")
    assert [file for file, *_ in faults({"simulation.yaml": text, FILE: "titel: x"})] == ["simulation.yaml"]
    with pytest.raises(CaseFaults):
        load_case(text)
