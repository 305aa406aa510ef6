"""What a table of more than two knows of its votes, beside the yes and no to each offer."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta

from msgspec import Struct, structs

from negotiations.rules.commands.votes import Stance


class Carried(Struct, frozen=True):
    """A package with enough votes, and when it counts unless its votes change."""

    offer: int
    package: int
    counts_at: datetime


class Poll(Struct, frozen=True):
    number: int
    called_at: datetime
    ends_at: datetime


class Count(Struct, frozen=True):
    """How everybody stood to the deal."""

    yes: tuple[str, ...]
    no: tuple[str, ...]
    silent: tuple[str, ...]


class Ballots(Struct, frozen=True):
    """`left` are parties that went away while the others stayed. `stances` are by offer and party a package and how
    the party leans to it; `answered` are those who said so since the last poll was called. `planned` is how many of
    the case's own polls were called."""

    carried: Carried | None = None
    count: Count | None = None
    left: frozenset[str] = frozenset()
    sponsors: Mapping[int, tuple[str, ...]] = {}
    stances: Mapping[int, Mapping[str, tuple[int, Stance]]] = {}
    poll: Poll | None = None
    answered: frozenset[str] = frozenset()
    planned: int = 0

    def moved(self, by: timedelta) -> Ballots:
        """After a pause a last call and a poll go on for as long as they would have."""
        carried = self.carried and structs.replace(self.carried, counts_at=self.carried.counts_at + by)
        poll = self.poll and structs.replace(self.poll, ends_at=self.poll.ends_at + by)
        return structs.replace(self, carried=carried, poll=poll)
