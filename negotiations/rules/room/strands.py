"""Linked negotiations at a table: how far each strand is, and who sees and who moves in it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from msgspec import Struct, structs

from bargaining.case import Case, Package
from bargaining.case import Strand as Link
from bargaining.strands import strand_named, strand_of
from negotiations.rules.room.channels import members_of

if TYPE_CHECKING:
    from negotiations.rules.room.state import RoomState

#: Who only watches is no party of a case that does not provide for it.
OBSERVER = "observer"


class Marked(Struct, frozen=True):
    """Terms that a party sent back, what in them it wants changed, and how many offers there were until then."""

    party: str
    package: Package
    issues: tuple[str, ...] = ()
    after: int = 0


class Strand(Struct, frozen=True):
    """`agreed` is the package that waits for signatures, `settled` the one that all have signed."""

    agreed: Package | None = None
    agreed_at: datetime | None = None
    offer: int | None = None
    digest: str = ""
    signed: Mapping[str, datetime] = {}
    sent_back: tuple[Marked, ...] = ()
    settled: Package | None = None
    settled_at: datetime | None = None
    last_by: str | None = None
    last_at: datetime | None = None


class Strands(Struct, frozen=True):
    """By the strand's id; one that nobody has moved in yet is not here."""

    by: Mapping[str, Strand] = {}

    def of(self, strand: str) -> Strand:
        return self.by.get(strand, Strand())

    def changed(self, strand: str, **changes: object) -> Strands:
        return Strands({**self.by, strand: structs.replace(self.of(strand), **changes)})

    def settled_in(self, strands: Sequence[Link]) -> Package:
        """All terms that are final in these strands."""
        terms: dict[str, object] = {}
        for strand in strands:
            terms |= self.of(strand.id).settled or {}
        return terms  # type: ignore[return-value]


def linked(state: RoomState, package: Package) -> Link | None:
    """The strand that a package of this table is about; None at a table that has none."""
    return strand_of(state.case, package) if state.case.strands else None


def link_of_offer(state: RoomState, number: int) -> Link | None:
    return linked(state, state.offers[number - 1].packages[0])


def last_in_strand(state: RoomState, link: Link | None) -> int:
    """The number of the last offer of this strand, or of the whole table; 0 if there is none."""
    if link is None:
        return len(state.offers)
    numbers = range(len(state.offers), 0, -1)
    return next((number for number in numbers if link_of_offer(state, number) == link), 0)


def link_of_channel(case: Case, channel: str) -> Link | None:
    members = set(members_of(channel))
    named = (each.strand for each in case.channels if each.strand and set(each.members) == members)
    return next((strand_named(case, name) for name in named), None)


def deciders(state: RoomState, number: int) -> tuple[str, ...]:
    """Whose yes or no an offer waits for, its author among them."""
    link = link_of_offer(state, number)
    return state.case.signers if link is None else link.parties


def watchers(case: Case) -> tuple[str, ...]:
    """Those who see every strand because they only watch."""
    own = tuple(party.id for party in case.parties if party.kind == "observer")
    return own if OBSERVER in own else (*own, OBSERVER)


def insiders(case: Case, link: Link) -> tuple[str, ...]:
    """Who sees what happens in a strand, in the case's order, and those who watch."""
    within = tuple(party for party in case.party_ids if party in link.insiders)
    return (*within, *watchers(case))


def hearers(case: Case, channel: str) -> tuple[str, ...]:
    """Who hears what is said in a channel: those it names. What all who negotiate a strand hear is the talk of its
    table, so who watches hears it as well as it sees what is offered there; of what is said aside it hears nothing."""
    members = members_of(channel)
    link = link_of_channel(case, channel)
    return (*members, *watchers(case)) if link and set(link.parties) <= set(members) else members


def is_open(state: RoomState, link: Link) -> bool:
    """Whether what must come before it is settled, and it is not settled itself."""
    waits = any(state.strands.of(name).settled is None for name in link.after)
    return not waits and state.strands.of(link.id).settled is None


def opens_with(state: RoomState, link: Link, strand: str) -> bool:
    """Whether this strand can begin once another is settled."""
    return all(name == strand or state.strands.of(name).settled is not None for name in link.after)


def known_to(state: RoomState, party: str) -> Package:
    """The settled terms that a party knows of."""
    return state.strands.settled_in([link for link in state.case.strands if party in link.insiders])


def known_before(state: RoomState, party: str, number: int) -> Package:
    """Of these terms those that had to be settled before an offer could be made."""
    link = link_of_offer(state, number)
    before = () if link is None else link.after
    known = [each for each in state.case.strands if each.id in before and party in each.insiders]
    return state.strands.settled_in(known)


def all_settled(state: RoomState, but: str) -> bool:
    """Whether every strand but this one is settled."""
    return all(state.strands.of(link.id).settled is not None for link in state.case.strands if link.id != but)


def touched(state: RoomState, link: Link | None, party: str, at: datetime) -> dict[str, Strands]:
    """The changes when a party did something in a strand."""
    return {} if link is None else {"strands": state.strands.changed(link.id, last_by=party, last_at=at)}


def movers(state: RoomState) -> dict[Link, tuple[str, ...]]:
    """Who could do something next, strand by strand: the longest untouched first, its parties in turn."""
    links = [link for link in state.case.strands if is_open(state, link)]
    links.sort(
        key=lambda link: (at is not None, at) if (at := state.strands.of(link.id).last_at) else (False,)
    )
    return {link: _movers_in(state, link) for link in links}


def _movers_in(state: RoomState, link: Link) -> tuple[str, ...]:
    strand = state.strands.of(link.id)
    if strand.agreed is not None:
        return tuple(party for party in link.signers if party not in strand.signed)
    if strand.last_by not in link.parties:
        return link.parties
    place = link.parties.index(strand.last_by)
    return link.parties[place + 1 :] + link.parties[:place]
