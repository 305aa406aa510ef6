"""From bytes or pasted text to rows of cells, whatever wrote them: Excel, a learning platform, a hand.

It knows nothing of people, only of encodings, separators and quotes.
"""

from __future__ import annotations

import codecs
import csv
import io
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

MOST_BYTES, MOST_ROWS, MOST_CELLS = 2_000_000, 20_000, 200
SEPARATORS = "\t;,|"
ONE_COLUMN = "\x1f"
MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


class BiggerThanAllowed(ValueError):
    """More than any class has; the message says what the most is."""


@dataclass(frozen=True)
class Fault:
    """What is wrong in which line, by a code for which the pages have words; `about` is the cell or name meant."""

    line: int
    code: str
    about: str = ""


@dataclass(frozen=True)
class Row:
    line: int
    cells: tuple[str, ...]


@dataclass(frozen=True)
class Table:
    """The heading, the rows below it, and lines that could not be read."""

    heading: Row
    rows: tuple[Row, ...]
    faults: tuple[Fault, ...] = ()


def read_table(content: bytes | str) -> Table:
    """The first line that is not empty is the heading. Raises BiggerThanAllowed."""
    if len(content) > MOST_BYTES:
        raise BiggerThanAllowed(f"{MOST_BYTES // 1_000_000} MB")
    text = decoded(content) if isinstance(content, bytes) else content
    faults: list[Fault] = []
    rows = list(_rows(text.removeprefix("\ufeff"), faults))
    if not rows:
        return Table(Row(1, ()), (), tuple(faults))
    return Table(rows[0], tuple(rows[1:]), tuple(faults))


def decoded(content: bytes) -> str:
    """By its mark, else as UTF-16 if every other byte is nothing, else UTF-8, else as Windows in the west writes."""
    for mark, encoding in MARKS:
        if content.startswith(mark):
            return content.decode(encoding, errors="replace")
    start = content[:2000]
    if len(start) > 3 and start[1::2].count(0) > len(start) // 5:
        return content.decode("utf-16-le", errors="replace")
    if len(start) > 3 and start[0::2].count(0) > len(start) // 5:
        return content.decode("utf-16-be", errors="replace")
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")


def _rows(text: str, faults: list[Fault]) -> Iterator[Row]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator_of(text), strict=True)
    line, made = 1, 0
    while True:
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error:
            # A quote that never ends swallows what follows, so there is nothing sensible after it.
            faults.append(Fault(line, "open_quote"))
            return
        tidy = tuple(" ".join(cell.replace("\0", "").split()) for cell in cells)
        if any(tidy):
            made += 1
            if made > MOST_ROWS or len(tidy) > MOST_CELLS:
                raise BiggerThanAllowed(f"{MOST_ROWS} rows, {MOST_CELLS} columns")
            yield Row(line, tidy)
        line = reader.line_num + 1


def separator_of(text: str) -> str:
    """What divides the first lines most evenly; a heading that nothing divides makes a list of one column, in which
    "Last, First" is one cell."""
    lines = [line for line in text.splitlines() if line.strip()][:20]
    best: str = max((ONE_COLUMN, *SEPARATORS), key=lambda sign: _evenness(sign, lines))
    return best


def _evenness(sign: str, lines: list[str]) -> float:
    """How many of these lines have as many of the sign, outside quotes, as the first one has."""
    counts = [_outside_quotes(line).count(sign) for line in lines]
    if not counts or not counts[0]:
        return 0.0
    return Counter(counts)[counts[0]] / len(counts)


def _outside_quotes(line: str) -> str:
    return "".join(line.split('"')[::2])
