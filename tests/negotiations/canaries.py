"""Mountain View Farm with marks in everything that is the farmer's or the instructor's alone.

A mark is a word, or eight digits behind a number's point, that occurs nowhere else in the world.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from bargaining.case import Case
from bargaining.casefile import Loaded, dump, from_mapping, load_folder, to_mapping
from bargaining.scoring import issue_points
from classrooms.models import User
from simulations.actions import LIBRARY
from simulations.models import Edition
from tests.factories import publish_apart

SHELF = LIBRARY / "mountain-view-farm"
WORDS = (
    "kestrel",
    "lapwing",
    "dunnock",
    "fieldfare",
    "siskin",
    "goshawk",
    "ptarmigan",
    "whimbrel",
    "turnstone",
)
#: Where each word stands; the last three are the instructor's alone.
ALTERNATIVE, LOTTERY, INTEREST, SECRET_RULE, BRIEF, NEWS, NOTE, DEBRIEF, TAG = WORDS
OF_THE_INSTRUCTOR = (NEWS, NOTE, DEBRIEF, TAG)


CHANCE = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|\d{4}-\d\d-\d\dT[\d:.]+Z")


def marked(number: float, mark: int) -> float:
    """The number with a mark of eight digits behind its point, short enough to be written out in full."""
    return round(number + (73_190_000 + mark * 101) / 10**8, 8)


def sheet(change: int) -> dict[str, Any]:
    """The case as plain data, with the farmer's own part marked; `change` makes another farmer of it."""
    plain = to_mapping(load_folder(SHELF).case)
    plain["id"] = "marked-farm"
    farmer = plain["parties"]["farmer"]
    farmer["alternative"] = {
        "text": f"Call the {ALTERNATIVE}",
        "lottery": [
            {"p": 0.5, "value": marked(101 + change, 1), "text": f"the {LOTTERY} comes"},
            {"p": 0.5, "value": marked(90 + change, 2), "text": "it does not"},
        ],
    }
    farmer["target"] = marked(161 + change, 3)
    farmer["base"] = marked(1 + change, 4)
    farmer["interests"] = [f"see the {INTEREST}"]
    for place, issue in enumerate(plain["issues"].values()):
        issue["points"]["farmer"] = other_points(issue["points"]["farmer"], 10 * (place + 1) + change)
    plain["uncertainties"]["trail"]["beliefs"]["farmer"] = {
        "approved": 0.61739173 - change / 100,
        "refused": 0.38260827 + change / 100,
    }
    plain["adjustments"].append(
        {
            "when": {"cabins": "six"},
            "add": {"farmer": marked(-7 - change, 5)},
            "tell": ["farmer"],
            "text": f"Six cabins drive away the {SECRET_RULE}",
        }
    )
    plain["delay"]["cost"]["farmer"] = marked(1 + change, 6)
    plain["releases"][0]["text"] = f"A {NEWS} was seen"
    plain["tags"] = [TAG]
    return plain


def other_points(rule: Any, mark: int) -> Any:
    if isinstance(rule, list):
        return [marked(points, mark + place) for place, points in enumerate(rule)]
    if "offset" in rule:
        return rule | {"offset": marked(rule["offset"], mark)}
    return {
        "expected": rule["expected"]
        | {"by": {"approved": {"per_unit": 0.00131931 + mark / 10**8}, "refused": {"per_unit": 0}}}
    }


def load(folder: Path, change: int = 0) -> Loaded:
    """Written to a folder and read back, as an author's simulation would be."""
    shutil.copytree(SHELF, folder)
    (folder / "simulation.yaml").write_text(dump(from_mapping(sheet(change))), encoding="utf-8")
    (folder / "roles" / "farmer.md").write_text(
        f"# The farmer\n\nYou saw a {BRIEF} {change} times.\n\n{{{{ my_alternative }}}}\n", encoding="utf-8"
    )
    (folder / "teaching-note.md").write_text(f"# Note\n\nThe {NOTE} and the {change}.\n", encoding="utf-8")
    (folder / "debrief.md").write_text(f"# After\n\nThe {DEBRIEF} and the {change}.\n", encoding="utf-8")
    return load_folder(folder)


def publish_marked(folder: Path, change: int = 0, owner: User | None = None) -> tuple[Edition, Case]:
    loaded = load(folder, change)
    return publish_apart(loaded, owner), loaded.case


def digits_of(numbers: Iterable[float]) -> set[str]:
    """What would show of these numbers however they are rounded: six digits behind the point."""
    written = (f"{abs(number):.9f}".rstrip("0").partition(".")[2] for number in numbers)
    return {digits[:6] for digits in written if len(digits) >= 6}


def farmers_marks(case: Case) -> set[str]:
    """Everything of the farmer's that would betray the sheet, whoever wrote it out."""
    farmer = case.party("farmer")
    assert farmer.alternative is not None
    assert farmer.target is not None
    numbers = [farmer.alternative.worth, *(each.value for each in farmer.alternative.lottery)]
    numbers += [farmer.target, farmer.base, *case.uncertainty("trail").beliefs["farmer"].values()]
    numbers += [adjustment.add["farmer"] for adjustment in case.adjustments if "farmer" in adjustment.add]
    for issue in case.issues:
        numbers += issue_points(case, "farmer", issue.id).values()
    words = set(WORDS) - set(OF_THE_INSTRUCTOR)
    return words | digits_of(numbers) | {"61.74", "38.26"}  # pages round a belief to two digits


def found_in(received: Iterable[str], marks: Iterable[str]) -> dict[str, str]:
    """Each mark that was received, with the place where it stood. Ids and times are chance, not a leak."""
    everything = CHANCE.sub("", "\n".join(received))
    spots = {mark: re.search(re.escape(mark), everything) for mark in marks}
    return {
        mark: everything[max(0, spot.start() - 60) : spot.end() + 20] for mark, spot in spots.items() if spot
    }
