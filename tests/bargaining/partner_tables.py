"""Views for tests of practice partners, and plays among them."""

from __future__ import annotations

import random
from collections.abc import Sequence

from bargaining.case import Case, Package
from bargaining.partners import Character, Move, PartnerView, SeenOffer, can_play, next_move
from bargaining.partners.table import Played, play_agreement
from tests.bargaining.cases import farm

#: Who offered what, in order.
Log = Sequence[tuple[str, Package]]


def offers(log: Log) -> tuple[SeenOffer, ...]:
    """The log as the table has it: of each party only the last offer stands."""
    last = {party: number for number, (party, _) in enumerate(log, 1)}
    return tuple(
        SeenOffer(number, party, (package,), standing=last[party] == number)
        for number, (party, package) in enumerate(log, 1)
    )


def view(
    case: Case,
    party: str,
    progress: float,
    log: Log = (),
    heard: int = 0,
    most_packages: int = 1,
    character: Character | None = None,
) -> PartnerView:
    return PartnerView(
        case.seen_by(party), party, progress, offers(log), heard, most_packages, character or Character()
    )


def farmer_moves(progress: float, *theirs: Package, character: Character | None = None) -> Move:
    """The farmer's move after these offers of the neighbour."""
    log = [("neighbour", package) for package in theirs]
    return next_move(view(farm(), "farmer", progress, log, character=character), random.Random(11))


def play(
    case: Case,
    seed: int,
    rounds: int = 12,
    most_packages: int = 1,
    characters: dict[str, Character] | None = None,
) -> Played:
    """Everybody at the table is a partner, of mixed character if not said."""
    nature = random.Random(seed)
    mixed = {
        party: Character(temper=nature.random(), care=nature.random())
        for party in case.party_ids
        if can_play(case, party)
    }
    return play_agreement(
        case, characters or mixed, lambda turn: random.Random(f"{seed}:{turn}"), rounds, most_packages
    )
