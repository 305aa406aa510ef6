"""Numbers of one party that stand in a text which others read. It knows numbers and texts, not what they mean:
a number that the reader knows anyway is no slip, however it came there."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass
from typing import Any

from bargaining.case import NUMBERS, Case, Party
from bargaining.scoring import points

# Digits in groups of three (by comma, point or a space that does not break) or in one piece.
_NUMBER = re.compile(r"(?<!\w)(?:\d{1,3}(?:[,.\u00a0\u202f]\d{3})+(?!\d)|\d+)(?:[.,]\d+)?")
_GROUPS = re.compile(r"[,.\u00a0\u202f](?=\d{3}(?!\d))")
# Smaller whole numbers stand in every text: hours, pages, people.
LEAST_TELLING = 10
# Points are told only if they are as rare as an amount of money.
LEAST_TELLING_POINTS = 100


@dataclass(frozen=True)
class Slip:
    """A number as it stands in a text, the line it stands on, and the party it belongs to."""

    line: int
    number: str
    owner: str


def slips(case: Case, reader: str | None, text: str, common: str = "") -> tuple[Slip, ...]:
    """Numbers in a text for one party (None: for everybody) that belong to another and that nothing else tells
    the reader. `common` is what everybody reads beside it.

    Of the others count the alternative with its words, the target, the interests, and points from 100 up.
    """
    known = numbers_in(common) | _known_to(case, reader)
    secrets = {p.id: _numbers_of(case, p) - known for p in case.parties if p.id != reader}
    return tuple(
        Slip(line, written, owner)
        for line, words in enumerate(text.splitlines(), start=1)
        for written in _written(words)
        for owner, numbers in secrets.items()
        if _readings(written) & numbers
    )


def numbers_in(thing: Any) -> set[float]:
    """All numbers of a value and its parts, also those that stand in words."""
    return set(_numbers(thing))


def _known_to(case: Case, reader: str | None) -> set[float]:
    """What the reader's view of the case holds; for everybody what all the parties' views hold."""
    if reader is not None:
        return numbers_in(case.seen_by(reader)) | _news_for(case, reader) | _prices_of(case, reader)
    views = [numbers_in(case.seen_by(party)) for party in case.party_ids]
    return set.intersection(*views)


def _prices_of(case: Case, reader: str) -> set[float]:
    """Where one number is all that is settled: at which the party has just what it has without a deal, or aims at."""
    party = case.party(reader)
    if len(case.listed_issues) != 1 or case.listed_issues[0].kind not in NUMBERS or not party.scored:
        return set()
    (issue,) = case.listed_issues
    marks = {party.target, party.alternative and party.alternative.worth}
    values = [value for value in issue.values() if isinstance(value, int | float)]
    return {float(value) for value in values if points(case, reader, {issue.id: value}) in marks}


def _news_for(case: Case, reader: str) -> set[float]:
    """Numbers in what a release or a condition tells the party, or changes on its own sheet."""
    told = [release.text for release in case.releases if reader in release.to]
    told += [v.text.get(reader, "") for v in case.conditions]
    changes = [*(release.changes for release in case.releases), *(v.changes for v in case.conditions)]
    own = [value for each in changes for path, value in each.items() if f".{reader}." in f".{path}."]
    return numbers_in(told) | numbers_in(own)


def _numbers_of(case: Case, party: Party) -> set[float]:
    own = (party.alternative, party.target, party.interests, party.interest_texts, party.red_line)
    telling = {number for number in numbers_in(own) if _is_telling(number)}
    rules = [issue.points.get(party.id) for issue in case.issues]
    return telling | {number for number in numbers_in(rules) if abs(number) >= LEAST_TELLING_POINTS}


def _is_telling(number: float) -> bool:
    return abs(number) >= LEAST_TELLING or number != int(number)


def _written(words: str) -> list[str]:
    return [found.group() for found in _NUMBER.finditer(words)]


def _readings(written: str) -> set[float]:
    """1,450 and 1.450 may be grouped digits or a decimal, as the language has it: both readings count."""
    readings = {_GROUPS.sub("", written).replace(",", ".")}
    if not written.endswith("000"):
        readings.add(written.replace(",", "."))
    return {float(text) for text in readings if re.fullmatch(r"[0-9]+(\.[0-9]+)?", text)}


def _numbers(thing: Any) -> Iterator[float]:
    if isinstance(thing, bool):
        return
    if isinstance(thing, int | float):
        yield abs(float(thing))
    elif isinstance(thing, str):
        for written in _written(thing):
            yield from _readings(written)
    else:
        for part in _parts(thing):
            yield from _numbers(part)


def _parts(thing: Any) -> Iterable[Any]:
    if isinstance(thing, Mapping):
        return [part for pair in thing.items() for part in pair]
    if isinstance(thing, tuple | list | set | frozenset):
        return thing
    if is_dataclass(thing):
        return [getattr(thing, field.name) for field in fields(thing) if field.compare]
    return ()
