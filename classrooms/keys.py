"""Random secrets of people and what the database keeps of them: keyed hashes, never the secrets."""

from __future__ import annotations

import secrets
from random import SystemRandom

from django.utils.crypto import salted_hmac

CHANCE = SystemRandom()


def new_token() -> str:
    return secrets.token_urlsafe(16)


def seal(purpose: str, secret: str) -> str:
    """The HMAC of a secret. Ours are long and random, so a slow password hash would add only waiting."""
    return salted_hmac(f"classrooms.{purpose}", secret, algorithm="sha256").hexdigest()
