"""Celery's doors to the figures. A message carries only a job's number: what must be done stands in the row."""

from __future__ import annotations

from celery import shared_task

from debriefs import actions


@shared_task(name="debriefs.room_figures", time_limit=60)
def room_figures(job_id: int) -> None:
    """Delivered twice it does nothing the second time."""
    actions.work_job(job_id)


@shared_task(name="debriefs.sweep")
def sweep() -> None:
    """Every 30 s: ask again for what was lost on the way."""
    for job_id in actions.lost_jobs():
        room_figures.delay(job_id)
