"""What everybody may know of a change to a case, as plain values by dotted path, and a public view with it made.

The changes of a release are written for the whole case; some of them are secrets, some are for all to know.
"""

from __future__ import annotations

from collections.abc import Mapping
from copy import deepcopy
from typing import Any

from bargaining.case import Case
from bargaining.casefile.text import after_release, from_mapping, to_mapping


def public_changes(case: Case, release_id: str) -> dict[str, Any]:
    """What of a release's changes shows in the public view: by path, the value it has afterwards."""
    release = next(each for each in case.releases if each.id == release_id)
    before, after = (to_mapping(each.seen_by(None)) for each in (case, after_release(case, release_id)))
    ways = [_way_in_both(before, after, path.split(".")) for path in release.changes]
    whole = [way for way, path in zip(ways, release.changes, strict=True) if ".".join(way) == path]
    found = {".".join(way): _at(after, way) for way in whole}
    for way in whole:
        _set(before, way, _at(after, way))
    # What leads to a secret shows as far as it goes, if anything else there is different afterwards.
    others = [way for way in ways if way not in whole and way and _at(before, way) != _at(after, way)]
    return found | {".".join(way): _at(after, way) for way in others}


def with_changes(view: Case, changes: Mapping[str, Any]) -> Case:
    """A view of a case with these values in their places."""
    plain = to_mapping(view)
    for path, value in changes.items():
        _set(plain, path.split("."), value)
    return from_mapping(plain)


def _set(plain: Any, way: list[str], value: Any) -> None:
    place = _at(plain, way[:-1])
    place[_key(place, way[-1])] = deepcopy(value)


def _way_in_both(one: Any, other: Any, steps: list[str]) -> list[str]:
    """As far as the path leads in both."""
    way: list[str] = []
    for step in steps:
        if not (_has(one, step) and _has(other, step)):
            break
        one, other = one[_key(one, step)], other[_key(other, step)]
        way.append(step)
    return way


def _has(plain: Any, step: str) -> bool:
    if isinstance(plain, list):
        return step.isascii() and step.isdigit() and int(step) < len(plain)
    return isinstance(plain, dict) and step in plain


def _at(plain: Any, way: list[str]) -> Any:
    for step in way:
        plain = plain[_key(plain, step)]
    return plain


def _key(plain: Any, step: str) -> str | int:
    return int(step) if isinstance(plain, list) else step
