"""Cases from elsewhere: GENIUS XML, GeniusWeb JSON, points tables as JSON or CSV, and our own folders. What a
source cannot say is told in notes, never guessed; what is wrong is told all at once."""

from __future__ import annotations

from bargaining.imports.offers import offers_of_text
from bargaining.imports.reading import Imported, read, text_of

__all__ = ["Imported", "offers_of_text", "read", "text_of"]
