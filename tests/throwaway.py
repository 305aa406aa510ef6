"""A throw-away database server for one run of the tests: started by the first process, shared by its workers.

Loaded as a plugin before Django's settings are read, because they say where the database is.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import tempfile
from pathlib import Path

import pytest

from config.services import database_url, embedded_postgres

FOLDER = "PARLEY_TEST_FOLDER"

if FOLDER not in os.environ:
    folder = Path(tempfile.mkdtemp(prefix="parley-test-", dir="/tmp"))
    folder.chmod(0o711)  # another account may have to reach the data folder inside
    (folder / "static").mkdir()
    os.environ |= {
        FOLDER: str(folder),
        "PARLEY_TESTING": "1",
        "PARLEY_DATA": str(folder),
        "DATABASE_URL": database_url(folder / "postgres"),
        "DATABASE_POOL": "0",  # tests leave threads behind; what they held must not starve the others
        "REDIS_URL": "",
        "DJANGO_ALLOW_ASYNC_UNSAFE": "true",  # Playwright runs a loop in the test's own thread
        "PARLEY_TEST_OWNER": str(os.getpid()),
    }

running = contextlib.ExitStack()


def pytest_configure(config: pytest.Config) -> None:
    if os.environ["PARLEY_TEST_OWNER"] != str(os.getpid()) or config.option.help or config.option.version:
        return
    folder = Path(os.environ[FOLDER])
    running.callback(shutil.rmtree, folder, ignore_errors=True)
    running.enter_context(embedded_postgres(folder / "postgres", fsync=False))


def pytest_unconfigure(config: pytest.Config) -> None:
    running.close()
