"""What was sent, acknowledged and received, and the figures that follow from it. No network in here."""

from __future__ import annotations

import statistics
from collections import Counter
from collections.abc import Iterable, Sequence


class Tally:
    """Times of every message.

    A message has the sender's id and, where the product numbers its log, a key that both sides see; the
    acknowledgement ties the two together and may come after the receiver has it already.
    """

    def __init__(self) -> None:
        self.sent_at: dict[str, float] = {}
        self.acked_at: dict[str, float] = {}
        self.delivered_at: dict[str, float] = {}
        self.arrivals: list[float] = []
        self.refused: Counter[str] = Counter()
        self.doubled = 0
        self._seen: set[str] = set()
        self._id_of: dict[str, str] = {}
        self._early: dict[str, float] = {}

    def send(self, message_id: str, at: float) -> None:
        self.sent_at[message_id] = at

    def acknowledge(self, message_id: str, keys: Iterable[str], at: float) -> None:
        self.acked_at.setdefault(message_id, at)
        for key in keys:
            self._id_of[key] = message_id
            if key in self._early:
                self.delivered_at[message_id] = self._early.pop(key)

    def arrive(self, key: str, at: float) -> bool:
        """The other side has it. False when it had it before."""
        if key in self._seen:
            self.doubled += 1
            return False
        self._seen.add(key)
        self.arrivals.append(at)
        message_id = self._id_of.get(key, key)
        if message_id in self.sent_at:
            self.delivered_at[message_id] = at
        else:
            self._early[key] = at
        return True

    @property
    def backlog(self) -> int:
        return len(self.sent_at) - len(self.delivered_at)

    def figures(self, begin: float, end: float) -> dict[str, object]:
        """Figures of the messages sent, and of those received, in one window of time."""
        inside = [key for key, at in self.sent_at.items() if begin <= at < end]
        delivered = [key for key in inside if key in self.delivered_at]
        acked = [key for key in inside if key in self.acked_at]
        received = self.received(begin, end)
        return {
            "window_s": end - begin,
            "sent_in_window": len(inside),
            "received_in_window": received,
            "offered_per_s": len(inside) / (end - begin),
            "delivered_per_s": received / (end - begin),
            "latency_ms": quantiles(
                [1000 * (self.delivered_at[key] - self.sent_at[key]) for key in delivered]
            ),
            "ack_ms": quantiles([1000 * (self.acked_at[key] - self.sent_at[key]) for key in acked]),
            "undelivered": len(inside) - len(delivered),
            "sent_total": len(self.sent_at),
            "acked_total": len(self.acked_at),
            "delivered_total": len(self.delivered_at),
            "doubled": self.doubled,
            "refused": dict(self.refused),
        }

    def received(self, begin: float, end: float) -> int:
        return sum(1 for at in self.arrivals if begin <= at < end)


def quantiles(values: Sequence[float]) -> dict[str, float] | None:
    if not values:
        return None
    ordered = sorted(values)

    def at(share: float) -> float:
        return round(ordered[min(len(ordered) - 1, int(share * len(ordered)))], 3)

    return {
        "n": len(ordered),
        "p50": at(0.50),
        "p95": at(0.95),
        "p99": at(0.99),
        "max": round(ordered[-1], 3),
        "mean": round(statistics.fmean(ordered), 3),
    }
