"""What happened at a table: one closed class an event type, payload in and out.

A payload's meaning never changes; a new meaning is a new type. See docs/developers/add-an-event.md.
"""

from __future__ import annotations

import msgspec

from negotiations.rules.events.base import Audience, Draft, Event, Logged
from negotiations.rules.events.channels import MessageWhispered
from negotiations.rules.events.clock import (
    Outcome,
    TableClosed,
    TableExtended,
    TableOpened,
    TablePaused,
    TableResumed,
)
from negotiations.rules.events.news import NewsPlanned, NewsReleased, PlannedNews
from negotiations.rules.events.offers import (
    DealMade,
    OfferAccepted,
    OfferDeclined,
    OfferLapsed,
    OfferMade,
    OfferPreferred,
    OfferWithdrawn,
    OutcomeRecorded,
    ReasonGiven,
    TermPinned,
    TermUnpinned,
    WalkedAway,
)
from negotiations.rules.events.people import SeatLeft, SeatTaken
from negotiations.rules.events.phases import OvertimeBegan, PhaseBegan, WaitingCounted
from negotiations.rules.events.rounds import CrewLanded, CrewReady, MoveSealed, RoundBegan, RoundRevealed
from negotiations.rules.events.strands import (
    StrandOpened,
    TermsAgreed,
    TermsMarked,
    TermsSentBack,
    TermsSigned,
)
from negotiations.rules.events.talk import HelpAsked, HelpClosed, MessageSaid
from negotiations.rules.events.teams import TapAsked, TapDropped, TapGiven
from negotiations.rules.events.texts import TextAgreed, TextProposed, TextSigned
from negotiations.rules.events.votes import (
    OfferSponsored,
    PollCalled,
    StanceTaken,
    VoteBroken,
    VoteCarried,
    VoteCounted,
    VoteTakenBack,
)

EVENTS: dict[str, type[Event]] = {kind.type: kind for kind in Event.__subclasses__()}

__all__ = [
    "EVENTS",
    "Audience",
    "CrewLanded",
    "CrewReady",
    "DealMade",
    "Draft",
    "Event",
    "HelpAsked",
    "HelpClosed",
    "Logged",
    "MessageSaid",
    "MessageWhispered",
    "MoveSealed",
    "NewsPlanned",
    "NewsReleased",
    "OfferAccepted",
    "OfferDeclined",
    "OfferLapsed",
    "OfferMade",
    "OfferPreferred",
    "OfferSponsored",
    "OfferWithdrawn",
    "Outcome",
    "OutcomeRecorded",
    "OvertimeBegan",
    "PhaseBegan",
    "PlannedNews",
    "PollCalled",
    "ReasonGiven",
    "RoundBegan",
    "RoundRevealed",
    "SeatLeft",
    "SeatTaken",
    "StanceTaken",
    "StrandOpened",
    "TableClosed",
    "TableExtended",
    "TableOpened",
    "TablePaused",
    "TableResumed",
    "TapAsked",
    "TapDropped",
    "TapGiven",
    "TermPinned",
    "TermUnpinned",
    "TermsAgreed",
    "TermsMarked",
    "TermsSentBack",
    "TermsSigned",
    "TextAgreed",
    "TextProposed",
    "TextSigned",
    "VoteBroken",
    "VoteCarried",
    "VoteCounted",
    "VoteTakenBack",
    "WaitingCounted",
    "WalkedAway",
    "event_from",
    "payload_of",
]  # fmt: skip


def payload_of(event: Event) -> bytes:
    return msgspec.json.encode(event)


def event_from(kind: str, payload: bytes | str) -> Event:
    return msgspec.json.decode(payload, type=EVENTS[kind])
