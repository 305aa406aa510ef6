"""Reads a simulation folder: simulation.yaml and the Markdown texts beside it.
With `bargaining.imports.sources` the only part of the library that touches files."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
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
    folder, faults = Path(path), list[Fault]()
    found = [folder / CASE_FILE, *sorted(folder.glob("*.md")), *sorted(folder.glob("roles/*.md"))]
    files: dict[str, bytes] = {}
    for inner in filter(Path.is_file, found):
        name = inner.relative_to(folder).as_posix()
        if inner.resolve().is_relative_to(folder.resolve()):
            with inner.open("rb") as stream:
                files[name] = stream.read(_MOST_BYTES + 1)
        else:
            faults.append(Fault(name, 1, f"{name} lies outside the folder.", "Copy the file itself."))
    return load_files(files, faults)


def load_files(files: Mapping[str, bytes], faults: Iterable[Fault] = ()) -> Loaded:
    """The same of files given by their names in the folder; `faults` are what was found in getting them."""
    reader = _Reader(files, list(faults))
    case = reader.case()
    texts: Texts = {
        "general": reader.text("general.md", needed=True),
        "teaching_note": reader.text("teaching-note.md"),
        "debrief": reader.text("debrief.md"),
        "roles": {},
    }
    for party in case.party_ids if case else ():
        texts["roles"][party] = reader.text(f"roles/{party}.md", needed=True)
    if case:
        reader.check_strangers(case)
    if reader.faults or case is None:
        raise CaseFaults(reader.faults)
    return Loaded(case, texts)


@dataclass
class _Reader:
    files: Mapping[str, bytes]
    faults: list[Fault]

    def case(self) -> Case | None:
        text = self.text(CASE_FILE, needed=True)
        if not text:
            return None
        try:
            return load_case(text)
        except CaseFaults as found:
            self.faults.extend(found.faults)
            return None

    def text(self, name: str, needed: bool = False) -> str:
        if name not in self.files:
            if needed and name not in [fault.file for fault in self.faults]:
                self.fault(name, f"{name} is missing.", "Add the file.")
            return ""
        data = self.files[name]
        if len(data) > _MOST_BYTES:
            self.fault(name, f"{name} is larger than 1 MiB.", "Shorten it.")
            return ""
        try:
            text = data.decode("utf-8")
        except UnicodeDecodeError:
            self.fault(name, f"{name} is not UTF-8 text.", "Save it as UTF-8.")
            return ""
        if needed and not text.strip():
            self.fault(name, f"{name} is empty.", "Write the text.")
        if name != CASE_FILE:
            _check_placeholders(name, text, self.faults)
        return text

    def check_strangers(self, case: Case) -> None:
        for name in self.files:
            folder, _, file = name.rpartition("/")
            if folder == "roles" and file.endswith(".md") and file[:-3] not in case.party_ids:
                self.fault(name, "No party has this name.", "Rename or remove the file.")

    def fault(self, name: str, what: str, mend: str) -> None:
        self.faults.append(Fault(name, 1, what, mend))


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
