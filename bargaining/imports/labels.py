"""Names, labels and grids as the readers of every format check them."""

from __future__ import annotations

from collections.abc import Sequence

from bargaining.casefile.faults import Node, Unreadable
from bargaining.imports.draft import MOST_VALUES, Grid

LONGEST_NAME = 300


def name_of(node: Node) -> str:
    """The name of a party or an issue: some text, not endless."""
    return _not_endless(node, node.text())


def label_of(node: Node) -> str:
    """An option's label: text, or a number or true or false as one would say it."""
    value = node.value
    if type(value) is bool:
        return "true" if value else "false"
    if type(value) in (int, float):
        return plain_number(node.number())
    return _not_endless(node, node.text())


def plain_number(number: float) -> str:
    """20 rather than 20.0."""
    return str(int(number)) if number == int(number) else repr(number)


def different(node: Node, labels: Sequence[str]) -> None:
    """Notes a fault for every label that stands in the list twice, and for an empty list."""
    seen: set[str] = set()
    for item, label in zip(node.items(), labels, strict=True):
        if label in seen and label:
            item.fault(f"The option “{label[:40]}” stands here twice.", "Give each option its own name.")
        seen.add(label)
    if node.value == []:
        node.fault("There is no option here.", "Name what can be chosen.")


def grid_of(node: Node, least: float, most: float, step: float) -> Grid:
    """The numbers from least to most; a stand-in with one value, and a fault at the node, if there are none."""
    if isinstance(node.value, Unreadable):
        return Grid(least, 1.0, 1)
    if step <= 0 or most < least:
        node.fault("This range is empty.", "Let min be at most max, and step more than 0.")
        return Grid(least, 1.0, 1)
    if step < 1e-9:
        node.fault("The steps are finer than nine decimals.", "Choose another unit.")
        return Grid(least, 1.0, 1)
    if most - least > step * MOST_VALUES:
        node.fault("This issue has too many values.", f"Choose a step that gives {MOST_VALUES:,} or fewer.")
        return Grid(least, 1.0, 1)
    return Grid(least, step, int((most - least) / step + 1e-9) + 1)


def _not_endless(node: Node, text: str) -> str:
    if len(text) > LONGEST_NAME:
        node.fault(f"{node.name} is longer than {LONGEST_NAME} characters.", "Use a shorter name.")
    return text
