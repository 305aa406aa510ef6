"""Numbers in columns, for a terminal."""

from __future__ import annotations

from collections.abc import Sequence

from bargaining.words import number_in_words

WIDEST_NAME = 16
NARROWEST = 8
UNKNOWN = "?"

Row = tuple[str, Sequence[float | None]]


def table(title: str, names: Sequence[str], rows: Sequence[Row]) -> str:
    """A title, a line of names and the rows, each a word and a number a name."""
    cells = [[value(number) for number in row] for _, row in rows]
    heads = [name[:WIDEST_NAME] for name in names]
    widths = [max(NARROWEST, *map(len, column)) for column in zip(heads, *cells, strict=True)]
    first = max((len(words) for words, _ in rows), default=0)
    lines = [_line("", heads, first, widths)]
    lines += [_line(words, numbers, first, widths) for (words, _), numbers in zip(rows, cells, strict=True)]
    return "\n".join([title, *lines])


def value(number: float | None) -> str:
    """The number with its decimals, or a question mark where it is not known."""
    return UNKNOWN if number is None else number_in_words(number)


def count(number: int | None) -> str:
    """A whole number in groups of three digits, or a question mark where it is not known."""
    return UNKNOWN if number is None else f"{number:,}"


def _line(words: str, cells: Sequence[str], first: int, widths: Sequence[int]) -> str:
    padded = [cell.rjust(width) for cell, width in zip(cells, widths, strict=True)]
    return "  " + "  ".join([words.ljust(first), *padded])
