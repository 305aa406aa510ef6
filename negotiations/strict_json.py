"""JSON as the standard means it, for frames: no duplicate keys, no NaN, no absurd depth or digits. What is wrong is
said with a typed code; nothing of it is echoed."""

from __future__ import annotations

import json
import math
from typing import Any

from django.utils.translation import gettext_noop

WORDS = {
    "bad_json": gettext_noop("This could not be read."),
    "bad_value": gettext_noop("A number in this could not be read."),
    "bad_text": gettext_noop("This text contains characters that cannot be stored."),
    "bad_request": gettext_noop("This is not something that can be asked here."),
    "bad_key": gettext_noop("The frame needs an id that is a UUID."),
    "rate_limited": gettext_noop("Too many messages at once. Wait a moment."),
    "unavailable": gettext_noop("This could not be saved now. It will be tried again."),
    "key_reuse": gettext_noop("This was already sent with another content."),
    "reading_along": gettext_noop("You are reading along. Only the seats can act here."),
    "too_big": gettext_noop("This is too big to send."),
}


class BadFrame(Exception):
    def __init__(self, code: str, words: str, id: str | None = None) -> None:
        self.code, self.words, self.id = code, words, id
        super().__init__(code)


def bad(code: str, id: str | None = None) -> BadFrame:
    return BadFrame(code, WORDS[code], id)


def load(text: str | bytes) -> Any:
    """JSON as the standard means it: no duplicate keys, no NaN, no infinities, no absurd depth or digits."""
    try:
        # `json` would guess other encodings of bytes; a frame is UTF-8.
        plain = text.decode() if isinstance(text, bytes) else text
        return json.loads(
            plain,
            object_pairs_hook=unique,
            parse_constant=refuse_constant,
            parse_float=finite,
            parse_int=sane,
        )
    except BadFrame:
        raise
    except (ValueError, RecursionError):
        raise bad("bad_json") from None


def unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise bad("bad_json")
    return found


def refuse_constant(name: str) -> float:
    raise bad("bad_value")


def finite(digits: str) -> float:
    number = float(digits)
    if not math.isfinite(number):
        raise bad("bad_value")
    return number


def sane(digits: str) -> int:
    if len(digits) > 18:
        raise bad("bad_value")
    return int(digits)
