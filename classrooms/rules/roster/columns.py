"""Which column is what: guessed from its heading, in the words of the common learning platforms; the instructor may say
otherwise."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Literal, get_args

Field = Literal["name", "first", "last", "email", "number", "section", "extra_time"]
FIELDS: tuple[Field, ...] = get_args(Field)

# In lower case, without signs. The first column whose heading is nearest to the front of a list gets the field, so that
# of several numbers the one that a school shows to people comes before those that only its machines know.
HEADINGS: Mapping[Field, Sequence[str]] = {
    "name": ("student", "name", "full name", "student name", "display name", "participant", "learner",
             "vollständiger name", "nom complet", "nombre completo"),
    "first": ("first name", "firstname", "given name", "first", "forename", "preferred name", "vorname",
              "prénom", "nombre"),
    "last": ("last name", "lastname", "surname", "family name", "last", "nachname", "nom", "nom de famille",
             "apellido", "apellidos", "apellido s"),
    "email": ("email address", "email", "e mail", "e mail address", "mail", "sis login id", "e mail adresse",
              "adresse de courriel", "courriel", "correo electrónico", "dirección de correo"),
    "number": ("sis user id", "orgdefinedid", "org defined id", "student id", "id number", "student number",
               "matriculation number", "matrikelnummer", "id nummer", "matrikel", "número de id",
               "numéro d identification", "number", "username", "user name", "id"),
    "section": ("section", "sections", "group", "groups", "class", "cohort", "gruppe", "gruppen", "groupe",
                "groupes", "grupo", "grupos", "tutorial", "team"),
    "extra_time": ("extra time", "time factor", "accommodation", "extended time", "zeitzuschlag"),
}  # fmt: skip


def plain(heading: str) -> str:
    """Signs and capitals do not matter: "E-Mail Address*" is "e mail address"."""
    kept = "".join(sign if sign.isalnum() else " " for sign in heading.casefold())
    return " ".join(kept.split())


def guess(heading: Sequence[str]) -> dict[Field, int]:
    """For each field the column that most likely holds it; a column is one thing only."""
    headings = [plain(cell) for cell in heading]
    found: dict[Field, int] = {}
    for field, known in HEADINGS.items():
        place = next((headings.index(words) for words in known if words in headings), None)
        if place is not None and place not in found.values():
            found[field] = place
    if "first" in found and "last" in found:
        found.pop("name", None)
    return found
