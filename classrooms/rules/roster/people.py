"""From rows to people: names put in order, addresses and times checked, doubles named."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from classrooms.rules.roster.columns import Field
from classrooms.rules.roster.reading import Fault, Row, Table

LONGEST = 80
ADDRESS = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
# A person's time is at least everybody's, and nobody needs more than three times as much.
LEAST_TIME, MOST_TIME = Decimal(1), Decimal(3)
# Rows of an exported gradebook that are nobody: the line of what can be reached, and the platform's own test student.
NOBODY = ("points possible", "student, test", "test student", "student test", "read only")


@dataclass(frozen=True)
class Listed:
    """Somebody on the list. What it does not say is empty; `line` says where, for words, and is no part of them."""

    name: str
    email: str = ""
    number: str = ""
    section: str = ""
    extra_time: Decimal | None = None
    line: int = 0


@dataclass(frozen=True)
class People:
    """Who is on the list, lines that are nobody and were passed over, and what has to be mended first."""

    listed: tuple[Listed, ...]
    passed: tuple[int, ...]
    faults: tuple[Fault, ...]


def read_people(table: Table, columns: Mapping[Field, int]) -> People:
    """Everybody whose line is without fault; with any fault nothing should be taken over."""
    if "name" not in columns and "last" not in columns and "first" not in columns:
        return People((), (), (*table.faults, Fault(table.heading.line, "no_name_column")))
    passed = [row for row in table.rows if is_nobody(row)]
    listed, faults = [], list(table.faults)
    for row in table.rows:
        if row not in passed:
            person, found = person_of(row, columns)
            listed.append(person)
            faults.extend(found)
    faults.extend(doubles(listed))
    return People(
        tuple(listed), tuple(row.line for row in passed), tuple(sorted(faults, key=lambda f: f.line))
    )


def is_nobody(row: Row) -> bool:
    return any(cell.strip().casefold() in NOBODY for cell in row.cells[:3])


def person_of(row: Row, columns: Mapping[Field, int]) -> tuple[Listed, list[Fault]]:
    def cell(field: Field) -> str:
        place = columns.get(field, len(row.cells))
        return row.cells[place] if place < len(row.cells) else ""

    faults = []
    name = name_of(cell("name"), cell("first"), cell("last"))
    if not name:
        faults.append(Fault(row.line, "no_name"))
    faults += [
        Fault(row.line, "too_long", words)
        for words in (name, cell("number"), cell("section"), cell("email"))
        if len(words) > LONGEST
    ]
    email = cell("email")
    if email and "@" in email and not ADDRESS.fullmatch(email):
        faults.append(Fault(row.line, "no_address", email))
    extra = time_of(cell("extra_time")) if cell("extra_time") else None
    if cell("extra_time") and extra is None:
        faults.append(Fault(row.line, "no_time", cell("extra_time")))
    # A login without "@" says who somebody is, but no letter reaches it.
    address = email.lower() if "@" in email else ""
    # Brightspace puts a sign before numbers, so that a spreadsheet leaves them alone.
    return Listed(name, address, cell("number").removeprefix("#"), cell("section"), extra, row.line), faults


def name_of(whole: str, first: str, last: str) -> str:
    """As it is said: "Okafor, Ada" is Ada Okafor."""
    if not whole:
        return f"{first} {last}".strip()
    family, comma, given = whole.partition(",")
    return f"{given.strip()} {family.strip()}".strip() if comma and given.strip() else whole.strip(" ,")


def time_of(text: str) -> Decimal | None:
    """A factor as 1.5, "1,5x" or "+50 %"; None if it cannot be understood."""
    bare = text.replace(",", ".").replace(" ", "").rstrip("x×").removeprefix("+")
    try:
        factor = 1 + Decimal(bare[:-1]) / 100 if bare.endswith("%") else Decimal(bare)
    except InvalidOperation:
        return None
    if not factor.is_finite() or not LEAST_TIME <= factor <= MOST_TIME:
        return None
    return factor.quantize(Decimal("0.01"))


def doubles(listed: Sequence[Listed]) -> list[Fault]:
    """An address or a number is one person's. Two of one name may well be two people."""
    seen: dict[tuple[str, str], int] = {}
    faults = []
    for person in listed:
        for kind, value in (("address", person.email), ("number", person.number)):
            if value and seen.setdefault((kind, value), person.line) != person.line:
                faults.append(Fault(person.line, f"{kind}_twice", value))
    return faults
