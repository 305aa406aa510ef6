"""Games of coalitions: what each set of parties can reach together, what power and splits follow from it.
It knows plain parties and amounts in exact fractions, no case and no room. Splits that no coalition would
leave (least core, nucleolus) are in `nucleolus`, voting power in `voting`."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from itertools import combinations
from math import ceil, factorial

from bargaining.outcomes import Floats, Mask

Number = int | float | Fraction
Coalition = frozenset[str]
Split = Mapping[str, Number]

MOST_PARTIES = 10
#: How many beginnings of a split are tried before counting stops.
MOST_TRIED = 100_000


@dataclass(frozen=True)
class Game:
    """What every coalition is worth (its characteristic function), all non-empty ones stated, in exact fractions.

    Amounts are in the unit of the case and may be shared freely among the members (transferable utility).
    """

    parties: tuple[str, ...]
    worths: Mapping[Coalition, Fraction]

    def worth(self, members: Iterable[str]) -> Fraction:
        """What these parties reach together; 0 for nobody, KeyError for an unknown party."""
        coalition = frozenset(members)
        return self.worths[coalition] if coalition else Fraction(0)

    @cached_property
    def grand(self) -> Coalition:
        """All parties together."""
        return frozenset(self.parties)

    @cached_property
    def coalitions(self) -> tuple[Coalition, ...]:
        """All non-empty coalitions, smaller ones first, then in the order of the parties."""
        return _subsets(self.parties)

    @cached_property
    def proper(self) -> tuple[Coalition, ...]:
        """All coalitions but the grand one."""
        return self.coalitions[:-1]

    def alone(self, members: Iterable[str]) -> Fraction:
        """What these parties have if each goes on alone."""
        return sum((self.worth({member}) for member in members), Fraction(0))

    def name(self, coalition: Coalition) -> str:
        """The members in the order of the parties, as in "orchard+dairy"."""
        return "+".join(party for party in self.parties if party in coalition)


@dataclass(frozen=True)
class Excess:
    """A coalition and what it could reach beyond what a split gives its members."""

    coalition: Coalition
    amount: Fraction


@dataclass(frozen=True)
class Count:
    """How many there are; if not `complete`, counting stopped early and there are at least so many."""

    number: int
    complete: bool


def make_game(
    parties: Sequence[str],
    worths: Mapping[Coalition, Number],
    alone: Mapping[str, Number] | None = None,
    one_agreement: bool = False,
) -> Game:
    """The game of 2 to 10 parties with these worths of coalitions and of parties alone (0 if not said).

    A coalition that is not stated has no agreement of its own: it is worth the best that its members get
    by falling apart into stated coalitions and single parties (the superadditive cover); with
    `one_agreement` only one of the stated ones can come about, its other members go on alone. What is
    stated stays as stated. ValueError for too many or too few parties, or an unknown one.
    """
    if not 2 <= len(parties) <= MOST_PARTIES or len(set(parties)) < len(parties):
        raise ValueError(f"A game has 2 to {MOST_PARTIES} different parties.")
    named = {name for coalition in worths for name in coalition} | set(alone or {})
    if not named <= set(parties) or frozenset() in worths:
        raise ValueError("A coalition is made of parties of the game.")
    stated = {frozenset([party]): exact((alone or {}).get(party, 0)) for party in parties}
    stated |= {coalition: exact(worth) for coalition, worth in worths.items()}
    fill = _one_of if one_agreement else _cover
    return Game(tuple(parties), fill(_subsets(parties), stated))


def game_from_scores(
    parties: Sequence[str],
    values: Floats,
    alternatives: Sequence[float],
    wins: Callable[[Coalition], bool],
    counts: Mask | None = None,
) -> Game:
    """The game behind a scored case: what each coalition can be sure of under its agreement rule.

    `values[n, parties]` are points of n outcomes, `alternatives` one number a party; `wins` says whether a
    coalition may pass an outcome without the others (`VotingRule.wins`), `counts[n]` which outcomes meet the
    rule's requirements (all if not given). A coalition is worth the best sum of its own members' points over
    the outcomes it may pass, never less than their alternatives together: nobody has to pass anything.
    What others get then does not matter to it. Only where points of parties may be added; see
    `only_together` for rules that leave no coalition but the grand one anything to win.
    """
    allowed = values if counts is None else values[counts]
    worths: dict[Coalition, Number] = {}
    for coalition in _subsets(parties):
        members = [k for k, party in enumerate(parties) if party in coalition]
        apart = sum((exact(alternatives[k]) for k in members), Fraction(0))
        together = _best_sum(allowed[:, members]) if wins(coalition) and len(allowed) else apart
        worths[coalition] = max(apart, together)
    return make_game(parties, worths)


def exact(number: Number) -> Fraction:
    """The number as its shortest decimal says it: 0.1 is a tenth, not the float next to it."""
    return Fraction(number) if isinstance(number, int | Fraction) else Fraction(str(float(number)))


def is_superadditive(game: Game) -> bool:
    """Whether no two coalitions without a common member lose by joining."""
    return all(
        game.worth(one | other) >= game.worth(one) + game.worth(other)
        for one, other in combinations(game.coalitions, 2)
        if not one & other
    )


def is_convex(game: Game) -> bool:
    """Whether a party adds at least as much to a larger coalition as to a part of it (Shapley 1971)."""
    return all(
        game.worth(one | other) + game.worth(one & other) >= game.worth(one) + game.worth(other)
        for one, other in combinations(game.coalitions, 2)
    )


def is_essential(game: Game) -> bool:
    """Whether all parties together reach more than each alone: is there anything to divide?"""
    return game.worth(game.grand) > game.alone(game.parties)


def only_together(game: Game) -> bool:
    """Whether no coalition but the grand one gains anything. The Shapley value is then no more than an equal
    split of the surplus, and says nothing about power."""
    return all(game.worth(coalition) == game.alone(coalition) for coalition in game.proper)


def shapley(game: Game) -> dict[str, Fraction]:
    """What each party adds on average over all orders in which they might join (Shapley 1953)."""
    size = len(game.parties)
    value = dict.fromkeys(game.parties, Fraction(0))
    for coalition in game.coalitions:
        inside = len(coalition)
        share = Fraction(factorial(inside - 1) * factorial(size - inside), factorial(size))
        for party in coalition:
            value[party] += share * (game.worth(coalition) - game.worth(coalition - {party}))
    return value


def pair_quotas(game: Game) -> dict[str, Fraction] | None:
    """The amounts of which any two parties' together are what that pair is worth (quota games, Shapley 1953).

    None with two parties, who leave them open, and where no such amounts exist.
    """
    if len(game.parties) < 3:
        return None
    first, second, third = game.parties[:3]
    begin = (game.worth({first, second}) + game.worth({first, third}) - game.worth({second, third})) / 2
    quotas = {first: begin} | {p: game.worth({first, p}) - begin for p in game.parties[1:]}
    fits = all(quotas[a] + quotas[b] == game.worth({a, b}) for a, b in combinations(game.parties, 2))
    return quotas if fits else None


def efficiency(game: Game) -> dict[Coalition, Fraction] | None:
    """What there is in all if this coalition forms and everybody else goes on alone, as a share of the most
    that any coalition brings in this way. None if that is not above 0."""
    total = {c: game.worth(c) + game.alone(game.grand - c) for c in game.coalitions}
    most = max(total.values())
    return {c: amount / most for c, amount in total.items()} if most > 0 else None


def excess(game: Game, split: Split, coalition: Coalition) -> Fraction:
    """What the coalition could reach beyond what the split gives its members; negative if it is content."""
    return game.worth(coalition) - sum((exact(split[party]) for party in coalition), Fraction(0))


def blocking(game: Game, split: Split) -> tuple[Excess, ...]:
    """The coalitions whose members could do better by themselves than in this split, the largest excess first.

    `split` has an amount for every party, in or out of the agreement; KeyError for a missing one. What is
    0 after rounding to 9 decimals blocks nothing.
    """
    excesses = [Excess(coalition, excess(game, split, coalition)) for coalition in game.coalitions]
    found = [one for one in excesses if round(one.amount, 9) > 0]
    return tuple(sorted(found, key=lambda one: -one.amount))


def in_core(game: Game, split: Split) -> bool:
    """Whether the split divides exactly what all reach together and nobody could do better apart (Gillies 1959)."""
    return round(excess(game, split, game.grand), 9) == 0 and not blocking(game, split)


def core_splits(game: Game, step: Number = 1) -> Count:
    """How many splits in whole steps lie in the core.

    ValueError if the grand coalition's worth is no whole number of steps.
    """
    needs = {c: ceil(game.worth(c) / exact(step)) for c in game.coalitions}
    total = game.worth(game.grand) / exact(step)
    if total.denominator != 1:
        raise ValueError("The whole is no whole number of steps.")
    return _Counting(game, needs, int(total)).count()


class _Counting:
    """Counts whole splits: the first parties' amounts are tried one by one, the last two's follow from them."""

    def __init__(self, game: Game, needs: Mapping[Coalition, int], total: int) -> None:
        self.game, self.needs, self.total = game, needs, total
        self.tried = 0

    def count(self) -> Count:
        number = self._from(())
        return Count(number, self.tried <= MOST_TRIED)

    def _from(self, amounts: tuple[int, ...]) -> int:
        self.tried += 1
        *first, one, other = self.game.parties
        if len(amounts) == len(first):
            return self._last_two(dict(zip(first, amounts, strict=True)), one, other)
        party = first[len(amounts)]
        most = self.total - self.needs[self.game.grand - {party}]
        found = 0
        for amount in range(self.needs[frozenset([party])], most + 1):
            if self.tried > MOST_TRIED:
                break
            found += self._from((*amounts, amount))
        return found

    def _last_two(self, given: Mapping[str, int], one: str, other: str) -> int:
        rest = self.total - sum(given.values())
        low, high = self.needs[frozenset([one])], rest - self.needs[frozenset([other])]
        for part in _subsets(tuple(given)):
            have = sum(given[party] for party in part)
            if have < self.needs[part] or have + rest < self.needs[part | {one, other}]:
                return 0
            low = max(low, self.needs[part | {one}] - have)
            high = min(high, rest + have - self.needs[part | {other}])
        return max(0, high - low + 1) if rest >= self.needs[frozenset([one, other])] else 0


def _subsets(parties: Iterable[str]) -> tuple[Coalition, ...]:
    some = tuple(parties)
    return tuple(frozenset(c) for size in range(1, len(some) + 1) for c in combinations(some, size))


def _cover(
    coalitions: tuple[Coalition, ...], stated: Mapping[Coalition, Fraction]
) -> dict[Coalition, Fraction]:
    """What is not stated falls apart in the best way. Smaller coalitions come first."""
    best: dict[Coalition, Fraction] = {}
    worths: dict[Coalition, Fraction] = {}
    for whole in coalitions:
        ways = [best[part] + best[whole - part] for part in _subsets(whole)[:-1]]
        worths[whole] = stated[whole] if whole in stated else max(ways)
        best[whole] = max([worths[whole], *ways])
    return worths


def _one_of(
    coalitions: tuple[Coalition, ...], stated: Mapping[Coalition, Fraction]
) -> dict[Coalition, Fraction]:
    """What is not stated is one stated coalition of its members, and the others alone."""
    worths = dict(stated)
    for whole in coalitions:
        if whole not in stated:
            parts = (part for part in _subsets(whole) if part in stated)
            worths[whole] = max(
                stated[part] + sum(stated[frozenset([left])] for left in whole - part) for part in parts
            )
    return {coalition: worths[coalition] for coalition in coalitions}


def _best_sum(values: Floats) -> Fraction:
    return exact(round(float(values.sum(axis=1).max()), 9))
