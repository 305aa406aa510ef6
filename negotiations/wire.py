"""Every frame in and out, strict, in one file. The same frames travel over the socket and over HTTP.

A frame that cannot be understood raises BadFrame with a typed code; nothing of it is echoed.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec
from django.utils.translation import gettext
from msgspec import Struct

from bargaining.values import Single
from negotiations.lines import Levels, Worth, stands, worths
from negotiations.rules import commands as c
from negotiations.rules import sight
from negotiations.rules.events import Logged
from negotiations.rules.reading import Reading
from negotiations.rules.refusals import RuleBroken
from negotiations.strict_json import WORDS as WORDS
from negotiations.strict_json import BadFrame as BadFrame
from negotiations.strict_json import bad, load

MAX_FRAME = 16 * 1024
VERSION = 1
#: A term as it comes: of an allocation, the shares in percent.
Term = Single | tuple[int, ...]


class In(Struct, frozen=True, forbid_unknown_fields=True, tag_field="t"):
    """Base of the frames a participant may send."""


class Say(In, frozen=True, tag="say"):
    id: UUID
    text: str
    to: str = ""


class MakeOffer(In, frozen=True, tag="offer"):
    id: UUID
    packages: tuple[dict[str, Term], ...]
    words: str = ""
    added: tuple[str, ...] = ()
    proposal: bool = False


class Accept(In, frozen=True, tag="accept"):
    id: UUID
    offer: int
    package: int
    digest: str


class Decline(In, frozen=True, tag="decline"):
    id: UUID
    offer: int
    words: str = ""


class Closest(In, frozen=True, tag="closest"):
    id: UUID
    offer: int
    package: int


class Pin(In, frozen=True, tag="pin"):
    id: UUID
    issue: str
    value: Term


class Unpin(In, frozen=True, tag="unpin"):
    id: UUID
    issue: str


class Record(In, frozen=True, tag="record"):
    """The outcome of a talk face to face; null is no deal."""

    id: UUID
    package: dict[str, Term] | None


class Withdraw(In, frozen=True, tag="withdraw"):
    id: UUID
    offer: int


class Walk(In, frozen=True, tag="walk"):
    id: UUID
    reason: str = ""


class ProposeText(In, frozen=True, tag="text"):
    """A version of the agreement in words, by its headings."""

    id: UUID
    text: dict[str, str]


class SignText(In, frozen=True, tag="sign_text"):
    id: UUID
    version: int
    digest: str


class Back(In, frozen=True, tag="back"):
    id: UUID
    offer: int


class Sponsor(In, frozen=True, tag="sponsor"):
    id: UUID
    offer: int


class Stance(In, frozen=True, tag="stance"):
    id: UUID
    offer: int
    package: int
    stance: c.Stance


class Poll(In, frozen=True, tag="poll"):
    id: UUID


class Choose(In, frozen=True, tag="choose"):
    id: UUID
    round: int
    move: str


class Sign(In, frozen=True, tag="sign"):
    id: UUID
    strand: str
    digest: str


class SendBack(In, frozen=True, tag="sendback"):
    id: UUID
    strand: str
    issues: tuple[str, ...] = ()
    words: str = ""


class Tap(In, frozen=True, tag="tap"):
    id: UUID
    deed: int


class Drop(In, frozen=True, tag="drop"):
    id: UUID
    deed: int


class Help(In, frozen=True, tag="help"):
    id: UUID


class Lower(In, frozen=True, tag="lower"):
    id: UUID


class Score(In, frozen=True, tag="score"):
    """Asks what a draft is worth. Never stored, logged or shown to anyone."""

    id: UUID
    package: dict[str, Term]


class Resume(In, frozen=True, tag="resume"):
    after: int


class Ping(In, frozen=True, tag="ping"):
    seen: int = 0


Vote = Back | Sponsor | Stance | Poll
Command = (
    Say
    | MakeOffer
    | Accept
    | Decline
    | Closest
    | Pin
    | Unpin
    | Record
    | Withdraw
    | Walk
    | Vote
    | Choose
    | ProposeText
    | SignText
    | Sign
    | SendBack
    | Tap
    | Drop
    | Help
    | Lower
)
Frame = Command | Score | Resume | Ping


class Asked(Struct, frozen=True):
    """Around a frame: of a struct msgspec keeps what it worked out of its types, of a mere union it works it out for
    each frame anew, which takes longer than to read the frame."""

    frame: Frame


def read(text: str | bytes) -> Frame:
    """The frame in this text, or BadFrame."""
    if len(text) > MAX_FRAME:
        raise bad("too_big")
    body = load(text)
    known = body.get("id") if isinstance(body, dict) else None
    try:
        frame = msgspec.convert({"frame": body}, Asked, strict=True, str_keys=False).frame
    except (msgspec.ValidationError, OverflowError, RecursionError, UnicodeEncodeError):
        # The last when the words of the fault itself would name half a character.
        return refuse(body, known)
    if has_half_characters(text, body):
        raise bad("bad_text", known)
    return frame


def has_half_characters(text: str | bytes, body: Any) -> bool:
    """An escape can spell half a character, which nothing behind this can store or send."""
    if (b"\\u" if isinstance(text, bytes) else "\\u") not in text:  # type: ignore[operator]
        return False
    try:
        msgspec.json.encode(body)
    except UnicodeEncodeError:
        return True
    return False


def refuse(body: Any, known: Any) -> Frame:
    """Says what was wrong without repeating it; the id goes back only if it is one."""
    try:
        UUID(known) if isinstance(known, str) and len(known) == 36 else None
        readable = isinstance(known, str) and len(known) == 36
    except ValueError:
        readable = False
    if isinstance(body, dict) and "id" in body and not readable:
        raise bad("bad_key")
    raise bad("bad_request", known if readable else None)


def command_of(frame: Frame) -> c.Command | None:
    """The command that a frame asks for; None for mere reads."""
    match frame:
        case Say(text=text, to=to):
            return c.Say(text, to)
        case MakeOffer(packages=packages, words=words, added=added, proposal=proposal):
            return c.MakeOffer(packages, words, added, proposal)
        case Accept(offer=offer, package=package, digest=digest):
            return c.AcceptOffer(offer, package, digest)
        case Decline(offer=offer, words=words):
            return c.DeclineOffer(offer, words)
        case Closest(offer=offer, package=package):
            return c.MarkClosest(offer, package)
        case Pin(issue=issue, value=value):
            return c.PinTerm(issue, value)
        case Unpin(issue=issue):
            return c.UnpinTerm(issue)
        case Record(package=package):
            return c.RecordOutcome(package)
        case Withdraw(offer=offer):
            return c.WithdrawOffer(offer)
        case Walk(reason=reason):
            return c.WalkAway(reason)
        case ProposeText(text=text):
            return c.ProposeText(text)
        case SignText(version=number, digest=digest):
            return c.SignText(number, digest)
        case Choose(round=number, move=move):
            return c.Choose(number, move)
        case Sign(strand=strand, digest=digest):
            return c.Sign(strand, digest)
        case SendBack(strand=strand, issues=issues, words=words):
            return c.SendBack(strand, issues, words)
        case Back() | Sponsor() | Stance() | Poll():
            return vote_of(frame)
        case Tap(deed=deed):
            return c.Tap(deed)
        case Drop(deed=deed):
            return c.DropDeed(deed)
        case Help():
            return c.AskHelp()
        case Lower():
            return c.CloseHelp()
    return None


def vote_of(frame: Vote) -> c.Command:
    match frame:
        case Back(offer=offer):
            return c.TakeBack(offer)
        case Sponsor(offer=offer):
            return c.Sponsor(offer)
        case Stance(offer=offer, package=package, stance=stance):
            return c.TakeStance(offer, package, stance)
        case Poll():
            return c.CallPoll()


def line(
    n: int,
    logged: Logged,
    worth: Worth | None,
    reading: Reading | None = None,
    levels: Levels | None = None,
    by: int = 0,
) -> dict[str, Any]:
    """One event as its viewer reads it, under the viewer's own numbers; `reading` where negotiations are linked, `by`
    whose deed of the own side it is: told of all but its first seat, which most sides have alone."""
    shown = sight.shown(logged)
    if reading:
        reading.renumber(shown)
    event = reading.with_known(logged) if reading else logged.event
    told = stands(logged.event, levels) if levels is not None else {}
    mine = {"by": by} if by > 1 else {}
    return {"n": n, **shown, **mine, **told, **(worths(event, worth) if worth is not None else {})}


def events(lines: Iterable[dict[str, Any]], head: int, now: datetime) -> dict[str, Any]:
    return {"t": "events", "v": VERSION, "events": list(lines), "head": head, "now": now}


def ack(id: UUID, first: int, last: int) -> dict[str, Any]:
    return {"t": "ack", "id": id, "first": first, "last": last}


def present(here: Mapping[str, bool], mates: Mapping[int, bool]) -> dict[str, Any]:
    """Which parties are here, and of a side of several, for itself, which of its own people."""
    return {"here": here} | ({"mates": mates} if len(mates) > 1 else {})


def pong(head: int, now: datetime, here: Mapping[str, bool], mates: Mapping[int, bool]) -> dict[str, Any]:
    return {"t": "pong", "head": head, "now": now, **present(here, mates)}


def error(code: str, words: str, id: UUID | str | None = None, retry: bool = False) -> dict[str, Any]:
    return {"t": "err", "id": id, "code": code, "words": gettext(words), "retry": retry}


def refusal(broken: RuleBroken, id: UUID) -> dict[str, Any]:
    return error(broken.code, broken.said(gettext), id)


encode = msgspec.json.Encoder().encode
