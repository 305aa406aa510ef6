"""Reads a simulation folder: simulation.yaml and the Markdown texts beside it.
The only part of the library that touches files."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import TypedDict

from bargaining.case import Case
from bargaining.casefile.faults import Book, CaseFaults, Fault
from bargaining.casefile.text import CASE_FILE, load_case

PLACEHOLDERS = frozenset({"my_points", "my_alternative", "condition_text"})
_PLACEHOLDER = re.compile(r"{{(.*?)}}")
_MOST_BYTES = 1024 * 1024


class Texts(TypedDict):
    general: str
    teaching_note: str
    debrief: str
    roles: dict[str, str]


@dataclass(frozen=True)
class Loaded:
    case: Case
    texts: Texts


def load_folder(path: Path | str) -> Loaded:
    """The case and texts of a simulation folder; CaseFaults with every fault in any of its files.

    general.md and one roles/<party>.md a party are needed; teaching-note.md and debrief.md may be absent.
    """
    folder = Path(path)
    faults: list[Fault] = []
    case = _load_case_of(folder, faults)
    texts: Texts = {
        "general": _read_text(folder, "general.md", faults, needed=True),
        "teaching_note": _read_text(folder, "teaching-note.md", faults),
        "debrief": _read_text(folder, "debrief.md", faults),
        "roles": {},
    }
    for party in case.party_ids if case else ():
        texts["roles"][party] = _read_text(folder, f"roles/{party}.md", faults, needed=True)
    if case:
        _check_strangers(folder, case, faults)
    if faults or case is None:
        raise CaseFaults(faults)
    return Loaded(case, texts)


def _load_case_of(folder: Path, faults: list[Fault]) -> Case | None:
    text = _read_text(folder, CASE_FILE, faults, needed=True)
    if not text:
        return None
    try:
        return load_case(text)
    except CaseFaults as found:
        faults.extend(found.faults)
        return None


def _read_text(folder: Path, name: str, faults: list[Fault], needed: bool = False) -> str:
    path = folder / name
    if not path.is_file():
        if needed:
            faults.append(Fault(name, 1, f"{name} is missing.", "Add the file."))
        return ""
    if not path.resolve().is_relative_to(folder.resolve()):
        faults.append(Fault(name, 1, f"{name} lies outside the folder.", "Copy the file itself."))
        return ""
    if path.stat().st_size > _MOST_BYTES:
        faults.append(Fault(name, 1, f"{name} is larger than 1 MiB.", "Shorten it."))
        return ""
    try:
        text = path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        faults.append(Fault(name, 1, f"{name} is not UTF-8 text.", "Save it as UTF-8."))
        return ""
    if needed and not text.strip():
        faults.append(Fault(name, 1, f"{name} is empty.", "Write the text."))
    if name != CASE_FILE:
        _check_placeholders(name, text, faults)
    return text


def _check_placeholders(name: str, text: str, faults: list[Fault]) -> None:
    book = Book(name)
    allowed = PLACEHOLDERS if name.startswith("roles/") else frozenset({"condition_text"})
    for number, line in enumerate(text.splitlines(), start=1):
        for found in _PLACEHOLDER.findall(line):
            if found.strip() not in allowed:
                book.note_line(
                    number,
                    f"“{found.strip()[:40]}” cannot be filled in here.",
                    f"Possible are: {', '.join(sorted(allowed))}.",
                )
    faults.extend(book.faults)


def _check_strangers(folder: Path, case: Case, faults: list[Fault]) -> None:
    for path in sorted((folder / "roles").glob("*.md")):
        if path.stem not in case.party_ids:
            name = f"roles/{path.name}"
            faults.append(Fault(name, 1, "No party has this name.", "Rename or remove the file."))
