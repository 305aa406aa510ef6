"""Lists of people as they come out of other systems: read, understood column by column, and held against who is there.

Pure: a list goes in, and people, faults that say where, and what would change come out. Nothing is written here.
"""

from classrooms.rules.roster.columns import FIELDS, Field, guess
from classrooms.rules.roster.people import Listed, People, read_people
from classrooms.rules.roster.plan import Change, Plan, plan
from classrooms.rules.roster.reading import BiggerThanAllowed, Fault, Row, Table, decoded, read_table

__all__ = [
    "FIELDS",
    "BiggerThanAllowed",
    "Change",
    "Fault",
    "Field",
    "Listed",
    "People",
    "Plan",
    "Row",
    "Table",
    "decoded",
    "guess",
    "plan",
    "read_people",
    "read_table",
]
