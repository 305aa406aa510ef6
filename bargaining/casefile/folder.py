"""Reads a simulation folder: simulation.yaml, the Markdown texts beside it, and both in other languages.
With `bargaining.imports.sources` the only part of the library that touches files."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from bargaining.case import Case
from bargaining.casefile.faults import Book, CaseFaults, Fault
from bargaining.casefile.shapes import LANGUAGE
from bargaining.casefile.text import CASE_FILE, load_case
from bargaining.casefile.texts import Texts, placeholder_faults, places_in
from bargaining.casefile.translating import Translation, read_words, words_of

TRANSLATIONS = "i18n"
_MOST_BYTES = 1024 * 1024


@dataclass(frozen=True)
class Loaded:
    """A simulation with its texts; `languages` are its translations by their short names."""

    case: Case
    texts: Texts
    languages: Mapping[str, Translation] = field(default_factory=dict)


def load_folder(path: Path | str) -> Loaded:
    """The case and texts of a simulation folder; CaseFaults with every fault in any of its files.

    general.md and one roles/<party>.md a party are needed; teaching-note.md, debrief.md and the same names in
    i18n/<language>/ may be absent.
    """
    folder, faults = Path(path), list[Fault]()
    files: dict[str, bytes] = {}
    for inner in _files_of(folder):
        name = inner.relative_to(folder).as_posix()
        if inner.resolve().is_relative_to(folder.resolve()):
            with inner.open("rb") as stream:
                files[name] = stream.read(_MOST_BYTES + 1)
        else:
            faults.append(Fault(name, 1, f"{name} lies outside the folder.", "Copy the file itself."))
    return load_files(files, faults)


def _files_of(folder: Path) -> list[Path]:
    patterns = (CASE_FILE, "*.md", "roles/*.md")
    found = [path for pattern in patterns for path in sorted(folder.glob(pattern))]
    found += [path for pattern in patterns for path in sorted(folder.glob(f"{TRANSLATIONS}/*/{pattern}"))]
    return list(filter(Path.is_file, found))


def load_files(files: Mapping[str, bytes], faults: Iterable[Fault] = ()) -> Loaded:
    """The same of files given by their names in the folder; `faults` are what was found in getting them."""
    reader = _Reader(files, list(faults))
    case = reader.case()
    texts = reader.texts(case, needed=True)
    if case:
        reader.check_strangers(case)
    languages = reader.translations(case, texts) if case else {}
    if reader.faults or case is None:
        raise CaseFaults(reader.faults)
    return Loaded(case, texts, languages)


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

    def texts(self, case: Case | None, folder: str = "", needed: bool = False) -> Texts:
        return {
            "general": self.text(f"{folder}general.md", needed),
            "teaching_note": self.text(f"{folder}teaching-note.md"),
            "debrief": self.text(f"{folder}debrief.md"),
            "roles": {
                party: self.text(f"{folder}roles/{party}.md", needed)
                for party in (case.party_ids if case else ())
            },
        }

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
        if not name.endswith(CASE_FILE):
            self.faults.extend(placeholder_faults(name, text))
        return text

    def check_strangers(self, case: Case) -> None:
        for name in self.files:
            *_, folder, file = ("", *name.split("/"))
            if folder == "roles" and file.endswith(".md") and file[:-3] not in case.party_ids:
                self.fault(name, "No party has this name.", "Rename or remove the file.")

    def translations(self, case: Case, texts: Texts) -> dict[str, Translation]:
        folders = {name.split("/")[1] for name in self.files if name.startswith(f"{TRANSLATIONS}/")}
        for language in sorted(folders):
            if not re.fullmatch(LANGUAGE, language) or language == case.language:
                name = f"{TRANSLATIONS}/{language}"
                self.fault(name, "This is no other language.", "Name the folder as in de or pt-BR.")
        return {language: self.translation(case, texts, language) for language in sorted(folders)}

    def translation(self, case: Case, texts: Texts, language: str) -> Translation:
        folder = f"{TRANSLATIONS}/{language}/"
        book = Book(folder + CASE_FILE)
        words = read_words(case, text, book) if (text := self.text(book.file)) else {}
        self.faults.extend(book.faults)
        own = self.texts(case, folder)
        missing = [path for path in words_of(case) if path not in words]
        missing += [
            name for name, text in _by_name(texts).items() if text and not _by_name(own)[name].strip()
        ]
        self.check_places(folder, texts, own)
        return Translation(language, words, _filled(own, texts), tuple(missing))

    def check_places(self, folder: str, texts: Texts, own: Texts) -> None:
        """Where the original shows a role its numbers, the translation must too."""
        originals = _by_name(texts)
        for name, text in _by_name(own).items():
            wanted = places_in(originals[name]) if text.strip() else set()
            for place in sorted(wanted - places_in(text)):
                what = f"{{{{ {place} }}}} of the original is missing here."
                self.fault(folder + name, what, "Write it where it should be filled in.")

    def fault(self, name: str, what: str, mend: str) -> None:
        self.faults.append(Fault(name, 1, what, mend))


def _by_name(texts: Texts) -> dict[str, str]:
    """The texts by the names of their files."""
    roles = {f"roles/{party}.md": text for party, text in texts["roles"].items()}
    first = {"general.md": texts["general"], "teaching-note.md": texts["teaching_note"]}
    return first | {"debrief.md": texts["debrief"]} | roles


def _filled(own: Texts, original: Texts) -> Texts:
    def first(text: str, other: str) -> str:
        return text if text.strip() else other

    return {
        "general": first(own["general"], original["general"]),
        "teaching_note": first(own["teaching_note"], original["teaching_note"]),
        "debrief": first(own["debrief"], original["debrief"]),
        "roles": {party: first(text, original["roles"][party]) for party, text in own["roles"].items()},
    }
