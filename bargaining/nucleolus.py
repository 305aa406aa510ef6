"""What would keep every coalition in: the total a stable split needs, the least core and the nucleolus,
by linear programmes in exact fractions. It knows games only."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from bargaining.coalitions import Coalition, Game
from bargaining.simplex import Optimum, Vector, maximise

#: A coalition's part in a programme: which variables count, and the least they must come to.
Row = tuple[Vector, Fraction]

#: Beyond this the programmes have too many coalitions for exact fractions.
MOST_PARTIES = 7


@dataclass(frozen=True)
class Needed:
    """The total that a stable split needs, the balanced collection of coalitions (with weights) that asks for
    it, and one way to divide it."""

    amount: Fraction
    collection: Mapping[Coalition, Fraction]
    split: Mapping[str, Fraction]


@dataclass(frozen=True)
class LeastCore:
    """The smallest largest excess that a split can have, and one split that has it."""

    excess: Fraction
    split: Mapping[str, Fraction]


def needed(game: Game) -> Needed:
    """The smallest total with which no coalition but the grand one could do better by itself.

    The largest weighted worth of coalitions over balanced weights, those that for each party add up to 1
    (Bondareva 1963, Shapley 1967). ValueError for more than 7 parties.
    """
    _check_size(game)
    columns = [_members(game, coalition) for coalition in game.proper]
    alone = range(len(game.parties))
    best = maximise([game.worth(c) for c in game.proper], columns, [1] * len(game.parties), alone)
    collection = {game.proper[k]: weight for k, weight in sorted(best.weights.items())}
    return Needed(best.value, collection, _split(game, best))


def core_is_empty(game: Game) -> bool:
    """Whether every split of what all reach together leaves some coalition that could do better by itself."""
    return needed(game).amount > game.worth(game.grand)


def least_core(game: Game) -> LeastCore:
    """The smallest excess that, allowed to every coalition but the grand one, leaves a split (Maschler,
    Peleg and Shapley 1979). Above 0: the core is empty, and so much must somebody forgo. Below 0: so much
    is left over for the least content. ValueError for more than 7 parties.
    """
    _check_size(game)
    rows = [_open(game, coalition) for coalition in game.proper] + _fixed(
        game, game.grand, game.worth(game.grand)
    )
    best = _smallest_excess(game, rows, [*range(len(game.parties)), len(rows) - 1])
    return LeastCore(best.value, _split(game, best))


def nucleolus(game: Game) -> dict[str, Fraction] | None:
    """The split that makes the largest excess smallest, then the next largest, and so on (Schmeidler 1969).

    Among the splits that give nobody less than it has alone; None if there are none. It lies in the core
    unless the core is empty. Found by one programme a level (Kopelowitz 1967): the coalitions it puts
    weight on have this excess in every best split, so theirs is settled. ValueError for more than 7 parties.
    """
    _check_size(game)
    if game.worth(game.grand) < game.alone(game.parties):
        return None
    settled: list[Row] = []
    span: list[Vector] = [_members(game, game.grand)]
    while True:
        still_open = [c for c in game.proper if any(_left_over(_members(game, c), span))]
        best = _level(game, still_open, settled)
        for coalition in (still_open[k] for k in best.weights if k < len(still_open)):
            left = _left_over(_members(game, coalition), span)
            if any(left):
                span.append(left)
                settled += _fixed(game, coalition, game.worth(coalition) - best.value)
        if len(span) == len(game.parties):
            return _split(game, best)


def _level(game: Game, still_open: list[Coalition], settled: list[Row]) -> Optimum:
    """The smallest largest excess of the open coalitions, the settled ones and everybody's own held."""
    first = still_open[0]
    rows = [_open(game, coalition) for coalition in still_open]
    rows += _fixed(game, game.grand, game.worth(game.grand))
    own = [(_members(game, frozenset([party])), party) for party in game.parties]
    begin = [len(rows) + k for k, party in enumerate(game.parties) if party != min(first)]
    rows += [((*column, 0), game.worth({party})) for column, party in own]
    return _smallest_excess(game, rows + settled, [0, len(still_open) + 1, *begin])


def _smallest_excess(game: Game, rows: list[Row], start: list[int]) -> Optimum:
    columns, worths = zip(*rows, strict=True)
    return maximise(worths, columns, [0] * len(game.parties) + [1], start)


def _open(game: Game, coalition: Coalition) -> Row:
    """The members' amounts and the excess are at least the coalition's worth."""
    return (*_members(game, coalition), 1), game.worth(coalition)


def _fixed(game: Game, coalition: Coalition, amount: Fraction) -> list[Row]:
    """The members' amounts are exactly this: at least, and at most."""
    column = _members(game, coalition)
    return [((*column, 0), amount), ((*(-one for one in column), 0), -amount)]


def _members(game: Game, coalition: Coalition) -> tuple[int, ...]:
    return tuple(int(party in coalition) for party in game.parties)


def _left_over(vector: Vector, span: list[Vector]) -> tuple[Fraction, ...]:
    """What is left of the vector when the span's vectors, each such a rest itself, are taken out of it."""
    left = tuple(Fraction(value) for value in vector)
    for one in span:
        k = next(k for k, value in enumerate(one) if value)
        factor = left[k] / one[k]
        left = tuple(a - factor * b for a, b in zip(left, one, strict=True))
    return left


def _split(game: Game, best: Optimum) -> dict[str, Fraction]:
    return dict(zip(game.parties, best.prices, strict=False))


def _check_size(game: Game) -> None:
    if len(game.parties) > MOST_PARTIES:
        raise ValueError(f"This is worked out for up to {MOST_PARTIES} parties.")
