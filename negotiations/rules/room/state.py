"""What a table is at one moment, as its log tells it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Literal
from uuid import UUID

from msgspec import Struct

from bargaining.case import Case, Package
from negotiations.rules import events as e
from negotiations.rules.commands import SeatKind
from negotiations.rules.room.ballots import Ballots
from negotiations.rules.room.bargain import Bargain
from negotiations.rules.room.channels import Channels
from negotiations.rules.room.course import Course, News
from negotiations.rules.room.seasons import Rounds
from negotiations.rules.room.sights import Sights
from negotiations.rules.room.strands import Strands
from negotiations.rules.room.teams import Teams
from negotiations.rules.room.versions import Texts

Phase = Literal["waiting", "open", "paused", "ended"]


class Policy(Struct, frozen=True):
    """What a session decided for all its rooms before they began.

    `partner_pace` is how many seconds a practice partner thinks, at least and at most. `offers`: a new offer takes
    the place of the own one before (supersede), all stand until withdrawn (open), or sides take turns. An offer
    lapses after `offer_seconds` and a party may make `offer_limit` of them; 0 is no limit. `mode` aloud: the table
    talks face to face and writes down what it settled. `taps`: offers and accepts need a teammate's tap.
    `last_call` is how long a proposal that has enough votes waits for changes of mind.
    """

    partner_pace: tuple[float, float] = (6.0, 15.0)
    mode: Literal["online", "aloud"] = "online"
    offers: Literal["supersede", "open", "turns"] = "supersede"
    offer_seconds: int = 0
    offer_limit: int = 0
    calculator: Literal["exact", "bands", "off"] = "exact"
    taps: bool = False
    last_call: int = 60
    ending: Literal["hard", "grace", "finish"] = "hard"
    observers: Literal["table", "sheets"] = "table"
    news: tuple[str, ...] | None = None
    waiting_costs: bool = False


class SeatState(Struct, frozen=True):
    id: UUID
    party: str
    kind: SeatKind


class Offer(Struct, frozen=True):
    number: int
    party: str
    packages: tuple[Package, ...]
    digest: str
    at: datetime
    added: tuple[str, ...] = ()
    left_open: tuple[tuple[str, ...], ...] = ()

    def is_whole(self, place: int) -> bool:
        """Whether this package leaves no term open."""
        return not (self.left_open and self.left_open[place])


class RoomState(Struct, frozen=True):
    """What the log says so far. `case` is the public part of the case: no party's secret is in it.

    `standing` is the latest offer of each party that stands; with a policy of open offers more of them do.
    `accepted` is who said yes to which package of an offer.
    """

    case: Case
    policy: Policy = Policy()
    seq: int = 0
    phase: Phase = "waiting"
    seats: Mapping[UUID, SeatState] = {}
    offers: tuple[Offer, ...] = ()
    standing: Mapping[str, int] = {}
    withdrawn: frozenset[int] = frozenset()
    accepted: Mapping[int, Mapping[int, frozenset[str]]] = {}
    bargain: Bargain = Bargain()
    course: Course = Course()
    news: News = News()
    votes: Ballots = Ballots()
    messages: int = 0
    said_by: Mapping[str, int] = {}
    offered_by: Mapping[str, int] = {}
    channels: Channels = Channels()
    strands: Strands = Strands()
    teams: Teams = Teams()
    hands: frozenset[str] = frozenset()
    opened_at: datetime | None = None
    closes_at: datetime | None = None
    paused_at: datetime | None = None
    pause_reason: str = ""
    ended_at: datetime | None = None
    outcome: e.Outcome | None = None
    deal: Package | None = None
    deal_offer: int | None = None
    walked: str | None = None
    last_at: datetime | None = None
    last_by: str | None = None
    rounds: Rounds = Rounds()
    texts: Texts = Texts()
    sights: Sights = Sights()

    def standing_offer(self, number: int) -> Offer | None:
        """The offer with this number while it stands on the table, else None."""
        return self.offers[number - 1] if number in self.bargain.standing else None

    def backers(self, number: int, place: int) -> frozenset[str]:
        """Who wants this package of an offer: its author, and who accepted it."""
        return self.accepted.get(number, {}).get(place, frozenset()) | {self.offers[number - 1].party}

    def is_team(self, party: str) -> bool:
        """Whether several seats play this party now."""
        return sum(seat.party == party for seat in self.seats.values()) > 1

    def party_of(self, seat: UUID) -> str | None:
        found = self.seats.get(seat)
        return found.party if found else None


def digest_of(packages: Iterable[Package], added: Iterable[str] = ()) -> str:
    """A short fingerprint of an offer's content: an accept that names it cannot mean anything else."""
    content = [*(dict(package) for package in packages), *added]
    text = json.dumps(content, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()[:16]
