"""Faults of a simulation's files and the cursor that collects them while reading, so that an author sees
all of them at once. It knows nothing of what a case means."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache
from typing import Any

import msgspec

Path = tuple[str | int, ...]

BIGGEST_NUMBER = 1e12
_ID = re.compile(r"[a-z][a-z0-9_-]{0,63}")
_MANY = 200


@dataclass(frozen=True)
class Fault:
    """One thing to mend: where it is, what is wrong, and how to put it right."""

    file: str
    line: int
    what: str
    mend: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.what} {self.mend}"


class CaseFaults(Exception):
    """A simulation cannot be read; `faults` holds everything that was found."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = tuple(faults)
        super().__init__("\n".join(str(fault) for fault in self.faults))


class Unreadable:
    """Stands for a value whose fault was already reported, so that it is not reported twice."""


@dataclass
class Book:
    """Collects the faults of one file; `lines` tells where each path stands."""

    file: str
    lines: dict[Path, int] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)

    def note(self, path: Path, what: str, mend: str) -> None:
        while path and path not in self.lines:
            path = path[:-1]
        self.note_line(self.lines.get(path, 1), what, mend)

    def note_line(self, line: int, what: str, mend: str) -> None:
        fault = Fault(self.file, line, what, mend)
        if fault not in self.faults and len(self.faults) < _MANY:
            self.faults.append(fault)

    def raise_if_any(self) -> None:
        if self.faults:
            raise CaseFaults(sorted(self.faults, key=lambda fault: fault.line))


@dataclass(frozen=True)
class Node:
    """A value with its place. Each reader returns the value, or notes a fault and returns a stand-in."""

    value: Any
    path: Path
    book: Book

    @property
    def name(self) -> str:
        return ".".join(str(part) for part in self.path) or "the file"

    def fault(self, what: str, mend: str) -> None:
        self.book.note(self.path, what, mend)

    def text(self) -> str:
        if isinstance(self.value, str) and self.value.strip():
            return self.value
        self._expected("some text", "Write words here, in quotes if they look like a number or a list.")
        return ""

    def identifier(self) -> str:
        if isinstance(self.value, str) and _ID.fullmatch(self.value):
            return self.value
        self._expected("a short name", "Use lower-case letters, digits, _ and -, beginning with a letter.")
        return ""

    def one_of(self, choices: Iterable[str]) -> str:
        allowed = tuple(choices)
        if isinstance(self.value, str) and self.value in allowed:
            return self.value
        self._expected("one of the known words", f"Choose from: {', '.join(allowed)}.")
        return allowed[0] if allowed else ""

    def number(self) -> float:
        value = self.value
        if type(value) in (int, float) and abs(value) <= BIGGEST_NUMBER:  # which “not a number” never is
            return float(value)
        self._expected("a number", "Write plain digits, with a point for decimals.")
        return 0.0

    def numbers(self) -> tuple[float, ...]:
        return tuple(item.number() for item in self.items())

    def integers(self, least: int = 0) -> tuple[int, ...]:
        return tuple(item.integer(least) for item in self.items())

    def share(self, default: float = 1.0) -> float:
        """A chance or a factor: a number from 0 to 1."""
        number = self.number()
        if 0 <= number <= 1:
            return number
        self.fault(f"{self.name} should be from 0 to 1.", "Write a share such as 0.95.")
        return default

    def integer(self, least: int = 0) -> int:
        if type(self.value) is int and least <= self.value <= BIGGEST_NUMBER:
            return self.value
        self._expected("a whole number", f"Write plain digits, at least {least}.")
        return least

    def flag(self) -> bool:
        if type(self.value) is bool:
            return self.value
        self._expected("true or false", "Write true or false.")
        return False

    def items(self) -> list[Node]:
        if isinstance(self.value, list):
            return [self._inside(k, item) for k, item in enumerate(self.value)]
        self._expected("a list", "Write the parts in [ ], or one a line after a hyphen.")
        return []

    def texts(self) -> tuple[str, ...]:
        return tuple(item.text() for item in self.items())

    def entries(self) -> dict[str, Node]:
        """A mapping whose keys are short names that the author chose."""
        entries = self.mapping()
        for key, node in entries.items():
            if not _ID.fullmatch(key):
                node.fault(
                    f"“{key[:40]}” is not a short name.",
                    "Use lower-case letters, digits, _ and -, beginning with a letter.",
                )
        return {key: node for key, node in entries.items() if _ID.fullmatch(key)}

    def mapping(self) -> dict[str, Node]:
        if isinstance(self.value, dict) and all(isinstance(key, str) for key in self.value):
            return {key: self._inside(key, value) for key, value in self.value.items()}
        self._expected("names with values", "Write name: value, one a line.")
        return {}

    def shaped(self, shape: type[msgspec.Struct], extra: str = "") -> Fields:
        """A mapping whose keys the format fixes, as the shape declares them; `extra` are more it may have."""
        known, needed = keys_of(shape)
        return self.fields(f"{known} {extra}", needed)

    def fields(self, known: str, required: str = "") -> Fields:
        """A mapping with only these keys; `required` must be there. Words are set apart by spaces."""
        entries = self.mapping()
        allowed = list(dict.fromkeys([*required.split(), *known.split()]))
        for key, node in entries.items():
            if key not in allowed and not isinstance(node.value, Unreadable):
                node.fault(f"“{key[:40]}” is not known in {self.name}.", f"Known are: {', '.join(allowed)}.")
        if isinstance(self.value, dict):
            for key in required.split():
                if key not in entries:
                    self.fault(f"“{key}” is missing in {self.name}.", f"Add a line “{key}: ...”.")
        return Fields({key: node for key, node in entries.items() if key in allowed})

    def at(self, *keys: str) -> Node:
        """The part that the keys lead to, or the last one on their way: the closest place to point to."""
        node = self
        for key in keys:
            if not isinstance(node.value, dict) or key not in node.value:
                break
            node = node._inside(key, node.value[key])
        return node

    def _inside(self, key: str | int, value: Any) -> Node:
        return Node(value, (*self.path, key), self.book)

    def _expected(self, what: str, mend: str) -> None:
        if not isinstance(self.value, Unreadable):
            self.fault(f"{self.name} should be {what}.", mend)


@cache
def keys_of(shape: type[msgspec.Struct]) -> tuple[str, str]:
    """Which keys a shape has and which it needs, set apart by spaces. Finding them out takes longer than reading the
    part, and a case has dozens of parts of few shapes."""
    fields = msgspec.structs.fields(shape)
    needed = [field.encode_name for field in fields if field.required]
    return " ".join(field.encode_name for field in fields), " ".join(needed)


class Fields(dict[str, Node]):
    """The fields that are there, with stand-ins for those that are not."""

    def text(self, name: str, default: str = "") -> str:
        return self[name].text() if name in self else default

    def number(self, name: str, default: float = 0.0) -> float:
        return self[name].number() if name in self else default

    def flag(self, name: str, default: bool) -> bool:
        return self[name].flag() if name in self else default

    def integer(self, name: str, default: int = 0) -> int:
        return self[name].integer() if name in self else default

    def name(self, name: str) -> str:
        return self[name].identifier() if name in self else ""

    def word(self, name: str, choices: Iterable[str], default: str) -> str:
        return self[name].one_of(choices) if name in self else default

    def numbers_by(self, name: str) -> dict[str, float]:
        return {key: node.number() for key, node in self.entries(name).items()}

    def texts(self, name: str) -> tuple[str, ...]:
        return self[name].texts() if name in self else ()

    def items_of(self, name: str) -> list[Node]:
        return self[name].items() if name in self else []

    def entries(self, name: str) -> dict[str, Node]:
        return self[name].entries() if name in self else {}
