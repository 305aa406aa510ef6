"""The demo: a class at work, sessions that follow each other, and a newcomer who is not cut off."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.test import Client

from classrooms import actions, demo
from classrooms.models import Person, Sitting
from negotiations import actions as table
from negotiations.models import Room, Seat, Session
from tests.factories import browser_of_user, edition_of


@pytest.fixture
def links(committed_db: None) -> Iterator[demo.DemoLinks]:
    edition_of()
    yield demo.prepare(2)
    for sitting in demo.sittings():
        table.erase_session(sitting.session)


def newest() -> Sitting:
    found = demo.newest_sitting()
    assert found is not None
    return found


def end_partners_rooms(sitting: Sitting) -> None:
    people = Seat.objects.filter(room__session=sitting.pk, kind="person").values("room")
    for room in Room.objects.filter(session=sitting.pk, ended_at=None).exclude(pk__in=people):
        table.end_room(room, demo.demo_instructor().pk)


def test_class_is_at_work(links: demo.DemoLinks) -> None:
    sitting = newest()
    assert sitting.session.phase == Session.Phase.NEGOTIATE
    rooms = Room.objects.filter(session=sitting.pk)
    assert rooms.count() == 2
    assert all(room.closes_at and room.due_at for room in rooms)
    assert set(Seat.objects.filter(room__in=rooms).values_list("kind", flat=True)) == {"partner"}


def test_links_lead_the_instructor_to_the_board_and_the_class_to_the_door(links: demo.DemoLinks) -> None:
    client = Client()
    assert client.get(links.instructor_url_path)["Location"] == f"/sessions/{newest().pk}/"
    assert client.get(links.instructor_url_path).status_code == 404
    assert links.code in Client().get(links.join_url_path).content.decode()


def test_started_again_it_goes_on_with_what_it_had(links: demo.DemoLinks) -> None:
    sitting = newest()
    again = demo.prepare(2)
    assert newest() == sitting
    assert again.code == links.code
    assert Client().get(links.instructor_url_path).status_code == 404
    assert Client().get(again.instructor_url_path).status_code == 302


def test_nothing_new_begins_while_partners_negotiate(links: demo.DemoLinks) -> None:
    sitting = newest()
    demo.keep_going()
    assert newest() == sitting


def test_next_session_follows_under_the_same_code_and_three_are_kept(links: demo.DemoLinks) -> None:
    for _ in range(4):
        end_partners_rooms(newest())
        demo.keep_going()
    sittings = demo.sittings()
    assert len(sittings) == demo.KEPT
    assert {sitting.code for sitting in sittings} == {links.code}
    assert [sitting.closed_at is None for sitting in sittings] == [True, False, False]
    assert all(sitting.session.is_released for sitting in sittings[1:])


def test_newcomer_sits_down_and_is_not_cut_off(links: demo.DemoLinks) -> None:
    first = newest()
    client = Client()
    client.post(links.join_url_path, {"code": links.code, "name": "Amara"})
    seat = Seat.objects.get(room__session=first.pk, kind="person")
    end_partners_rooms(first)
    demo.keep_going()
    assert newest() == first  # nothing begins anew behind a visitor's back
    seat.room.refresh_from_db()
    assert seat.room.ended_at is None

    table.end_room(seat.room, demo.demo_instructor().pk)
    for _ in range(demo.KEPT + 1):
        demo.keep_going()
        end_partners_rooms(newest())
    assert len(demo.sittings()) == demo.KEPT
    assert client.get(f"/rooms/{seat.room_id}/result/").status_code == 200
    back = client.get(links.join_url_path).content.decode()
    assert "A new session has begun." in back
    assert f"/rooms/{seat.room_id}/result/" in back


def test_session_of_people_goes_when_others_came_after_them(links: demo.DemoLinks) -> None:
    first = newest()
    for number in range(demo.KEPT):
        client = Client()
        client.post(links.join_url_path, {"code": links.code, "name": f"Amara {number}"})
        table.end_tables(newest().session, demo.demo_instructor().pk)
        demo.keep_going()
    assert len(demo.sittings()) == demo.KEPT
    assert not Session.objects.filter(pk=first.pk).exists()
    assert not Person.objects.filter(name="Amara 0", classroom=first.classroom_id).exists()


def test_who_came_between_two_sessions_is_seated(links: demo.DemoLinks) -> None:
    early = actions.join(newest(), "Amara")
    demo.keep_going()
    seat = Seat.objects.get(holder=early.person.pk)
    assert seat.room.closes_at is not None


def test_result_of_a_newcomer_is_released(links: demo.DemoLinks) -> None:
    first = newest()
    Client().post(links.join_url_path, {"code": links.code, "name": "Amara"})
    seat = Seat.objects.get(room__session=first.pk, kind="person")
    table.end_room(seat.room, demo.demo_instructor().pk)
    end_partners_rooms(first)
    demo.keep_going()
    first.session.refresh_from_db()
    assert first.session.is_released


def test_session_cut_off_before_it_opened_is_completed(links: demo.DemoLinks) -> None:
    sitting = newest()
    Session.objects.filter(pk=sitting.pk).update(phase=Session.Phase.JOIN)
    table.open_room(sitting.session, 3)
    demo.Wanted.rooms = 3
    demo.keep_going()
    assert newest() == sitting
    assert Seat.objects.filter(room__session=sitting.pk, kind="partner").count() == 6
    assert not Room.objects.filter(session=sitting.pk, closes_at=None).exists()


def test_what_somebody_opens_by_hand_in_the_demo_class_is_left_alone(links: demo.DemoLinks) -> None:
    own = actions.make_session(newest().classroom, edition_of(), 30)
    demo.keep_going()
    assert newest() != own
    assert browser_of_user(demo.demo_instructor()).get(f"/sessions/{own.pk}/").status_code == 200
    table.erase_session(own.session)
