"""XML to a small tree with line numbers. A document type, and with it every entity, is refused, so nothing can
grow while it is read and nothing outside the file is ever looked at."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NoReturn
from xml.parsers import expat

from bargaining.casefile.faults import Book

MOST_BYTES = 4 * 1024 * 1024
MOST_ELEMENTS = 200_000
DEEPEST = 30


@dataclass
class Element:
    """A tag with its attributes; text between tags is not kept."""

    tag: str
    attributes: dict[str, str]
    line: int
    children: list[Element] = field(default_factory=list)

    def all(self, tag: str) -> list[Element]:
        return [child for child in self.children if child.tag == tag]

    def first(self, tag: str) -> Element | None:
        return next((child for child in self.children if child.tag == tag), None)

    def walk(self) -> Iterator[Element]:
        yield self
        for child in self.children:
            yield from child.walk()


class _Stop(Exception):
    """The text cannot be read on; why is in the book."""


def read_xml(data: bytes, book: Book) -> Element | None:
    """The root element, or None with the fault noted in the book."""
    if len(data) > MOST_BYTES:
        book.note_line(1, "The file is larger than 4 MiB.", "Use fewer issues or options.")
        return None
    reader = _Reader(book)
    try:
        reader.parser.Parse(data, True)
    except _Stop:
        return None
    except expat.ExpatError as error:
        book.note_line(
            error.lineno,
            f"This is not readable XML: {expat.ErrorString(error.code)}.",
            "Look for a missing quote, bracket or closing tag, or for a bare & (write &amp;).",
        )
        return None
    except (ValueError, LookupError):
        book.note_line(1, "The encoding that the file names cannot be read.", "Save it as UTF-8.")
        return None
    return reader.root


class _Reader:
    def __init__(self, book: Book) -> None:
        self.book = book
        self.root: Element | None = None
        self.open: list[Element] = []
        self.count = 0
        self.parser = expat.ParserCreate()
        self.parser.SetParamEntityParsing(expat.XML_PARAM_ENTITY_PARSING_NEVER)
        self.parser.StartElementHandler = self.begin
        self.parser.EndElementHandler = self.end
        self.parser.StartDoctypeDeclHandler = self.refuse
        # A document type comes before every entity; these guard should that ever change.
        self.parser.EntityDeclHandler = self.refuse
        self.parser.ExternalEntityRefHandler = self.refuse

    def begin(self, tag: str, attributes: dict[str, str]) -> None:
        self.count += 1
        if len(self.open) >= DEEPEST:
            self.stop(f"The file is nested deeper than {DEEPEST} levels.", "Make it flatter.")
        if self.count > MOST_ELEMENTS:
            self.stop(f"The file has more than {MOST_ELEMENTS:,} elements.", "Use fewer options.")
        element = Element(tag, attributes, self.parser.CurrentLineNumber)
        if self.open:
            self.open[-1].children.append(element)
        else:
            self.root = element
        self.open.append(element)

    def end(self, tag: str) -> None:
        self.open.pop()

    def refuse(self, *about: object) -> NoReturn:
        self.stop("A document type (<!DOCTYPE ...>) is not allowed.", "Remove it, with all entities.")

    def stop(self, what: str, mend: str) -> NoReturn:
        self.book.note_line(self.parser.CurrentLineNumber, what, mend)
        raise _Stop
