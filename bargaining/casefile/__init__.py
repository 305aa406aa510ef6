"""A simulation folder (YAML and Markdown) to a Case and back; every fault as
(file, line, what, how to mend)."""

from __future__ import annotations

from bargaining.casefile.faults import CaseFaults, Fault
from bargaining.casefile.folder import Loaded, load_files, load_folder
from bargaining.casefile.public import public_changes, with_changes
from bargaining.casefile.text import (
    after_release,
    dump,
    from_mapping,
    load_case,
    to_mapping,
    under_condition,
)
from bargaining.casefile.texts import Texts
from bargaining.casefile.translating import Translation, translated, words_of
from bargaining.casefile.writing import write_condition

__all__ = [
    "CaseFaults",
    "Fault",
    "Loaded",
    "Texts",
    "Translation",
    "after_release",
    "dump",
    "from_mapping",
    "load_case",
    "load_files",
    "load_folder",
    "public_changes",
    "to_mapping",
    "translated",
    "under_condition",
    "with_changes",
    "words_of",
    "write_condition",
]
