"""A case as text and as plain values, and the case under a change. It touches no files."""

from __future__ import annotations

import re
from collections.abc import Mapping
from copy import deepcopy
from dataclasses import replace
from typing import Any

import yaml

from bargaining.case import Case
from bargaining.casefile.faults import Book, CaseFaults
from bargaining.casefile.plain import read_plain
from bargaining.casefile.reading import read_case
from bargaining.casefile.writing import write_case
from bargaining.sight import EVERYTHING

CASE_FILE = "simulation.yaml"
_PLACE = re.compile(r"[0-9]{1,6}")
# What a condition or a release may change: what the table is about, never who we are.
_CHANGEABLE = frozenset(
    [
        "parties",
        "issues",
        "derived",
        "uncertainties",
        "adjustments",
        "agreement",
        "coalition",
        "rounds",
        "delay",
    ]
)


def load_case(text: str, file: str = CASE_FILE) -> Case:
    """The case that a simulation file describes; CaseFaults with everything that is wrong in it."""
    book = Book(file)
    data = read_plain(text, book)
    case = read_case(data, book)
    if case.seen_as != EVERYTHING:
        book.note(("seen_as",), "A file holds a whole case, not a view of one.", "Remove this line.")
    book.raise_if_any()
    for path, changes in _all_changes(case):
        _check_changes(case, path, changes, book)
    book.raise_if_any()
    return case


def from_mapping(mapping: Mapping[str, Any]) -> Case:
    """The case that `to_mapping` wrote, also a partial view of one; CaseFaults if it is none."""
    book = Book(CASE_FILE)
    case = read_case(mapping if isinstance(mapping, dict) else dict(mapping), book)
    book.raise_if_any()
    return case


def to_mapping(case: Case) -> dict[str, Any]:
    """The case as plain values in the shape of format 1, ready for JSON."""
    return write_case(case)


def dump(case: Case) -> str:
    """The case as YAML text that `load_case` reads back."""
    return yaml.dump(to_mapping(case), Dumper=_Plain, sort_keys=False, allow_unicode=True, width=110)


def under_condition(case: Case, condition_id: str) -> Case:
    """The case as tables of one condition play it; KeyError if there is no such condition."""
    for variant in case.conditions:
        if variant.id == condition_id:
            return _changed(case, variant.changes)
    raise KeyError("This simulation has no such condition.")


def after_release(case: Case, release_id: str) -> Case:
    """The case once the news of one release has arrived; KeyError if there is no such release."""
    for release in case.releases:
        if release.id == release_id:
            return _changed(case, release.changes)
    raise KeyError("This simulation has no such release.")


def _changed(case: Case, changes: Mapping[str, Any]) -> Case:
    if case.seen_as != EVERYTHING:
        raise ValueError("Only a whole case can be changed.")
    plain = to_mapping(case)
    for path, value in changes.items():
        _put(plain, path, value)
    return from_mapping(plain)


def _put(plain: Any, path: str, value: Any) -> None:
    """Sets one existing field by its dotted path; KeyError if there is none."""
    *way, last = path.split(".")
    if not way or way[0] not in _CHANGEABLE:
        raise KeyError(path)
    for step in way:
        plain = plain[_key(plain, step)]
    if _key(plain, last) not in (range(len(plain)) if isinstance(plain, list) else plain):
        raise KeyError(path)
    plain[_key(plain, last)] = deepcopy(value)


def _key(plain: Any, step: str) -> str | int:
    # No list is longer than these digits say, and Python does not read thousands of them.
    if isinstance(plain, list) and _PLACE.fullmatch(step) and int(step) < len(plain):
        return int(step)
    if isinstance(plain, dict):
        return step
    raise KeyError(step)


def _all_changes(case: Case) -> list[tuple[tuple[str | int, ...], Mapping[str, Any]]]:
    conditions = [(("conditions", v.id, "set"), v.changes) for v in case.conditions if v.changes]
    releases = [(("releases", k, "set"), r.changes) for k, r in enumerate(case.releases) if r.changes]
    return [*conditions, *releases]


def _check_changes(case: Case, path: tuple[str | int, ...], changes: Mapping[str, Any], book: Book) -> None:
    # Without what cannot change, so that many changes do not read each other again and again.
    plain = to_mapping(replace(case, conditions=(), releases=()))
    for name, value in changes.items():
        if path[0] == "releases" and _changes_what_is_offered(name):
            what = (
                f"News cannot change what may be agreed on (“{name[:60]}”): offers made before would be none."
            )
            book.note((*path, name), what, "Change points, alternatives or what is required.")
        try:
            _put(plain, name, value)
        except KeyError:
            book.note((*path, name), f"“{name[:60]}” is no field that can change.", "Name one that is there.")
    try:
        from_mapping(plain)
    except CaseFaults as found:
        for fault in found.faults:
            book.note(path, f"After this change: {fault.what}", fault.mend)


def _changes_what_is_offered(name: str) -> bool:
    first, *rest = name.split(".")
    return first == "issues" and "points" not in rest


class _Plain(yaml.SafeDumper):
    def ignore_aliases(self, data: Any) -> bool:
        return True
