"""Who can hear whom: the table, the own side, and those who may talk apart as the case and its phase allow."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from msgspec import Struct

from bargaining.case import Case

TABLE, TEAM = "", "team"


class Channels(Struct, frozen=True):
    """How often each party spoke apart, by channel. What a side says to itself stands under "team"."""

    said: Mapping[str, Mapping[str, int]] = {}

    def after(self, channel: str, party: str) -> Channels:
        """With one message more."""
        before = self.said.get(channel, {})
        counts = {**before, party: before.get(party, 0) + 1}
        return Channels({**self.said, channel: counts})

    @property
    def messages(self) -> int:
        return sum(sum(counts.values()) for counts in self.said.values())

    def said_by(self, party: str) -> int:
        return sum(counts.get(party, 0) for counts in self.said.values())

    def heard_by(self, party: str) -> int:
        """What others told this party apart from the table."""
        return sum(
            count
            for channel, counts in self.said.items()
            if channel != TEAM and party in members_of(channel)
            for other, count in counts.items()
            if other != party
        )


def members_of(channel: str) -> tuple[str, ...]:
    """The parties named by a caucus."""
    return tuple(channel.split("+"))


def channel_of(case: Case, members: Iterable[str]) -> str:
    """The one name of a caucus, whoever spells it."""
    wanted = set(members)
    return "+".join(party for party in case.party_ids if party in wanted)


def talks_at_the_table(case: Case) -> bool:
    """Whether there is a table for all: linked negotiations are each among their own people."""
    return not any(channel.strand for channel in case.channels)


def may_caucus(case: Case, members: Iterable[str], phase: str = "") -> bool:
    """Whether these parties may talk apart: as the case lists it; where it lists nothing, any of more than two; never
    in a phase of all together. `phase` is empty where the table has none."""
    wanted = frozenset(members)
    if any(part.id == phase and part.together for part in case.phases):
        return False
    if case.channels:
        listed = (channel for channel in case.channels if not phase or channel.phase in ("", phase))
        return any(wanted == frozenset(channel.members) for channel in listed)
    talking = {party.id for party in case.parties if party.kind != "observer"}
    return 1 < len(wanted) < len(talking) and wanted < talking
