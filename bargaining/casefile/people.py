"""Reads the parties of a simulation file: who they are, what they have without a deal, what they want."""

from __future__ import annotations

from math import isclose

from bargaining.case import NEGOTIATING, Alternative, LotteryOutcome, Party
from bargaining.case.people import KINDS
from bargaining.casefile.faults import Fields, Node
from bargaining.casefile.shapes import AlternativeShape, LotteryShape, PartyShape

BIGGEST_TEAM = 20


def read_parties(nodes: dict[str, Node], mechanism: str, whole: bool) -> tuple[Party, ...]:
    parties = tuple(_read_party(name, node, mechanism, whole) for name, node in nodes.items())
    kinds = {party.id: party.kind for party in parties}
    for party in parties:
        if party.kind == "agent" and kinds.get(party.principal) != "principal":
            nodes[party.id].at("principal").fault(
                "An agent acts for a principal.", "Add “principal: ...” with its name."
            )
    return parties


def _read_party(name: str, node: Node, mechanism: str, whole: bool) -> Party:
    fields = node.shaped(PartyShape)
    kind = fields.word("kind", KINDS, "negotiator")
    scored = fields.flag("scored", kind in NEGOTIATING and mechanism != "freeform")
    if scored and kind not in NEGOTIATING:
        node.fault(f"A {kind} has no points.", "Write “scored: false”, or leave the line out.")
    needs = whole and scored and mechanism in ("agreement", "coalition")
    if needs and isinstance(node.value, dict) and "alternative" not in fields:
        node.fault(f"“{name}” has no alternative.", "Say what this party has without a deal, and its value.")
    if "principal" in fields and kind != "agent":
        fields["principal"].fault("Only an agent has a principal.", "Write “kind: agent”.")
    return Party(
        id=name,
        name=fields.text("name"),
        kind=kind,
        scored=scored,
        team=_read_team(fields),
        base=fields.number("base"),
        alternative=_read_alternative(fields["alternative"]) if "alternative" in fields else None,
        target=fields.number("target") if "target" in fields else None,
        interests=fields.texts("interests"),
        principal=fields.name("principal"),
        optional=fields.flag("optional", False),
        interest_texts=_read_rated(fields),
        red_line=fields.text("red_line"),
    )


def _read_team(fields: Fields) -> tuple[int, int]:
    if "team" not in fields:
        return (1, 1)
    sizes = fields["team"].integers(1)
    if len(sizes) != 2 or not sizes[0] <= sizes[1] <= BIGGEST_TEAM:
        fields["team"].fault("A team is two numbers, fewest and most.", "Write [1, 2].")
        return (1, 1)
    return (sizes[0], sizes[1])


def _read_rated(fields: Fields) -> dict[str, str]:
    """The interests that the party rates itself, in the order in which it is asked."""
    texts = {name: node.text() for name, node in fields.entries("interest_texts").items()}
    order = [node.identifier() for node in fields.items_of("interests_rated")]
    if set(order) != set(texts) or len(set(order)) < len(order):
        place = fields.get("interests_rated") or fields["interest_texts"]
        place.fault("Rated interests and their texts do not match.", "Give one text for each, each once.")
    return {name: texts.get(name, "") for name in order}


def _read_alternative(node: Node) -> Alternative:
    fields = node.shaped(AlternativeShape)
    if isinstance(node.value, dict) and ("value" in fields) == ("lottery" in fields):
        node.fault("An alternative needs one worth.", "Give either a value or a lottery.")
    lottery = []
    for item in fields.items_of("lottery"):
        chance = item.shaped(LotteryShape)
        lottery.append(LotteryOutcome(chance.number("p"), chance.number("value"), chance.text("text")))
    if "lottery" in fields:
        check_chances(fields["lottery"], [outcome.p for outcome in lottery])
    value = fields.number("value") if "value" in fields else None
    return Alternative(fields.text("text"), value, tuple(lottery))


def check_chances(node: Node, chances: list[float]) -> None:
    if any(p < 0 for p in chances) or not isclose(sum(chances), 1.0, abs_tol=1e-9):
        node.fault("These chances do not add up to 1.", "Give each a number from 0 to 1, together 1.")
