"""Sets of questions that a simulation asks before and after: read strictly from one file, as frozen values.
It knows nothing of who answers, or when."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from bargaining.casefile.faults import Book, Fields, Node
from bargaining.casefile.plain import read_plain

FILE = "questionnaires/items.yaml"
MOMENTS = ("before", "after", "course_start", "course_end")
#: How an item is answered when it says so itself; without a word it is a scale, or a choice if it has options.
TYPES = (
    "scale", "choice", "text", "number", "text_and_number", "percent",
    "rank_issues", "option_per_issue", "weight_per_issue",
)  # fmt: skip
KINDS = ("items", "quiz", "per_interest")
USUAL_SCALE = (1, 7)
_SCALED = ("scale", "weight_per_issue")


@dataclass(frozen=True)
class Item:
    """One question. `correct` is the place of the right option, from 0; `use` limits it to some moments."""

    id: str
    text: str
    type: str = "scale"
    scale: tuple[int, int] = USUAL_SCALE
    options: tuple[str, ...] = ()
    correct: int | None = None
    reverse: bool = False
    use: tuple[str, ...] = ()


@dataclass(frozen=True)
class QuestionSet:
    """Questions that are asked together. `scales` name the items whose answers are averaged."""

    id: str
    title: str
    use: tuple[str, ...]
    kind: str = "items"
    about: str = ""
    scale: tuple[int, int] = USUAL_SCALE
    items: tuple[Item, ...] = ()
    scales: Mapping[str, tuple[str, ...]] = field(default_factory=lambda: MappingProxyType({}))


@dataclass(frozen=True)
class Questionnaires:
    """All sets of a file by their ids, and what is measured with them, in words."""

    licence: str
    sets: Mapping[str, QuestionSet]
    measures: Mapping[str, str]


def load_questionnaires(text: str, file: str = FILE) -> Questionnaires:
    """The sets that a YAML text describes; CaseFaults with every fault and its line otherwise."""
    book = Book(file)
    fields = Node(read_plain(text, book), (), book).fields("licence measures", required="format sets")
    if "format" in fields and fields["format"].value != 1:
        fields["format"].fault("This file is of another format.", "Write “format: 1”.")
    sets = {name: _read_set(name, node) for name, node in fields.entries("sets").items()}
    measures = {name: node.text() for name, node in fields.entries("measures").items()}
    book.raise_if_any()
    return Questionnaires(fields.text("licence"), MappingProxyType(sets), MappingProxyType(measures))


def unknown_sets(asked: Mapping[str, tuple[str, ...]], known: Questionnaires) -> tuple[tuple[str, int], ...]:
    """Where a case asks for a set that does not exist, or at a moment it is not meant for: moment and place."""
    return tuple(
        (moment, place)
        for moment, names in asked.items()
        for place, name in enumerate(names)
        if name not in known.sets or moment not in known.sets[name].use
    )


def _read_set(name: str, node: Node) -> QuestionSet:
    fields = node.fields("title kind about scale items scales", required="use")
    kind = fields["kind"].one_of(KINDS) if "kind" in fields else "items"
    scale = _read_scale(fields)
    items = tuple(_read_item(item, kind, scale) for item in fields.items_of("items"))
    ids = [item.id for item in items]
    if len(set(ids)) < len(ids):
        fields["items"].fault("Two items have the same id.", "Give each item its own.")
    if not items and kind != "per_interest":
        node.fault(f"“{name}” has no items.", "Add “items: [{id: ..., text: ...}, ...]”.")
    return QuestionSet(
        id=name,
        title=fields.text("title") or name.rstrip("-0123456789").replace("-", " ").capitalize(),
        use=_read_use(fields),
        kind=kind,
        about=fields.text("about"),
        scale=scale,
        items=items,
        scales=MappingProxyType(_read_scales(fields, ids)),
    )


def _read_item(node: Node, kind: str, usual: tuple[int, int]) -> Item:
    fields = node.fields("type scale options correct reverse use", required="id text")
    options = tuple(option.text() for option in fields.items_of("options"))
    usual_type = "choice" if options else "scale"
    item_type = fields["type"].one_of(TYPES) if "type" in fields else usual_type
    _check_answers(fields, item_type, options, kind, node)
    return Item(
        id=fields["id"].identifier() if "id" in fields else "",
        text=fields.text("text"),
        type=item_type,
        scale=_read_scale(fields, usual),
        options=options,
        correct=fields["correct"].integer() if "correct" in fields else None,
        reverse=fields.flag("reverse", False),
        use=_read_use(fields),
    )


def _check_answers(fields: Fields, item_type: str, options: tuple[str, ...], kind: str, node: Node) -> None:
    if (item_type == "choice") != bool(options):
        node.fault(
            "Options and the type of this item do not fit.", "Options belong to a choice, and only there."
        )
    if options and (len(options) < 2 or len(set(options)) < len(options)):
        fields["options"].fault("A choice needs different options.", "Give at least two, each once.")
    if kind == "quiz" and isinstance(node.value, dict) and "correct" not in fields:
        node.fault("A quiz needs a right answer.", "Add “correct: ...”, counting from 0.")
    if "correct" in fields and fields["correct"].integer() >= max(1, len(options)):
        fields["correct"].fault("There is no such option.", "Count the options from 0.")
    for name in ("scale", "reverse"):
        if name in fields and item_type not in _SCALED:
            fields[name].fault(f"Only a scale has “{name}”.", "Remove it.")


def _read_scale(fields: Fields, usual: tuple[int, int] = USUAL_SCALE) -> tuple[int, int]:
    if "scale" not in fields:
        return usual
    ends = [node.integer() for node in fields["scale"].items()]
    if len(ends) != 2 or ends[0] >= ends[1]:
        fields["scale"].fault("A scale is two numbers, lowest and highest.", "Write [1, 7].")
        return usual
    return (ends[0], ends[1])


def _read_use(fields: Fields) -> tuple[str, ...]:
    return tuple(node.one_of(MOMENTS) for node in fields.items_of("use"))


def _read_scales(fields: Fields, ids: list[str]) -> dict[str, tuple[str, ...]]:
    return {
        name: tuple(item.one_of(ids) for item in node.items())
        for name, node in fields.entries("scales").items()
    }
