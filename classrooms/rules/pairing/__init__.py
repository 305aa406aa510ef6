"""Who sits with whom. Pure and seeded: the same people, sides, wishes and chance give the same tables, in whatever
order people are named; and of each table it can be said why."""

from classrooms.rules.pairing.draw import pair
from classrooms.rules.pairing.past import PastSeat, comers
from classrooms.rules.pairing.people import Comer, OddRule, Pairing, Place, Sections, Side, Wishes
from classrooms.rules.pairing.previews import Preview, previews
from classrooms.rules.pairing.remainder import short_table
from classrooms.rules.pairing.why import Reason, reasons

__all__ = [
    "Comer",
    "OddRule",
    "Pairing",
    "PastSeat",
    "Place",
    "Preview",
    "Reason",
    "Sections",
    "Side",
    "Wishes",
    "comers",
    "pair",
    "previews",
    "reasons",
    "short_table",
]
