"""Games of repeated simultaneous choice: what a round pays, what whole paths are worth, what is best to do.
It knows plain parties, moves and numbers, no case, no room and no chance. Who trusted and who betrayed is
told by `trust`."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product

Choices = Mapping[str, str]
History = Sequence[Choices]
Points = dict[str, float]
#: What a party chooses, given the game, the rounds so far and which party it is.
Strategy = Callable[["RoundsGame", History, str], str]

#: How many own paths are tried for the best one.
MOST_PATHS = 100_000


@dataclass(frozen=True)
class PayByCount:
    """Payoff by the own move and by how many parties, oneself included, choose the counted move.

    `amounts[move][k]` for k from 0 to the number of parties; an entry for what cannot happen (the counted
    move with k = 0) is never looked at.
    """

    counted: str
    amounts: Mapping[str, Sequence[float]]

    def pay(self, choices: Choices) -> Points:
        """Points of each party for one round of choices."""
        count = sum(move == self.counted for move in choices.values())
        return {party: float(self.amounts[move][count]) for party, move in choices.items()}


@dataclass(frozen=True)
class PayByMatrix:
    """Payoffs of two parties: `amounts[first's move, second's move]` is (first's points, second's points)."""

    first: str
    second: str
    amounts: Mapping[tuple[str, str], tuple[float, float]]

    def pay(self, choices: Choices) -> Points:
        """Points of each party for one round of choices."""
        one, other = self.amounts[choices[self.first], choices[self.second]]
        return {self.first: float(one), self.second: float(other)}


@dataclass(frozen=True)
class RoundsGame:
    """A repeated game: `cooperative` moves are cooperation, all others betray it.

    `multipliers` has one number a round; `talk_before` are the rounds, counted from 1, that follow a talk.
    ValueError if all moves or none cooperate, or a talk comes before no round of the game.
    """

    parties: tuple[str, ...]
    moves: tuple[str, ...]
    payoff: PayByCount | PayByMatrix
    multipliers: tuple[float, ...]
    cooperative: frozenset[str]
    talk_before: frozenset[int] = frozenset()

    def __post_init__(self) -> None:
        if not frozenset() < self.cooperative < set(self.moves):
            raise ValueError("Some moves must cooperate, and some must not.")
        if not all(1 <= number <= len(self.multipliers) for number in self.talk_before):
            raise ValueError("A talk comes before a round of the game.")

    @property
    def trusting(self) -> str:
        """The first move that cooperates."""
        return next(move for move in self.moves if move in self.cooperative)

    @property
    def betraying(self) -> str:
        """The first move that does not cooperate."""
        return next(move for move in self.moves if move not in self.cooperative)

    def everybody(self, move: str) -> dict[str, str]:
        """One round in which all choose this."""
        return dict.fromkeys(self.parties, move)

    def profiles(self) -> Iterator[dict[str, str]]:
        """Every way in which all parties can choose in one round."""
        for moves in product(self.moves, repeat=len(self.parties)):
            yield dict(zip(self.parties, moves, strict=True))


@dataclass(frozen=True)
class Dominant:
    """A move that is at least as good whatever the others do; `strict` if it is always better."""

    move: str
    strict: bool


@dataclass(frozen=True)
class Path:
    """One party's moves, round by round, and the points they bring it in all."""

    moves: tuple[str, ...]
    total: float


def round_points(game: RoundsGame, number: int, choices: Choices) -> Points:
    """Points of each party in round `number`, counted from 1, multiplied as that round is.

    ValueError if somebody's choice is missing, is no move, or the game has no such round.
    """
    if not 1 <= number <= len(game.multipliers):
        raise ValueError("The game has no such round.")
    if choices.keys() != set(game.parties) or not set(choices.values()) <= set(game.moves):
        raise ValueError("Every party chooses one of the moves.")
    paid = game.payoff.pay(choices)
    return {party: round(game.multipliers[number - 1] * paid[party], 9) for party in game.parties}


def points_by_round(game: RoundsGame, history: History) -> tuple[Points, ...]:
    """Points of each party in every round played so far."""
    return tuple(round_points(game, number, choices) for number, choices in enumerate(history, 1))


def totals(game: RoundsGame, history: History, continuation: float = 1.0) -> Points:
    """Points of each party over the rounds played, rounded to 9 decimals.

    With a continuation probability below 1: what such a path is worth before the first round, when after
    each round the next one comes only with that chance.
    """
    rows = points_by_round(game, history)
    return {
        party: round(sum(continuation**k * row[party] for k, row in enumerate(rows)), 9)
        for party in game.parties
    }


def totals_by_count(game: RoundsGame) -> tuple[float, ...]:
    """What all get together in a round, not multiplied, when 0, 1, ... all of them choose the betraying move
    and the others the trusting one; of two parties with a matrix, the first ones betray first."""
    rows = (
        {party: game.betraying if k < count else game.trusting for k, party in enumerate(game.parties)}
        for count in range(len(game.parties) + 1)
    )
    return tuple(_together(game, choices) for choices in rows)


def share_of_best(game: RoundsGame, history: History) -> float | None:
    """What all got together, as a share of the most that the rounds played could have given all together.

    None before the first round, or where the most is not above 0.
    """
    best = max(_together(game, choices) for choices in game.profiles())
    possible = best * sum(game.multipliers[: len(history)])
    return sum(totals(game, history).values()) / possible if possible > 0 else None


def best_replies(game: RoundsGame, party: str, others: Choices) -> tuple[str, ...]:
    """The moves that pay the party most in one round if the others choose so; all that tie."""
    paid = {move: game.payoff.pay({**others, party: move})[party] for move in game.moves}
    return tuple(move for move in game.moves if paid[move] == max(paid.values()))


def dominant_move(game: RoundsGame, party: str) -> Dominant | None:
    """The move that in one round is never worse than another and sometimes better than each; None without."""
    rows = _own_payoffs(game, party)
    for move in game.moves:
        gains = [[row[move] - row[other] for row in rows] for other in game.moves if other != move]
        if all(min(gain) >= 0 and max(gain) > 0 for gain in gains):
            return Dominant(move, all(min(gain) > 0 for gain in gains))
    return None


def equilibria(game: RoundsGame) -> tuple[dict[str, str], ...]:
    """The choices of one round from which nobody gains by choosing otherwise alone (Nash 1951, pure moves)."""
    return tuple(
        choices
        for choices in game.profiles()
        if all(choices[party] in best_replies(game, party, choices) for party in game.parties)
    )


def least_continuation(game: RoundsGame) -> float | None:
    """From which chance of another round on it pays to keep trusting those who would never forgive.

    In an endless game of equal rounds, if one betrayal ends all cooperation (Friedman 1971): the largest of
    (temptation - reward) / (temptation - punishment) over the parties, where temptation is the best move
    against trust and punishment the best one when all others betray. 0 if nothing tempts; None if no chance
    is enough.
    """
    needs = [_needs(game, party) for party in game.parties]
    return max((need for need in needs if need is not None), default=None) if None not in needs else None


def always(move: str) -> Strategy:
    """Chooses this, whatever happens."""
    return lambda game, history, party: move


def grim(game: RoundsGame, history: History, party: str) -> str:
    """Trusts until anybody has betrayed once, then never again."""
    hurt = any(move not in game.cooperative for choices in history for move in choices.values())
    return game.betraying if hurt else game.trusting


def tit_for_tat(game: RoundsGame, history: History, party: str) -> str:
    """Trusts first, and then unless another betrayed in the last round (Axelrod 1984, for more than two)."""
    last = history[-1] if history else {}
    hurt = any(move not in game.cooperative for other, move in last.items() if other != party)
    return game.betraying if hurt else game.trusting


def trusting_until_last(game: RoundsGame, history: History, party: str) -> str:
    """Trusts in every round but the last."""
    return game.betraying if len(history) == len(game.multipliers) - 1 else game.trusting


def play(game: RoundsGame, strategies: Mapping[str, Strategy]) -> tuple[dict[str, str], ...]:
    """All rounds of the game as these strategies play them."""
    history: list[dict[str, str]] = []
    for _ in game.multipliers:
        history.append({party: strategies[party](game, tuple(history), party) for party in game.parties})
    return tuple(history)


def benchmarks(game: RoundsGame) -> dict[str, Points]:
    """Totals on the paths that a debrief compares with; "one" is the first party.

    all_trust; all_betray; one_betrays_trusting: always, against parties that always trust;
    one_betrays_grim: against parties that never forgive; betrayal_at_last: only in the last round, against
    parties that always trust.
    """
    trust, betray = always(game.trusting), always(game.betraying)
    pairs = {
        "all_trust": (trust, trust),
        "all_betray": (betray, betray),
        "one_betrays_trusting": (betray, trust),
        "one_betrays_grim": (betray, grim),
        "betrayal_at_last": (trusting_until_last, trust),
    }
    one, *rest = game.parties
    return {
        name: totals(game, play(game, {one: own, **dict.fromkeys(rest, others)}))
        for name, (own, others) in pairs.items()
    }


def best_path(game: RoundsGame, party: str, others: Mapping[str, Strategy]) -> Path:
    """The moves that bring the party most against these strategies; of equal ones the first in order.

    Every own path is tried: ValueError if there are more than 100,000.
    """
    if len(game.moves) ** len(game.multipliers) > MOST_PATHS:
        raise ValueError(f"The game has more than {MOST_PATHS} paths.")
    best: Path | None = None
    for moves in product(game.moves, repeat=len(game.multipliers)):
        total = totals(game, play(game, {**others, party: _script(moves)}))[party]
        if best is None or total > best.total:
            best = Path(moves, total)
    assert best is not None
    return best


def _script(moves: Sequence[str]) -> Strategy:
    return lambda game, history, party: moves[len(history)]


def _together(game: RoundsGame, choices: Choices) -> float:
    return round(sum(game.payoff.pay(choices).values()), 9)


def _own_payoffs(game: RoundsGame, party: str) -> list[Points]:
    """For everything the others can do together: what each own move pays."""
    rest = [other for other in game.parties if other != party]
    ways = (dict(zip(rest, moves, strict=True)) for moves in product(game.moves, repeat=len(rest)))
    return [{move: game.payoff.pay({**way, party: move})[party] for move in game.moves} for way in ways]


def _needs(game: RoundsGame, party: str) -> float | None:
    reward = game.payoff.pay(game.everybody(game.trusting))[party]
    temptation, punishment = (
        max(game.payoff.pay({**game.everybody(move), party: own})[party] for own in game.moves)
        for move in (game.trusting, game.betraying)
    )
    if temptation <= reward:
        return 0.0
    return (temptation - reward) / (temptation - punishment) if reward > punishment else None
