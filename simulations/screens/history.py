"""What changed between two editions, in words: numbers and terms by where they stand, texts by their paragraphs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from bargaining.case import Case
from bargaining.casefile import Texts, to_mapping
from simulations.models import Edition
from simulations.queries import texts_of, whole_case
from simulations.rules.changes import Difference, Paragraph, Place, compared, differences
from simulations.wording import full_name, name_of_issue, say_number

LONGEST = 160


@dataclass(frozen=True)
class Group:
    """What changed at one thing: a party, an issue, or the case as a whole."""

    title: str
    lines: tuple[str, ...]


@dataclass(frozen=True)
class TextChange:
    title: str
    paragraphs: tuple[Paragraph, ...]


@dataclass(frozen=True)
class Changes:
    groups: tuple[Group, ...]
    texts: tuple[TextChange, ...]

    @property
    def is_empty(self) -> bool:
        """Nothing that one could read: the order of things at most."""
        return not self.groups and not self.texts


def changes_between(before: Edition, after: Edition) -> Changes:
    old, new = whole_case(before.pk), whole_case(after.pk)
    return Changes(
        tuple(grouped(old, new, differences(to_mapping(old), to_mapping(new)))),
        (
            *text_changes(new, texts_of(before), texts_of(after)),
            *translation_changes(before.translations, after.translations),
        ),
    )


def grouped(old: Case, new: Case, found: tuple[Difference, ...]) -> list[Group]:
    lines: dict[str, list[str]] = {}
    for difference in found:
        title, rest = owner_of(old, new, difference.place)
        lines.setdefault(title, []).append(line_of(old, new, rest, difference))
    return [Group(title, tuple(said)) for title, said in lines.items()]


def owner_of(old: Case, new: Case, place: Place) -> tuple[str, Place]:
    """The thing a place belongs to, in words, and the way on from there."""
    first, *rest = place
    if first in ("parties", "issues") and rest:
        return thing_in_words(old, new, str(first), str(rest[0])), tuple(rest[1:])
    if first in NAMED and rest:
        return f"{capfirst(_word(first))}: {_word(rest[0])}", tuple(rest[1:])
    return _("The case as a whole"), place


NAMED = ("derived", "uncertainties", "strands", "conditions", "landmarks", "settlement_elements")


def thing_in_words(old: Case, new: Case, kind: str, name: str) -> str:
    for case in (new, old):
        if kind == "parties" and name in case.party_ids:
            return full_name(case.party(name))
        if kind == "issues" and case.has_issue(name):
            return name_of_issue(case, case.issue(name))
    return _word(name)


def line_of(old: Case, new: Case, way: Place, difference: Difference) -> str:
    said = {
        "what": capfirst(way_in_words(old, new, way, difference.place)),
        "before": say(difference.before),
        "after": say(difference.after),
    }
    if difference.before is None:
        return _("%(what)s: %(after)s (new)") % said if way else _("New: %(after)s") % said
    if difference.after is None:
        return _("%(what)s: gone (was %(before)s)") % said if way else _("Gone: %(before)s") % said
    return _("%(what)s: %(after)s instead of %(before)s") % said


def way_in_words(old: Case, new: Case, way: Place, place: Place) -> str:
    """ "points, farmer, 40 acres"."""
    words = []
    for k, step in enumerate(way):
        if isinstance(step, int):
            words.append(position_in_words(old, new, place, step))
        elif k and way[k - 1] in ("points", "beliefs", "cost", "add", "weights"):
            words.append(thing_in_words(old, new, "parties", step))
        elif k and way[k - 1] == "options":
            words.append(option_in_words(old, new, place, step))
        else:
            words.append(_word(step))
    return ", ".join(words)


def option_in_words(old: Case, new: Case, place: Place, option: str) -> str:
    for case in (new, old):
        issue = case.issue(str(place[1])) if case.has_issue(str(place[1])) else None
        labels = {each.id: each.label for each in issue.options} if issue else {}
        if option in labels:
            return labels[option]
    return _word(option)


def position_in_words(old: Case, new: Case, place: Place, position: int) -> str:
    """Points stand in the order of the options; everything else is counted from 1."""
    name = str(place[1]) if len(place) > 1 else ""
    for case in (new, old):
        if place[0] == "issues" and case.has_issue(name) and position < len(case.issue(name).options):
            return case.issue(name).options[position].label
    return str(position + 1)


def say(value: Any) -> str:
    """A plain value as short words."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, int | float):
        return say_number(value)
    if isinstance(value, list):
        return _cut(", ".join(say(part) for part in value))
    if isinstance(value, dict):
        return _cut("; ".join(f"{_word(name)} {say(part)}" for name, part in value.items()))
    return _cut(str(value))


def text_changes(case: Case, before: Texts, after: Texts) -> list[TextChange]:
    pairs = [
        (_("Everybody reads"), before["general"], after["general"]),
        *(
            (sheet_title(case, party), before["roles"].get(party, ""), after["roles"].get(party, ""))
            for party in dict.fromkeys([*after["roles"], *before["roles"]])
        ),
        (_("Teaching note"), before["teaching_note"], after["teaching_note"]),
        (_("Debrief"), before["debrief"], after["debrief"]),
    ]
    found = [TextChange(title, compared(old, new)) for title, old, new in pairs]
    return [change for change in found if change.paragraphs]


def translation_changes(before: Mapping[str, str], after: Mapping[str, str]) -> list[TextChange]:
    """Translations are told by the names of their files."""
    names = sorted({*before, *after})
    found = [TextChange(name, compared(before.get(name, ""), after.get(name, ""))) for name in names]
    return [change for change in found if change.paragraphs]


def sheet_title(case: Case, party: str) -> str:
    name = full_name(case.party(party)) if party in case.party_ids else _word(party)
    return _("Sheet of %(party)s") % {"party": name}


def _word(name: str | int) -> str:
    words = {
        "min": pgettext("of a range", "smallest"),
        "max": pgettext("of a range", "largest"),
        "value": pgettext("of an alternative", "worth"),
        "when": pgettext("of an issue", "only if"),
        "p": pgettext("of an outcome", "chance"),
    }
    return words.get(str(name), str(name).replace("_", " "))


def _cut(words: str) -> str:
    return words if len(words) <= LONGEST else f"{words[: LONGEST - 1]}…"
