"""Reads a table of answers: a line of columns, then rows that name one act or several, each with an answer a column.

`Say Tap: ok observing` are two rows alike; `Say at pairs: ok others_talk` is one that holds at that moment alone.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

Row = Mapping[str, str]
HERE = Path(__file__).parent


def grid(name: str) -> dict[tuple[str, str], Row]:
    """The rows by act and moment; the moment is empty where a row holds at any."""
    text = (HERE / f"{name}.txt").read_text("utf-8")
    header, *lines = (line for line in text.splitlines() if line.strip() and not line.startswith("#"))
    found: dict[tuple[str, str], Row] = {}
    for key, row in _rows(header.split(), iter(" ".join(lines).split())):
        assert key not in found, f"{name}.txt has two rows of {key}"
        found[key] = row
    return found


def _rows(columns: list[str], words: Iterator[str]) -> Iterator[tuple[tuple[str, str], Row]]:
    names: list[str] = []
    for word in words:
        names.append(word.removesuffix(":"))
        if word.endswith(":"):
            row = dict(zip(columns, words, strict=False))
            assert len(row) == len(columns), f"{names} has too few answers"
            acts, at, moment = " ".join(names).partition(" at ")
            yield from (((act, moment if at else ""), row) for act in acts.split())
            names = []
