"""What of earlier sessions counts: who met whom, which sides were played, who was odd."""

from __future__ import annotations

from uuid import UUID

from classrooms.rules.pairing import Comer, PastSeat, Side, comers

SIDES = (Side("farmer", 1, 2), Side("neighbour", 1, 2))
FIRST, SECOND = UUID(int=1), UUID(int=2)
BO, CY, EVE, PARTNER = UUID(int=11), UUID(int=12), UUID(int=13), None


def told(*seats: PastSeat) -> dict[UUID, Comer]:
    return {comer.id: comer for comer in comers([BO, CY, EVE], SIDES, seats, {})}


def test_people_met_whom_they_sat_with_and_played_their_side() -> None:
    past = told(
        PastSeat(FIRST, BO, "farmer"),
        PastSeat(FIRST, CY, "neighbour"),
        PastSeat(SECOND, BO, "farmer"),
        PastSeat(SECOND, CY, "neighbour"),
    )
    assert past == {
        BO: Comer(BO, met={CY: 2}, played={"farmer": 2}),
        CY: Comer(CY, met={BO: 2}, played={"neighbour": 2}),
        EVE: Comer(EVE),
    }


def test_who_met_a_practice_partner_was_odd() -> None:
    past = told(PastSeat(FIRST, BO, "farmer"), PastSeat(FIRST, PARTNER, "neighbour"))
    assert past[BO] == Comer(BO, played={"farmer": 1}, odd=1)


def test_who_read_along_was_odd_and_met_nobody() -> None:
    past = told(PastSeat(FIRST, BO, "farmer"), PastSeat(FIRST, CY, "neighbour"), PastSeat(FIRST, EVE, None))
    assert past[EVE] == Comer(EVE, odd=1)
    assert past[BO].met == {CY: 1}


def test_both_who_shared_a_side_for_one_were_odd() -> None:
    past = told(
        PastSeat(FIRST, BO, "farmer"), PastSeat(FIRST, EVE, "farmer"), PastSeat(FIRST, CY, "neighbour")
    )
    assert [past[each].odd for each in (BO, CY, EVE)] == [1, 0, 1]
