"""An agreement in words: anybody who talks may write a version, and all who sign must sign the same one."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from datetime import datetime

from bargaining.case import Case
from negotiations.rules import commands as c
from negotiations.rules import events as e
from negotiations.rules.decide.base import Decision, decision_on, party_of, require_open, require_sound
from negotiations.rules.decide.phases import require_offering
from negotiations.rules.refusals import RuleBroken
from negotiations.rules.room import RoomState

#: Of all headings together; a frame holds it in any script.
MAX_LENGTH = 5000
MAX_VERSIONS = 300
#: The one heading of a case that names none.
WHOLE = "text"


def headings(case: Case) -> tuple[str, ...]:
    """Under what the text is written, in the order of the case."""
    return tuple(issue.id for issue in case.issues if issue.kind == "text") or (WHOLE,)


@decision_on.register
def _(command: c.ProposeText, state: RoomState, actor: c.Actor, now: datetime) -> Decision:
    closes_at = require_open(state, now)
    require_freeform(state)
    require_offering(state, now)
    text = require_words(state, command.text)
    latest = state.texts.latest
    if len(state.texts.versions) >= MAX_VERSIONS:
        raise RuleBroken("limit_reached")
    if latest is not None and latest.text == text:
        raise RuleBroken("same_text")
    number = len(state.texts.versions) + 1
    proposed = e.TextProposed(number, party_of(actor), text, digest_of_text(number, text))
    return Decision((e.Draft(proposed),), closes_at)


@decision_on.register
def _(command: c.SignText, state: RoomState, actor: c.Actor, now: datetime) -> Decision:
    closes_at = require_open(state, now)
    require_freeform(state)
    party = party_of(actor)
    if party not in state.case.signers:
        raise RuleBroken("no_vote")
    latest = state.texts.latest
    if latest is None or (latest.number, latest.digest) != (command.version, command.digest):
        raise RuleBroken("stale_text")
    if party in state.texts.signed:
        raise RuleBroken("signed_already")
    drafts = [e.Draft(e.TextSigned(latest.number, party))]
    if {*state.texts.signed, party} >= set(state.case.signers):
        drafts += [e.Draft(e.TextAgreed(latest.number, latest.text)), e.Draft(e.TableClosed("deal"))]
    return Decision(tuple(drafts), closes_at)


def require_freeform(state: RoomState) -> None:
    if state.case.mechanism != "freeform":
        raise RuleBroken("wrong_table")


def require_words(state: RoomState, text: Mapping[str, str]) -> dict[str, str]:
    """The text by its headings, all of them, in the order of the case."""
    names = headings(state.case)
    if not set(text) <= set(names):
        raise RuleBroken("invalid_text")
    whole = {name: require_sound(text.get(name, "")).strip() for name in names}
    if not any(whole.values()):
        raise RuleBroken("empty_text")
    if sum(map(len, whole.values())) > MAX_LENGTH:
        raise RuleBroken("text_too_long")
    return whole


def digest_of_text(number: int, text: Mapping[str, str]) -> str:
    """A short fingerprint: a signature that names it cannot mean anything else."""
    content = json.dumps([number, dict(text)], sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(content.encode()).hexdigest()[:16]
