"""What an actor may ask of a table. Commands are imperative and carry only what the actor says;
who asks and when is added by the caller."""

from __future__ import annotations

from negotiations.rules.commands.actors import HOUSE, SEATS, STAFF, Actor, ActorKind, Asked, Right, SeatKind
from negotiations.rules.commands.clock import (
    CloseTable,
    ExtendTable,
    OpenTable,
    PauseTable,
    ResumeTable,
    Tick,
)
from negotiations.rules.commands.news import ReleaseNews
from negotiations.rules.commands.offers import (
    AcceptOffer,
    DeclineOffer,
    MakeOffer,
    MarkClosest,
    PinTerm,
    RecordOutcome,
    UnpinTerm,
    WalkAway,
    WithdrawOffer,
)
from negotiations.rules.commands.people import LeaveSeat, TakeSeat
from negotiations.rules.commands.phases import NextPhase
from negotiations.rules.commands.rounds import Choose
from negotiations.rules.commands.strands import SendBack, Sign
from negotiations.rules.commands.talk import AskHelp, CloseHelp, Say
from negotiations.rules.commands.teams import DropDeed, Tap
from negotiations.rules.commands.texts import ProposeText, SignText
from negotiations.rules.commands.votes import CallPoll, Sponsor, Stance, TakeBack, TakeStance

Command = Asked

__all__ = [
    "HOUSE",
    "SEATS",
    "STAFF",
    "AcceptOffer",
    "Actor",
    "ActorKind",
    "AskHelp",
    "Asked",
    "CallPoll",
    "Choose",
    "CloseHelp",
    "CloseTable",
    "Command",
    "DeclineOffer",
    "DropDeed",
    "ExtendTable",
    "LeaveSeat",
    "MakeOffer",
    "MarkClosest",
    "NextPhase",
    "OpenTable",
    "PauseTable",
    "PinTerm",
    "ProposeText",
    "RecordOutcome",
    "ReleaseNews",
    "ResumeTable",
    "Right",
    "Say",
    "SeatKind",
    "SendBack",
    "Sign",
    "SignText",
    "Sponsor",
    "Stance",
    "TakeBack",
    "TakeSeat",
    "TakeStance",
    "Tap",
    "Tick",
    "UnpinTerm",
    "WalkAway",
    "WithdrawOffer",
]  # fmt: skip
