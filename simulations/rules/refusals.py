"""Why the shelf does not do something. `code` is for programs and never changes; `words` are for the person."""

from __future__ import annotations

from bargaining.saying import gettext_noop

WORDS: dict[str, str] = {
    "shelf_full": gettext_noop("Your shelf is full. Take a case off it that you no longer need."),
    "editions_full": gettext_noop(
        "This case has as many editions as one can have. Make a copy of it and go on there."
    ),
    "stays_here": gettext_noop("A bought case stays on your shelf: it cannot be downloaded or copied."),
    "stays_bought": gettext_noop("A case that was bought by the copy stays bought."),
    "copies_in_use": gettext_noop("More copies than that are in use already."),
    "copies_spent": gettext_noop(
        "There are not enough copies of this bought case. Buy more and note them on its page."
    ),
    "was_used": gettext_noop(
        "It was used in a session, whose debrief still needs it. It stays on your shelf."
    ),
}


class ShelfRefusal(Exception):
    """The shelf stays as it was."""

    def __init__(self, code: str) -> None:
        self.code = code
        self.words = WORDS[code]
        super().__init__(f"{code}: {self.words}")
