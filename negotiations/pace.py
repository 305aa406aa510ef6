"""How fast one sender may ask: tokens that come back with time. It knows no frame and no transport."""

from __future__ import annotations

from time import monotonic

#: A person never sends this fast; a flood is slowed to it.
FRAMES_PER_SECOND = 100
BURST = 200


class Pace:
    """A token a frame, for one socket or for one seat's plain requests."""

    def __init__(self) -> None:
        self.tokens, self.counted_at = float(BURST), monotonic()

    def refill(self) -> None:
        now = monotonic()
        self.tokens = min(BURST, self.tokens + (now - self.counted_at) * FRAMES_PER_SECOND)
        self.counted_at = now

    def seconds_to_wait(self) -> float:
        """Takes a token on credit, if need be: how long until it is there."""
        self.refill()
        self.tokens -= 1
        return max(0.0, -self.tokens / FRAMES_PER_SECOND)

    def allows(self) -> bool:
        """Takes a token if there is one."""
        self.refill()
        if self.tokens < 1:
            return False
        self.tokens -= 1
        return True
