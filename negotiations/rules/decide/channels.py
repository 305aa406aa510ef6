"""Words to the table, to the own side, or to some of the others apart."""

from __future__ import annotations

from collections.abc import Iterable

from negotiations.rules import events as e
from negotiations.rules.decide.phases import talking
from negotiations.rules.refusals import RuleBroken
from negotiations.rules.room import RoomState
from negotiations.rules.room.channels import (
    TABLE,
    TEAM,
    channel_of,
    may_caucus,
    members_of,
    talks_at_the_table,
)
from negotiations.rules.room.strands import hearers


def words_to(state: RoomState, party: str, to: str, text: str) -> e.Draft:
    """The message with exactly the audience that its channel has, or a refusal."""
    if to == TEAM and state.is_team(party):
        return e.Draft(e.MessageWhispered(TEAM, party, text), audience=(party,))
    group = talking(state)
    if group is not None:
        return words_in_turn(state, party, to, text, group)
    if to == TABLE and talks_at_the_table(state.case):
        return e.Draft(e.MessageSaid(party, text))
    members = members_of(to)
    if party not in members or not may_caucus(state.case, members, state.course.phase):
        raise RuleBroken("no_channel")
    return apart(state, party, members, text)


def words_in_turn(state: RoomState, party: str, to: str, text: str, group: tuple[str, ...]) -> e.Draft:
    """Where groups talk one after the other, the table is theirs, and nobody else hears it."""
    if party not in group:
        raise RuleBroken("others_talk")
    if to != TABLE and set(members_of(to)) != set(group):
        raise RuleBroken("no_channel")
    return apart(state, party, group, text)


def apart(state: RoomState, party: str, members: Iterable[str], text: str) -> e.Draft:
    channel = channel_of(state.case, members)
    return e.Draft(e.MessageWhispered(channel, party, text), audience=hearers(state.case, channel))
