"""A Celery worker and its clock inside this process, for a house of one process."""

from __future__ import annotations

import contextlib
import logging
import threading
from collections.abc import Iterator

from celery.beat import EmbeddedService, Scheduler

from config.celery import app


@contextlib.contextmanager
def embedded_worker(threads: int = 2) -> Iterator[None]:
    """Works while the block lasts. It takes no signals: whoever runs the process stops it by leaving."""
    app.finalize()
    app.set_default()  # without it results and sub-tasks silently go to another application
    logging.getLogger("celery").setLevel(logging.WARNING)
    worker = app.WorkController(
        app=app,
        pool="threads",  # "pool_cls" would be ignored, and the worker would fork
        concurrency=threads,
        without_gossip=True,
        without_mingle=True,
        without_heartbeat=True,
    )
    beat = EmbeddedService(app, thread=True, scheduler_cls=Scheduler)
    thread = threading.Thread(target=worker.start, daemon=True, name="worker")
    thread.start()
    beat.start()
    try:
        yield
    finally:
        beat.stop()
        worker.stop()
        thread.join(10)
