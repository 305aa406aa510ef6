"""From what a teacher sends, a packed folder, its texts, or a file of another format, to a case with its texts, or to
all that is wrong with it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from django.utils.translation import gettext

from bargaining.case import Case
from bargaining.casefile import CaseFaults, Fault, Loaded, dump, load_case, load_files, to_mapping
from bargaining.casefile.faults import Book
from bargaining.casefile.plain import read_plain
from bargaining.imports import read, text_of
from bargaining.questionnaires import unknown_sets
from simulations.questionnaires import shipped_questionnaires
from simulations.rules.archive import CASE_FILE, MOST_BYTES, MOST_FILE, find_folder, unpack
from simulations.rules.plaintexts import plain_texts

ZIP_BEGINS = b"PK"
TRANSLATED = "i18n/"
LONGEST_TITLE = 200
BAD_SIGN = "It holds a sign that cannot be stored."
_ID_LINE = re.compile(r"^id:[^\n]*$", re.MULTILINE)


@dataclass(frozen=True)
class Brought:
    """A case ready for the shelf. `notes` say what its file could not, `left_out` which files were of no use."""

    loaded: Loaded
    file: str = ""
    translations: Mapping[str, str] = field(default_factory=dict)
    notes: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()
    texts_are_made: bool = False
    is_import: bool = False  # then its name came from a program, and means nothing on this shelf


def read_file(name: str, data: bytes) -> Brought:
    """The simulation in a file of any format that we know; CaseFaults with everything that is wrong."""
    if len(data) > MOST_BYTES:
        raise CaseFaults([Fault(name, 1, "The file is larger than 2 MiB.", "Send the case alone.")])
    contents = unpack(data, name) if data.startswith(ZIP_BEGINS) else {name: data}
    folder = find_folder(contents, name)
    if folder is None or set(folder.files) == {CASE_FILE}:
        return import_case(contents)
    return replace(read_folder(folder.files), left_out=folder.left_out)


def import_case(contents: Mapping[str, bytes]) -> Brought:
    """A case from another format, or without texts: plain ones are made, so that it can be played."""
    imported = read(contents)
    texts = imported.texts or plain_texts(imported.case, gettext)
    ours = {name: data for name, data in contents.items() if name.split("/")[-1] == CASE_FILE}
    file = next((text_of(data, name) for name, data in ours.items()), "")
    if file:
        _refuse_unknown_sets(imported.case, file)
    return Brought(
        Loaded(imported.case, texts),
        file=file,
        notes=imported.notes,
        texts_are_made=imported.texts is None,
        is_import=not ours,
    )


def read_folder(files: Mapping[str, bytes]) -> Brought:
    """The simulation in these files of a folder, by their names in it."""
    loaded = load_files(files)
    texts = {name: content.decode("utf-8-sig") for name, content in files.items()}
    _refuse_unknown_sets(loaded.case, texts[CASE_FILE])
    translations = {name: text for name, text in sorted(texts.items()) if name.startswith(TRANSLATED)}
    return Brought(loaded, texts[CASE_FILE], translations)


def read_texts(texts: Mapping[str, str]) -> Brought:
    """The simulation whose files were typed into a page."""
    too_long = [name for name, text in texts.items() if len(text.encode()) > MOST_FILE]
    if too_long:
        raise CaseFaults(Fault(name, 1, f"{name} is larger than 1 MiB.", "Shorten it.") for name in too_long)
    return read_folder(
        {name: text.replace("\r\n", "\n").encode() for name, text in texts.items() if text.strip()}
    )


def refuse_unstorable(brought: Brought) -> None:
    """CaseFaults for what no page can show and no table keep: a title without end, signs that are none."""
    loaded = brought.loaded
    read = {**_texts_by_file(loaded), **brought.translations}
    texts = {name: text for name, text in read.items() if not is_storable(text)}
    faults = [Fault(name, _line_of_sign(text), BAD_SIGN, "Remove it.") for name, text in texts.items()]
    if len(loaded.case.title) > LONGEST_TITLE:
        faults.append(Fault(CASE_FILE, 1, f"The title has more than {LONGEST_TITLE} signs.", "Shorten it."))
    if not all(map(is_storable, _strings_of(to_mapping(loaded.case)))):
        faults.append(Fault(CASE_FILE, 1, BAD_SIGN, "Look for a backslash with a code, and remove it."))
    if faults:
        raise CaseFaults(faults)


def is_storable(text: str) -> bool:
    """No zero, and no half of a sign."""
    return not any(sign == "\0" or "\ud800" <= sign <= "\udfff" for sign in text)


def renamed(loaded: Loaded, file: str, name: str) -> tuple[Loaded, str]:
    """The same case under another name, and its file with no other line changed where that can be done."""
    case = replace(loaded.case, id=name)
    new_file = _ID_LINE.sub(f"id: {name}", file, count=1)
    return Loaded(case, loaded.texts), new_file if file and _says(new_file, case) else dump(case)


def free_name(wanted: str, taken: set[str]) -> str:
    """The name itself, or with the first number that nobody on this shelf has."""
    numbered = (f"{wanted[:56]}-{n}" for n in range(2, len(taken) + 3))
    return next(name for name in (wanted, *numbered) if name not in taken)


def _texts_by_file(loaded: Loaded) -> dict[str, str]:
    texts = loaded.texts
    roles = {f"roles/{party}.md": text for party, text in texts["roles"].items()}
    notes = {"teaching-note.md": texts["teaching_note"], "debrief.md": texts["debrief"]}
    return {"general.md": texts["general"], **roles, **notes}


def _line_of_sign(text: str) -> int:
    return next(n for n, line in enumerate(text.split("\n"), start=1) if not is_storable(line))


def _strings_of(plain: Any) -> Iterator[str]:
    if isinstance(plain, str):
        yield plain
    elif isinstance(plain, Mapping):
        for name, value in plain.items():
            yield from (str(name), *_strings_of(value))
    elif isinstance(plain, list | tuple):
        for value in plain:
            yield from _strings_of(value)


def _says(file: str, case: Case) -> bool:
    try:
        return load_case(file) == case
    except CaseFaults:
        return False


def _refuse_unknown_sets(case: Case, file: str) -> None:
    unknown = unknown_sets(case.questionnaires, shipped_questionnaires())
    book = Book(CASE_FILE)
    if unknown:  # reading the file once more, for its lines, takes time
        read_plain(file, book)
    for moment, place in unknown:
        book.note(
            ("questionnaires", moment, place),
            "There is no such questionnaire for this moment.",
            "Take one of those that ship with Parley, or remove it.",
        )
    book.raise_if_any()
