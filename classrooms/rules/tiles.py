"""Which rooms need the instructor, and why. Read from a room's summary and its seats; no database, no clock."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Literal

from negotiations.rules.summary import Summary

State = Literal[
    "waiting",
    "missing",
    "mate_missing",
    "help",
    "silent",
    "no_offer",
    "paused",
    "going",
    "deal",
    "walked_away",
    "out_of_time",
    "closed",
    "no_deal",
    "played_out",
]
Group = Literal["needs", "well", "done"]

SILENT_AFTER = timedelta(minutes=4)
# Tables that stay open for longer than an evening are visited now and then: nobody has to be there, but each to come.
LONG = timedelta(hours=12)
QUIET_AFTER = timedelta(days=1)
GONE_AFTER = timedelta(seconds=90)
NO_OFFER_AFTER = timedelta(minutes=8)
# A table of a few minutes cannot wait eight of them: a share of its time, if that is less.
NO_OFFER_SHARE = 0.4

# Who is called first: a raised hand waits for an answer, a missing partner or teammate keeps another person waiting.
URGENCY: tuple[State, ...] = ("help", "missing", "mate_missing", "silent", "no_offer")
DONE: tuple[State, ...] = ("deal", "walked_away", "no_deal", "out_of_time", "played_out", "closed")


@dataclass(frozen=True)
class SeatSeen:
    """A person's or partner's seat, and when there was last a sign of life."""

    party: str
    is_partner: bool
    seen_at: datetime | None


@dataclass(frozen=True)
class Table:
    """What a room's row says. Times are None until they happened. `has_offers`: something is offered at such tables;
    `taps`: what binds a side of several needs a teammate."""

    phase: str
    outcome: str | None
    offers: int
    hands: tuple[str, ...]
    opened_at: datetime | None
    closes_at: datetime | None
    ended_at: datetime | None
    last_at: datetime | None
    has_offers: bool = True
    taps: bool = False
    acted_at: Mapping[str, datetime] = field(default_factory=dict)

    @property
    def is_long(self) -> bool:
        return bool(self.opened_at and self.closes_at and self.closes_at - self.opened_at >= LONG)


def table_of(summary: Summary | None) -> Table:
    if summary is None:
        return Table("waiting", None, 0, (), None, None, None, None)
    return Table(
        phase=summary.phase,
        outcome=summary.outcome,
        offers=summary.offers,
        hands=tuple(summary.hands),
        opened_at=summary.opened_at,
        closes_at=summary.closes_at,
        ended_at=summary.ended_at,
        last_at=summary.last_at,
        acted_at=summary.acted_at,
    )


@dataclass(frozen=True)
class Finding:
    """The state of a table, and since when (what the minutes on its tile count from)."""

    state: State
    since: datetime | None = None
    party: str = ""

    @property
    def group(self) -> Group:
        if self.state in URGENCY:
            return "needs"
        return "done" if self.state in DONE else "well"


def find(table: Table, seats: Sequence[SeatSeen], parties: Sequence[str], now: datetime) -> Finding:
    """The most urgent thing that is true of this table."""
    if table.phase == "ended":
        return Finding(outcome_of(table.outcome), table.ended_at)
    if table.hands:
        return Finding("help", table.last_at, table.hands[0])
    missing = missing_party(table, seats, parties, now)
    if missing is not None:
        return missing
    mate = missing_mate(table, seats, parties, now) if table.taps and table.phase == "open" else None
    if mate is not None:
        return mate
    if table.phase == "paused":
        return Finding("paused", table.last_at)
    if table.phase != "open":
        return Finding("waiting")
    return finding_of_long(table, seats, now) if table.is_long else finding_of_open(table, now)


def finding_of_long(table: Table, seats: Sequence[SeatSeen], now: datetime) -> Finding:
    """The side that has done nothing for longest, if that is long even for a table of days."""
    people = {seat.party for seat in seats if not seat.is_partner}
    began = table.opened_at or now
    since = {party: table.acted_at.get(party, began) for party in sorted(people)}
    quiet = min(since, key=lambda party: since[party], default="")
    if quiet and now - since[quiet] > QUIET_AFTER:
        return Finding("silent", since[quiet], quiet)
    return Finding("going", table.last_at)


def outcome_of(outcome: str | None) -> State:
    for state in DONE:
        if state == outcome:
            return state
    return "closed"


def missing_party(
    table: Table, seats: Sequence[SeatSeen], parties: Sequence[str], now: datetime
) -> Finding | None:
    """A side on which nobody sits, or at an open table nobody has been seen for a while."""
    for party in parties:
        own = [seat for seat in seats if seat.party == party]
        if not own:
            return Finding("missing", None, party)
        if table.phase != "open" or table.is_long or any(seat.is_partner for seat in own):
            continue
        if are_gone(table, own, now):
            return Finding("missing", last_sign(table, own), party)
    return None


def missing_mate(
    table: Table, seats: Sequence[SeatSeen], parties: Sequence[str], now: datetime
) -> Finding | None:
    """Somebody is here and cannot bind the own side, because whoever should confirm it is away."""
    for party in parties:
        own = [seat for seat in seats if seat.party == party]
        gone = [seat for seat in own if are_gone(table, [seat], now)]
        if gone and len(own) - len(gone) == 1:
            return Finding("mate_missing", last_sign(table, gone), party)
    return None


def last_sign(table: Table, seats: Sequence[SeatSeen]) -> datetime | None:
    signs = [seat.seen_at for seat in seats if seat.seen_at is not None]
    return max(signs, default=table.opened_at)


def are_gone(table: Table, seats: Sequence[SeatSeen], now: datetime) -> bool:
    """None of them was seen for a while; at a table of days nobody has to be."""
    latest = last_sign(table, seats)
    return not table.is_long and latest is not None and now - latest > GONE_AFTER


def makes_way(table: Table, seat: SeatSeen, now: datetime) -> bool:
    """Whether somebody else may have this seat: it is a practice partner's, or of somebody who is away."""
    return seat.is_partner or are_gone(table, [seat], now)


def finding_of_open(table: Table, now: datetime) -> Finding:
    latest = table.last_at or table.opened_at or now
    if now - latest > SILENT_AFTER:
        return Finding("silent", latest)
    waits = table.has_offers and table.offers == 0
    if waits and table.opened_at is not None and now - table.opened_at > patience(table):
        return Finding("no_offer", table.opened_at)
    return Finding("going", latest)


def patience(table: Table) -> timedelta:
    """How long a table may talk before its first offer."""
    if table.opened_at is None or table.closes_at is None:
        return NO_OFFER_AFTER
    return min(NO_OFFER_AFTER, (table.closes_at - table.opened_at) * NO_OFFER_SHARE)


def place_of_marks(
    apart: int | None, terms: int, offered: Mapping[str, int], party: str, is_deal: bool
) -> int:
    """How far from the middle a party's mark stands, in hundredths of the half: 90 without an offer, 0 agreed."""
    if is_deal:
        return 4
    if apart is None or not terms:
        return 90 if not offered.get(party) else 72
    return 10 + round(62 * apart / terms)


def order(finding: Finding, number: int) -> tuple[int, float, int]:
    """Needs-you first, by urgency and then by how long it has been so; the rest by number."""
    if finding.state in URGENCY:
        since = finding.since.timestamp() if finding.since else 0.0
        return URGENCY.index(finding.state), since, number
    return len(URGENCY), 0.0, number
