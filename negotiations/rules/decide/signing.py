"""Principals sign what their agents agreed on, or send it back."""

from __future__ import annotations

from datetime import datetime

from bargaining.case import Strand as Link
from bargaining.strands import agents_of, strand_named
from negotiations.rules import commands as c
from negotiations.rules import events as e
from negotiations.rules.decide.base import Decision, decision_on, party_of, require_open, require_text
from negotiations.rules.decide.slots import settling
from negotiations.rules.refusals import RuleBroken
from negotiations.rules.room import RoomState
from negotiations.rules.room.strands import Strand, insiders


@decision_on.register
def _(command: c.Sign, state: RoomState, actor: c.Actor, now: datetime) -> Decision:
    closes_at = require_open(state, now)
    party = party_of(actor)
    link, strand = require_waiting(state, command.strand, party)
    if command.digest != strand.digest:
        raise RuleBroken("stale_offer")
    if party in strand.signed:
        raise RuleBroken("signed")
    drafts = [e.Draft(e.TermsSigned(link.id, party), insiders(state.case, link))]
    if {*strand.signed, party} >= set(link.signers):
        assert strand.agreed is not None
        assert strand.offer is not None
        drafts += settling(state, link, state.offers[strand.offer - 1], strand.agreed)
    return Decision(tuple(drafts), closes_at)


@decision_on.register
def _(command: c.SendBack, state: RoomState, actor: c.Actor, now: datetime) -> Decision:
    closes_at = require_open(state, now)
    party = party_of(actor)
    link, strand = require_waiting(state, command.strand, party)
    if party in strand.signed:
        raise RuleBroken("signed")
    if not set(command.issues) <= set(strand.agreed or ()):
        raise RuleBroken("invalid_offer")
    text = require_text(command.words) if command.words else ""
    drafts = [e.Draft(e.TermsSentBack(link.id, party), insiders(state.case, link))]
    if command.issues or text:
        own = {party, *agents_of(state.case, party)}
        audience = tuple(each for each in state.case.party_ids if each in own)
        drafts.append(e.Draft(e.TermsMarked(link.id, party, command.issues, text), audience))
    return Decision(tuple(drafts), closes_at)


def require_waiting(state: RoomState, name: str, party: str) -> tuple[Link, Strand]:
    """A strand that waits for this party's signature. To who is not in it, it does not exist."""
    link = strand_named(state.case, name)
    if link is None or party not in link.insiders:
        raise RuleBroken("nothing_to_sign")
    if party not in link.signers:
        raise RuleBroken("principals_part")
    strand = state.strands.of(link.id)
    if strand.settled is not None:
        raise RuleBroken("settled")
    if strand.agreed is None:
        raise RuleBroken("nothing_to_sign")
    return link, strand
