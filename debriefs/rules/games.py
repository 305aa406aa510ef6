"""The figures of tables where something else than a package is settled: a split, seasons, a text. Pure; the same log
and case give the same figures."""

from __future__ import annotations

from typing import Any

from bargaining.case import Case
from bargaining.coalitions import Game
from bargaining.mechanisms import coalition_game, rounds_game
from bargaining.rounds import share_of_best, totals
from bargaining.scoring import alternative_value
from bargaining.splits import left_out, share_of
from negotiations.rules.room import RoomState


def of_coalition(case: Case, state: RoomState) -> dict[str, Any]:
    """Who shares what; who is left out has the alternative. Created: the joint surplus as a share of the largest
    that any coalition could have had."""
    split = state.deal
    points = {p: share_of(case, p, split or {}) for p in case.scored_ids}
    surplus = {p: round(points[p] - alternative_value(case, p), 9) for p in case.scored_ids}
    joint = round(sum(surplus.values()), 9)
    best = largest_gain(coalition_game(case))
    return {
        "package": dict(sorted(split.items())) if split is not None else None,
        "points": points,
        "surplus": surplus,
        "created": round(joint / best, 6) if best > 0 else None,
        "claimed": {p: round(surplus[p] / joint, 6) for p in surplus}
        if split is not None and joint > 0
        else None,
        "below": [p for p in points if split is not None and surplus[p] < 0],
        "left_out": list(left_out(case, split)) if split is not None else [],
    }


def largest_gain(game: Game) -> float:
    """The most that any coalition can share beyond what its members have alone."""
    alone = {party: game.worth([party]) for party in game.parties}
    gains = (worth - sum(alone[party] for party in members) for members, worth in game.worths.items())
    return float(max(gains))


def of_rounds(case: Case, state: RoomState) -> dict[str, Any]:
    """What each crew landed over the seasons that were played, and what all chose. Created: what all landed
    together as a share of the most that these seasons could have given."""
    game = rounds_game(case)
    history = [played.moves for played in state.rounds.played]
    landed = totals(game, history)
    together = share_of_best(game, history) if history else None
    return {
        "package": None,
        "points": landed,
        "surplus": dict.fromkeys(landed, 0.0),
        "created": None if together is None else round(together, 6),
        "claimed": None,
        "below": [],
        "seasons": [dict(moves) for moves in history],
        "absences": {
            party: sum(party in played.absent for played in state.rounds.played) for party in case.party_ids
        },
    }


def of_text(case: Case, state: RoomState) -> dict[str, Any]:
    """Nobody has points: what counts is whether a text was signed, and what people say of it afterwards."""
    return {
        "package": None,
        "points": {},
        "surplus": {},
        "created": None,
        "claimed": None,
        "below": [],
        "text": {name: words for name, words in (state.texts.agreed or {}).items() if words},
    }
