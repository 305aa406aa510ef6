"""Reads a points table as a spreadsheet saves it: CSV, described in docs/developers/analyse.md. Spreadsheets put
commas, semicolons or tabs between cells and write decimals as the country does, so both are looked at."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import PurePosixPath

from bargaining.casefile.faults import BIGGEST_NUMBER, Book
from bargaining.imports.draft import MOST_VALUES, Draft, DraftIssue, DraftParty
from bargaining.imports.labels import LONGEST_NAME

SEPARATORS = (",", ";", "\t")
HEADER = ("issue", "option")
# First words of rows that are not about an option.
ALTERNATIVE, WEIGHT = "alternative", "weight"
_NUMBER = re.compile(r"[-+]?([0-9]+(\.[0-9]+)?|\.[0-9]+)([eE][-+]?[0-9]{1,3})?")
_FORMULA = re.compile(r"\s*([=@]|[-+][A-Za-z(])")
_UNSPEAKABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")

Cells = Sequence[str]


@dataclass
class _Sheet:
    """What the rows so far have said."""

    parties: list[str]
    points: dict[str, dict[str, list[float]]] = field(default_factory=dict)
    weights: dict[str, tuple[int, list[float]]] = field(default_factory=dict)
    alternative: list[float] | None = None
    issue: str = ""


def read_csv(text: str, book: Book) -> Draft:
    """The draft that the table describes; with faults in the book it is worth nothing."""
    separator = separator_of(text)
    if separator is None:
        book.note_line(
            1,
            "The first line does not begin with the cells issue and option.",
            "Write issue, option, and the name of each party; separate cells by comma, semicolon or tab.",
        )
        return Draft("", (), ())
    rows = _rows(text, separator, book)
    if not rows:
        return Draft("", (), ())
    sheet = _Sheet(_read_header(rows[0][1], book))
    for line, cells in rows[1:]:
        _read_row(line, cells, separator, sheet, book)
    _check_whole(rows[-1][0], sheet, book)
    return _draft(PurePosixPath(book.file).stem, sheet)


def separator_of(text: str) -> str | None:
    """What stands between the cells, seen from the first line; None if this is no points table."""
    first = _first_line(text)[1]
    for separator in SEPARATORS:
        cells = tuple(cell.strip().strip('"').strip().casefold() for cell in first.split(separator)[:2])
        if cells == HEADER:
            return separator
    return None


def _first_line(text: str) -> tuple[int, str]:
    """The header and where it begins; Excel may say what separates cells on a line before it."""
    line, end, rest = text.partition("\n")
    if re.fullmatch(r"sep=[,;\t]\r?", line):
        return len(line + end), rest.partition("\n")[0]
    return 0, line


def _rows(text: str, separator: str, book: Book) -> list[tuple[int, Cells]]:
    """The rows with something in them, and the line each ends on; none, and a fault, if they cannot be told."""
    for number, line in enumerate(text.split("\n"), start=1):
        if _UNSPEAKABLE.search(line):
            book.note_line(number, "A cell holds a character that nobody can read.", "Remove it.")
            return []
    start = _first_line(text)[0]
    before = text[:start].count("\n")
    reader = csv.reader(io.StringIO(text[start:], newline=""), delimiter=separator, strict=True)
    try:
        rows = [(before + reader.line_num, [cell.strip() for cell in cells]) for cells in reader]
    except csv.Error:
        broken = before + reader.line_num
        book.note_line(broken, "The quotes on this line do not match.", "Put a quote at both ends of a cell.")
        return []
    return [(line, cells) for line, cells in rows if any(cells)]


def _read_header(cells: Cells, book: Book) -> list[str]:
    parties = list(cells[2:])
    while parties and not parties[-1]:
        parties.pop()
    for name in parties:
        _check_text(1, name, book)
    if len(parties) < 2:
        book.note_line(
            1, "A negotiation needs two parties.", "Give each party a column, named in the first line."
        )
    if len(set(parties)) < len(parties) or "" in parties:
        book.note_line(1, "Each party needs a name of its own.", "Name every column, each differently.")
    return parties


def _read_row(line: int, cells: Cells, separator: str, sheet: _Sheet, book: Book) -> None:
    first, second, numbers = (*cells, "", "")[0], (*cells, "", "")[1], list(cells[2:])
    for text in (first, second):
        _check_text(line, text, book)
    if any(numbers[len(sheet.parties) :]):
        trap = " A decimal comma cuts a number in two: write 0.5." if separator == "," else ""
        book.note_line(
            line, "This row has more cells than there are parties.", f"Remove what is too much.{trap}"
        )
    numbers = [*numbers, *[""] * len(sheet.parties)][: len(sheet.parties)]
    points = [_number(line, cell, book) for cell in numbers]
    match first.casefold():
        case "alternative":
            _read_alternative(line, second, points, sheet, book)
        case "weight":
            if second in sheet.weights:
                book.note_line(line, "This issue has a second weight.", "Keep one of the two.")
            sheet.weights[second] = (line, points)
        case _:
            _read_option(line, first, second, points, sheet, book)


def _read_alternative(line: int, second: str, points: list[float], sheet: _Sheet, book: Book) -> None:
    if second:
        book.note_line(
            line,
            "The row of alternatives names an option.",
            "Leave that cell empty; no issue can be called this.",
        )
    if sheet.alternative is not None:
        book.note_line(line, "This is a second row of alternatives.", "Keep one of the two.")
    sheet.alternative = points


def _read_option(line: int, issue: str, option: str, points: list[float], sheet: _Sheet, book: Book) -> None:
    """A row without an issue belongs to the one above."""
    sheet.issue = issue or sheet.issue
    if not sheet.issue:
        book.note_line(line, "This row names no issue.", "Write its name into the first cell.")
    options = sheet.points.setdefault(sheet.issue, {})
    if not option:
        book.note_line(line, "This row names no option.", "Write its name into the second cell.")
    elif option in options:
        book.note_line(line, "This option stands here twice.", "Give each option of an issue its own name.")
    if len(options) >= MOST_VALUES:
        book.note_line(line, "This issue has too many options.", f"At most {MOST_VALUES:,} can be read.")
    options[option] = points


def _number(line: int, cell: str, book: Book) -> float:
    if _NUMBER.fullmatch(cell) and abs(float(cell)) <= BIGGEST_NUMBER:
        return float(cell)
    book.note_line(line, *_trouble(cell))
    return 0.0


def _trouble(cell: str) -> tuple[str, str]:
    if not cell:
        return "A number is missing.", "Write 0 if it is worth nothing."
    if _FORMULA.match(cell):
        return "A cell holds a formula.", "Save the sheet with its values."
    if re.fullmatch(r"[-+]?[0-9]+,[0-9]+", cell):
        return (
            f"“{cell[:40]}” has a comma.",
            "Write decimals with a point (0.5), and thousands without a mark (1000).",
        )
    return f"“{cell[:40]}” is not a number.", "Write plain digits, with a point for decimals."


def _check_text(line: int, text: str, book: Book) -> None:
    if _FORMULA.match(text):
        book.note_line(
            line, "A cell holds a formula.", "Write what it stands for, not beginning with = @ + or -."
        )
    if len(text) > LONGEST_NAME:
        book.note_line(line, f"A name is longer than {LONGEST_NAME} characters.", "Use a shorter one.")


def _check_whole(last: int, sheet: _Sheet, book: Book) -> None:
    if not sheet.points:
        book.note_line(last, "There is nothing to negotiate.", "Add a row for each option of each issue.")
    if sheet.alternative is None:
        book.note_line(
            last,
            "The row of alternatives is missing.",
            "Add a row that begins with alternative and says what each party has without a deal.",
        )
    for issue, (line, _) in sheet.weights.items():
        if issue not in sheet.points:
            book.note_line(
                line, "This weight names no issue.", "Write the issue's name into the second cell."
            )


def _draft(title: str, sheet: _Sheet) -> Draft:
    ones = [1.0] * len(sheet.parties)
    weights = {issue: sheet.weights[issue][1] if issue in sheet.weights else ones for issue in sheet.points}
    parties = (
        DraftParty(
            name,
            [
                [weights[issue][k] * points[k] for points in options.values()]
                for issue, options in sheet.points.items()
            ],
            (sheet.alternative or ones)[k],
        )
        for k, name in enumerate(sheet.parties)
    )
    issues = (DraftIssue(issue, tuple(options)) for issue, options in sheet.points.items())
    return Draft(title, tuple(issues), tuple(parties))
