"""The docs say what is there: every setting, every event and every refusal has its line."""

from __future__ import annotations

import re
from itertools import product
from pathlib import Path

from negotiations.rules.events import EVENTS

HOUSE = Path(__file__).parent.parent


def test_settings_are_documented_all_and_no_other() -> None:
    source = (HOUSE / "config/settings.py").read_text()
    asked = set(re.findall(r'(?:text|flag|number|words)\("([A-Z_]+)"', source))
    page = (HOUSE / "docs/administrators/settings.md").read_text()
    first_cells = [line.split("|")[1] for line in page.splitlines() if line.startswith("| `")]
    assert asked == set(re.findall(r"`([A-Z_]+)`", " ".join(first_cells)))


def test_events_are_documented() -> None:
    page = (HOUSE / "docs/developers/add-an-event.md").read_text()
    assert [kind for kind in EVENTS if f"`{kind}`" not in page] == []


def test_links_between_pages_lead_somewhere() -> None:
    pages = [*HOUSE.glob("*.md"), *HOUSE.glob("docs/**/*.md")]
    for page in pages:
        for target in re.findall(r"\]\((?!https?:)([^)#]+)", page.read_text()):
            assert (page.parent / target).exists(), f"{page.name} -> {target}"


def test_pictures_are_shown_all_and_tables_in_every_look() -> None:
    kept = {path.name for path in (HOUSE / "docs/pictures").iterdir()}
    pages = "".join(page.read_text() for page in [*HOUSE.glob("*.md"), *HOUSE.glob("docs/**/*.md")])
    assert kept == set(re.findall(r"pictures/([\w-]+\.webp)", pages))
    tables = {name.split("-")[1] for name in kept if name.startswith("table-")}
    looks = product(tables, (1280, 360), ("light", "dark"))
    assert [
        name for name in (f"table-{'-'.join(map(str, look))}.webp" for look in looks) if name not in kept
    ] == []


def test_architecture_when_it_names_a_file_the_file_exists() -> None:
    page = (HOUSE / "ARCHITECTURE.md").read_text()
    named = re.findall(
        r"`((?:config|negotiations|classrooms|debriefs|simulations|bargaining|static|docs)/[\w./<>-]+)`", page
    )
    missing = [name for name in named if "<" not in name and not (HOUSE / name).exists()]
    assert missing == []
