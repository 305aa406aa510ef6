"""Trust in a repeated game as its choices show it: cooperation by round, after talk and after betrayal.
It knows what was chosen and promised, not why, and no payoffs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from bargaining.rounds import Choices, History, RoundsGame

#: By round, from 1: the move that a party said it would choose.
Promises = Mapping[int, Mapping[str, str]]


@dataclass(frozen=True)
class Betrayal:
    """A choice that did not cooperate where the others could count on it.

    `broke` says what: "trust" (everybody had cooperated in the round before), "talk" (the round followed a
    talk and the party promised nothing else there), "promise" (the party had promised to cooperate).
    """

    round: int
    party: str
    broke: tuple[str, ...]


@dataclass(frozen=True)
class Cooperation:
    """Cooperative choices as shares of all choices, 0..1; None where no round is of that kind.

    `after_trust`: rounds that follow one in which everybody cooperated; `after_betrayal`: rounds that follow
    one with a betrayal.
    """

    by_round: tuple[float, ...]
    by_party: Mapping[str, float]
    overall: float | None
    after_talk: float | None
    without_talk: float | None
    after_trust: float | None
    after_betrayal: float | None


def betrayals(game: RoundsGame, history: History, promises: Promises | None = None) -> tuple[Betrayal, ...]:
    """Every betrayal, in order of rounds and parties.

    Without a record of promises a talk itself counts as one: whoever talks and then does not cooperate has
    betrayed, unless the record says that it had announced just that.
    """
    found = []
    for number, choices in enumerate(history, 1):
        for party in game.parties:
            if choices[party] not in game.cooperative:
                promised = (promises or {}).get(number, {}).get(party)
                broke = _broken(game, history, number, promised)
                found += [Betrayal(number, party, broke)] if broke else []
    return tuple(found)


def cooperation(game: RoundsGame, history: History, promises: Promises | None = None) -> Cooperation:
    """How much the parties cooperated, and after what.

    ValueError from a history in which somebody's choice is missing.
    """
    if any(choices.keys() != set(game.parties) for choices in history):
        raise ValueError("Every party chooses in every round.")
    by_round = tuple(_share(game, choices.values()) for choices in history)
    rounds = range(1, len(history) + 1)
    betrayed = {one.round for one in betrayals(game, history, promises)}
    trusted = {number for number in rounds if by_round[number - 1] == 1}

    def over(some: Iterable[int]) -> float | None:
        shares = [by_round[number - 1] for number in some]
        return sum(shares) / len(shares) if shares else None

    return Cooperation(
        by_round=by_round,
        by_party={p: _share(game, [choices[p] for choices in history]) for p in game.parties if history},
        overall=over(rounds),
        after_talk=over(number for number in rounds if number in game.talk_before),
        without_talk=over(number for number in rounds if number not in game.talk_before),
        after_trust=over(number for number in rounds if number - 1 in trusted),
        after_betrayal=over(number for number in rounds if number - 1 in betrayed),
    )


def _broken(game: RoundsGame, history: History, number: int, promised: str | None) -> tuple[str, ...]:
    before = history[number - 2] if number > 1 else None
    broke = {
        "trust": before is not None and _all_cooperate(game, before),
        "talk": promised is None and number in game.talk_before,
        "promise": promised in game.cooperative,
    }
    return tuple(what for what, true in broke.items() if true)


def _all_cooperate(game: RoundsGame, choices: Choices) -> bool:
    return set(choices.values()) <= game.cooperative


def _share(game: RoundsGame, moves: Iterable[str]) -> float:
    chosen = list(moves)
    return sum(move in game.cooperative for move in chosen) / len(chosen)
