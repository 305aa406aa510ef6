"""What a simulation file has said so far, so that a later part may name it; and readers of such names."""

from __future__ import annotations

from dataclasses import dataclass, field

from bargaining.case import Derived, Issue, Uncertainty
from bargaining.casefile.faults import Fields, Node
from bargaining.formulas import Term

EVERYBODY = "all"
# All issues of a file together may have so many values: each is held in memory and worth something to everybody.
MOST_VALUES = 500_000


@dataclass
class Known:
    """Parties, events, issues and quantities by their ids, in the order of the file; `terms` are those that
    formulas have read so far, each made once."""

    parties: tuple[str, ...]
    events: dict[str, Uncertainty] = field(default_factory=dict)
    issues: dict[str, Issue] = field(default_factory=dict)
    quantities: dict[str, Derived] = field(default_factory=dict)
    terms: dict[tuple[str, str], Term] = field(default_factory=dict)
    values: int = 0

    def has_room_for(self, node: Node, values: int) -> bool:
        """Whether the values of one more issue are not too many; else a fault."""
        self.values += values
        if self.values > MOST_VALUES:
            node.fault("All issues together have too many values.", "Choose larger steps.")
        return self.values <= MOST_VALUES

    def party(self, node: Node, name: str) -> str:
        """The name if it is a party's; else a fault."""
        if name not in self.parties:
            node.fault(f"There is no party “{name[:40]}”.", f"Parties are: {', '.join(self.parties)}.")
        return name

    def parties_of(self, fields: Fields, name: str) -> tuple[str, ...]:
        """A list of parties; “all” stands for everybody."""
        return tuple(party for node in fields.items_of(name) for party in self._named(node))

    def numbers_of(self, fields: Fields, name: str) -> dict[str, float]:
        """A number for each party named."""
        return {self.party(node, party): node.number() for party, node in fields.entries(name).items()}

    def _named(self, node: Node) -> tuple[str, ...]:
        if node.value == EVERYBODY:
            return self.parties
        return (node.one_of(self.parties),)
