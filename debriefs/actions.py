"""The verbs of the debrief: take a job, work out a room's figures, write them down, find what was lost.

A job is a row; whoever works on it holds a lease. Nothing here depends on Celery.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from datetime import datetime, timedelta
from uuid import UUID

import msgspec
from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone

from bargaining.case import Case
from debriefs.models import PartyFigures, RoomFigures
from debriefs.queries import due_jobs, figured_rooms, landscape_of, open_jobs
from debriefs.rules.figures import Figures, digest_of, own_figures, room_figures
from negotiations.models import Job, Room
from negotiations.queries import log_of
from negotiations.rules.planning import news_that_changed
from simulations.queries import whole_case
from simulations.rules.variants import Variant

#: How long a taker may be silent, and how long a new job may lie, before another is asked.
LEASE = timedelta(seconds=75)
PATIENCE = timedelta(seconds=30)

log = logging.getLogger(__name__)


def work_job(job_id: int) -> bool:
    """Take the job, work it out and mark it done. False if there was nothing to do or it went wrong."""
    job = claim_job(job_id)
    if job is None:
        return False
    try:
        write_figures(job.room_id, job.seq)
    except Exception as fault:
        log.exception("figures of room %s", job.room_id)
        fail_job(job, f"{type(fault).__name__}: {fault}")
        return False
    # Done even if another took over an expired lease meanwhile: both wrote the same bytes.
    Job.objects.filter(pk=job.pk).update(done_at=timezone.now(), failure="")
    return True


def claim_job(job_id: int) -> Job | None:
    """The lease on a job, unless it is done, given up, or in somebody's hands."""
    now = timezone.now()
    free = Q(claimed_at=None) | Q(claimed_at__lt=now - LEASE)
    with transaction.atomic():
        job = open_jobs().filter(free, pk=job_id).select_for_update(skip_locked=True).first()
        if job is not None:
            Job.objects.filter(pk=job.pk).update(claimed_at=now, attempts=F("attempts") + 1)
            job.attempts += 1
            job.claimed_at = now
    return job


def fail_job(job: Job, words: str) -> None:
    """Give the lease back with what went wrong, so that the sweeper asks again."""
    mine = Job.objects.filter(pk=job.pk, claimed_at=job.claimed_at, done_at=None)
    mine.update(claimed_at=None, failure=words[:2000])


def write_figures(room_id: UUID, seq: int) -> bool:
    """Work out a room's figures from its log up to `seq` and keep them, unless newer ones are there already."""
    room = Room.objects.select_related("session").get(pk=room_id)
    edition, lines = room.session.edition_id, [logged for logged in log_of(room_id) if logged.seq <= seq]
    variant = Variant(room.condition, news_that_changed(lines))
    case = whole_case(edition, variant)
    landscape_of(edition, variant)  # kept now, so that no page has to work it out
    figures = room_figures(case, lines)
    row = {"up_to_seq": seq, "data": msgspec.to_builtins(figures), "digest": digest_of(figures)}
    with transaction.atomic():
        row["computed_at"] = timezone.now()
        RoomFigures.objects.bulk_create([RoomFigures(room_id=room_id, **row)], ignore_conflicts=True)
        written = RoomFigures.objects.filter(room=room_id, up_to_seq__lte=seq).update(**row)
        if written:
            PartyFigures.objects.filter(figures=room_id).delete()
            PartyFigures.objects.bulk_create(_party_rows(room_id, case, figures))
    return bool(written)


def _party_rows(room_id: UUID, case: Case, figures: Figures) -> Iterator[PartyFigures]:
    for party in case.party_ids:
        own = own_figures(case, party, figures)
        yield PartyFigures(
            figures_id=room_id,
            party=party,
            has_deal=figures.has_deal,
            points=own.points,
            data=msgspec.to_builtins(own),
        )


def lost_jobs(now: datetime | None = None) -> list[int]:
    """Jobs to ask for again: their message was lost, their worker died, or they failed and may be retried."""
    now = now or timezone.now()
    return list(due_jobs(now - PATIENCE, now - LEASE).values_list("pk", flat=True))


def run_pending(session: UUID | None = None) -> int:
    """Work every open job here and now, without Celery; how many were done."""
    return sum(work_job(pk) for pk in list(open_jobs(session).values_list("pk", flat=True)))


def recompute(session: UUID | None = None) -> list[int]:
    """Work out all figures again from the logs; the numbers of the rooms whose bytes changed."""
    changed = []
    for row in figured_rooms(session).select_related("room"):
        write_figures(row.room_id, row.up_to_seq)
        if RoomFigures.objects.values_list("digest", flat=True).get(pk=row.pk) != row.digest:
            changed.append(row.room.number)
    return changed
