"""The Markdown texts beside a simulation file: which there are, and what may be filled in. It knows no files."""

from __future__ import annotations

import re
from typing import TypedDict

from bargaining.casefile.faults import Book, Fault

PLACEHOLDERS = frozenset({"my_points", "my_alternative", "condition_text"})
_PLACEHOLDER = re.compile(r"{{(.*?)}}")


class Texts(TypedDict):
    general: str
    teaching_note: str
    debrief: str
    roles: dict[str, str]


def placeholder_faults(name: str, text: str) -> list[Fault]:
    """Places that nothing fills. Those with the reader's own numbers stand on role pages alone."""
    book = Book(name)
    allowed = PLACEHOLDERS if "roles/" in name else frozenset({"condition_text"})
    for number, line in enumerate(text.splitlines(), start=1):
        for found in _PLACEHOLDER.findall(line):
            if found.strip() not in allowed:
                book.note_line(
                    number,
                    f"“{found.strip()[:40]}” cannot be filled in here.",
                    f"Possible are: {', '.join(sorted(allowed))}.",
                )
    return book.faults


def places_in(text: str) -> set[str]:
    """The places of a text that the platform fills."""
    return {found.strip() for found in _PLACEHOLDER.findall(text)} & PLACEHOLDERS
