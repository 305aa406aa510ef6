"""Reads in plain SQL whose rows become models.

For the few that every page and socket make: Django would write the same statement anew each time, which costs more than
to have it answered. It must not know what is read.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from django.db import connection, models


class Columns:
    """The columns of one model in a row: how to ask for them, and how the model is made of them."""

    def __init__(self, model: type[models.Model], alias: str) -> None:
        fields = model._meta.concrete_fields
        self.model = model
        self.names = [field.attname for field in fields]
        self.asked = ", ".join(f"{alias}.{field.column}" for field in fields)
        converters = [getattr(field, "from_db_value", None) for field in fields]
        self.converters = [(place, convert) for place, convert in enumerate(converters) if convert]

    def made_of(self, values: Sequence[Any]) -> models.Model:
        plain = list(values)
        for place, convert in self.converters:
            plain[place] = convert(plain[place], None, connection)
        return self.model.from_db(connection.alias, self.names, plain)


class Read:
    """A statement in which `{seat}` stands for all columns of the model given as `seat`."""

    def __init__(self, statement: str, **kinds: type[models.Model]) -> None:
        self.parts = [Columns(model, alias) for alias, model in kinds.items()]
        self.statement = statement.format(
            **{a: part.asked for a, part in zip(kinds, self.parts, strict=True)}
        )

    def rows(self, *values: Any) -> list[tuple[Any, ...]]:
        """Of each row its models, in the order in which they were named."""
        with connection.cursor() as cursor:
            cursor.execute(self.statement, values)
            return [tuple(self.made_of(row)) for row in cursor.fetchall()]

    def made_of(self, row: Sequence[Any]) -> Iterator[models.Model]:
        start = 0
        for part in self.parts:
            stop = start + len(part.names)
            yield part.made_of(row[start:stop])
            start = stop
