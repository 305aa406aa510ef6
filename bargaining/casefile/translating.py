"""The words of a case in another language: which there are, how they are read, and the case that speaks them.

A translation has the shape of the simulation file and holds words alone: numbers, names and rules are said once, in
the case, and cannot differ between languages. What is not translated stays in the case's own language.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from bargaining.case import Case
from bargaining.casefile.faults import Book, Node
from bargaining.casefile.plain import read_plain
from bargaining.casefile.reading import read_case
from bargaining.casefile.texts import Texts
from bargaining.casefile.writing import write_case
from bargaining.sight import EVERYTHING

# Fields that hold words for people; * stands for any name or place in a list.
WORDS = tuple(
    tuple(path.split("."))
    for path in (
        "title", "summary", "teaches.*", "public_facts.*", "scoring.unit", "scoring.note",
        "parties.*.name", "parties.*.interests.*", "parties.*.interest_texts.*", "parties.*.red_line",
        "parties.*.alternative.text", "parties.*.alternative.lottery.*.text", "uncertainties.*.question",
        "issues.*.title", "issues.*.unit", "issues.*.options.*.label", "derived.*.title", "derived.*.unit",
        "adjustments.*.text", "agreement.confirm", "settlement_elements.*.text", "phases.*.note",
        "releases.*.text", "conditions.*.about", "conditions.*.text.*",
    )
)  # fmt: skip


@dataclass(frozen=True)
class Translation:
    """A simulation in another language. `words` are the words of the case by their paths, `texts` the Markdown;
    where a text is not translated, it is the original, and `missing` names it."""

    language: str
    words: Mapping[str, str]
    texts: Texts
    missing: tuple[str, ...] = ()


def translated(case: Case, translation: Translation) -> Case:
    """The case with the words of the translation; what it does not translate stays as it is.

    ValueError for what only one party may see: translate the whole, then look at it as the party does.
    """
    if case.seen_as != EVERYTHING:
        raise ValueError("Only a whole case can be translated.")
    plain: Any = write_case(case) | {"language": translation.language}
    for path, place, key in _words(plain):
        place[key] = translation.words.get(path, place[key])
    book = Book("")
    found = read_case(plain, book)
    book.raise_if_any()
    return found


def words_of(case: Case) -> dict[str, str]:
    """All words of a whole case that a translation may give, by their paths, in the order of the file."""
    return {path: place[key] for path, place, key in _words(write_case(case))}


def read_words(case: Case, text: str, book: Book) -> dict[str, str]:
    """The words that a translation's simulation file gives, by their paths. Notes faults for whatever the case does
    not have, and for whatever is no text."""
    data = read_plain(text, book)
    plain = write_case(case)
    known = {path: place[key] for path, place, key in _words(plain)}
    return dict(_read(Node(data, (), book), "", plain, known))


def _words(plain: Any) -> Iterator[tuple[str, Any, Any]]:
    """Path, and where it stands, of every text for people."""
    for name, key in _names(plain):
        yield from _words_in(plain, key, (name,), (name,))


def _words_in(
    place: Any, key: Any, path: tuple[str, ...], field: tuple[str, ...]
) -> Iterator[tuple[str, Any, Any]]:
    """`path` tells where a text stands, `field` what it is of a case: they differ in what a variant sets."""
    part = place[key]
    if isinstance(part, str):
        if any(_fits(field, pattern) for pattern in WORDS):
            yield ".".join(path), place, key
        return
    for name, inner in _names(part):
        below = tuple(name.split(".")) if _is_change(path) else (*field, name)
        yield from _words_in(part, inner, (*path, name), below)


def _names(thing: Any) -> list[tuple[str, Any]]:
    """What the parts of a value are called: entries of a list by their id or else by their place, from 1."""
    if isinstance(thing, dict):
        return [(name, name) for name in thing]
    if not isinstance(thing, list):
        return []
    return [(_name_of(part) or str(place + 1), place) for place, part in enumerate(thing)]


def _name_of(part: Any) -> str:
    name = part.get("id") if isinstance(part, dict) else None
    return name if isinstance(name, str) else ""


def _fits(field: tuple[str, ...], pattern: tuple[str, ...]) -> bool:
    return len(field) == len(pattern) and all(p in ("*", f) for f, p in zip(field, pattern, strict=True))


def _is_change(path: tuple[str, ...]) -> bool:
    return len(path) == 3 and path[0] in ("releases", "conditions") and path[2] == "set"


def _read(node: Node, path: str, original: Any, known: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Walks the translation along the case and yields what both have."""
    if path in known:
        yield path, node.text()
    elif isinstance(original, dict):
        yield from _read_parts(node, path, original, node.mapping(), known)
    elif isinstance(original, list):
        yield from _read_parts(node, path, original, _entries(node, original), known)
    else:
        node.fault(f"“{node.name}” is said once, for all languages.", "Remove it: here stand words alone.")


def _read_parts(
    node: Node, path: str, original: Any, parts: Mapping[str, Node], known: Mapping[str, str]
) -> Iterator[tuple[str, str]]:
    there = dict(_names(original))
    for name, part in parts.items():
        if name not in there:
            part.fault(
                f"“{name[:60]}” is not in {node.name} of the simulation.", "Use the names that are there."
            )
        else:
            inner = f"{path}.{name}" if path else name
            yield from _read(part, inner, original[there[name]], known)


def _entries(node: Node, original: list[Any]) -> dict[str, Node]:
    """A list's entries by their names. Without names they go by their place, so none may be left out."""
    items = node.items()
    if any(_name_of(part) for part in original):
        return _named(items)
    if isinstance(node.value, list) and len(items) != len(original):
        node.fault(
            f"{node.name} has {len(items)} entries, but {len(original)} in the simulation.",
            "Give one for each, in the same order.",
        )
        return {}
    return {str(place + 1): item for place, item in enumerate(items)}


def _named(items: list[Node]) -> dict[str, Node]:
    found: dict[str, Node] = {}
    for item in items:
        name = _name_of(item.value)
        if not name:
            item.fault("This entry has no id.", "Begin it with the id of the entry that it translates.")
        elif name in found:
            item.fault(f"“{name[:60]}” stands here twice.", "Keep one of the two.")
        else:
            found[name] = _nameless(item)
    return found


def _nameless(item: Node) -> Node:
    """The entry without the id by which it is found."""
    if not isinstance(item.value, dict):
        return item
    return Node({key: value for key, value in item.value.items() if key != "id"}, item.path, item.book)
