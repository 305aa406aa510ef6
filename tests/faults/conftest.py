"""Two houses on one database, with a Redis between them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.faults.history import History
from tests.faults.houses import House, run_houses


@pytest.fixture(scope="module")
def two_houses(
    django_db_setup: None,
    django_db_blocker: pytest.FixtureRequest,
    redis_url: str,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[list[House]]:
    """Shared by the tests of a module that leave both alive."""
    folder = Path(tmp_path_factory.mktemp("houses"))
    with django_db_blocker.unblock(), run_houses(folder, redis_url) as houses:  # type: ignore[attr-defined]
        yield houses


@pytest.fixture
def history(tmp_path: Path) -> Iterator[History]:
    """Kept beside the test's other files, one line a record."""
    kept = History()
    yield kept
    (tmp_path / "history.jsonl").write_text("\n".join(kept.lines()))
