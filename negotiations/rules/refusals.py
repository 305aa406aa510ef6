"""Refusals: why a command leaves no trace.

    RuleBroken(code, words)

`code` is for programs and never changes; `words` are for the person and may be translated.
"""

from __future__ import annotations

#: Every refusal a table can give. The words say what to do next where something can be done.
WORDS: dict[str, str] = {
    "not_started": "The table is not open yet.",
    "paused": "The table is paused. Your instructor will resume it.",
    "room_closed": "This negotiation has ended.",
    "late": "Time is up. The table closed before this arrived.",
    "already_agreed": "You have already agreed.",
    "own_offer": "This is your own offer. The other side has to accept it.",
    "stale_offer": "This offer no longer stands. Look at what is on the table now.",
    "invalid_offer": "This offer cannot be made as it is.",
    "empty_message": "Write something first.",
    "message_too_long": "This message is too long. Send it in two parts.",
    "bad_text": "This text contains characters that cannot be stored.",
    "limit_reached": "This table has reached its limit. Nothing more can be added.",
    "seat_taken": "This seat is already taken.",
    "not_seated": "You have no seat at this table.",
    "forbidden": "You may not do this at this table.",
    "no_change": "There is nothing to change.",
    "too_many_packages": "An offer holds one package here.",
}


class RuleBroken(Exception):
    """A command that the rules refuse. It changed nothing and is decided anew when repeated."""

    def __init__(self, code: str, words: str | None = None) -> None:
        self.code = code
        self.words = words or WORDS[code]
        super().__init__(f"{code}: {self.words}")
