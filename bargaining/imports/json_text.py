"""JSON text to plain values with line numbers, refusing what JSON readers differ on: keys that stand twice,
numbers that are none, endless nesting. It knows nothing of negotiations."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable
from json import JSONDecodeError, JSONDecoder
from math import isinf
from typing import Any, NoReturn

from bargaining.casefile.faults import Book, Fields, Node, Path, Unreadable

MOST_BYTES = 4 * 1024 * 1024
MOST_VALUES = 300_000
DEEPEST = 20

_BLANKS = re.compile(r"[ \t\n\r]*")
_NUMBER = re.compile(r"(-?(?:0|[1-9][0-9]*))(\.[0-9]+)?([eE][-+]?[0-9]+)?")
_WORDS = {"true": True, "false": False, "null": None}
_NO_NUMBERS = ("NaN", "Infinity", "-Infinity")
_STRINGS = JSONDecoder()
_UNSPEAKABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]")


def read_json(text: str, book: Book) -> Any:
    """The text as dict, list, str, int, float, bool and None; fills the book's lines, or notes faults."""
    if len(text) > MOST_BYTES:
        book.note_line(1, "The file is larger than 4 MiB.", "Use fewer options or offers.")
        return Unreadable()
    reader = _Reader(text, book)
    try:
        value = reader.value(())
        reader.end()
    except _Stop:
        return Unreadable()
    return value


class JsonNode(Node):
    """A JSON value with its place; words the mending for people who write JSON."""

    def fields(self, known: str, required: str = "") -> Fields:
        entries = self.mapping()
        allowed = [*required.split(), *known.split()]
        for key, node in entries.items():
            if key not in allowed:
                node.fault(f"“{key[:40]}” is not known in {self.name}.", f"Known are: {', '.join(allowed)}.")
        if isinstance(self.value, dict):
            for key in (key for key in required.split() if key not in entries):
                self.fault(f"“{key}” is missing in {self.name}.", f'Add "{key}": with its value.')
        return Fields({key: node for key, node in entries.items() if key in allowed})

    def _inside(self, key: str | int, value: Any) -> Node:
        return JsonNode(value, (*self.path, key), self.book)

    def _expected(self, what: str, mend: str) -> None:
        super()._expected(what, _MENDS.get(what, mend))


def exactly(node: Node, keys: Iterable[str], thing: str) -> dict[str, Node]:
    """A mapping with one entry for each of these keys, which the file itself chose."""
    entries, wanted = node.mapping(), [key for key in keys if key]
    for key, entry in entries.items():
        if key not in wanted:
            entry.fault(f"There is no {thing} “{key[:40]}”.", f"Use the name of an {thing} as it is given.")
    if isinstance(node.value, dict):
        for key in (key for key in wanted if key not in entries):
            node.fault(f"{node.name} says nothing about the {thing} “{key[:40]}”.", "Add an entry for it.")
    return {key: entry for key, entry in entries.items() if key in wanted}


_MENDS = {
    "some text": "Write text in double quotes.",
    "a list": "Write the parts in [ ].",
    "names with values": 'Write "name": value pairs in { }.',
}


class _Stop(Exception):
    """The text cannot be read on; why is in the book."""


class _Reader:
    def __init__(self, text: str, book: Book) -> None:
        self.text, self.book = text, book
        self.at = self.count = 0
        self.breaks = [found.start() for found in re.finditer("\n", text)]

    def line(self) -> int:
        return bisect_right(self.breaks, self.at - 1) + 1

    def value(self, path: Path) -> Any:
        self.blanks()
        self.count += 1
        if len(path) > DEEPEST:
            self.stop(f"The file is nested deeper than {DEEPEST} levels.", "Make it flatter.")
        if self.count > MOST_VALUES:
            self.stop(f"The file has more than {MOST_VALUES:,} values.", "Use fewer options or offers.")
        self.book.lines.setdefault(path, self.line())
        match self.text[self.at : self.at + 1]:
            case "{":
                return self.mapping(path)
            case "[":
                return self.list(path)
            case '"':
                return self.string()
            case _:
                return self.word()

    def mapping(self, path: Path) -> dict[str, Any]:
        entries: dict[str, Any] = {}
        self.at += 1
        if self.ends_with("}"):
            return entries
        while True:
            self.blanks()
            line = self.line()
            key = self.string()
            self.expect(":")
            if key in entries:
                self.book.note_line(line, f"“{key[:40]}” stands here twice.", "Keep one of the two.")
                self.value((*path, key))
            else:
                self.book.lines[(*path, key)] = line
                entries[key] = self.value((*path, key))
            if self.ends_with("}"):
                return entries
            self.expect(",")

    def list(self, path: Path) -> list[Any]:
        items: list[Any] = []
        self.at += 1
        if self.ends_with("]"):
            return items
        while True:
            items.append(self.value((*path, len(items))))
            if self.ends_with("]"):
                return items
            self.expect(",")

    def string(self) -> str:
        if not self.text.startswith('"', self.at):
            self.broken()
        line = self.line()
        try:
            value, self.at = _STRINGS.raw_decode(self.text, self.at)
        except JSONDecodeError:
            self.broken()
        assert isinstance(value, str)
        if _UNSPEAKABLE.search(value):
            self.book.note_line(line, "A text holds a character that nobody can read.", "Remove it.")
        return value

    def word(self) -> Any:
        for word in (*_WORDS, *_NO_NUMBERS):
            if self.text.startswith(word, self.at):
                if word in _NO_NUMBERS:
                    return self.no_number(len(word))
                self.at += len(word)
                return _WORDS[word]
        found = _NUMBER.match(self.text, self.at)
        if found is None:
            self.broken()
        whole = not (found[2] or found[3]) and len(found[0]) < 20
        number = int(found[0]) if whole else float(found[0])
        if isinf(number):
            return self.no_number(len(found[0]))
        self.at = found.end()
        return number

    def no_number(self, length: int) -> Unreadable:
        self.book.note_line(self.line(), "This number is not finite.", "Write plain digits.")
        self.at += length
        return Unreadable()

    def end(self) -> None:
        self.blanks()
        if self.at < len(self.text):
            self.stop("Something stands behind the end of the JSON.", "Remove it.")

    def blanks(self) -> None:
        found = _BLANKS.match(self.text, self.at)
        assert found is not None
        self.at = found.end()

    def ends_with(self, mark: str) -> bool:
        self.blanks()
        there = self.text.startswith(mark, self.at)
        self.at += there
        return there

    def expect(self, mark: str) -> None:
        if not self.ends_with(mark):
            self.broken()

    def broken(self) -> NoReturn:
        self.stop(
            "This is not readable JSON.",
            "Look for a missing quote, comma, bracket or colon on this line or just above.",
        )

    def stop(self, what: str, mend: str) -> NoReturn:
        self.book.note_line(self.line(), what, mend)
        raise _Stop
