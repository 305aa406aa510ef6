"""Jobs and rows: a lease, five attempts, delivery twice, a sweeper, and the same bytes whenever computed again."""

from __future__ import annotations

from datetime import timedelta
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command
from django.utils import timezone

from debriefs import actions, queries, tasks
from debriefs.models import PartyFigures, RoomFigures
from negotiations.models import Job
from tests.debriefs.classes import ClassUp, deal, job_of, walk, work_out
from tests.negotiations.tables import BEST, LEASE


def test_a_finished_room_leaves_a_job_and_the_job_leaves_figures(lesson: ClassUp) -> None:
    room = deal(lesson.table, LEASE, BEST)

    assert actions.work_job(job_of(room).pk) is True

    row = RoomFigures.objects.get(room=room)
    assert row.data["points"] == {"farmer": 168.0, "neighbour": 145.0}
    assert row.data["created"] == 1.0
    assert row.up_to_seq == job_of(room).seq
    done = job_of(room)
    assert (done.done_at is not None, done.attempts, done.failure) == (True, 1, "")


def test_each_party_has_a_row_with_its_own_numbers_alone(lesson: ClassUp) -> None:
    room = deal(lesson.table, BEST)
    work_out(room)

    own = {row.party: row for row in PartyFigures.objects.filter(figures=room.pk)}

    assert (own["farmer"].points, own["neighbour"].points) == (168.0, 145.0)
    assert "145" not in str(own["farmer"].data)
    assert "168" not in str(own["neighbour"].data)


def test_delivered_twice_the_job_is_done_once(lesson: ClassUp) -> None:
    room = deal(lesson.table, BEST)
    work_out(room)
    before = RoomFigures.objects.get(room=room).computed_at

    tasks.room_figures(job_of(room).pk)

    assert job_of(room).attempts == 1
    assert RoomFigures.objects.get(room=room).computed_at == before


def test_a_job_in_somebodys_hands_is_left_alone_until_the_lease_ran_out(lesson: ClassUp) -> None:
    job = job_of(walk(lesson.table))
    assert actions.claim_job(job.pk) is not None

    assert actions.claim_job(job.pk) is None
    Job.objects.filter(pk=job.pk).update(claimed_at=timezone.now() - actions.LEASE - timedelta(seconds=1))
    again = actions.claim_job(job.pk)

    assert again is not None
    assert again.attempts == 2


def test_a_failure_is_kept_in_words_and_after_five_attempts_shown_instead_of_tried(
    lesson: ClassUp, monkeypatch: pytest.MonkeyPatch
) -> None:
    job = job_of(walk(lesson.table))

    def break_down(*_: Any) -> None:
        raise ArithmeticError("no such number")

    monkeypatch.setattr(actions, "room_figures", break_down)
    for _ in range(7):
        assert actions.work_job(job.pk) is False

    job.refresh_from_db()
    assert (job.attempts, job.failure, job.claimed_at) == (5, "ArithmeticError: no such number", None)
    assert queries.stuck_rooms(lesson.table.session) == [1]
    assert job.pk not in actions.lost_jobs(timezone.now() + timedelta(hours=1))


def test_the_sweeper_finds_what_was_never_taken_and_what_was_dropped(lesson: ClassUp) -> None:
    job = job_of(walk(lesson.table))
    now = timezone.now()

    assert job.pk not in actions.lost_jobs(now)
    assert job.pk in actions.lost_jobs(now + timedelta(seconds=31))
    actions.claim_job(job.pk)
    assert job.pk not in actions.lost_jobs(now + timedelta(seconds=60))
    assert job.pk in actions.lost_jobs(now + timedelta(seconds=90))


def test_the_sweep_asks_celery_again(lesson: ClassUp, monkeypatch: pytest.MonkeyPatch) -> None:
    job = job_of(walk(lesson.table))
    Job.objects.filter(pk=job.pk).update(created_at=timezone.now() - timedelta(seconds=40))
    asked: list[int] = []
    monkeypatch.setattr(tasks.room_figures, "delay", asked.append)

    tasks.sweep()

    assert job.pk in asked


def test_the_task_bears_the_name_that_the_table_publishes_to() -> None:
    assert tasks.room_figures.name == "debriefs.room_figures"
    assert tasks.sweep.name == "debriefs.sweep"


def test_older_figures_never_replace_newer_ones(lesson: ClassUp) -> None:
    room = deal(lesson.table, BEST)
    work_out(room)

    assert actions.write_figures(room.pk, 3) is False

    assert RoomFigures.objects.get(room=room).data["outcome"] == "deal"
    assert PartyFigures.objects.filter(figures=room.pk).count() == 2


def test_computed_again_the_bytes_are_the_same(lesson: ClassUp) -> None:
    room = deal(lesson.table, LEASE, BEST)
    work_out(room)
    before = RoomFigures.objects.get(room=room)
    out = StringIO()

    call_command("figures", "--recompute", "--session", str(lesson.session_id), stdout=out)

    after = RoomFigures.objects.get(room=room)
    assert (after.digest, after.data) == (before.digest, before.data)
    assert "worked out again, nothing changed" in out.getvalue()


def test_the_command_works_without_celery_and_names_rooms_that_changed(lesson: ClassUp) -> None:
    room = deal(lesson.table, BEST)
    out = StringIO()
    call_command("figures", "--session", str(lesson.session_id), stdout=out)
    assert out.getvalue() == "1 rooms worked out\n"
    RoomFigures.objects.filter(room=room).update(digest="other")

    assert actions.recompute(lesson.session_id) == [1]
