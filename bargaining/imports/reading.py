"""Recognises a file of any format by its content and reads it. It knows which formats there are, not what
stands in them."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from bargaining.case import Case
from bargaining.casefile import CaseFaults, Fault, Loaded, load_case, load_files, load_folder
from bargaining.casefile.faults import Book
from bargaining.casefile.reading import MOST_PARTIES, TOO_MANY_PARTIES
from bargaining.casefile.text import CASE_FILE
from bargaining.casefile.texts import Texts
from bargaining.imports.csv_table import read_csv, separator_of
from bargaining.imports.draft import Draft, build
from bargaining.imports.genius import read_genius
from bargaining.imports.geniusweb import WORDS as GENIUSWEB_WORDS
from bargaining.imports.geniusweb import read_geniusweb
from bargaining.imports.json_text import read_json
from bargaining.imports.points_table import read_points_table
from bargaining.imports.sources import Files, files_of, unpacked
from bargaining.imports.xml_text import read_xml
from bargaining.steps import Offer

FORMAT_1, TABLE, CSV = "a simulation", "a points table in JSON", "a points table in CSV"
GENIUS, GENIUSWEB, UNKNOWN = "a GENIUS scenario", "a GeniusWeb scenario", ""
KNOWN = (
    "Known are a folder with simulation.yaml, a points table (JSON or CSV), a GENIUS scenario (XML) and a "
    "GeniusWeb scenario (JSON)."
)


@dataclass(frozen=True)
class Imported:
    """A case with what came along. `called` is what the source calls the scored parties, which for a simulation
    of our own are their ids; `notes` say in words what the source leaves open or what was left out."""

    case: Case
    called: tuple[str, ...]
    offers: tuple[Offer, ...] = ()
    notes: tuple[str, ...] = ()
    texts: Texts | None = None


def read(source: Path | str | Mapping[str, bytes]) -> Imported:
    """The case in a file, a zip file or a folder, or in files given as name -> bytes; the format is seen from
    the content. CaseFaults with every fault, each with its file and, where it has lines, the line."""
    if isinstance(source, Mapping):
        return _read_files(unpacked(source))
    path = Path(source)
    try:
        if (path / CASE_FILE).is_file():
            return _imported(load_folder(path))
        return _read_files(files_of(path), path.name)
    except OSError:
        raise CaseFaults([Fault(path.name, 1, "This cannot be read.", "Check who may read it.")]) from None


def text_of(data: bytes, name: str) -> str:
    """UTF-8, with or without the mark that Windows puts before it; or UTF-16 with one. CaseFaults."""
    encoding = "utf-16" if data.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8-sig"
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise CaseFaults([Fault(name, line, "This is not UTF-8 text.", "Save it as UTF-8.")]) from None


def _imported(loaded: Loaded) -> Imported:
    return Imported(loaded.case, loaded.case.scored_ids, texts=loaded.texts)


def _read_files(files: Files, name: str = "the upload") -> Imported:
    if CASE_FILE in files and len(files) > 1:
        return _imported(load_files(files))
    kinds = {file: _kind_of(file, data, alone=len(files) == 1) for file, data in files.items()}
    found = sorted(set(kinds.values()) - {UNKNOWN})
    if len(found) != 1:
        what = f"There are several formats: {', '.join(found)}." if found else _unknown(files)
        raise CaseFaults([Fault(name if found else next(iter(files), name), 1, what, KNOWN)])
    [kind] = found
    imported = _READERS[kind]({file: data for file, data in files.items() if kinds[file] == kind})
    left = (f"{file} is of no known format, and was left out." for file in files if kinds[file] == UNKNOWN)
    return replace(imported, notes=(*imported.notes, *left))


def _kind_of(name: str, data: bytes, alone: bool) -> str:
    """The format, seen from the content. A file that comes alone gets the benefit of the doubt, so that its
    faults can be told."""
    start = data[:2000].lstrip(b"\xef\xbb\xbf \t\r\n")
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        start = text_of(data, name)[:1000].lstrip().encode()
    if start.startswith(b"<"):
        return GENIUS if alone or b"<issue" in data or data.startswith((b"\xff", b"\xfe")) else UNKNOWN
    if start.startswith((b"{", b"[")):
        return _kind_of_json(data, alone)
    if name.rpartition("/")[2] == CASE_FILE or re.search(rb"^format[ \t]*:", data, re.MULTILINE):
        return FORMAT_1
    return CSV if _is_sheet(name, data) else UNKNOWN


def _kind_of_json(data: bytes, alone: bool) -> str:
    if re.search(rb'"schema"\s*:\s*"negotiation-domain', data):
        return TABLE
    if any(f'"{word}"'.encode() in data for word in GENIUSWEB_WORDS):
        return GENIUSWEB
    return TABLE if alone else UNKNOWN


def _is_sheet(name: str, data: bytes) -> bool:
    if name.lower().endswith((".csv", ".tsv")):
        return True
    try:
        return separator_of(text_of(data, name)) is not None
    except CaseFaults:
        return False


def _unknown(files: Files) -> str:
    if any(name.startswith("xl/") for name in files):
        return "This is an Excel workbook; a points table is read from CSV (“Save as”, CSV UTF-8)."
    return "The format of this is not known." if files else "There is nothing here."


def _read_format_1(files: Files) -> Imported:
    [(name, data), *more] = files.items()
    if more:
        raise CaseFaults([Fault(more[0][0], 1, "This is a second simulation.", "Give one.")])
    case = load_case(text_of(data, name), name)
    return Imported(case, case.scored_ids)


def _read_tables(files: Files) -> Imported:
    [(name, data), *more] = files.items()
    if more:
        raise CaseFaults([Fault(more[0][0], 1, "This is a second points table.", "Give one.")])
    book = Book(name)
    table = read_points_table(read_json(text_of(data, name), book), book)
    book.raise_if_any()
    case = _case_of(table.draft, name)
    return Imported(case, _names(case), table.offers_of(case))


def _read_sheets(files: Files) -> Imported:
    [(name, data), *more] = files.items()
    if more:
        raise CaseFaults([Fault(more[0][0], 1, "This is a second points table.", "Give one.")])
    book = Book(name)
    draft = read_csv(text_of(data, name), book)
    book.raise_if_any()
    case = _case_of(draft, name)
    return Imported(case, _names(case))


def _read_genius(files: Files) -> Imported:
    books = {name: Book(name) for name in files}
    roots = {name: read_xml(data, books[name]) for name, data in files.items()}
    read = {name: root for name, root in roots.items() if root is not None}
    return _built(read_genius(read, books), books)


def _read_geniusweb(files: Files) -> Imported:
    books = {name: Book(name) for name in files}
    data = {name: read_json(text_of(data, name), books[name]) for name, data in files.items()}
    return _built(read_geniusweb(data, books), books)


def _built(read: tuple[Draft, list[str]], books: Mapping[str, Book]) -> Imported:
    """Only when no file has a fault is the draft worth something."""
    faults = [fault for book in books.values() for fault in sorted(book.faults, key=lambda fault: fault.line)]
    if faults:
        raise CaseFaults(faults)
    draft, notes = read
    case = _case_of(draft, next(iter(books)))
    return Imported(case, _names(case), notes=tuple(dict.fromkeys(notes)))


def _case_of(draft: Draft, name: str) -> Case:
    if len(draft.parties) > MOST_PARTIES:
        raise CaseFaults([Fault(name, 1, *TOO_MANY_PARTIES)])
    return build(draft)


def _names(case: Case) -> tuple[str, ...]:
    return tuple(party.name for party in case.parties)


_READERS: Mapping[str, Callable[[Files], Imported]] = {
    FORMAT_1: _read_format_1,
    TABLE: _read_tables,
    CSV: _read_sheets,
    GENIUS: _read_genius,
    GENIUSWEB: _read_geniusweb,
}
