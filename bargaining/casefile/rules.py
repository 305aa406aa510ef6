"""Reads what decides and what counts in a simulation file: events, interactions, the agreement rule,
coalitions, rounds and the elements of an agreement without points."""

from __future__ import annotations

from typing import Any

from bargaining.case import (
    Adjustment,
    Agreement,
    CoalitionTable,
    Rounds,
    SettlementElement,
    Uncertainty,
)
from bargaining.casefile.faults import Fields, Node
from bargaining.casefile.known import Known
from bargaining.casefile.parts import read_condition
from bargaining.casefile.people import check_chances
from bargaining.casefile.shapes import (
    AdjustmentShape,
    AgreementShape,
    CoalitionShape,
    ElementShape,
    RoundsShape,
    UncertaintyShape,
)
from bargaining.conditions import AllOf

AGREEMENT_RULES = ("unanimous", "threshold", "weighted", "coalition")
# What belongs to which rule; anything else would be read and mean nothing.
_BELONGS = {"at_least": "threshold", "weights": "weighted", "quota": "weighted"}
MOST_ROUNDS = 100


def read_uncertainty(name: str, node: Node, known: Known) -> Uncertainty:
    fields = node.shaped(UncertaintyShape)
    outcomes = tuple(n.identifier() for n in fields.items_of("outcomes"))
    if "outcomes" in fields and (len(outcomes) < 2 or len(set(outcomes)) < len(outcomes)):
        fields["outcomes"].fault("An event needs different outcomes.", "Give at least two, each once.")
    beliefs = {
        known.party(belief, party): _read_chances(belief, outcomes)
        for party, belief in fields.entries("beliefs").items()
    }
    resolve = fields.word("resolve", ("instructor", "draw", "fixed"), "instructor")
    draw = _read_chances(fields["draw"], outcomes) if "draw" in fields else {}
    return Uncertainty(name, fields.text("question"), outcomes, beliefs, resolve, draw)


def _read_chances(node: Node, outcomes: tuple[str, ...]) -> dict[str, float]:
    chances = {name: entry.number() for name, entry in node.entries().items()}
    if set(chances) != set(outcomes):
        node.fault("These are not the outcomes of the event.", f"Give one for each: {', '.join(outcomes)}.")
    check_chances(node, list(chances.values()))
    return chances


def read_adjustment(node: Node, known: Known) -> Adjustment:
    fields = node.shaped(AdjustmentShape)
    add = known.numbers_of(fields, "add")
    tell = known.parties_of(fields, "tell") if "tell" in fields else tuple(add)
    if untold := [party for party in add if party not in tell]:
        node.fault(f"This changes points of {untold[0]}, who is not told.", "Add the party to “tell”.")
    when, approvals = _read_when(fields["when"], known) if "when" in fields else (AllOf(()), 0)
    return Adjustment(when, add, tell, fields.text("text"), approvals)


def _read_when(node: Node, known: Known) -> tuple[AllOf, int]:
    """A condition on the terms; beside it may stand how many parties must approve."""
    if not isinstance(node.value, dict) or "approved_by" not in node.value:
        return read_condition(node, known), 0
    fields = node.mapping()["approved_by"].fields("", required="count")
    count = fields["count"].integer(1) if "count" in fields else 1
    rest = Node({k: v for k, v in node.value.items() if k != "approved_by"}, node.path, node.book)
    return read_condition(rest, known) if rest.value else AllOf(()), count


def read_agreement(fields: Fields, known: Known, mechanism: str) -> Agreement:
    if "agreement" not in fields:
        return Agreement("coalition" if mechanism == "coalition" else "unanimous")
    node = fields["agreement"]
    inner = node.shaped(AgreementShape)
    rule = inner.word("rule", AGREEMENT_RULES, "unanimous")
    for name, belongs in _BELONGS.items():
        if name in inner and rule != belongs:
            inner[name].fault(f"“{name}” means nothing here.", f"Write “rule: {belongs}”, or remove it.")
        if name not in inner and rule == belongs:
            node.fault(f"“{name}” is missing for this rule.", f"Add “{name}: ...”.")
    agreement = Agreement(
        rule=rule,
        allow_no_deal=inner.flag("allow_no_deal", True),
        signers=known.parties_of(inner, "signers"),
        at_least=inner.integer("at_least"),
        veto=known.parties_of(inner, "veto"),
        weights=known.numbers_of(inner, "weights"),
        quota=inner.number("quota"),
        requires=read_condition(inner["requires"], known) if "requires" in inner else None,
        confirm=inner.text("confirm"),
    )
    _check_least(agreement, inner)
    return agreement


def _check_least(agreement: Agreement, fields: Fields) -> None:
    """A rule that is always met is a slip. Whether it can be met at all shows once the signers are known."""
    if "at_least" in fields and agreement.at_least < 1:
        fields["at_least"].fault("So few cannot agree.", "Give a number from 1.")
    if "weights" in fields and any(weight < 0 for weight in agreement.weights.values()):
        fields["weights"].fault("A weight is below 0.", "Give each party a weight of 0 or more.")
    if "quota" in fields and agreement.quota <= 0:
        fields["quota"].fault("A quota must be above 0.", "Give what the weights of a deal must reach.")


def read_coalition(node: Node, known: Known) -> CoalitionTable:
    fields = node.shaped(CoalitionShape)
    values = {}
    for text, entry in fields["values"].mapping().items() if "values" in fields else ():
        members = text.split("+")
        for member in members:
            known.party(entry, member)
        if len(set(members)) < len(members) or frozenset(members) in values:
            entry.fault("This set of parties stands here twice.", "Name each set once, each member once.")
        values[frozenset(members)] = entry.number()
    if frozenset(known.parties) not in values and fields.flag("public", False):
        node.fault("The value for all together is missing.", f"Add “{'+'.join(known.parties)}: ...”.")
    step = fields.number("step", 1.0)
    if step <= 0:
        fields["step"].fault("A step must be above 0.", "Write “step: 1”.")
    return CoalitionTable(values, step, fields.flag("public", False), fields.flag("one_agreement_only", True))


def read_rounds(node: Node, known: Known) -> Rounds:
    fields = node.shaped(RoundsShape)
    moves = tuple(item.identifier() for item in fields.items_of("moves"))
    multipliers = fields["multipliers"].numbers() if "multipliers" in fields else (1.0,)
    if len(moves) < 2 or len(set(moves)) < len(moves):
        node.at("moves").fault("A choice needs different moves.", "Name at least two, each once.")
    if not 1 <= len(multipliers) <= MOST_ROUNDS:
        node.at("multipliers").fault(
            "The number of rounds is out of bounds.", f"Give 1 to {MOST_ROUNDS} multipliers."
        )
    if isinstance(node.value, dict) and ("payoff" in fields) == ("matrix" in fields):
        node.fault("Rounds need one way to count.", "Give either payoff or matrix.")
    return Rounds(
        moves=moves,
        counted_move=_read_counted(fields, moves),
        multipliers=multipliers,
        payoff=_read_payoff(fields, moves, len(known.parties)),
        matrix=_read_matrix(fields, moves, len(known.parties)),
        talk_before=_read_talk(fields, len(multipliers)),
        reveal=fields.word("reveal", ("choices_by_crew", "counts_only"), "choices_by_crew"),
        seconds_per_round=fields.integer("seconds_per_round", 120),
        simultaneous=fields.flag("simultaneous", True),
        continues=fields["continues"].share() if "continues" in fields else 1.0,
        absent_move=fields["absent_move"].one_of(moves) if "absent_move" in fields else "",
    )


def _read_counted(fields: Fields, moves: tuple[str, ...]) -> str:
    if "counted_move" in fields:
        return fields["counted_move"].one_of(moves)
    if "payoff" in fields:
        fields["payoff"].fault("Which move is counted is missing.", "Add “counted_move: ...”.")
    return moves[-1] if moves else ""


def _read_talk(fields: Fields, rounds: int) -> dict[str, tuple[int, ...]]:
    talk = {who: entry.integers(1) for who, entry in fields.entries("talk_before").items()}
    if any(number > rounds for numbers in talk.values() for number in numbers):
        fields["talk_before"].fault("There is no such round.", f"Give numbers from 1 to {rounds}.")
    return talk


def _read_payoff(fields: Fields, moves: tuple[str, ...], parties: int) -> dict[str, tuple[float, ...]]:
    if "payoff" not in fields:
        return {}
    payoff = {move: entry.numbers() for move, entry in fields.entries("payoff").items()}
    if set(payoff) != set(moves) or any(len(row) != parties + 1 for row in payoff.values()):
        fields["payoff"].fault(
            "The payoffs do not fit the moves.",
            f"Give each move {parties + 1} numbers, for 0 to {parties} parties with the counted move.",
        )
    return payoff


def _read_matrix(fields: Fields, moves: tuple[str, ...], parties: int) -> dict[str, Any]:
    if "matrix" not in fields:
        return {}
    matrix: dict[str, dict[str, tuple[float, ...]]] = {
        own: {other: cell.numbers() for other, cell in row.entries().items()}
        for own, row in fields.entries("matrix").items()
    }
    fits = set(matrix) == set(moves) and all(
        set(row) == set(moves) and all(len(cell) == 2 for cell in row.values()) for row in matrix.values()
    )
    if not fits or parties != 2:
        fields["matrix"].fault(
            "The matrix does not fit.", "For two parties give each pair of moves [first, second]."
        )
    return matrix


def read_element(name: str, node: Node, known: Known, interests: dict[str, set[str]]) -> SettlementElement:
    fields = node.shaped(ElementShape)
    covers = {}
    for party, entry in fields.entries("covers").items():
        known.party(entry, party)
        covers[party] = tuple(item.one_of(sorted(interests.get(party, ()))) for item in entry.items())
    return SettlementElement(
        id=name,
        text=fields.text("text"),
        covers=covers,
        conflicts=tuple(item.identifier() for item in fields.items_of("conflicts")),
        red_line=known.parties_of(fields, "red_line"),
        naive=fields.flag("naive", False),
    )
