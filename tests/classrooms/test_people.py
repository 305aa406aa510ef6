"""Instructors: signing in, the link that signs in once, home, classrooms, a new session; and the account's command."""

from __future__ import annotations

import io
from datetime import timedelta
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db.models import F
from django.test import Client

from classrooms import actions
from classrooms.models import Sitting, User
from classrooms.views.people import ACCOUNT_TRIES
from negotiations import actions as table
from tests.classrooms.test_board import count_queries, opened
from tests.factories import PASSWORD, Lesson, browser_of_user, edition_of, make_lesson, make_user


def sign_in(client: Client, user: User, password: str = PASSWORD, **more: str) -> Any:
    return client.post("/sign-in/", {"username": user.email, "password": password, **more})


def test_sign_in_and_out(lesson: Lesson) -> None:
    client = Client()
    assert sign_in(client, lesson.ada)["Location"] == "/"
    assert "Ada" in client.get("/").content.decode()
    assert client.get("/sign-out/").status_code == 405
    client.post("/sign-out/")
    assert "Take" not in client.get("/classrooms/").get("Location", "")
    assert client.get("/classrooms/")["Location"].startswith("/sign-in/")


def test_sign_in_in_capitals(lesson: Lesson) -> None:
    client = Client()
    answer = client.post("/sign-in/", {"username": f" {lesson.ada.email.upper()} ", "password": PASSWORD})
    assert answer.status_code == 302


def test_sign_in_makes_a_new_session_key(lesson: Lesson) -> None:
    client = Client()
    client.get("/sign-in/")
    sign_in(client, lesson.ada)
    first = client.cookies["sessionid"].value
    sign_in(Client(), lesson.ada)
    client.post("/sign-out/")
    sign_in(client, lesson.ada)
    assert client.cookies["sessionid"].value != first


def test_sign_in_goes_nowhere_foreign(lesson: Lesson) -> None:
    assert sign_in(Client(), lesson.ada, next="https://evil.example/")["Location"] == "/"
    assert sign_in(Client(), lesson.ada, next="/library/")["Location"] == "/library/"


def test_wrong_password_says_nothing_about_the_account(lesson: Lesson) -> None:
    wrong = sign_in(Client(), lesson.ada, "wrong")
    nobody = Client().post("/sign-in/", {"username": "nobody@example.org", "password": "wrong"})
    for answer in (wrong, nobody):
        assert answer.status_code == 422
        assert "do not fit together" in answer.content.decode()


def test_guessing_passwords_of_one_account_has_to_wait(lesson: Lesson) -> None:
    answers = [sign_in(Client(), lesson.ada, "wrong").status_code for _ in range(ACCOUNT_TRIES + 1)]
    assert answers == [422] * ACCOUNT_TRIES + [429]
    assert sign_in(Client(), lesson.ada).status_code == 429
    assert sign_in(Client(), make_user("Dee")).status_code == 302


def test_failures_are_forgotten_after_a_while(lesson: Lesson) -> None:
    from classrooms.models import Tries

    for _ in range(ACCOUNT_TRIES):
        sign_in(Client(), lesson.ada, "wrong")
    Tries.objects.update(since=F("since") - timedelta(minutes=11))
    assert sign_in(Client(), lesson.ada).status_code == 302


def test_old_failures_are_not_kept() -> None:
    """Each new browser that fails leaves a row, so rows must go by themselves."""
    from classrooms.models import Tries

    actions.count_failure([f"join:browser:{number}" for number in range(3)])
    Tries.objects.update(since=F("since") - timedelta(minutes=11))
    actions.count_failure(["join:browser:new"])
    assert Tries.objects.count() == 1


def test_browser_tells_its_time_zone_once(lesson: Lesson) -> None:
    sign_in(Client(), lesson.ada, timezone="Europe/Vienna")
    sign_in(Client(), lesson.ada, timezone="Asia/Tokyo")
    lesson.ada.refresh_from_db()
    assert lesson.ada.timezone == "Europe/Vienna"


def test_invented_time_zone_is_not_kept(lesson: Lesson) -> None:
    sign_in(Client(), lesson.ada, timezone="../../etc/passwd")
    lesson.ada.refresh_from_db()
    assert lesson.ada.timezone == ""


def test_start_link_signs_in_once(lesson: Lesson) -> None:
    code = actions.make_start_link(lesson.ada, timedelta(hours=1))
    first = Client()
    assert first.head(f"/start/{code}/").status_code == 405
    assert first.get(f"/start/{code}/")["Location"] == lesson.address()
    assert first.get(lesson.address()).status_code == 200
    again = Client()
    assert again.get(f"/start/{code}/").status_code == 404
    assert again.get("/classrooms/").status_code == 302


@pytest.mark.parametrize("lifetime", [timedelta(0), timedelta(seconds=-1)])
def test_start_link_that_is_too_old_opens_nothing(lesson: Lesson, lifetime: timedelta) -> None:
    code = actions.make_start_link(lesson.ada, lifetime)
    assert actions.use_start_link(code) is None


def test_new_start_link_revokes_the_older(lesson: Lesson) -> None:
    older = actions.make_start_link(lesson.ada, timedelta(hours=1))
    newer = actions.make_start_link(lesson.ada, timedelta(hours=1))
    assert actions.use_start_link(older) is None
    assert actions.use_start_link(newer) == lesson.ada


def test_stranger_sees_the_two_ways_in(committed_db: None) -> None:
    page = Client().get("/").content.decode()
    assert 'action="/j/"' in page
    assert 'href="/sign-in/"' in page


def test_home_shows_what_runs_and_what_is_over(lesson: Lesson, ada: Client) -> None:
    opened(lesson)
    running = ada.get("/").content.decode()
    assert "Open the board" in running
    table.open_debrief(lesson.session, lesson.ada.pk)
    over = ada.get("/").content.decode()
    assert "0 deals" in over
    assert f"/sessions/{lesson.sitting.pk}/debrief/" in over


def test_home_of_a_new_instructor_says_what_to_do_first(committed_db: None) -> None:
    assert "Make a classroom" in browser_of_user(make_user()).get("/").content.decode()


def test_lists_ask_the_database_the_same_for_one_row_and_for_three(lesson: Lesson, ada: Client) -> None:
    opened(lesson)
    addresses = ["/", "/classrooms/", f"/classrooms/{lesson.classroom.pk}/", "/sessions/new/"]
    for address in addresses:
        ada.get(address)
    once = [count_queries(ada, address) for address in addresses]
    for _ in range(2):
        more = actions.make_session(lesson.classroom, lesson.session.edition, 30)
        actions.join(more, "Cy")
        actions.pair(more, lesson.ada.pk)
        actions.make_classroom("Another", lesson.ada)
    assert [count_queries(ada, address) for address in addresses] == once


def test_home_shows_nothing_of_others(lesson: Lesson) -> None:
    opened(lesson)
    dee = browser_of_user(make_user("Dee"))
    for address in ("/", "/classrooms/"):
        assert "Section B" not in dee.get(address).content.decode()


def test_classroom_is_its_teachers_own(lesson: Lesson, ada: Client) -> None:
    lesson.join("Bo")
    address = f"/classrooms/{lesson.classroom.pk}/"
    assert "<bdi>Bo</bdi>" in ada.get(address).content.decode()
    assert browser_of_user(make_user("Dee")).get(address).status_code == 404
    assert Client().get(address)["Location"].startswith("/sign-in/")
    assert ada.post(address).status_code == 405


def test_new_classroom(committed_db: None) -> None:
    user = make_user()
    client = browser_of_user(user)
    assert client.get("/classrooms/new/").status_code == 200
    wrong = client.post("/classrooms/new/", {"name": "Term", "timezone": "Mars/Base"})
    assert wrong.status_code == 422
    answer = client.post("/classrooms/new/", {"name": " Autumn  term ", "timezone": "Europe/Vienna"})
    made = user.teachings.get().classroom
    assert answer["Location"] == f"/classrooms/{made.pk}/"
    assert made.name == "Autumn term"


def test_new_session_has_safe_defaults_and_a_code(lesson: Lesson, ada: Client) -> None:
    page = ada.get("/sessions/new/?simulation=second-hand-kiln").content.decode()
    assert '<option value="second-hand-kiln" selected>' in page
    wanted = {
        "simulation": "second-hand-kiln",
        "classroom": lesson.classroom.pk,
        "time": 20,
        "unit": "minutes",
        "odd_rule": "partner",
    }
    answer = ada.post("/sessions/new/", wanted)
    made = Sitting.objects.exclude(pk=lesson.sitting.pk).get(classroom=lesson.classroom)
    assert answer["Location"] == f"/sessions/{made.pk}/"
    assert (made.session.minutes, made.odd_rule) == (20, "partner")
    assert made.session.edition == edition_of("second-hand-kiln")
    assert made.code != lesson.sitting.code


@pytest.mark.parametrize(
    "changes",
    [
        {"time": 0},
        {"time": "soon"},
        {"time": 15, "unit": "days"},
        {"unit": "moons"},
        {"simulation": "nothing"},
        {"odd_rule": "coin"},
    ],
)
def test_wrong_session_is_refused(lesson: Lesson, ada: Client, changes: dict[str, Any]) -> None:
    wanted = {
        "simulation": "second-hand-kiln",
        "classroom": lesson.classroom.pk,
        "time": 20,
        "unit": "minutes",
        "odd_rule": "second",
    }
    assert ada.post("/sessions/new/", wanted | changes).status_code == 422


@pytest.mark.parametrize(
    ("time", "unit", "minutes"), [(90, "minutes", 90), (3, "hours", 180), (14, "days", 14 * 24 * 60)]
)
def test_time_is_given_in_its_unit(lesson: Lesson, ada: Client, time: int, unit: str, minutes: int) -> None:
    wanted = {
        "simulation": "second-hand-kiln",
        "classroom": lesson.classroom.pk,
        "time": time,
        "unit": unit,
        "odd_rule": "second",
    }
    assert ada.post("/sessions/new/", wanted).status_code == 302
    made = Sitting.objects.exclude(pk=lesson.sitting.pk).get(classroom=lesson.classroom)
    assert made.session.minutes == minutes


def test_rules_of_the_table_are_asked_as_the_simulation_raises_them(ada: Client) -> None:
    kiln = ada.get("/sessions/new/rules/?simulation=second-hand-kiln").content.decode()
    farm = ada.get("/sessions/new/rules/?simulation=mountain-view-farm").content.decode()
    assert 'name="offers"' in kiln
    assert 'name="news"' not in kiln
    assert 'name="conditions" value="strong_seller"' in kiln
    assert 'name="conditions"' not in farm
    assert 'name="last_call"' not in kiln
    assert 'value="contractor_calls"' in farm
    assert 'name="waiting_costs"' in farm


def test_rules_of_the_table_are_kept_with_the_session(lesson: Lesson, ada: Client) -> None:
    wanted = {
        "simulation": "mountain-view-farm",
        "classroom": lesson.classroom.pk,
        "time": 20,
        "unit": "minutes",
        "odd_rule": "second",
        "offers": "turns",
        "offer_minutes": 5,
        "calculator": "bands",
        "news": ["contractor_calls"],
    }
    assert ada.post("/sessions/new/", wanted).status_code == 302
    made = Sitting.objects.exclude(pk=lesson.sitting.pk).get(classroom=lesson.classroom)
    kept = made.session.policy
    assert (kept["offers"], kept["offer_seconds"], kept["calculator"]) == ("turns", 300, "bands")
    assert kept["news"] == ["contractor_calls"]
    assert (kept["ending"], kept["waiting_costs"]) == ("hard", False)
    for wrong in ({"offers": "coin"}, {"news": ["nothing"]}, {"offer_limit": -1}):
        assert ada.post("/sessions/new/", wanted | wrong).status_code == 422


def test_session_cannot_be_put_into_another_teachers_classroom(lesson: Lesson, ada: Client) -> None:
    other = make_lesson()
    wanted = {
        "simulation": "second-hand-kiln",
        "classroom": other.classroom.pk,
        "time": 20,
        "unit": "minutes",
        "odd_rule": "second",
    }
    assert ada.post("/sessions/new/", wanted).status_code == 422
    assert other.classroom.sittings.count() == 1


def test_without_a_classroom_one_is_made_first(committed_db: None) -> None:
    assert browser_of_user(make_user()).get("/sessions/new/")["Location"] == "/classrooms/new/"


def test_create_instructor(committed_db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    email = make_user().email.replace("@", "-two@")
    monkeypatch.setattr("sys.stdin", io.StringIO(f"{PASSWORD}\n"))
    call_command("create_instructor", email.upper(), name="Ines", stdout=io.StringIO())
    assert sign_in(Client(), User.objects.get(email=email)).status_code == 302
    with pytest.raises(CommandError, match="has an account already"):
        call_command("create_instructor", email)


@pytest.mark.parametrize(("email", "password"), [("no address", PASSWORD), ("short@example.org", "short")])
def test_create_instructor_refuses(
    committed_db: None, monkeypatch: pytest.MonkeyPatch, email: str, password: str
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO(f"{password}\n"))
    with pytest.raises(CommandError):
        call_command("create_instructor", email)
    assert not User.objects.filter(email=email).exists()
