"""What a case without packages is about, as text: coalitions and their splits, repeated rounds."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from bargaining.analyse.tables import table, value
from bargaining.case import Case
from bargaining.coalitions import Game, pair_quotas, shapley
from bargaining.mechanisms import coalition_game, rounds_game
from bargaining.nucleolus import MOST_PARTIES, core_is_empty, needed, nucleolus
from bargaining.rounds import benchmarks

PATHS = {
    "all_trust": "all trust",
    "all_betray": "all betray",
    "one_betrays_trusting": "the first betrays, the others trust",
    "one_betrays_grim": "the first betrays, the others never forgive",
    "betrayal_at_last": "the first betrays in the last round",
}


def game_tables(case: Case) -> list[str]:
    """The tables of a game of coalitions or rounds; none for any other case."""
    if case.mechanism == "coalition":
        game = coalition_game(case)
        return [_worths(game), _splits(game)]
    if case.mechanism == "rounds":
        return [_totals(case)]
    return []


def _worths(game: Game) -> str:
    lines = (f"  {_amount(game.worth(c)):>10}  {game.name(c)}" for c in game.coalitions)
    return "\n".join(["What coalitions are worth", *lines])


def _splits(game: Game) -> str:
    splits: dict[str, Mapping[str, Fraction] | None] = {"Shapley": shapley(game), "quotas": pair_quotas(game)}
    title = "Splits"
    if len(game.parties) <= MOST_PARTIES:
        splits["nucleolus"] = nucleolus(game)
        stable = "no split is" if core_is_empty(game) else "some splits are"
        title += f"; {stable} stable, which needs {_amount(needed(game).amount)} for all together"
    rows = [
        (words, [float(split[party]) for party in game.parties]) for words, split in splits.items() if split
    ]
    return table(title, game.parties, rows)


def _totals(case: Case) -> str:
    game = rounds_game(case)
    rows = [
        (PATHS[name], [points[party] for party in game.parties]) for name, points in benchmarks(game).items()
    ]
    return table("Totals of all rounds", game.parties, rows)


def _amount(amount: Fraction) -> str:
    return value(float(amount))
