"""Sockets on a real server: live delivery, catching up, several tabs, reading along, and being sent away."""

from __future__ import annotations

from contextlib import AsyncExitStack
from uuid import UUID, uuid4

import pytest
from django.utils import timezone

from negotiations import actions, live, queries
from negotiations.models import Seat
from negotiations.rules import commands as c
from tests.negotiations.tables import BEST, LEASE, CookieDoor, TableUp, set_up
from tests.negotiations.tabs import run, sit, watch, write_elsewhere
from tests.serving import RunningServer

OPENING = ["seat.taken", "seat.taken", "table.opened"]


async def test_message_when_said_reaches_the_other_side(
    running_server: RunningServer, table: TableUp
) -> None:
    async with sit(running_server, table, "farmer") as bo, sit(running_server, table, "neighbour") as cy:
        ack = await bo.ask("say", text="Good morning")
        heard = await cy.until("message.said")
    assert (ack["t"], ack["first"], ack["last"]) == ("ack", 4, 4)
    assert heard.pop("at")
    assert heard == {"n": 4, "type": "message.said", "party": "farmer", "text": "Good morning"}


async def test_offer_and_accept_make_one_deal_that_both_see(
    running_server: RunningServer, table: TableUp
) -> None:
    async with sit(running_server, table, "farmer") as bo, sit(running_server, table, "neighbour") as cy:
        await bo.ask("offer", packages=[BEST])
        offer = await cy.until("offer.made")
        ack = await cy.ask("accept", offer=offer["offer"], package=0, digest=offer["digest"])
        deals = [await tab.until("deal.made") for tab in (bo, cy)]
        closed = [await tab.until("table.closed") for tab in (bo, cy)]
    assert (ack["first"], ack["last"]) == (5, 7)
    assert [deal["package"] for deal in deals] == [BEST, BEST]
    assert [deal["worth"] for deal in deals] == [168, 145]
    assert [(event["n"], event["outcome"]) for event in closed] == [(7, "deal"), (7, "deal")]


async def test_both_sides_see_the_same_events_under_the_same_numbers(
    running_server: RunningServer, table: TableUp
) -> None:
    async with sit(running_server, table, "farmer") as bo, sit(running_server, table, "neighbour") as cy:
        await bo.ask("say", text="One")
        await cy.ask("say", text="Two")
        await bo.ask("say", text="Three")
        assert await bo.resumed() == await cy.resumed()


async def test_socket_when_opened_says_nothing_old_until_it_is_asked(
    running_server: RunningServer, table: TableUp
) -> None:
    async with sit(running_server, table, "farmer") as bo:
        assert (await bo.receive())["t"] == "pong"
        assert bo.events == []
        assert [event["type"] for event in await bo.resumed()] == OPENING


@pytest.mark.parametrize(
    ("after", "numbers"), [(0, [1, 2, 3]), (2, [3]), (3, []), (4, [1, 2, 3]), (-1, [1, 2, 3])]
)
async def test_resume_sends_what_comes_after_the_own_number(
    running_server: RunningServer, table: TableUp, after: int, numbers: list[int]
) -> None:
    """A number that the reader cannot have means all."""
    async with sit(running_server, table, "farmer") as bo:
        assert [event["n"] for event in await bo.resumed(after)] == numbers


async def test_long_absence_is_caught_up_in_batches(running_server: RunningServer, table: TableUp) -> None:
    for number in range(250):
        await run(table.do, table.bo, c.Say(f"Message {number}"))
    async with sit(running_server, table, "neighbour") as cy:
        events = await cy.resumed()
    assert [event["n"] for event in events] == list(range(1, 254))
    assert [len(frame["events"]) for frame in cy.frames if frame["t"] == "events"] == [200, 53]


async def test_reconnect_brings_what_was_missed_and_nothing_twice(
    running_server: RunningServer, table: TableUp
) -> None:
    async with sit(running_server, table, "neighbour") as cy:
        await run(table.do, table.bo, c.Say("Before"))
        await cy.until("message.said")
    await run(table.do, table.bo, c.Say("Meanwhile"))
    async with sit(running_server, table, "neighbour") as cy:
        missed = await cy.resumed(4)
        await run(table.do, table.bo, c.Say("After"))
        heard = [await cy.until("message.said") for _ in range(2)]
    assert [event["text"] for event in heard] == ["Meanwhile", "After"]
    assert cy.events == heard
    assert [event["n"] for event in missed] == [5]


async def test_two_tabs_of_one_person_see_the_same(running_server: RunningServer, table: TableUp) -> None:
    async with sit(running_server, table, "farmer") as one, sit(running_server, table, "farmer") as two:
        await one.ask("say", text="From the first tab")
        heard = [await tab.until("message.said") for tab in (one, two)]
    assert heard[0] == heard[1]


async def test_command_when_sent_from_two_tabs_has_one_effect(
    running_server: RunningServer, table: TableUp
) -> None:
    frame = {"t": "offer", "id": str(uuid4()), "packages": [LEASE]}
    async with sit(running_server, table, "farmer") as one, sit(running_server, table, "farmer") as two:
        await one.send(frame)
        await two.send(frame)
        answers = [await one.answer(), await two.answer()]
    assert answers[0] == answers[1] == {"t": "ack", "id": frame["id"], "first": 4, "last": 4}
    assert len((await run(queries.state_of, table.room.pk)).offers) == 1


async def test_id_when_used_again_for_something_else_is_refused(
    running_server: RunningServer, table: TableUp
) -> None:
    id = str(uuid4())
    async with sit(running_server, table, "farmer") as bo:
        assert (await bo.ask("say", id=id, text="Good morning"))["t"] == "ack"
        refused = await bo.ask("say", id=id, text="Good evening")
        other_kind = await bo.ask("help", id=id)
    assert (refused["t"], refused["code"], refused["id"], refused["retry"]) == ("err", "key_reuse", id, False)
    assert other_kind["code"] == "key_reuse"
    assert (await run(queries.state_of, table.room.pk)).messages == 1


async def test_id_of_another_person_is_free(running_server: RunningServer, table: TableUp) -> None:
    """Each actor has a key space of its own, so nobody learns of another's commands by guessing."""
    id = str(uuid4())
    async with sit(running_server, table, "farmer") as bo, sit(running_server, table, "neighbour") as cy:
        assert (await bo.ask("say", id=id, text="Good morning"))["first"] == 4
        assert (await cy.ask("say", id=id, text="Good morning"))["first"] == 5


async def test_private_line_leaves_no_hole_for_the_other_side(
    running_server: RunningServer, table: TableUp
) -> None:
    async with (
        sit(running_server, table, "farmer") as bo,
        sit(running_server, table, "neighbour") as cy,
        watch(running_server, table) as ada,
    ):
        await bo.ask("help")
        ack = await cy.ask("say", text="Still there?")
        heard = await ada.until("message.said")
        seen = [[(event["n"], event["type"]) for event in await tab.resumed(3)] for tab in (bo, cy, ada)]
    assert (ack["first"], ack["last"], heard["n"]) == (4, 4, 5)
    assert seen[1] == [(4, "message.said")]
    assert seen[0] == seen[2] == [(4, "help.asked"), (5, "message.said")]
    assert max(frame.get("head", 0) for frame in cy.frames) == 4


async def test_instructor_reads_everything_with_both_sides_points(
    running_server: RunningServer, table: TableUp
) -> None:
    async with watch(running_server, table) as ada:
        await run(table.do, table.bo, c.MakeOffer((LEASE,)))
        assert (await ada.until("offer.made"))["worth"] == [{"farmer": 115, "neighbour": 112}]
        await run(table.do, table.cy, c.WalkAway("Too dear"))
        await ada.until("table.closed")
        types = [event["type"] for event in await ada.resumed()]
    assert types == [*OPENING, "offer.made", "party.walked_away", "reason.given", "table.closed"]


@pytest.mark.parametrize(
    "frame", [{"t": "say", "text": "Hello"}, {"t": "help"}, {"t": "score", "package": {}}]
)
async def test_instructor_who_reads_along_cannot_act(
    running_server: RunningServer, table: TableUp, frame: dict[str, object]
) -> None:
    async with watch(running_server, table) as ada:
        id = str(uuid4())
        await ada.send({**frame, "id": id})
        answer = await ada.answer()
    assert (answer["t"], answer["code"], answer["id"]) == ("err", "forbidden", id)
    assert len(await run(queries.log_of, table.room.pk)) == 3


async def test_lost_nudge_is_made_up_by_comparing_heads(
    running_server: RunningServer, table: TableUp
) -> None:
    async with sit(running_server, table, "neighbour") as cy:
        await write_elsewhere(table, table.bo, c.Say("From another process"))
        assert (await cy.until("message.said"))["text"] == "From another process"


async def test_who_comes_to_a_warm_room_reads_what_another_process_wrote_there(
    running_server: RunningServer, table: TableUp, monkeypatch: pytest.MonkeyPatch
) -> None:
    """At once, and not when heads are compared again."""

    async def never(hub: live.Hub, room: UUID, head: int) -> None: ...

    monkeypatch.setattr(live.Hub, "catch_up_to", never)
    async with sit(running_server, table, "farmer"):
        await write_elsewhere(table, table.cy, c.Say("From another process"))
        async with sit(running_server, table, "neighbour") as cy:
            assert (await cy.resumed(3))[-1]["text"] == "From another process"


async def test_command_when_another_process_was_first_is_decided_anew(
    running_server: RunningServer, table: TableUp
) -> None:
    async with sit(running_server, table, "farmer") as bo:
        await write_elsewhere(table, table.cy, c.Say("First"))
        ack = await bo.ask("say", text="Second")
        assert [event["text"] for event in (await bo.resumed(3))] == ["First", "Second"]
    assert ack["first"] == 5


async def test_retry_after_another_process_did_it_is_the_same_ack(
    running_server: RunningServer, table: TableUp
) -> None:
    """Also where the rules would refuse it by now: it is this very command that took the offer away."""
    id = uuid4()
    async with sit(running_server, table, "farmer") as bo:
        await bo.ask("offer", packages=[LEASE])
        await write_elsewhere(table, table.bo, c.WithdrawOffer(1), id)
        answer = await bo.ask("withdraw", id=str(id), offer=1)
    assert answer == {"t": "ack", "id": str(id), "first": 5, "last": 5}


async def test_refusal_by_old_news_is_not_given(running_server: RunningServer, committed_db: None) -> None:
    """This process believes the table closed to talk; another has opened it since."""
    table = await run(set_up, 45, False)
    async with sit(running_server, table, "farmer") as bo:
        assert (await bo.ask("say", text="Too early"))["code"] == "not_started"
        await write_elsewhere(table, c.Actor(table.ada, "instructor"), c.OpenTable(600))
        assert (await bo.ask("say", text="In time"))["t"] == "ack"


async def test_presence_is_told_when_somebody_comes_and_goes(
    running_server: RunningServer, table: TableUp
) -> None:
    async with sit(running_server, table, "farmer") as bo:
        assert (await bo.receive())["here"] == {"farmer": True, "neighbour": False}
        async with sit(running_server, table, "neighbour"):
            assert (await bo.receive())["here"] == {"farmer": True, "neighbour": True}
        assert (await bo.receive())["here"] == {"farmer": True, "neighbour": False}


def here_by_asking(table: TableUp) -> dict[str, bool]:
    return queries.here(table.room, queries.seats_here(table.room))


async def test_presence_is_the_same_by_socket_and_by_asking(
    running_server: RunningServer, table: TableUp
) -> None:
    """An observer is here too, and named by neither."""
    await run(actions.seat_observer, table.room, uuid4())
    await run(lambda: table.room.seats.filter(kind="observer").update(seen_at=timezone.now()))
    assert await run(here_by_asking, table) == {"farmer": False, "neighbour": False}
    async with sit(running_server, table, "farmer") as bo:
        told = (await bo.receive())["here"]
        await run(lambda: table.room.seats.filter(party="farmer").update(seen_at=timezone.now()))
        assert told == await run(here_by_asking, table) == {"farmer": True, "neighbour": False}


async def test_clock_closes_the_table_by_itself(running_server: RunningServer, committed_db: None) -> None:
    table = await run(set_up, 45, False)
    async with sit(running_server, table, "farmer") as bo:
        await run(actions.open_table, table.room, table.ada, 1)
        closed = await bo.until("table.closed")
        refused = await bo.ask("say", text="Wait")
    assert closed["outcome"] == "out_of_time"
    assert refused["code"] == "room_closed"


async def test_words_after_the_deadline_are_late_even_before_the_table_is_closed(
    running_server: RunningServer, committed_db: None
) -> None:
    table = await run(set_up, 45, False)
    async with sit(running_server, table, "farmer") as bo:
        await run(actions.open_table, table.room, table.ada, 0)
        assert (await bo.ask("say", text="Wait"))["code"] in ("late", "room_closed")
    assert (await run(queries.state_of, table.room.pk)).messages == 0


async def test_sixth_tab_closes_the_oldest(running_server: RunningServer, table: TableUp) -> None:
    async with AsyncExitStack() as stack:
        tabs = [await stack.enter_async_context(sit(running_server, table, "farmer")) for _ in range(6)]
        assert await tabs[0].closed() == 4409
        assert (await tabs[1].ask("say", text="Still here"))["t"] == "ack"
        assert (await tabs[5].until("message.said"))["text"] == "Still here"


async def test_removed_person_is_sent_away_and_nothing_more_is_taken(
    running_server: RunningServer, table: TableUp
) -> None:
    async with sit(running_server, table, "farmer") as bo, sit(running_server, table, "neighbour") as cy:
        await run(actions.leave_seats_of, table.farmer.holder)  # type: ignore[arg-type]
        assert await bo.closed() == 4403
        assert (await cy.until("seat.left"))["party"] == "farmer"
        assert (await cy.ask("say", text="Hello?"))["t"] == "ack"
    assert "message.said" not in [event["type"] for event in bo.events]


async def test_who_made_way_is_sent_away_as_the_newcomer_sits_down(
    running_server: RunningServer, table: TableUp
) -> None:
    newcomer = Seat(room=table.room, party="farmer", kind=Seat.Kind.PERSON, holder=uuid4())
    async with sit(running_server, table, "farmer") as bo, sit(running_server, table, "neighbour") as cy:
        await run(actions.sit_instead, newcomer, [table.farmer.pk])
        await run(actions.take, newcomer)
        assert await bo.closed() == 4403
        assert (await cy.until("seat.left"))["party"] == "farmer"
        assert (await cy.until("seat.taken"))["party"] == "farmer"


async def test_socket_whose_key_was_revoked_is_closed(
    running_server: RunningServer, table: TableUp, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with sit(running_server, table, "farmer") as bo, sit(running_server, table, "neighbour") as cy:
        monkeypatch.setattr(CookieDoor, "closed", {f"holder:{table.farmer.holder}"})
        assert await bo.closed() == 4401
        assert (await cy.ask("say", text="Hello?"))["t"] == "ack"


async def test_socket_of_a_session_that_is_erased_is_closed(
    running_server: RunningServer, table: TableUp
) -> None:
    async with sit(running_server, table, "farmer") as bo, watch(running_server, table) as ada:
        await run(actions.erase_session, table.session)
        assert [await bo.closed(), await ada.closed()] == [4404, 4404]


async def test_score_is_answered_and_never_stored(running_server: RunningServer, table: TableUp) -> None:
    async with sit(running_server, table, "farmer") as bo, sit(running_server, table, "neighbour") as cy:
        score = await bo.ask("score", package={"form": "lease15", "rent": 8000})
        wrong = await bo.ask("score", package={"form": "castle"})
        await cy.ask("say", text="Hello")
    assert (score["points"], score["missing"]) == (
        70,
        ["acres", "sugarbush", "cabins", "handover", "trail_bonus"],
    )
    assert wrong["code"] == "invalid_offer"
    assert [line.event.type for line in (await run(queries.log_of, table.room.pk))] == [
        *OPENING,
        "message.said",
    ]
