"""Reads the plain points table: JSON, schema negotiation-domain/1, described in docs/developers/analyse.md.
Strict: whatever is unknown, missing or of the wrong length is a fault, and all faults are told at once."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from math import isclose

from bargaining.case import Case
from bargaining.casefile.faults import Book, Fields, Node
from bargaining.imports.draft import Draft, DraftIssue, DraftParty, Grid, Together
from bargaining.imports.json_text import JsonNode, exactly
from bargaining.imports.labels import different, grid_of, label_of, name_of
from bargaining.imports.offers import index_of, read_offers
from bargaining.steps import Offer

SCHEMA = "negotiation-domain/1"

# What may be chosen for an issue, as the file writes it, to its position in the draft.
Choices = dict[str, int]


@dataclass(frozen=True)
class PointsTable:
    """The draft, and the offers as positions in it: the party's, then the option's for each issue."""

    draft: Draft
    offers: list[tuple[int, tuple[int | None, ...]]]

    def offers_of(self, case: Case) -> tuple[Offer, ...]:
        """The same in terms of the case that the draft made."""
        return tuple(
            Offer(
                case.party_ids[party],
                {
                    issue.id: issue.values()[k]
                    for issue, k in zip(case.issues, choices, strict=True)
                    if k is not None
                },
            )
            for party, choices in self.offers
        )


def read_points_table(data: object, book: Book) -> PointsTable:
    """What the values describe; with faults in the book it is worth nothing."""
    node = JsonNode(data, (), book)
    fields = node.fields("origin offers agreement_rule", required="schema id title issues parties")
    if "schema" in fields:
        fields["schema"].one_of([SCHEMA])
    issues = _read_issues(fields)
    parties = _read_parties(fields, issues)
    origin = fields["origin"].fields("kind source licence note") if "origin" in fields else Fields()
    for part in origin.values():
        _any_text(part)
    at_least, veto = _read_rule(fields, len(parties))
    finders = [partial(chosen, issue=issue, choices=choices) for issue, choices in issues.values()]
    offers = read_offers(fields["offers"], len(parties), finders) if "offers" in fields else []
    draft = Draft(
        title=fields.text("title"),
        issues=tuple(issue for issue, _ in issues.values()),
        parties=parties,
        id=fields.text("id"),
        licence=_any_text(origin.get("licence")),
        summary=_any_text(origin.get("note")),
        at_least=at_least,
        veto=veto,
    )
    return PointsTable(draft, offers)


def _any_text(node: Node | None) -> str:
    """Text that may be empty."""
    if node is None or node.value == "":
        return ""
    return node.text()


def _read_issues(fields: Fields) -> dict[str, tuple[DraftIssue, Choices]]:
    issues: dict[str, tuple[DraftIssue, Choices]] = {}
    for node in fields.items_of("issues"):
        entry = node.fields("min max step", required="name type options")
        name = name_of(entry["name"]) if "name" in entry else ""
        if name and name in issues:
            entry["name"].fault(f"The issue “{name[:40]}” stands here twice.", "Give each its own name.")
        kind = entry["type"].one_of(["discrete", "numeric"]) if "type" in entry else ""
        issues[name] = _read_numeric(name, node, entry) if kind == "numeric" else _read_discrete(name, entry)
    if not issues and "issues" in fields:
        fields["issues"].fault("There is nothing to negotiate.", "Add an issue.")
    return issues


def _read_discrete(name: str, entry: Fields) -> tuple[DraftIssue, Choices]:
    for key in ("min", "max", "step"):
        if key in entry:
            entry[key].fault(f"Only a numeric issue has “{key}”.", "Remove it.")
    labels = [label_of(option) for option in entry.items_of("options")]
    if "options" in entry:
        different(entry["options"], labels)
    return DraftIssue(name, tuple(labels)), {label: k for k, label in enumerate(labels)}


def _read_numeric(name: str, node: Node, entry: Fields) -> tuple[DraftIssue, Choices]:
    """The options are the numbers of the grid, each once; their order is that of the points."""
    grid = _read_grid(node, entry)
    written = [option.number() for option in entry.items_of("options")]
    positions = [_position(grid, number) for number in written]
    for option, position in zip(entry.items_of("options"), positions, strict=True):
        if position is None and isinstance(option.value, int | float):
            option.fault("This number is not min plus some steps.", "Let the options be min, min + step, ...")
    found = [position for position in positions if position is not None]
    if len(found) == len(positions) and sorted(found) != list(range(grid.count)) and "options" in entry:
        entry["options"].fault(
            f"These are not the {grid.count:,} numbers from min to max.", "Give each of them once."
        )
    issue = DraftIssue(name, grid=grid)
    return issue, {_key(number): k for number, k in zip(written, positions, strict=True) if k is not None}


def _read_grid(node: Node, entry: Fields) -> Grid:
    numbers = {}
    for key in ("min", "max", "step"):
        if key in entry:
            numbers[key] = entry[key].number()
        elif "type" in entry:
            node.fault(f"“{key}” is missing in {node.name}.", f'A numeric issue needs "{key}".')
    if len(numbers) < 3:
        return Grid(0.0, 1.0, 1)
    return grid_of(entry["step"], numbers["min"], numbers["max"], numbers["step"])


def _position(grid: Grid, number: float) -> int | None:
    k = round((number - grid.least) / grid.step)
    if 0 <= k < grid.count and isclose(grid.least + k * grid.step, number, rel_tol=0, abs_tol=1e-9):
        return k
    return None


def _key(number: float) -> str:
    return repr(round(number, 9))


def _read_parties(fields: Fields, issues: dict[str, tuple[DraftIssue, Choices]]) -> tuple[DraftParty, ...]:
    parties: list[DraftParty] = []
    for node in fields.items_of("parties"):
        entry = node.fields("interactions", required="name weights points reservation")
        name = name_of(entry["name"]) if "name" in entry else ""
        if name and name in [party.name for party in parties]:
            entry["name"].fault(f"The party “{name[:40]}” stands here twice.", "Give each its own name.")
        parties.append(
            DraftParty(
                name,
                _read_worth(entry, issues),
                entry.number("reservation"),
                tuple(_read_together(item, issues) for item in entry.items_of("interactions")),
            )
        )
    if len(parties) < 2 and "parties" in fields:
        fields["parties"].fault("A negotiation needs two parties.", "Add the missing party.")
    return tuple(parties)


def _read_worth(entry: Fields, issues: dict[str, tuple[DraftIssue, Choices]]) -> list[list[float]]:
    weights = exactly(entry["weights"], issues, "issue") if "weights" in entry else {}
    points = exactly(entry["points"], issues, "issue") if "points" in entry else {}
    worth = []
    for name, (issue, choices) in issues.items():
        weight = weights[name].number() if name in weights else 0.0
        column = [0.0] * len(issue)
        if name in points:
            given = points[name].items()
            if len(given) != len(issue) and isinstance(points[name].value, list):
                points[name].fault(
                    f"There are {len(given)} points for {len(issue)} options.",
                    "Give one number for each option, in the same order.",
                )
            numbers = [item.number() for item in given]
            for position, number in zip(choices.values(), numbers, strict=False):
                column[position] = weight * number
        worth.append(column)
    return worth


def _read_together(node: Node, issues: dict[str, tuple[DraftIssue, Choices]]) -> Together:
    fields = node.fields("", required="options points")
    choices = []
    names = list(issues)
    for name, option in (fields["options"].mapping() if "options" in fields else {}).items():
        if name not in issues:
            option.fault(f"There is no issue “{name[:40]}”.", "Use the name of an issue as it is given.")
            continue
        position = chosen(option, *issues[name])
        if position is not None:
            choices.append((names.index(name), position))
    if "options" in fields and fields["options"].value == {}:
        fields["options"].fault(
            "An interaction needs an option that must hold.", "Name an issue and an option."
        )
    return Together(tuple(choices), fields.number("points"))


def chosen(node: Node, issue: DraftIssue, choices: Choices) -> int | None:
    """The position of the option that the value names; None, with a fault, if the issue does not have it."""
    key = _key(node.number()) if issue.grid else label_of(node)
    if key not in choices:
        node.fault(f"“{issue.title[:40]}” does not have this option.", "Use an option as it is given.")
    return choices.get(key)


def _read_rule(fields: Fields, count: int) -> tuple[int, tuple[int, ...]]:
    if "agreement_rule" not in fields:
        return 0, ()
    entry = fields["agreement_rule"].fields("veto", required="min_parties")
    at_least = entry["min_parties"].integer(1) if "min_parties" in entry else count
    if at_least > count:
        entry["min_parties"].fault(f"There are only {count} parties.", f"Give a number from 1 to {count}.")
    veto = [index_of(node, count) for node in entry.items_of("veto")]
    return at_least, tuple(dict.fromkeys(veto))
