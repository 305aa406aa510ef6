"""Which variant of an edition a table plays: its condition, and the news that reached it so far.

Pure: it changes cases and texts, and knows neither rooms nor rows.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

from bargaining.case import Case
from bargaining.casefile import CaseFaults, after_release, under_condition

EVERYBODY = "all"
_PLACE = re.compile(r"\{\{\s*condition_text\s*\}\}")
_TITLE = re.compile(r"\A\s*# [^\n]*\n")


class Variant(NamedTuple):
    """`news` are the releases that changed the case, in the order in which they came."""

    condition: str = ""
    news: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        return "/".join((self.condition, *self.news))


#: The edition as it is written.
BASE = Variant()


def varied(case: Case, variant: Variant) -> Case:
    """The whole case as this variant plays it; KeyError if the edition has no such condition or news."""
    if variant.condition:
        case = under_condition(case, variant.condition)
    for release in variant.news:
        case = _after(case, release)
    return case


def _after(case: Case, release: str) -> Case:
    """Each change was looked through alone. One that cannot stand beside another is told and changes nothing."""
    try:
        return after_release(case, release)
    except CaseFaults:
        return case


def changing(case: Case, news: Iterable[str]) -> tuple[str, ...]:
    """Those of the news that change the case."""
    found = {release.id for release in case.releases if release.changes}
    return tuple(release for release in news if release in found)


def text_under(case: Case, condition: str, reader: str, text: str) -> str:
    """A sheet with the condition's own words for its reader, a party or everybody: at their place, else at the top."""
    words = next((each.text.get(reader, "") for each in case.conditions if each.id == condition), "")
    if not words or _PLACE.search(text):
        return _PLACE.sub(lambda _: words, text)
    title = _TITLE.match(text)
    start = title.end() if title else 0
    return f"{text[:start]}\n{words}\n\n{text[start:].lstrip()}"
