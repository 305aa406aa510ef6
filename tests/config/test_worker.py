"""The worker inside the process does what the broker brings, and ends with its block."""

from __future__ import annotations

import threading

import pytest

from config.celery import app
from config.worker import embedded_worker


@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")
@pytest.mark.slow
def test_worker_runs_tasks_in_threads_of_this_process() -> None:
    done = threading.Event()

    @app.task(name="tests.ring")
    def ring() -> None:
        done.set()

    with embedded_worker():
        ring.delay()
        assert done.wait(20)

    assert "worker" not in {thread.name for thread in threading.enumerate()}
