"""What differs between two editions: numbers and words of the case by their place, texts by paragraph and word."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any, Literal

Place = tuple[str | int, ...]
Run = tuple[Literal["same", "gone", "new"], str]

#: Longer texts are compared by paragraph only, longer ones still not at all: comparing takes time by the square.
MOST_WORDS, MOST_PARAGRAPHS = 600, 1_000
_WORD = re.compile(r"\S+\s*")
_BREAK = re.compile(r"\n\s*\n")


@dataclass(frozen=True)
class Difference:
    """A value at a place of the case, before and after; None where there is none."""

    place: Place
    before: Any
    after: Any


@dataclass(frozen=True)
class Paragraph:
    """A paragraph of the newer text, with what went and what came; `skipped` stands for that many unchanged ones."""

    runs: tuple[Run, ...] = ()
    skipped: int = 0


def differences(before: Mapping[str, Any], after: Mapping[str, Any]) -> tuple[Difference, ...]:
    """Every place at which two cases in the shape of format 1 differ, in the order of the newer one."""
    return tuple(_between((), before, after))


def compared(before: str, after: str) -> tuple[Paragraph, ...]:
    """The changed paragraphs of two texts, what stayed being counted; empty if nothing changed."""
    old, new = _paragraphs(before), _paragraphs(after)
    if old == new:
        return ()
    if max(len(old), len(new)) > MOST_PARAGRAPHS:
        return (Paragraph((("gone", "…"), ("new", "…"))),)
    steps = SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
    return tuple(part for step in steps for part in _changed(step, old, new))


def _between(place: Place, before: Any, after: Any) -> Iterator[Difference]:
    old, new = _by_name(before), _by_name(after)
    if old is None or new is None:
        if repr(before) != repr(after):
            yield Difference(place, before, after)
        return
    for name in [*new, *(name for name in old if name not in new)]:
        yield from _between((*place, name), old.get(name), new.get(name))


def _by_name(value: Any) -> dict[str | int, Any] | None:
    """The parts of a value that can be compared one by one: entries, things with an id, numbers in a row."""
    if isinstance(value, Mapping):
        return dict(value)
    if not isinstance(value, list) or not value:
        return None
    if all(isinstance(part, Mapping) and "id" in part for part in value):
        return {part["id"]: {name: inner for name, inner in part.items() if name != "id"} for part in value}
    if all(type(part) in (int, float) for part in value):
        return dict(enumerate(value))
    return None


def _paragraphs(text: str) -> list[str]:
    return [part.strip() for part in _BREAK.split(text.replace("\r\n", "\n")) if part.strip()]


def _changed(
    step: tuple[str, int, int, int, int], old: Sequence[str], new: Sequence[str]
) -> Iterator[Paragraph]:
    tag, from_old, to_old, from_new, to_new = step
    if tag == "equal":
        yield Paragraph(skipped=to_old - from_old)
        return
    pairs = min(to_old - from_old, to_new - from_new)
    for k in range(pairs):
        yield Paragraph(_runs(old[from_old + k], new[from_new + k]))
    for gone in old[from_old + pairs : to_old]:
        yield Paragraph((("gone", gone),))
    for came in new[from_new + pairs : to_new]:
        yield Paragraph((("new", came),))


def _runs(before: str, after: str) -> tuple[Run, ...]:
    old, new = _WORD.findall(before), _WORD.findall(after)
    match = SequenceMatcher(None, old, new, autojunk=False)
    if max(len(old), len(new)) > MOST_WORDS or match.ratio() < 0.4:
        return (("gone", before), ("new", after))
    runs: list[Run] = []
    for tag, from_old, to_old, from_new, to_new in match.get_opcodes():
        if tag == "equal":
            runs.append(("same", "".join(new[from_new:to_new])))
            continue
        gone, came = "".join(old[from_old:to_old]), "".join(new[from_new:to_new])
        runs += [("gone", gone.rstrip()), ("new", came.rstrip()), ("same", _space_after(came or gone))]
    return tuple(run for run in runs if run[1])


def _space_after(words: str) -> str:
    """Stands outside the marks, so that they end with the last word."""
    return words[len(words.rstrip()) :]
