"""Words to the table, to the own side, or to some of the others apart."""

from __future__ import annotations

from negotiations.rules import events as e
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


def words_to(state: RoomState, party: str, to: str, text: str) -> e.Draft:
    """The message with exactly the audience that its channel names, or a refusal."""
    if to == TABLE and talks_at_the_table(state.case):
        return e.Draft(e.MessageSaid(party, text))
    if to == TEAM and state.is_team(party):
        return e.Draft(e.MessageWhispered(TEAM, party, text), audience=(party,))
    members = members_of(to)
    if party not in members or not may_caucus(state.case, members):
        raise RuleBroken("no_channel")
    channel = channel_of(state.case, members)
    return e.Draft(e.MessageWhispered(channel, party, text), audience=members_of(channel))
