"""How long until a phone on a slow line shows a room that has seen much, and whether it stays smooth.

./dev bench paint --events 200 500

Chromium as a phone of 360 px whose processor is slowed four times, on a line of 1.6 Mbit/s with 150 ms there and back,
nothing in its cache. *First paint* is the browser's own first contentful paint, *ready* when the page's script has
taken over; *longest halt* is the longest time between two frames while twenty more events come in.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, Any

from bench.options import scratch
from bench.products import Parley
from bench.products.base import ROOT, Running, call
from bench.products.parley import CLASS
from tests.browsing import LAUNCH_FLAGS
from tests.machine import find_chromium

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

SLOWER = 4
MEGABIT = 1_000_000 / 8
LINE = {
    "offline": False,
    "latency": 150,
    "downloadThroughput": 1.6 * MEGABIT,
    "uploadThroughput": 0.75 * MEGABIT,
}
MORE = 20
PAINTED = "performance.getEntriesByName('first-contentful-paint')[0].startTime"
READY = "document.documentElement.dataset.ready === 'room'"
#: Counts from now on the longest time between two frames.
WATCH = """() => {
  window.halt = 0;
  let last = performance.now();
  const look = (now) => { window.halt = Math.max(window.halt, now - last); last = now; requestAnimationFrame(look); };
  requestAnimationFrame(look);
}"""


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--events", type=int, nargs="+", default=[200, 500])
    parser.add_argument("--repeats", type=int, default=5)
    parser.add_argument("--work", type=Path, help="the scratch folder; without it a new one in /tmp")
    options = parser.parse_args()
    print("| events | n | first paint ms | ready ms | longest halt ms |")
    print("| --- | --- | --- | --- | --- |")
    with room(scratch(options)) as (running, browser, state):
        there = 0
        for events in sorted(options.events):
            talk(running, events - there)
            there = events + MORE * options.repeats
            found = [look(browser, running, state) for _ in range(options.repeats)]
            middle = [f"{median(values):,.0f}" for values in zip(*found, strict=True)]
            print(f"| {events} | {len(found)} | {' | '.join(middle)} |", flush=True)


@contextmanager
def room(folder: Path) -> Iterator[tuple[Running, Browser, Any]]:
    """A table with two people, and the cookies of one of them."""
    from playwright.sync_api import sync_playwright

    with Parley().run(folder / "paint", 2) as running, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_chromium(), args=LAUNCH_FLAGS)
        states = [join(browser, running, name) for name in ("Bo", "Cy")]
        call(running.ways["pair"], ROOT, running.ways["env"])
        yield running, browser, states[0]
        browser.close()


def join(browser: Browser, running: Running, name: str) -> Any:
    context = browser.new_context()
    page = context.new_page()
    page.goto(f"{running.bases[0]}/j/{running.ways['code']}/")
    page.get_by_label("Your name").fill(name)
    page.get_by_role("button", name="Join").click()
    page.get_by_role("heading", name="You are in").wait_for()
    state = context.storage_state()
    context.close()
    return state


def talk(running: Running, events: int) -> None:
    call([*CLASS, "talk", running.ways["session"], str(events)], ROOT, running.ways["env"], seconds=600)


def look(browser: Browser, running: Running, state: Any) -> tuple[float, float, float]:
    context = browser.new_context(
        viewport={"width": 360, "height": 740}, device_scale_factor=2, has_touch=True, storage_state=state
    )
    page = context.new_page()
    slow_down(page)
    page.goto(f"{running.bases[0]}/seat/{running.ways['code']}/")
    page.wait_for_function(READY)
    ready = page.evaluate("performance.now()")
    painted = page.evaluate(PAINTED)
    page.evaluate(WATCH)
    talk(running, MORE)
    page.wait_for_timeout(500)
    halt = page.evaluate("window.halt")
    context.close()
    return painted, ready, halt


def slow_down(page: Page) -> None:
    line = page.context.new_cdp_session(page)
    line.send("Network.enable")
    line.send("Network.emulateNetworkConditions", LINE)
    line.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})


if __name__ == "__main__":
    main()
