"""What a line of the log says beside itself: what is offered there is worth to its viewer, and where it stands on
what everybody may know. It works nothing out; both are given."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Protocol

from bargaining.case import Value
from negotiations.rules.events import DealMade, Event, OfferMade, OutcomeRecorded

#: Where a package stands on what everybody may know of it, by quantity.
Levels = Callable[[Mapping[str, Value]], Mapping[str, float]]


class Worth(Protocol):
    """Points of a package for the viewer: one number for a party, one a party for an instructor. Where people vote
    it may depend on how many approve."""

    def __call__(self, package: Mapping[str, Value], approvals: int = 0) -> Any: ...

    def beside(self, package: Mapping[str, Value], is_whole: bool = True) -> dict[str, Any]: ...


def stands(event: Event, levels: Levels) -> dict[str, Any]:
    """Where offered packages stand on what everybody may know of them."""
    found = [levels(package) for package in event.packages] if isinstance(event, OfferMade) else []
    return {"levels": found} if any(found) else {}


def worths(event: Event, worth: Worth) -> dict[str, Any]:
    """What the packages in an event are worth to its viewer; `beside` holds what one number cannot say."""
    match event:
        case OfferMade(packages=packages, left_open=left_open):
            beside = [
                worth.beside(package, not (left_open and left_open[place]))
                for place, package in enumerate(packages)
            ]
            found = {"worth": [worth(package) for package in packages]}
            return {**found, "beside": beside} if any(beside) else found
        case DealMade(package=package, approvals=approvals):
            return {"worth": worth(package, approvals), **_beyond(package, worth)}
        case OutcomeRecorded(package=package) if package is not None:
            return {"worth": worth(package), **_beyond(package, worth)}
    return {}


def _beyond(package: Mapping[str, Value], worth: Worth) -> dict[str, Any]:
    found = worth.beside(package)
    return {"beside": found} if found else {}
