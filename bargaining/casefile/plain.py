"""YAML text to plain values with line numbers, refusing the corners of YAML that surprise authors:
anchors, tags, repeated keys, yes and no as truth, empty values. It knows nothing of cases."""

from __future__ import annotations

import re
from typing import Any

import yaml

from bargaining.casefile.faults import Book, Path, Unreadable

MOST_BYTES = 256 * 1024
MOST_NODES = 20_000
DEEPEST = 20

_WHOLE = re.compile(r"[-+]?(0|[1-9][0-9]{0,18})")
_DECIMAL = re.compile(r"[-+]?[0-9]{1,19}\.[0-9]{1,19}([eE][-+]?[0-9]{1,2})?")


def read_plain(text: str, book: Book) -> Any:
    """The text as dict, list, str, int, float and bool; fills the book's lines, or notes faults."""
    if len(text.encode("utf-8", "replace")) > MOST_BYTES:
        book.note_line(1, "The file is larger than 256 KiB.", "Move long texts to the Markdown files.")
        return Unreadable()
    try:
        if not _is_plain(text, book):
            return Unreadable()
        root = yaml.compose(text, Loader=yaml.SafeLoader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        book.note_line(
            mark.line + 1 if mark else 1,
            f"This is not readable YAML: {error.problem or error.context}.",
            "Look for a missing quote, bracket or colon on this line or just above.",
        )
        return Unreadable()
    except yaml.YAMLError:
        book.note_line(1, "The file holds characters that YAML does not allow.", "Save it as plain UTF-8.")
        return Unreadable()
    if root is None:
        book.note_line(1, "The file is empty.", "Begin with “format: 1”.")
        return Unreadable()
    return _value(root, (), book)


def _is_plain(text: str, book: Book) -> bool:
    """Looks at the stream of events first, so that neither depth nor size can hurt what follows."""
    depth = nodes = documents = 0
    for event in yaml.parse(text, Loader=yaml.SafeLoader):
        line = _line(event)
        documents += isinstance(event, yaml.DocumentStartEvent)
        nodes += isinstance(event, yaml.NodeEvent)
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if trouble := _trouble(event, depth, nodes, documents):
            book.note_line(line, *trouble)
            return False
    return True


def _trouble(event: yaml.Event, depth: int, nodes: int, documents: int) -> tuple[str, str] | None:
    if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
        return "Anchors (&) and references (*) are not allowed.", "Write the value out, or put it in quotes."
    if getattr(event, "tag", None):
        return "Tags (!) are not allowed.", "Write the plain value, or put it in quotes."
    if depth > DEEPEST:
        return f"The file is nested deeper than {DEEPEST} levels.", "Make it flatter."
    if nodes > MOST_NODES:
        return f"The file has more than {MOST_NODES} values.", "Use fewer issues, options or steps."
    if documents > 1:
        return "The file holds more than one document.", "Remove the line with three hyphens."
    return None


def _line(event: yaml.Event) -> int:
    return event.start_mark.line + 1 if event.start_mark else 1


def _value(node: yaml.Node, path: Path, book: Book) -> Any:
    book.lines.setdefault(path, node.start_mark.line + 1)
    if isinstance(node, yaml.MappingNode):
        return _mapping(node, path, book)
    if isinstance(node, yaml.SequenceNode):
        return [_value(item, (*path, k), book) for k, item in enumerate(node.value)]
    assert isinstance(node, yaml.ScalarNode)
    return _scalar(node, book)


def _mapping(node: yaml.MappingNode, path: Path, book: Book) -> dict[str, Any]:
    result: dict[str, Any] = {}
    for key_node, value_node in node.value:
        line = key_node.start_mark.line + 1
        key = _key(key_node, book)
        if key is None:
            continue
        if key in result:
            book.note_line(line, f"“{key[:40]}” stands here twice.", "Keep one of the two.")
            continue
        book.lines[(*path, key)] = line
        result[key] = _value(value_node, (*path, key), book)
    return result


def _key(node: yaml.Node, book: Book) -> str | None:
    tag = node.tag.rpartition(":")[2]
    if isinstance(node, yaml.ScalarNode) and (tag == "str" or node.style) and node.value:
        return str(node.value)
    words = node.value[:40] if isinstance(node, yaml.ScalarNode) else ""
    what = f"YAML does not read “{words}” as a name." if words else "A name is empty here."
    book.note_line(
        node.start_mark.line + 1, what, "Put it in quotes, or choose a word that starts with a letter."
    )
    return None


def _scalar(node: yaml.ScalarNode, book: Book) -> Any:
    tag = node.tag.rpartition(":")[2]
    raw: str = node.value
    if node.style or tag in ("str", "timestamp", "value"):
        return raw
    if tag == "bool" and raw in ("true", "false"):
        return raw == "true"
    if tag == "int" and _WHOLE.fullmatch(raw):
        return int(raw)
    if tag == "float" and _DECIMAL.fullmatch(raw):
        return float(raw)
    book.note_line(node.start_mark.line + 1, *_surprise(tag, raw))
    return Unreadable()


def _surprise(tag: str, raw: str) -> tuple[str, str]:
    if tag == "null":
        return (
            "There is no value here.",
            "Give one. Inside { } a comma begins a new entry: put text that has commas in quotes.",
        )
    if tag == "bool":
        return f"YAML reads “{raw}” as true or false.", "Put it in quotes, or write true or false."
    return f"YAML reads “{raw[:40]}” as an unusual number.", "Put it in quotes, or write plain digits."
