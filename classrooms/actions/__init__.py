"""The verbs of people and sittings: one function per thing a person can do."""

from __future__ import annotations

from classrooms.actions.people import (
    begin_tries,
    count_failure,
    forget_failures,
    give_back,
    join,
    leave_browser,
    make_classroom,
    make_start_link,
    mark_here,
    recover,
    return_here,
    set_absent,
    use_start_link,
)
from classrooms.actions.roster import take_list
from classrooms.actions.seating import (
    give_partner,
    pair,
    remove,
    replace,
    seat_late,
    seat_newcomer,
    seat_observer,
    seat_second,
)
from classrooms.actions.sittings import close_sitting, make_session

__all__ = [
    "begin_tries",
    "close_sitting",
    "count_failure",
    "forget_failures",
    "give_back",
    "give_partner",
    "join",
    "leave_browser",
    "make_classroom",
    "make_session",
    "make_start_link",
    "mark_here",
    "pair",
    "recover",
    "remove",
    "replace",
    "return_here",
    "seat_late",
    "seat_newcomer",
    "seat_observer",
    "seat_second",
    "set_absent",
    "take_list",
    "use_start_link",
]
