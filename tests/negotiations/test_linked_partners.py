"""Practice partners play all four of Eleven Quarry Lane: fees first, then the sale, then the signatures."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

import pytest

from bargaining.scoring import alternative_value, points
from negotiations import partners
from negotiations.rules import commands as c
from negotiations.rules import events as e
from negotiations.rules.decide import decide
from negotiations.rules.refusals import RuleBroken
from negotiations.rules.room import Policy, RoomState, evolve
from tests.negotiations.rules.given import BEGIN
from tests.negotiations.rules.test_decide_strands import CASE, WHOLE

MINUTES = 55


class Room:
    """A table at which time jumps from one partner's move to the next."""

    def __init__(self, number: int, people: tuple[str, ...] = (), policy: Policy | None = None) -> None:
        self.id = UUID(int=number)
        self.state = RoomState(case=CASE, policy=policy or Policy())
        self.now = BEGIN
        self.moves: list[tuple[str, c.Command]] = []
        for place, party in enumerate(CASE.party_ids, 101):
            self.add(e.SeatTaken(UUID(int=place), party, "person" if party in people else "partner"))
        self.add(e.TableOpened(BEGIN + timedelta(minutes=MINUTES)))

    def add(self, event: e.Event, audience: e.Audience = None) -> None:
        line = e.Logged(self.state.seq + 1, event, UUID(int=9), audience, self.now)
        self.state = evolve(self.state, line)

    def next_move(self) -> bool:
        """Whether a partner moved before the time was up."""
        turn = partners.next_turn(self.state, self.id)
        if turn is None or self.state.closes_at is None or turn.at >= self.state.closes_at:
            return False
        seat, self.now = turn
        case = WHOLE.seen_by(seat.party)
        command = partners.command_for(self.state, seat, case, self.id, self.now)
        for draft in decide(self.state, c.Actor(seat.id, "seat", seat.party), command, self.now).drafts:
            self.add(draft.event, draft.audience)
        self.moves.append((seat.party, command))
        return True

    def play(self) -> Room:
        while self.next_move():
            pass
        return self


def played(number: int) -> Room:
    return Room(number).play()


@pytest.mark.parametrize("number", range(8))
def test_four_partners_do_nothing_that_is_refused_and_settle_their_fees(number: int) -> None:
    try:
        room = played(number)
    except RuleBroken as broken:
        pytest.fail(f"a partner did what is refused: {broken.code}")
    strands = room.state.strands
    assert strands.of("listing").settled is not None
    assert strands.of("buying").settled is not None
    if room.state.deal is not None:
        for party in WHOLE.party_ids:
            assert points(WHOLE, party, room.state.deal) > alternative_value(WHOLE, party)


@pytest.mark.parametrize(
    "policy",
    [Policy(offers="turns"), Policy(offers="open"), Policy(offer_limit=1)],
    ids=["turns", "open", "limit"],
)
@pytest.mark.parametrize("number", range(3))
def test_partners_offer_in_each_strand_only_as_the_session_allows(number: int, policy: Policy) -> None:
    """What was offered in one strand does not silence them in another; out of turn they say a word where they are."""
    try:
        room = Room(number, policy=policy).play()
    except RuleBroken as broken:
        pytest.fail(f"a partner did what is refused: {broken.code}")
    assert {type(command) for _, command in room.moves} >= {c.MakeOffer, c.AcceptOffer}
    assert all(command.to for _, command in room.moves if isinstance(command, c.Say))


@pytest.mark.slow
def test_partner_in_a_strand_keeps_what_its_two_have_pinned_there() -> None:
    for number in range(6):
        room = Room(number)
        for party in ("seller", "seller_agent"):
            room.add(e.TermPinned("seller_fee", "low", party), ("seller", "seller_agent", "observer"))
        room.play()
        made = [
            package["seller_fee"]
            for _, command in room.moves
            if isinstance(command, c.MakeOffer)
            for package in command.packages
            if "seller_fee" in package
        ]
        assert set(made) == {"low"}


@pytest.mark.slow
def test_most_of_them_sell_the_house() -> None:
    sold = [played(number).state.outcome == "deal" for number in range(8)]
    assert sum(sold) >= 5
