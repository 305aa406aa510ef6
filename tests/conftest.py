"""Fixtures of the whole house: a database whose rows stay, a running server, a browser, a Redis.

What the machine lacks is skipped and named at the end; with CI=true a lack is a failure.
"""

from __future__ import annotations

import asyncio
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests import machine
from tests.serving import RunningServer, run_server

LACK = "This machine lacks "

pytest_plugins = ["tests.browsing"]


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--all", action="store_true", help="also the slow tests: killed processes, load, whole plays"
    )


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if config.getoption("--all"):
        return
    slow = [item for item in items if item.get_closest_marker("slow")]
    items[:] = [item for item in items if item not in slow]
    config.hook.pytest_deselected(items=slow)


def pytest_runtest_setup(item: pytest.Item) -> None:
    for mark, find in (("browser", machine.find_chromium), ("redis", machine.find_redis)):
        if item.get_closest_marker(mark) and not find():
            _report_lack(machine.REMEDIES[mark])


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    skipped = terminalreporter.stats.get("skipped", [])
    reasons = [report.longrepr[2] for report in skipped if isinstance(report.longrepr, tuple)]
    lacks = [reason.split(LACK, 1)[1] for reason in reasons if LACK in reason]
    for lack in sorted(set(lacks)):
        terminalreporter.write_line(
            f"{LACK}{lack} ({lacks.count(lack)} tests did not run)", red=True, bold=True
        )


def _report_lack(remedy: str) -> None:
    if os.environ.get("CI") == "true":
        pytest.fail(LACK + remedy, pytrace=False)
    pytest.skip(LACK + remedy)


@pytest.fixture(scope="session")
def chromium_path() -> str:
    return machine.find_chromium() or ""


@pytest.fixture(scope="session")
def django_db_setup(
    django_test_environment: None,
    django_db_modify_db_settings: None,
    django_db_blocker: pytest.FixtureRequest,
) -> Iterator[None]:
    """One database a worker, always: pytest-django would skip it where it sees no mark of its own.

    Nothing takes it down; the whole server is thrown away.
    """
    from django.test.utils import setup_databases

    with django_db_blocker.unblock():  # type: ignore[attr-defined]
        setup_databases(verbosity=0, interactive=False, aliases={"default"})
        yield
        _let_go_of_the_table()


def _let_go_of_the_table() -> None:
    """A live hub that a test started in a thread would go on asking a database that is gone."""
    from negotiations import live

    asyncio.run_coroutine_threadsafe(live.shut(), live.owner()).result(10)


@pytest.fixture(scope="session")
def django_db_keepdb() -> bool:
    """The whole server is thrown away at the end; dropping its databases first would only wait for others."""
    return True


@pytest.fixture
def committed_db(django_db_setup: None, django_db_blocker: pytest.FixtureRequest) -> Iterator[None]:
    """Real commits that other threads and processes see. Nothing is flushed: make your own classroom."""
    from django.db import connections

    with django_db_blocker.unblock():  # type: ignore[attr-defined]
        yield
        connections.close_all()


@pytest.fixture(scope="session")
def session_server(
    django_db_setup: None, django_db_blocker: pytest.FixtureRequest
) -> Iterator[RunningServer]:
    with django_db_blocker.unblock(), run_server() as server:  # type: ignore[attr-defined]
        yield server


@pytest.fixture
def running_server(session_server: RunningServer, committed_db: None) -> RunningServer:
    """The house itself on a port of its own, in a thread, over the test database."""
    return session_server


@pytest.fixture(scope="session")
def redis_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A Redis of this test process alone; mark the test `redis`."""
    with machine.run_redis(Path(tmp_path_factory.mktemp("redis"))) as url:
        yield url
