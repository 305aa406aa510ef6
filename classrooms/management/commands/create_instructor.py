"""`create_instructor EMAIL`: an account for somebody who teaches. The password is asked for, never an argument."""

from __future__ import annotations

import argparse
import getpass
import sys
from typing import Any

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.core.validators import validate_email

from classrooms.models import User


class Command(BaseCommand):
    """Makes an instructor."""

    help = "Make an account for an instructor; the password is asked for, or read from standard input."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("email")
        parser.add_argument("--name", default="")

    def handle(self, *args: Any, **options: Any) -> None:
        email = options["email"].strip().lower()
        try:
            validate_email(email)
        except ValidationError as wrong:
            raise CommandError(f"{email} is not an e-mail address.") from wrong
        if User.objects.filter(email=email).exists():
            raise CommandError(f"{email} has an account already.")
        user = User(email=email, name=options["name"])
        password = ask_password()
        try:
            validate_password(password, user)
        except ValidationError as wrong:
            raise CommandError(" ".join(wrong.messages)) from wrong
        user.set_password(password)
        user.save()
        self.stdout.write(f"{email} can sign in now.")


def ask_password() -> str:
    if not sys.stdin.isatty():
        return sys.stdin.readline().rstrip("\n")
    password = getpass.getpass("Password (10 signs or more): ")
    if password != getpass.getpass("Once more: "):
        raise CommandError("The two passwords differ.")
    return password
