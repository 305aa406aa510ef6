"""Which condition of its case a table plays, and that it has the sides and stakes of it."""

from __future__ import annotations

import pytest

from classrooms import actions
from simulations.models import Edition, VariantSheet
from simulations.queries import public_case, role_case
from simulations.rules.variants import Variant
from tests.factories import edition_of, make_user


def test_tables_draw_the_conditions_that_were_chosen(committed_db: None) -> None:
    ada = make_user()
    classroom = actions.make_classroom("Section B", ada)
    kiln = edition_of("second-hand-kiln")
    chosen = ["strong_seller", "high_goal"]
    sitting = actions.make_session(classroom, kiln, 20, conditions=chosen)
    for name in ("Bo", "Cy", "Dee", "Eve", "Flo", "Gus", "Hal", "Ida"):
        actions.join(sitting, name)
    actions.pair(sitting, ada.pk)
    rooms = list(sitting.session.rooms.all())
    assert sorted(room.condition for room in rooms) == sorted(chosen * 2)
    worth = {room.condition: seller_alternative(kiln, room.condition) for room in rooms}
    assert worth == {"strong_seller": 1950, "high_goal": 1450}


@pytest.mark.parametrize("late", [False, True])
def test_tables_of_one_condition_have_its_sides_though_nobody_wrote_it_before(
    late: bool, committed_db: None
) -> None:
    ada = make_user()
    harbour = edition_of("harbour-unit-nine")
    VariantSheet.objects.filter(edition=harbour).delete()
    public_case.forget()
    classroom = actions.make_classroom("Section B", ada)
    sitting = actions.make_session(classroom, harbour, 20, conditions=["pairs"])
    people = [actions.join(sitting, name).person for name in ("Bo", "Cy", "Eve", "Fay")]
    if late:
        assert actions.seat_late(sitting, people[0], ada.pk)
    else:
        [table] = actions.pair(sitting, ada.pk).tables
        assert [place.party for place in table] == ["brewery", "brewery", "cooperative", "cooperative"]


def seller_alternative(edition: Edition, condition: str) -> float:
    alternative = role_case(edition.pk, "seller", Variant(condition)).party("seller").alternative
    assert alternative is not None
    return alternative.worth
