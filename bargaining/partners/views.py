"""What a practice partner may see when it is its turn, and what it can do then. A view holds one party's own
case and the shared log, nothing that others keep to themselves."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Protocol

from bargaining.case import Case, Package, Strand

#: How a partner decides what to ask for: by the time gone, by what the others gave, or from a level it keeps
#: while it looks for packages that the others like better.
BY_TIME, BY_ANSWER, BY_SEARCH = "time", "answer", "search"
STYLES = (BY_TIME, BY_ANSWER, BY_SEARCH)
COOPERATIVE, TOUGH = "cooperative", "tough"
LABELS = ("", COOPERATIVE, TOUGH)

#: For each signer so much of the time is left when a partner begins to take what it can get: among many
#: several must say yes one after the other.
LAST_PART = 0.03
#: From this share of the time on it leaves.
OVER = 0.995


class Chance(Protocol):
    """What a partner needs of random.Random; the caller seeds it."""

    def random(self) -> float: ...
    def randrange(self, start: int, /) -> int: ...


@dataclass(frozen=True)
class Character:
    """How a partner is, through the whole negotiation.

    `temper` 0 holds out long, 1 gives way early; `care` 1 offers what is closest to what the others asked
    for, 0 whatever is as good to itself. A `label` is what the others may have been told of it.
    """

    style: str = BY_TIME
    label: str = ""
    temper: float = 0.5
    care: float = 1.0


@dataclass(frozen=True)
class SeenOffer:
    """An offer on the shared log: its number, whose it is, its packages, who has said yes to which, and who no."""

    number: int
    party: str
    packages: tuple[Package, ...]
    standing: bool = True
    accepted: Mapping[int, frozenset[str]] = field(default_factory=dict)
    declined: frozenset[str] = frozenset()

    def backers(self, place: int) -> frozenset[str]:
        """Who wants this package of the offer: its author, and who accepted it."""
        return self.accepted.get(place, frozenset()) | {self.party}


@dataclass(frozen=True)
class PartnerView:
    """An agreement to be made: `offers` in the order of the log, `progress` the share of the time gone, and
    how many packages the table lets one offer hold. `carried` is the offer and package that has enough votes and
    waits for changes of mind. `pinned` are the terms that all would settle so for now, `pinned_by_others` those that
    only the others would."""

    case: Case
    party: str
    progress: float
    offers: tuple[SeenOffer, ...] = ()
    messages_heard: int = 0
    most_packages: int = 3
    character: Character = Character()
    carried: tuple[int, int] | None = None
    pinned: Package = field(default_factory=dict)
    pinned_by_others: Package = field(default_factory=dict)

    @cached_property
    def own(self) -> tuple[SeenOffer, ...]:
        return tuple(offer for offer in self.offers if offer.party == self.party)

    @cached_property
    def theirs(self) -> tuple[SeenOffer, ...]:
        return tuple(offer for offer in self.offers if offer.party != self.party)

    @property
    def is_among_many(self) -> bool:
        """Whether more than one other must say yes."""
        return len(self.case.signers) > 2

    @property
    def is_late(self) -> bool:
        """Whether it is time to take what can be had."""
        return self.progress >= late_from(self.case)

    def asked_by(self, party: str) -> tuple[Package, ...]:
        """What a party wants, the oldest first: the packages it offered and those it said yes to."""
        return tuple(
            package
            for offer in self.offers
            for place, package in enumerate(offer.packages)
            if party in offer.backers(place)
        )

    def passed_over_by(self, party: str) -> tuple[Package, ...]:
        """What others offered and a party did not say yes to, though it made an offer of its own later."""
        last = max((offer.number for offer in self.offers if offer.party == party), default=0)
        return tuple(
            package
            for offer in self.offers
            for place, package in enumerate(offer.packages)
            if offer.number < last and party not in offer.backers(place)
        )


@dataclass(frozen=True)
class SeenSplit:
    """A proposed split on the shared log: the shares of its members, and who has said yes to it."""

    number: int
    party: str
    shares: Mapping[str, float]
    standing: bool = True
    accepted: frozenset[str] = frozenset()
    declined: frozenset[str] = frozenset()


@dataclass(frozen=True)
class SplitView:
    """A coalition to be formed: who shares what with whom. `carried` is the split that all its members said yes to
    and that waits for changes of mind."""

    case: Case
    party: str
    progress: float
    splits: tuple[SeenSplit, ...] = ()
    character: Character = Character()
    carried: int | None = None

    @property
    def is_late(self) -> bool:
        """Whether it is time to take what can be had."""
        return self.progress >= late_from(self.case)


@dataclass(frozen=True)
class SeenRound:
    """A round that is over: the own move, and how many parties in all made each move."""

    own: str
    counts: Mapping[str, int]


@dataclass(frozen=True)
class RoundsView:
    """A round to be played; `talking` while words are exchanged before it."""

    case: Case
    party: str
    history: tuple[SeenRound, ...] = ()
    talking: bool = False
    character: Character = Character()


@dataclass(frozen=True)
class SentBack:
    """Agreed terms that a principal did not sign, and which of them have to change as far as the viewer was told.
    `after` is the number of the last offer before."""

    party: str
    package: Package
    issues: tuple[str, ...] = ()
    after: int = 0


@dataclass(frozen=True)
class LinkedView:
    """One of several linked negotiations: the strand in which the party moves now, what it knows to be settled in
    others, and what its agents agreed on if that waits for signatures."""

    case: Case
    party: str
    progress: float
    strand: Strand
    known: Package
    offers: tuple[SeenOffer, ...] = ()
    agreed: Package | None = None
    sent_back: tuple[SentBack, ...] = ()
    messages_heard: int = 0
    most_packages: int = 3
    character: Character = Character()
    pinned: Package = field(default_factory=dict)
    pinned_by_others: Package = field(default_factory=dict)


View = PartnerView | SplitView | RoundsView | LinkedView


@dataclass(frozen=True)
class Propose:
    """One offer; several packages in it are about equally good to who makes it."""

    packages: tuple[Package, ...]
    say: str | None = None


@dataclass(frozen=True)
class Accept:
    """Yes to one package of an offer."""

    offer: int
    package: int = 0


@dataclass(frozen=True)
class Decline:
    """No to an offer or a split."""

    offer: int


@dataclass(frozen=True)
class ProposeSplit:
    """A coalition of those who get a share."""

    shares: Mapping[str, float]
    say: str | None = None


@dataclass(frozen=True)
class AcceptSplit:
    number: int


@dataclass(frozen=True)
class Choose:
    """A move in a round."""

    move: str


@dataclass(frozen=True)
class Say:
    text: str


@dataclass(frozen=True)
class Sign:
    """Yes to what the own agent agreed on."""


@dataclass(frozen=True)
class SendBack:
    """No to it: these terms would have to change."""

    issues: tuple[str, ...]
    say: str = ""


@dataclass(frozen=True)
class Walk:
    pass


Move = Propose | Accept | Decline | ProposeSplit | AcceptSplit | Choose | Sign | SendBack | Say | Walk


def late_from(case: Case) -> float:
    """From which share of the time on a partner takes what it can get: among many somewhat sooner."""
    return 1 - LAST_PART * max(2, len(case.signers))
