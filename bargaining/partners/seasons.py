"""A partner's turn in a repeated choice: it trusts, answers betrayal, forgives or not, and may betray at the
end. It knows the rounds so far as its party saw them."""

from __future__ import annotations

from bargaining.case import Rounds
from bargaining.partners import speech
from bargaining.partners.views import (
    BY_ANSWER,
    COOPERATIVE,
    TOUGH,
    Chance,
    Character,
    Choose,
    Move,
    RoundsView,
    Say,
    SeenRound,
)
from bargaining.saying import Translate

#: Below this temper a partner never forgives, unless it answers round by round.
UNFORGIVING = 0.5
#: Below this temper it takes what the last round offers, when nobody can answer any more.
FAITHLESS = 0.35
#: How often a forgiving partner overlooks a betrayal, by temper from 0 to 1.
LEAST_FORGIVEN, MOST_FORGIVEN = 0.1, 0.5


def move_in_round(view: RoundsView, rng: Chance, translate: Translate) -> Move:
    """The move of this round, or while there is talk a sentence before it.

    Never forgiving (grim trigger) or answering the last round (tit for tat) with some forgiveness: the more
    of the others betrayed in it, the more likely the answer.
    """
    rounds = _rounds(view)
    if view.talking:
        return Say(_words(view, rounds, translate))
    return Choose(rounds.counted_move if _betrays(view, rounds, rng) else trusting(rounds))


def trusting(rounds: Rounds) -> str:
    """The first move that is not the counted one."""
    return next(move for move in rounds.moves if move != rounds.counted_move)


def never_forgives(character: Character) -> bool:
    if character.label:
        return character.label == TOUGH
    return character.temper < UNFORGIVING and character.style != BY_ANSWER


def betrays_at_last(character: Character) -> bool:
    return character.label == TOUGH or (character.label != COOPERATIVE and character.temper < FAITHLESS)


def _rounds(view: RoundsView) -> Rounds:
    if view.case.rounds is None:
        raise ValueError("This simulation has no rounds.")
    return view.case.rounds


def _betrays(view: RoundsView, rounds: Rounds, rng: Chance) -> bool:
    if _is_last(view, rounds) and betrays_at_last(view.character):
        return True
    if never_forgives(view.character):
        return any(_hurt(view, rounds, one) > 0 for one in view.history)
    hurt = _hurt(view, rounds, view.history[-1]) if view.history else 0.0
    forgiven = LEAST_FORGIVEN + (MOST_FORGIVEN - LEAST_FORGIVEN) * view.character.temper
    # One betrayer among many is answered less surely than many; nobody is answered without a cause.
    return hurt > 0 and rng.random() < (1 - forgiven) * (1 + hurt) / 2


def _hurt(view: RoundsView, rounds: Rounds, one: SeenRound) -> float:
    """Which share of the others betrayed in the round."""
    others = sum(one.counts.values()) - 1
    return (one.counts.get(rounds.counted_move, 0) - (one.own == rounds.counted_move)) / others


def _is_last(view: RoundsView, rounds: Rounds) -> bool:
    """Whether everybody knows that no round follows."""
    return rounds.continues == 1 and len(view.history) == len(rounds.multipliers) - 1


def _words(view: RoundsView, rounds: Rounds, translate: Translate) -> str:
    """Promises only what the partner then does: after a round without betrayal, and not if it means to betray."""
    move = trusting(rounds)
    if any(_hurt(view, rounds, one) > 0 for one in view.history[-1:]):
        return translate(speech.LET_DOWN).format(move=move)
    if never_forgives(view.character) and any(_hurt(view, rounds, one) > 0 for one in view.history):
        return translate(speech.NOT_FORGOTTEN).format(move=rounds.counted_move)
    if _is_last(view, rounds) and betrays_at_last(view.character):
        return translate(speech.WISH).format(move=move)
    return translate(speech.PROMISE).format(move=move)
