"""A real browser for the tests marked `browser`, and visitors with a profile of their own."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser, ConsoleMessage, Page

    from tests.serving import RunningServer

# Chromium's own sandbox refuses root, and small /dev/shm of containers would crash pages.
ROOT_FLAGS = ["--no-sandbox"] if hasattr(os, "getuid") and os.getuid() == 0 else []
# A name that is not localhost is no secure context: what phones in the classroom's network meet.
LAN_NAME = "classroom.test"
LAUNCH_FLAGS = [
    *ROOT_FLAGS,
    "--disable-dev-shm-usage",
    "--disable-gpu",
    "--no-proxy-server",
    f"--host-resolver-rules=MAP {LAN_NAME} 127.0.0.1",
]
PATIENCE_MS = 30_000  # a busy machine is slow, not wrong
EXPECTED_NOISE = ("Failed to load resource",)  # a refused request is an answer, not a fault of the page


@pytest.fixture(scope="module")
def browser(chromium_path: str) -> Iterator[Browser]:
    """One browser a module: Playwright's loop lives in this thread, so it must end before async tests begin."""
    from playwright.sync_api import expect, sync_playwright

    expect.set_options(timeout=PATIENCE_MS)

    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=chromium_path, args=LAUNCH_FLAGS)
        yield started
        started.close()


@pytest.fixture
def visitor(browser: Browser, running_server: RunningServer) -> Iterator[Callable[..., Page]]:
    """Gives a new person with an own profile: `visitor(width=360, color_scheme="dark")`.

    At the end no page may have logged an error: a broken script or a refused inline style shows there. A page whose
    network is going to be cut `expects` that its browser says so.
    """
    contexts, problems = [], []

    def arrive(width: int = 1280, height: int = 800, expects: tuple[str, ...] = (), **options: Any) -> Page:
        options.setdefault("base_url", running_server.url)
        context = browser.new_context(viewport={"width": width, "height": height}, **options)
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(PATIENCE_MS)
        page.on("console", lambda message: _note(problems, message, expects))
        page.on("pageerror", lambda error: problems.append(str(error)))
        return page

    yield arrive
    for context in contexts:
        context.close()
    assert problems == []


def _note(problems: list[str], message: ConsoleMessage, expects: tuple[str, ...]) -> None:
    if message.type == "error" and not message.text.startswith((*EXPECTED_NOISE, *expects)):
        problems.append(message.text)
