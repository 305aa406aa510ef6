"""What a shelf can be narrowed by, and how many simulations stand behind each choice."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, fields, replace

from bargaining.case import Case

MANY_PARTIES = 5
SHORT, LONG = 60, 120
LEVELS = ("introductory", "intermediate", "advanced")


@dataclass(frozen=True)
class Facts:
    """What a simulation is chosen by. `text` holds the words one can search for."""

    parties: int
    minutes: int
    level: str
    mechanism: str
    text: str


@dataclass(frozen=True)
class Wanted:
    """What somebody looks for; an empty word narrows nothing."""

    q: str = ""
    parties: str = ""
    minutes: str = ""
    level: str = ""
    mechanism: str = ""

    @property
    def is_open(self) -> bool:
        """Nothing narrows the shelf."""
        return self == Wanted()


def facts_of(case: Case) -> Facts:
    spoken = (case.title, case.summary, *case.teaches, *case.tags, case.level)
    return Facts(
        parties=sum(not party.optional for party in case.parties),
        minutes=sum(case.time.values()),
        level=case.level,
        mechanism=case.mechanism,
        text=" ".join(spoken).casefold(),
    )


def read_wanted(asked: Mapping[str, str]) -> Wanted:
    """What an address asks for; a choice that does not exist narrows nothing."""
    words = {field.name: asked.get(field.name, "").strip()[:80] for field in fields(Wanted)}
    for name in CHOICES:
        if words[name] not in CHOICES[name]:
            words[name] = ""
    return Wanted(**words)


def admits(wanted: Wanted, facts: Facts) -> bool:
    return speaks_of(facts, wanted.q) and all(
        not getattr(wanted, name) or getattr(wanted, name) == place(facts) for name, place in PLACES.items()
    )


def speaks_of(facts: Facts, words: str) -> bool:
    """Every word that was asked for stands somewhere in what the shelf says."""
    return all(word in facts.text for word in words.casefold().split())


def counts(wanted: Wanted, name: str, shelf: Iterable[Facts]) -> dict[str, int]:
    """How many simulations each choice of one filter would leave, the other filters being as they are."""
    others = replace(wanted, **{name: ""})
    found = dict.fromkeys(CHOICES[name], 0)
    for facts in shelf:
        place = PLACES[name](facts)
        if place in found and admits(others, facts):
            found[place] += 1
    return found


def _place_of_parties(facts: Facts) -> str:
    return str(facts.parties) if facts.parties < MANY_PARTIES else "more"


def _place_of_minutes(facts: Facts) -> str:
    if facts.minutes <= SHORT:
        return "short"
    return "middle" if facts.minutes <= LONG else "long"


PLACES: dict[str, Callable[[Facts], str]] = {
    "parties": _place_of_parties,
    "minutes": _place_of_minutes,
    "level": lambda facts: facts.level,
    "mechanism": lambda facts: facts.mechanism,
}
CHOICES: dict[str, tuple[str, ...]] = {
    "parties": ("2", "3", "4", "more"),
    "minutes": ("short", "middle", "long"),
    "level": LEVELS,
    "mechanism": ("agreement", "coalition", "rounds", "freeform"),
}
