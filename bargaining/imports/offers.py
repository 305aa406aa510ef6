"""Reads who offered what: a list of {"party": 0-based index, "outcome": [one option an issue]}."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from bargaining.case import Case, Issue, Value, check_package
from bargaining.casefile.faults import Book, Node
from bargaining.imports.json_text import JsonNode, read_json
from bargaining.imports.labels import label_of
from bargaining.steps import Offer

T = TypeVar("T")
# What an option as written stands for; None, with a fault at the node, if the issue does not have it.
Finder = Callable[[Node], T]


def read_offers(node: Node, parties: int, finders: Sequence[Finder[T]]) -> list[tuple[int, tuple[T, ...]]]:
    """For each offer the party's index and what `finders`, one an issue, make of its options."""
    offers = []
    for item in node.items():
        fields = item.fields("", required="party outcome")
        party = index_of(fields["party"], parties) if "party" in fields else 0
        options = fields["outcome"].items() if "outcome" in fields else []
        if len(options) != len(finders) and "outcome" in fields and isinstance(fields["outcome"].value, list):
            fields["outcome"].fault(
                f"There are {len(options)} options for {len(finders)} issues.",
                "Give one option for each issue, in the order of the issues.",
            )
        found = tuple(find(option) for find, option in zip(finders, options, strict=False))
        offers.append((party, found))
    return offers


def index_of(node: Node, count: int) -> int:
    """A 0-based index of one of `count` parties."""
    index = node.integer()
    if index >= count and type(node.value) is int:
        node.fault(f"There is no party {index}.", f"Count from 0: give a number from 0 to {count - 1}.")
        return 0
    return index


def offers_of_text(text: str, case: Case, file: str) -> tuple[Offer, ...]:
    """The offers of a file of their own, either the list or an object whose "offers" is the list; CaseFaults.

    An option is named by its label or its id, a number by itself; null stands for an issue that does not apply.
    """
    book = Book(file)
    node: Node = JsonNode(read_json(text, book), (), book)
    if isinstance(node.value, dict):
        node = node.fields("", required="offers").get("offers", JsonNode([], (), book))
    finders: list[Finder[Value | None]] = [_finder_of(issue) for issue in case.issues]
    found = read_offers(node, len(case.scored_ids), finders)
    book.raise_if_any()
    offers = []
    for item, (party, values) in zip(node.items(), found, strict=True):
        pairs = zip(case.issues, values, strict=True)
        package: dict[str, Value] = {issue.id: value for issue, value in pairs if value is not None}
        for fault in check_package(case, package):
            item.fault(fault.said(), "An outcome is one whole package.")
        offers.append(Offer(case.scored_ids[party], package))
    book.raise_if_any()
    return tuple(offers)


def _finder_of(issue: Issue) -> Finder[Value | None]:
    named: dict[str, Value] = {option.id: option.id for option in issue.options}
    named |= {option.label: option.id for option in issue.options}

    def find(node: Node) -> Value | None:
        if node.value is None:
            return None
        value = named.get(label_of(node)) if issue.kind == "choice" else _plain(node.value)
        if value is not None and issue.accepts(value):
            return value
        node.fault(f"“{issue.title[:40]}” does not have this option.", "Use an option as it is given.")
        return None

    return find


def _plain(value: Any) -> Any:
    """5 where a file says 5.0, and shares as a case has them."""
    if isinstance(value, list):
        return tuple(value)
    return int(value) if type(value) is float and value == int(value) else value
