"""How one viewer reads a table of linked negotiations: offers under numbers of its own, so that what others
negotiate leaves no hole, and what was settled before each line."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from msgspec import structs

from bargaining.case import Package, Value
from negotiations.rules import commands as c
from negotiations.rules import events as e

#: No offer has this number.
NONE = 0


class Reading:
    """Grows with the lines its viewer sees, in their order."""

    def __init__(self, seen: Iterable[e.Logged] = ()) -> None:
        self.own: dict[int, int] = {}
        self.shared: list[int] = []
        self.settled: list[tuple[int, Package]] = []
        for logged in seen:
            self.take(logged)

    def take(self, logged: e.Logged) -> None:
        match logged.event:
            case e.OfferMade(offer=number):
                self.shared.append(number)
                self.own[number] = len(self.shared)
            case e.DealMade(package=package):
                self.settled.append((logged.seq, package))

    def known_before(self, seq: int) -> Package:
        """The terms that were final before this line."""
        known: dict[str, Value] = {}
        for at, package in self.settled:
            known |= package if at < seq else {}
        return known

    def with_known(self, logged: e.Logged) -> e.Event:
        """The event with the terms that were final before it added to its packages, as what they are worth needs."""
        known = self.known_before(logged.seq)
        match logged.event:
            case e.OfferMade(packages=packages) as offer if known:
                return structs.replace(offer, packages=tuple({**known, **each} for each in packages))
            case e.DealMade(package=package) as deal if known:
                return structs.replace(deal, package={**known, **package})
        return logged.event

    def number(self, shared: int) -> int:
        """What the viewer calls this offer."""
        return self.own.get(shared, NONE)

    def renumber(self, shown: dict[str, Any]) -> None:
        """Puts the viewer's number for the table's own, also in a deed that waits for a teammate's tap."""
        for fields in (shown, shown.get("fields", {})):
            if fields.get("offer"):
                fields["offer"] = self.number(fields["offer"])

    def meant(self, command: c.Command) -> c.Command:
        """The command with the table's own number of the offer it names; one that the viewer does not see is none."""
        number = getattr(command, "offer", None)
        if not isinstance(number, int):
            return command
        there = 1 <= number <= len(self.shared)
        return structs.replace(command, offer=self.shared[number - 1] if there else NONE)
