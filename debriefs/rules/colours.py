"""Colours of the house as plain sRGB, read out of the tokens in the stylesheet: one place says what ink is.

Browsers resolve the tokens themselves; this is for pictures drawn on the server.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from math import cos, radians, sin
from typing import Any, Literal

Scheme = Literal["light", "dark"]
#: How a spec names a colour or a type face: by its token.
PREFIX = "token:"

_PAIR = re.compile(r"--([\w-]+):\s*light-dark\(oklch\(([^)]*)\),\s*oklch\(([^)]*)\)\)")
_ALIAS = re.compile(r"--([\w-]+):\s*var\(--([\w-]+)\);")


def palette(tokens_css: str, scheme: Scheme) -> dict[str, str]:
    """Every colour token of the stylesheet as `#rrggbb` for one scheme."""
    side = 2 if scheme == "light" else 3
    found = {match[1]: hex_of_oklch(match[side]) for match in _PAIR.finditer(tokens_css)}
    for match in _ALIAS.finditer(tokens_css):
        if match[2] in found:
            found.setdefault(match[1], found[match[2]])
    return found


def with_tokens(part: Any, values: Mapping[str, str]) -> Any:
    """A spec with each `token:name` replaced by its value; KeyError for a token that does not exist."""
    if isinstance(part, dict):
        return {key: with_tokens(value, values) for key, value in part.items()}
    if isinstance(part, list):
        return [with_tokens(value, values) for value in part]
    if isinstance(part, str) and part.startswith(PREFIX):
        return values[part.removeprefix(PREFIX)]
    return part


def hex_of_oklch(numbers: str) -> str:
    """`L C h` to sRGB, after Björn Ottosson's Oklab matrices; what lies outside is clipped."""
    lightness, chroma, hue = (float(word) for word in numbers.split("/")[0].split())
    a, b = chroma * cos(radians(hue)), chroma * sin(radians(hue))
    long = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
    middle = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (lightness - 0.0894841775 * a - 1.2914855480 * b) ** 3
    red = 4.0767416621 * long - 3.3077115913 * middle + 0.2309699292 * short
    green = -1.2684380046 * long + 2.6097574011 * middle - 0.3413193965 * short
    blue = -0.0041960863 * long - 0.7034186147 * middle + 1.7076147010 * short
    return "#" + "".join(f"{_encoded(part):02x}" for part in (red, green, blue))


def _encoded(linear: float) -> int:
    clipped = min(max(linear, 0.0), 1.0)
    curved = 12.92 * clipped if clipped <= 0.0031308 else 1.055 * clipped ** (1 / 2.4) - 0.055
    return round(255 * curved)
