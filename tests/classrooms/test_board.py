"""The live board: what it shows, what its verbs do, and who may not come near it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import uuid4

from django.test import Client
from django.utils import timezone

from classrooms import actions
from classrooms.actions.seating import bring_to_tables
from classrooms.actions.sittings import insert_with_new_code
from classrooms.models import Attendance, Sitting
from negotiations import actions as table
from negotiations.models import Seat
from negotiations.rules import commands as c
from negotiations.rules.commands import Actor
from simulations.queries import public_case
from tests.factories import Lesson, browser_of, browser_of_user, edition_of, make_lesson, make_user

FOR_SCRIPTS = {"Accept": "application/json"}


def seated(lesson: Lesson, people: int = 2) -> None:
    for number in range(people):
        lesson.join(f"Person {number}")
    actions.pair(lesson.sitting, lesson.ada.pk)


def opened(lesson: Lesson, people: int = 2) -> None:
    seated(lesson, people)
    table.open_tables(lesson.session, lesson.ada.pk)


def do(client: Client, lesson: Lesson, *parts: str, **data: str) -> Any:
    return client.post(lesson.address(*parts), data)


def page(client: Client, lesson: Lesson) -> str:
    answer = client.get(lesson.address())
    assert answer.status_code == 200
    return str(answer.content.decode())


def actor(lesson: Lesson, party: str = "farmer") -> Actor:
    seat = Seat.objects.get(room=lesson.room(), party=party, left_at=None)
    return Actor(seat.pk, "seat", party)


def test_board_shows_code_and_people_before_pairing(lesson: Lesson, ada: Client) -> None:
    lesson.join("Bo")
    text = page(ada, lesson)
    assert f"{lesson.sitting.code[:3]} {lesson.sitting.code[3:]}" in text
    assert "<bdi>Bo</bdi>" in text
    assert "1 person is here" in text


def test_two_of_one_name_are_told_apart_by_their_roles(lesson: Lesson, ada: Client) -> None:
    for _ in range(2):
        lesson.join("Lena")
    actions.pair(lesson.sitting, lesson.ada.pk)
    table.open_tables(lesson.session, lesson.ada.pk)
    table.perform_now(lesson.room().pk, actor(lesson), c.Say("Good morning"), uuid4())
    text = page(ada, lesson)
    roles = [party.role for party in public_case(lesson.session.edition_id).parties]
    for role in roles:
        assert f'<bdi>Lena</bdi> <span class="label">{role}</span>' in text
    table.perform_now(lesson.room().pk, actor(lesson), c.AskHelp(), uuid4())
    assert f"Lena ({roles[0]}) has raised a hand." in page(ada, lesson)


def test_code_picture_is_an_own_svg(lesson: Lesson, ada: Client) -> None:
    answer = ada.get(f"/sessions/{lesson.sitting.pk}/code.svg")
    assert answer["Content-Type"] == "image/svg+xml"
    assert answer.content.startswith(b"<svg")


def test_the_hour_step_by_step(lesson: Lesson, ada: Client) -> None:
    joined = [lesson.join(name) for name in ("Bo", "Cy")]
    assert "Next: Pair 2 people" in page(ada, lesson)
    do(ada, lesson, "do", "pair")
    assert {lesson.seat_of(each).party for each in joined} == {"farmer", "neighbour"}
    assert "Next: Prepare" in page(ada, lesson)
    do(ada, lesson, "do", "open-preparation")
    assert "Next: Open the tables…" in page(ada, lesson)
    do(ada, lesson, "do", "open-tables")
    assert lesson.room().closes_at is not None
    assert "Next: Debrief…" in page(ada, lesson)
    do(ada, lesson, "do", "open-debrief")
    assert lesson.room().ended_at is not None
    assert "Next: Release results…" in page(ada, lesson)
    do(ada, lesson, "do", "release")
    lesson.session.refresh_from_db()
    assert lesson.session.is_released


def test_odd_one_sits_second(lesson: Lesson, ada: Client) -> None:
    for name in ("Bo", "Cy", "Eve"):
        lesson.join(name)
    answer = ada.post(lesson.address("do", "pair"), headers=FOR_SCRIPTS)
    assert answer.json() == {"words": "1 room is seated. 1 person sits second on one side."}
    assert Seat.objects.filter(room=lesson.room()).count() == 3


def test_odd_one_gets_a_partner_where_chosen(committed_db: None) -> None:
    lesson = make_lesson(odd_rule="partner")
    for name in ("Bo", "Cy", "Eve"):
        lesson.join(name)
    actions.pair(lesson.sitting, lesson.ada.pk)
    assert sorted(Seat.objects.filter(room=lesson.room(2)).values_list("kind", flat=True)) == [
        "partner",
        "person",
    ]


def test_board_tells_the_season_and_who_has_chosen(committed_db: None) -> None:
    ada = make_user()
    classroom = actions.make_classroom("Bay", ada)
    session = table.create_session(edition_of("four-crews"), 30)
    sitting = insert_with_new_code(Sitting(session=session, classroom=classroom))
    lesson = Lesson(ada, classroom, sitting)
    opened(lesson, 4)
    crews = {seat.party: Actor(seat.pk, "seat", seat.party) for seat in lesson.room().seats.all()}
    table.perform_now(lesson.room().pk, crews["north"], c.Choose(1, "narrow"), uuid4())
    shown = page(browser_of_user(ada), lesson)
    assert "Season 1" in shown
    assert "1 of 4 have chosen." in shown


def test_who_lost_everything_gets_the_own_seat_back(lesson: Lesson, ada: Client) -> None:
    opened(lesson)
    before = lesson.room().seats.get(
        holder__in=[p.pk for p in lesson.classroom.people.filter(name="Person 0")]
    )
    anew = lesson.join(" person 0")
    stranger = lesson.join("Zoe")
    shown = page(ada, lesson)
    assert f"Back to room {lesson.room().number}" in shown
    attendance = Attendance.objects.get(person=anew.person)
    do(ada, lesson, "people", str(attendance.pk), "give-back")
    assert lesson.room().seats.filter(left_at=None).count() == 2
    assert browser_of(anew).get(f"/rooms/{lesson.room().pk}/role/").status_code == 200
    assert not lesson.classroom.people.filter(pk=anew.person.pk).exists()
    other = Attendance.objects.get(person=stranger.person)
    do(ada, lesson, "people", str(other.pk), "give-back")
    assert browser_of(stranger).get(f"/rooms/{lesson.room().pk}/role/").status_code == 404
    assert before.left_at is None


def test_pairing_twice_seats_nobody_twice(lesson: Lesson) -> None:
    seated(lesson, 4)
    again = actions.pair(lesson.sitting, lesson.ada.pk)
    assert again.tables == ()
    assert Seat.objects.filter(room__session=lesson.sitting.pk).count() == 4


def test_absent_people_are_not_paired(lesson: Lesson, ada: Client) -> None:
    absent = lesson.join("Eve")
    attendance = Attendance.objects.get(person=absent.person)
    do(ada, lesson, "people", str(attendance.pk), "absent")
    seated(lesson)
    assert not Seat.objects.filter(holder=absent.person.pk).exists()
    do(ada, lesson, "people", str(attendance.pk), "present")
    assert "came at" in page(ada, lesson)


def test_pause_extend_and_end_reach_every_table(lesson: Lesson, ada: Client) -> None:
    opened(lesson, 4)
    before = lesson.room(2).closes_at
    do(ada, lesson, "do", "extend")
    assert lesson.room(2).closes_at - before == timedelta(minutes=5)
    do(ada, lesson, "do", "pause")
    assert {lesson.room(number).summary["phase"] for number in (1, 2)} == {"paused"}
    assert "Resume" in page(ada, lesson)
    do(ada, lesson, "do", "resume")
    do(ada, lesson, "do", "end")
    assert {lesson.room(number).summary["outcome"] for number in (1, 2)} == {"closed"}


def test_verbs_of_one_room_leave_the_others_alone(lesson: Lesson, ada: Client) -> None:
    opened(lesson, 4)
    room = str(lesson.room(1).pk)
    do(ada, lesson, "rooms", room, "pause")
    assert (lesson.room(1).summary["phase"], lesson.room(2).summary["phase"]) == ("paused", "open")
    do(ada, lesson, "rooms", room, "resume")
    do(ada, lesson, "rooms", room, "extend")
    do(ada, lesson, "rooms", room, "end")
    assert (lesson.room(1).summary["phase"], lesson.room(2).summary["phase"]) == ("ended", "open")


def test_refusal_is_told_in_words(lesson: Lesson, ada: Client) -> None:
    opened(lesson)
    room = str(lesson.room().pk)
    do(ada, lesson, "rooms", room, "end")
    answer = ada.post(lesson.address("rooms", room, "end"), headers=FOR_SCRIPTS)
    assert answer.status_code == 409
    assert answer.json() == {"words": "This negotiation has ended."}


def test_raised_hand_comes_first_and_can_be_lowered(lesson: Lesson, ada: Client) -> None:
    opened(lesson, 4)
    table.perform_now(lesson.room().pk, actor(lesson), c.AskHelp(), uuid4())
    text = page(ada, lesson)
    assert "1 room needs you" in text
    assert "Asks for help" in text
    do(ada, lesson, "rooms", str(lesson.room().pk), "close-help", party="farmer")
    assert lesson.room().summary["hands"] == []


def test_deal_is_shown_with_its_terms(lesson: Lesson, ada: Client) -> None:
    from tests.negotiations.tables import BEST

    opened(lesson)
    made = c.MakeOffer((BEST,))
    table.perform_now(lesson.room().pk, actor(lesson), made, uuid4())
    assert "1 offer" in page(ada, lesson)
    from negotiations.queries import state_of

    digest = state_of(lesson.room().pk).offers[0].digest
    table.perform_now(lesson.room().pk, actor(lesson, "neighbour"), c.AcceptOffer(1, 0, digest), uuid4())
    text = page(ada, lesson)
    assert "Deal after 0 min" in text
    assert "Lease for 10 years with first right to buy" in text
    assert "Agreed on every term" in text


def test_late_one_sits_opposite_a_partner(lesson: Lesson, ada: Client) -> None:
    opened(lesson)
    late = lesson.join("Eve")
    attendance = Attendance.objects.get(person=late.person)
    assert "<bdi>Eve</bdi>" in page(ada, lesson)
    do(ada, lesson, "people", str(attendance.pk), "partner")
    do(ada, lesson, "people", str(attendance.pk), "partner")
    seat = lesson.seat_of(late)
    assert seat.room.number == 2
    assert seat.room.closes_at is not None
    assert seat.room.seats.filter(kind="partner").count() == 1


def test_late_one_joins_a_table(lesson: Lesson, ada: Client) -> None:
    opened(lesson)
    late = lesson.join("Eve")
    attendance = Attendance.objects.get(person=late.person)
    do(ada, lesson, "people", str(attendance.pk), "second")
    assert lesson.seat_of(late).room.number == 1


def test_two_late_ones_are_paired(lesson: Lesson, ada: Client) -> None:
    opened(lesson)
    late = [lesson.join(name) for name in ("Eve", "Fay")]
    assert "Pair these 2" in page(ada, lesson)
    do(ada, lesson, "do", "pair")
    assert {lesson.seat_of(each).room.number for each in late} == {2}
    assert lesson.room(2).closes_at is not None


def test_missing_person_is_shown_and_a_partner_can_take_over(lesson: Lesson, ada: Client) -> None:
    opened(lesson)
    long_ago = timezone.now() - timedelta(minutes=7)
    seats = Seat.objects.filter(room=lesson.room())
    seats.update(seen_at=timezone.now())
    gone = seats.get(party="neighbour")
    seats.filter(pk=gone.pk).update(seen_at=long_ago)
    Attendance.objects.filter(person=gone.holder).update(seen_at=long_ago)
    assert "Partner missing 7 min" in page(ada, lesson)
    do(ada, lesson, "rooms", str(lesson.room().pk), "partner", party="neighbour")
    gone.refresh_from_db()
    assert gone.left_at is not None
    assert lesson.room().seats.get(party="neighbour", left_at=None).kind == "partner"
    assert "Late" in page(ada, lesson)


def test_live_part_travels_only_when_something_changed(lesson: Lesson, ada: Client) -> None:
    first = ada.get(lesson.address("live"))
    assert first.status_code == 200
    again = ada.get(lesson.address("live"), headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    lesson.join("Bo")
    changed = ada.get(lesson.address("live"), headers={"If-None-Match": first["ETag"]})
    assert changed.status_code == 200
    assert "<bdi>Bo</bdi>" in changed.content.decode()


def test_board_asks_the_database_the_same_for_one_room_and_for_three(
    lesson: Lesson, ada: Client, django_assert_num_queries: Any
) -> None:
    other = make_lesson()
    opened(lesson, 2)
    opened(other, 6)
    page(ada, lesson)
    page(browser_of_user(other.ada), other)
    counts = []
    for client, each in ((ada, lesson), (browser_of_user(other.ada), other)):
        counts.append(count_queries(client, each.address()))
    assert counts[0] == counts[1]
    assert counts[0] <= 8


def count_queries(client: Client, address: str) -> int:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as queries:
        assert client.get(address).status_code == 200
    return len(queries)


READS = ["", "live"]
WRITES = [
    *(
        ("do", verb)
        for verb in ("pair", "pause", "resume", "extend", "end", "open-debrief", "release", "close")
    ),
    *(("rooms", "ROOM", verb) for verb in ("pause", "resume", "extend", "end", "close-help", "partner")),
    ("rooms", "ROOM", "seats", "PERSON"),
    ("rooms", "ROOM", "seats", "SEAT", "remove"),
    *(("people", "PERSON", verb) for verb in ("partner", "second", "absent", "present")),
]


def filled(lesson: Lesson, parts: tuple[str, ...]) -> str:
    person = Attendance.objects.filter(sitting=lesson.sitting).order_by("pk").first()
    assert person is not None
    seat = Seat.objects.filter(room=lesson.room()).order_by("pk").first()
    assert seat is not None
    names = {"ROOM": str(lesson.room().pk), "PERSON": str(person.pk), "SEAT": str(seat.pk)}
    return lesson.address(*(names.get(part, part) for part in parts))


def snapshot(lesson: Lesson) -> list[Any]:
    lesson.session.refresh_from_db()
    seats = Seat.objects.filter(room__session=lesson.sitting.pk).order_by("pk").values()
    people = Attendance.objects.filter(sitting=lesson.sitting).order_by("pk").values("pk", "absent")
    return [
        lesson.session.phase,
        lesson.session.is_released,
        lesson.room().summary,
        list(seats),
        list(people),
    ]


def test_nobody_else_reads_or_changes_a_board(lesson: Lesson) -> None:
    """Another instructor, a student of this class and somebody unknown get nothing, whatever they ask."""
    opened(lesson)
    student = browser_of(lesson.join("Bo"))
    dee = browser_of_user(make_user("Dee"))
    before = snapshot(lesson)
    reads = [lesson.address(*([part] if part else [])) for part in READS]
    reads.append(f"/sessions/{lesson.sitting.pk}/code.svg")
    for address in reads:
        assert dee.get(address).status_code == 404
        for outsider in (student, Client()):
            assert outsider.get(address)["Location"].startswith("/sign-in/")
    for parts in WRITES:
        address = filled(lesson, parts)
        assert dee.post(address).status_code == 404
        for outsider in (student, Client()):
            assert outsider.post(address)["Location"].startswith("/sign-in/")
    assert snapshot(lesson) == before


def test_results_are_not_released_while_somebody_may_negotiate(lesson: Lesson, ada: Client) -> None:
    opened(lesson)
    for address in (lesson.address("do", "release"), lesson.address("debrief", "release")):
        text = ada.post(address, follow=True).content.decode()
        assert "Open the debrief first, then release the results." in text
    lesson.session.refresh_from_db()
    assert not lesson.session.is_released
    assert "Release results</button>" not in ada.get(lesson.address("debrief")).content.decode()


def test_tables_may_be_brought_to_again_while_others_open_them(lesson: Lesson) -> None:
    opened(lesson, people=4)
    rooms = {room: list(room.seats.all()) for room in lesson.session.rooms.all()}
    bring_to_tables(lesson.sitting, rooms, lesson.ada.pk)
    assert [room.last_seq for room in lesson.session.rooms.all()] == [3, 3]
