"""What a sitting wants of its pairing: the sides of its tables, and who should meet whom."""

from __future__ import annotations

from typing import cast

from bargaining.partners import can_play
from classrooms.models import Sitting
from classrooms.rules.conditions import people_on
from classrooms.rules.pairing import OddRule, Sections, Side, Wishes
from simulations.queries import public_case
from simulations.rules.variants import Variant


def wishes_of(sitting: Sitting) -> Wishes:
    return Wishes(cast(OddRule, sitting.odd_rule), cast(Sections, sitting.sections))


def sides_of(sitting: Sitting) -> tuple[Side, ...]:
    """The parties as pairing needs them. Whoever has nothing to win watches: no table waits for an observer. Conditions
    of one sitting have sides of one size."""
    case = public_case(sitting.session.edition_id, Variant(*sitting.conditions[:1]))
    return tuple(
        Side(
            party.id,
            people_on(party.team, sitting.side_size),
            party.team[1],
            partner=can_play(case, party.id),
            optional=party.optional or not party.negotiates,
        )
        for party in case.parties
        if party.kind != "observer"
    )
