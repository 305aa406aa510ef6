"""What taking a list over would change, told before anything is written."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass, fields, replace
from typing import Generic, TypeVar

from classrooms.rules.roster.people import Listed

Key = TypeVar("Key", bound=Hashable)


@dataclass(frozen=True)
class Change(Generic[Key]):
    """Somebody who is there already, as they would be, and which fields that changes."""

    key: Key
    listed: Listed
    fields: tuple[str, ...]


@dataclass(frozen=True)
class Plan(Generic[Key]):
    """Who would come, who would change, who stays as they are, and who is not on the list; nobody is removed."""

    new: tuple[Listed, ...]
    changed: tuple[Change[Key], ...]
    same: tuple[Key, ...]
    missing: tuple[Key, ...]


def plan(listed: Sequence[Listed], there: Iterable[tuple[Key, Listed]]) -> Plan[Key]:
    """People are the same by number, else by address, else by a name that only one has on either side; but never those
    whom a number or an address sets apart."""
    known = dict(there)
    matched = match(listed, known)
    found = [(matched.get(place), person) for place, person in enumerate(listed)]
    changes = [
        Change(key, person, differences(known[key], person)) for key, person in found if key is not None
    ]
    gone = known.keys() - {key for key, _ in found}
    return Plan(
        tuple(person for key, person in found if key is None),
        tuple(change for change in changes if change.fields),
        tuple(change.key for change in changes if not change.fields),
        tuple(key for key in known if key in gone),
    )


def match(listed: Sequence[Listed], known: dict[Key, Listed]) -> dict[int, Key]:
    """Which place of the list is whom."""
    matched: dict[int, Key] = {}
    for mark in ("number", "email", "name"):
        free = {key: person for key, person in known.items() if key not in matched.values()}
        by_mark = _single({key: _mark(person, mark) for key, person in free.items()})
        places = {place: _mark(person, mark) for place, person in enumerate(listed) if place not in matched}
        for value, place in _single(places).items():
            if value in by_mark and not set_apart(listed[place], known[by_mark[value]]):
                matched[place] = by_mark[value]
    return matched


def set_apart(one: Listed, other: Listed) -> bool:
    """Two numbers are two people, whatever they are called; without numbers, so are two addresses."""
    if one.number and other.number:
        return _mark(one, "number") != _mark(other, "number")
    return bool(one.email and other.email) and _mark(one, "email") != _mark(other, "email")


def _mark(person: Listed, mark: str) -> str:
    return " ".join(str(getattr(person, mark)).casefold().split())


Owner = TypeVar("Owner")


def _single(marks: dict[Owner, str]) -> dict[str, Owner]:
    """Marks that only one has, and whose they are."""
    often = Counter(marks.values())
    return {mark: owner for owner, mark in marks.items() if mark and often[mark] == 1}


def differences(now: Listed, then: Listed) -> tuple[str, ...]:
    """Which fields the list would change; what it leaves empty stays."""
    return tuple(
        field.name
        for field in fields(Listed)
        if field.name != "line"
        and getattr(then, field.name) != getattr(now, field.name)
        and getattr(then, field.name) not in ("", None)
    )


def merged(now: Listed, then: Listed) -> Listed:
    """As somebody would be after it."""
    return replace(now, **{name: getattr(then, name) for name in differences(now, then)})
