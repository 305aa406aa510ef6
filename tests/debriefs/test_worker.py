"""From the deal to its figures through Celery: the table publishes, a worker in a thread works it out."""

from __future__ import annotations

import threading

from config.worker import embedded_worker
from debriefs import actions
from tests.debriefs.classes import ClassUp, deal
from tests.negotiations.tables import BEST


def test_a_deal_reaches_its_figures_without_anybody_asking(lesson: ClassUp, monkeypatch: object) -> None:
    written = threading.Event()
    write = actions.write_figures

    def write_and_tell(*where: object) -> bool:
        done = write(*where)  # type: ignore[arg-type]
        written.set()
        return done

    monkeypatch.setattr(actions, "write_figures", write_and_tell)  # type: ignore[attr-defined]
    with embedded_worker():
        deal(lesson.table, BEST)
        assert written.wait(20)
