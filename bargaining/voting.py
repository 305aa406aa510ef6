"""Who can pass a decision, and how much a vote is worth: rules by number, weight and veto.
It knows parties and sets of them, no case and no room."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import combinations
from math import factorial

Coalition = frozenset[str]

#: All sets of parties are looked through.
MOST_PARTIES = 15


@dataclass(frozen=True)
class VotingRule:
    """A decision passes if the weights in favour reach the quota and nobody with a veto is missing.

    A party without a stated weight has weight 1; so `VotingRule(parties, quota=5)` asks for five votes, and
    a quota as large as the number of parties for all of them. ValueError for a negative weight, a veto or
    weight of nobody in `parties`, or a quota that all together do not reach or that needs nobody.
    """

    parties: tuple[str, ...]
    quota: float
    weights: Mapping[str, float] = field(default_factory=dict)
    veto: frozenset[str] = frozenset()

    def __post_init__(self) -> None:
        if not set(self.weights) | self.veto <= set(self.parties):
            raise ValueError("The rule names somebody who has no vote.")
        if any(weight < 0 for weight in self.weights.values()):
            raise ValueError("No vote counts less than nothing.")
        if not self.wins(self.parties) or self.wins(()):
            raise ValueError("All together must reach the quota, and nobody alone must not.")

    def weight(self, members: Iterable[str]) -> float:
        """The members' weights together, rounded to 9 decimals; each party counts once."""
        return round(sum(self.weights.get(party, 1) for party in set(members)), 9)

    def wins(self, members: Iterable[str]) -> bool:
        """Whether these parties pass a decision, whatever the others say."""
        coalition = frozenset(members)
        return self.veto <= coalition and self.weight(coalition) >= self.quota


@dataclass(frozen=True)
class Power:
    """What one party's vote is worth, by three counts; 0 for a party that never matters.

    `shapley_shubik`: the share of orders in which it is the one that makes the coalition win; adds up to 1.
    `swings`: in how many winning coalitions it cannot be missed. `banzhaf`: its share of everybody's
    swings; adds up to 1. `absolute`: its swings as a share of all sets of the others, the chance to decide
    if each of them tosses a coin.
    """

    shapley_shubik: Fraction
    swings: int
    banzhaf: Fraction
    absolute: Fraction


def power(rule: VotingRule) -> dict[str, Power]:
    """Voting power by Shapley and Shubik (1954) and by Banzhaf (1965), exact.

    ValueError for more than 15 parties.
    """
    size = len(rule.parties)
    if size > MOST_PARTIES:
        raise ValueError(f"This is worked out for up to {MOST_PARTIES} parties.")
    sizes = {party: [len(coalition) for coalition in _swung(rule, party)] for party in rule.parties}
    all_swings = sum(len(found) for found in sizes.values())
    return {
        party: Power(
            sum(
                (Fraction(factorial(k - 1) * factorial(size - k), factorial(size)) for k in found),
                Fraction(0),
            ),
            len(found),
            Fraction(len(found), all_swings),
            Fraction(len(found), 2 ** (size - 1)),
        )
        for party, found in sizes.items()
    }


def minimal_winning(rule: VotingRule) -> tuple[Coalition, ...]:
    """The coalitions that pass a decision and in which nobody can be missed, smaller ones first."""
    return tuple(
        coalition
        for coalition in _winning(rule)
        if not any(rule.wins(coalition - {member}) for member in coalition)
    )


def without_power(rule: VotingRule) -> tuple[str, ...]:
    """The parties whose vote never matters (dummies)."""
    return tuple(party for party in rule.parties if not _swung(rule, party))


def _swung(rule: VotingRule, party: str) -> list[Coalition]:
    """The winning coalitions that would lose without the party."""
    return [c for c in _winning(rule) if party in c and not rule.wins(c - {party})]


def _winning(rule: VotingRule) -> list[Coalition]:
    return [coalition for coalition in _sets(rule.parties) if rule.wins(coalition)]


def _sets(parties: Sequence[str]) -> Iterable[Coalition]:
    for size in range(1, len(parties) + 1):
        yield from map(frozenset, combinations(parties, size))
