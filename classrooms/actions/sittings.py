"""Verbs on sittings: bring a session to a classroom under a code, and close its door."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from classrooms.keys import CHANCE
from classrooms.models import Classroom, Sitting
from classrooms.rules.codes import draw_code
from negotiations.actions import create_session
from negotiations.models import Session
from negotiations.rules.refusals import RuleBroken
from simulations.actions import take_copies
from simulations.models import Edition
from simulations.queries import whole_case
from simulations.rules.playable import playable_here
from simulations.rules.refusals import ShelfRefusal

DRAWS = 20


@transaction.atomic
def make_session(
    classroom: Classroom,
    edition: Edition,
    minutes: int,
    odd_rule: str = Sitting.OddRule.SECOND,
    policy: Mapping[str, Any] | None = None,
    newcomers: str = Sitting.Newcomers.TRAY,
    code: str = "",
    copies: int = 0,
    conditions: Sequence[str] = (),
    sections: str = Sitting.Sections.ANY,
    side_size: int = 1,
) -> Sitting:
    """A session for this classroom, with a code of its own, or with one taken over from a closed sitting.

    RuleBroken if no room can play this edition, or if too few copies of a bought one are left.
    """
    if limit := playable_here(whole_case(edition.pk)):
        raise RuleBroken("not_playable", limit)
    session = create_session(edition, minutes, policy)
    sitting = Sitting(session=session, classroom=classroom, odd_rule=odd_rule, newcomers=newcomers)
    sitting.conditions = list(conditions)
    sitting.sections, sitting.side_size = sections, side_size
    sitting.counts_copies = keep_copies(session, copies)
    if code:
        sitting.code = code
        sitting.save(force_insert=True)
        return sitting
    return insert_with_new_code(sitting)


def keep_copies(session: Session, copies: int) -> bool:
    """Whether this is a bought case, of which so many copies are now this session's."""
    try:
        return take_copies(session.edition_id, session.pk, copies)
    except ShelfRefusal as refused:
        raise RuleBroken(refused.code, refused.words) from None


def insert_with_new_code(sitting: Sitting) -> Sitting:
    """The constraint, not a look beforehand, says whether a code is free."""
    for _ in range(DRAWS):
        sitting.code = draw_code(CHANCE)
        try:
            with transaction.atomic():
                sitting.save(force_insert=True)
        except IntegrityError:
            continue
        return sitting
    raise RuntimeError("no free join code was found")


def close_sitting(sitting: Sitting) -> None:
    """Nobody new comes in; those who attended find back by the code."""
    Sitting.objects.filter(pk=sitting.pk, closed_at=None).update(closed_at=timezone.now())
