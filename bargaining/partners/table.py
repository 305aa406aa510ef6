"""Partners among themselves at a table without people: who moves when, what they see of each other, and when a
package is a deal. For benchmarks and notebooks; rooms of a class have their own log and rules."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace

from bargaining.agreements import is_deal
from bargaining.case import Case, Package
from bargaining.partners import next_move
from bargaining.partners.views import (
    Accept,
    Chance,
    Character,
    Move,
    PartnerView,
    Propose,
    Say,
    SeenOffer,
    Walk,
)

#: Chance for a turn: the same number gives the same draws, as in `lambda turn: random.Random(f"{seed}:{turn}")`.
Chances = Callable[[int], Chance]


@dataclass
class Played:
    """A play as it went: every move with its party, all offers, and the deal if there is one."""

    moves: list[tuple[str, Move]] = field(default_factory=list)
    offers: list[SeenOffer] = field(default_factory=list)
    deal: Package | None = None

    @property
    def proposed(self) -> dict[str, list[Package]]:
        """The packages that each party proposed, in order."""
        found: dict[str, list[Package]] = {}
        for offer in self.offers:
            found.setdefault(offer.party, []).extend(offer.packages)
        return found


def play_agreement(
    case: Case,
    characters: Mapping[str, Character],
    chances: Chances,
    rounds: int = 15,
    most_packages: int = 3,
) -> Played:
    """These parties in turns, until a package is a deal, one walks, or everybody had so many turns.

    `case` is the whole case, of which each party sees its own view. A new offer takes the place of the
    party's last one. ValueError for a party that no partner can play.
    """
    played = Played()
    parties = [party for party in case.party_ids if party in characters]
    said = dict.fromkeys(parties, 0)
    # One turn more than the time has: whoever waited for the end may still say yes.
    for turn in range(len(parties) * (rounds + 1)):
        party = parties[turn % len(parties)]
        own_case = case.seen_by(party)
        view = PartnerView(
            case=own_case,
            party=party,
            progress=min(1.0, turn / (len(parties) * rounds)),
            offers=tuple(_as_seen(own_case, offer) for offer in played.offers),
            messages_heard=sum(count for other, count in said.items() if other != party),
            most_packages=most_packages,
            character=characters[party],
        )
        move = next_move(view, chances(turn))
        played.moves.append((party, move))
        said[party] += _speaks(move)
        if _ends(case, played, party, move):
            break
    return played


def _as_seen(case: Case, offer: SeenOffer) -> SeenOffer:
    """Without the terms that are none of the viewer's business."""
    packages = [{k: v for k, v in package.items() if case.has_issue(k)} for package in offer.packages]
    return replace(offer, packages=tuple(packages))


def _speaks(move: Move) -> bool:
    return isinstance(move, Say) or (isinstance(move, Propose) and move.say is not None)


def _ends(case: Case, played: Played, party: str, move: Move) -> bool:
    """Adds what the move does; whether the play is over."""
    if isinstance(move, Propose):
        played.offers = [
            replace(offer, standing=False) if offer.party == party else offer for offer in played.offers
        ]
        played.offers.append(SeenOffer(len(played.offers) + 1, party, move.packages))
    elif isinstance(move, Accept):
        offer = played.offers[move.offer - 1]
        backers = offer.backers(move.package) | {party}
        played.offers[move.offer - 1] = replace(
            offer, accepted={**offer.accepted, move.package: backers - {offer.party}}
        )
        package = offer.packages[move.package]
        played.deal = package if is_deal(case, package, backers) else None
    return played.deal is not None or isinstance(move, Walk)
