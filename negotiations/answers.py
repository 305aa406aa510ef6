"""From a frame to its answer, the same for the socket and for HTTP."""

from __future__ import annotations

import logging
from functools import partial
from typing import Any

from django.utils.translation import gettext

from bargaining.case import Case, Package, applying, check_package
from bargaining.gauges import levels
from bargaining.scoring import points_by_issue
from bargaining.splits import check_split
from bargaining.strands import alone, strand_of
from negotiations import queries, wire
from negotiations.access import Seated, Watching
from negotiations.lines import Worth
from negotiations.models import Seat
from negotiations.perform import KeyReuse, Unavailable, perform
from negotiations.rules.commands import Actor
from negotiations.rules.refusals import RuleBroken
from negotiations.rules.sight import Viewer
from negotiations.table import Table
from negotiations.worth import calculator_of, worth_to, worth_to_all
from simulations.queries import public_case, role_case, whole_case
from simulations.rules.variants import Variant

logger = logging.getLogger("parley.live")


async def answer(table: Table, actor: Actor, viewer: Viewer, frame: wire.Frame) -> dict[str, Any]:
    """Perform what the frame asks and say how it went. Frames that only read do not come here."""
    command = wire.command_of(frame)
    assert command is not None
    reading = table.reading(viewer)
    command = reading.meant(command) if reading else command
    id = frame.id  # type: ignore[union-attr]
    try:
        receipt = await perform(table.room, actor, command, id)
    except RuleBroken as broken:
        return wire.refusal(broken, id)
    except KeyReuse:
        return wire.error("key_reuse", wire.WORDS["key_reuse"], id)
    except Unavailable:
        return wire.error("unavailable", wire.WORDS["unavailable"], id, retry=True)
    return wire.ack(id, table.number(viewer, receipt.first), table.number(viewer, receipt.last))


def score(
    case: Case, party: str, frame: wire.Score, calculator: str = "exact", known: Package | None = None
) -> dict[str, Any]:
    """What a draft is worth to its own party, with the terms `known` from linked negotiations. It may be
    incomplete, but not wrong."""
    package = frame.package
    if case.mechanism == "coalition":
        return score_split(case, party, frame, calculator)
    strand = strand_of(case, package)
    asked = alone(case, strand) if strand else case
    faults = [fault for fault in check_package(asked, package) if fault.code != "missing_issue"]
    if faults:
        return wire.error("invalid_offer", faults[0].said(gettext), frame.id)
    needed = [issue.id for issue in applying(asked, package)]
    missing = [issue for issue in needed if issue not in package]
    answer = {"t": "score", "id": frame.id, "applies": needed, "missing": missing}
    if stands := levels(case, package):
        answer["levels"] = stands
    worth = worth_to(case, party, calculator)
    if worth is None:
        return answer
    whole = {**(known or {}), **package}
    found = {"points": worth(whole), **worth.beside(whole, not missing)}
    exact = {"by_issue": points_by_issue(case, party, whole)} if calculator == "exact" else {}
    return {**answer, **found, **exact}


def score_split(case: Case, party: str, frame: wire.Score, calculator: str) -> dict[str, Any]:
    """What a split would bring the party; nothing is told of one that is none."""
    if faults := check_split(case, frame.package):
        return wire.error("invalid_offer", faults[0].said(gettext), frame.id)
    worth = worth_to(case, party, calculator)
    answer = {"t": "score", "id": frame.id, "applies": [], "missing": []}
    return answer if worth is None else {**answer, "points": worth(frame.package)}


def polled(found: Seated | Watching, after: int) -> dict[str, Any]:
    """The frame with what this viewer has not seen yet and who is here. It asks the database, so not on the owner
    loop."""
    log = queries.read_by(found.room.pk, found.viewer, after)
    seats = queries.seats_here(found.room)
    present = wire.present(queries.here(found.room, seats), log.mates.here(found.viewer, seats))
    return news(found, log) | present


def news(found: Seated | Watching, log: queries.ReadLog) -> dict[str, Any]:
    """The frame with the lines that were read for this viewer."""
    worth = worth_for(found, found.room.variant)
    known = partial(levels, public_case(found.room.session.edition_id, found.room.variant))
    by = partial(log.mates.by, found.viewer)
    shown = (wire.line(n, logged, worth, log.reading, known, by(logged)) for n, logged in log.lines)
    return wire.events(shown, log.head, log.now)


def worth_for(found: Seated | Watching, variant: Variant) -> Worth | None:
    """Scores in the viewer's own right: a party's from its own sheet, all of them for an instructor."""
    edition, outcomes = found.room.session.edition_id, found.room.session.outcomes
    if isinstance(found, Watching):
        return worth_to_all(whole_case(edition, variant), outcomes)
    if found.seat.kind == Seat.Kind.OBSERVER:
        return None
    calculator = calculator_of(found.room.session.policy)
    return worth_to(role_case(edition, found.seat.party, variant), found.seat.party, calculator, outcomes)
