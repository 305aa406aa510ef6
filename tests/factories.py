"""Classes for tests: Ada teaches, Bo sells, Cy buys; Dee is a stranger. Rows are committed, each test its own."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from django.test import Client

from bargaining.casefile import Loaded
from classrooms import actions
from classrooms.actions.people import Joined
from classrooms.models import Classroom, Sitting, User
from classrooms.queries import DEVICE_COOKIE
from negotiations.models import Room, Seat
from simulations.actions import load_library, publish
from simulations.bringing import Brought
from simulations.models import Edition
from simulations.queries import latest_edition

PASSWORD = "a long enough secret"


def edition_of(slug: str = "mountain-view-farm") -> Edition:
    """The shelf is loaded once a test database."""
    return latest_edition(slug) or next(
        edition for edition in load_library() if edition.simulation.slug == slug
    )


def make_user(name: str = "Ada") -> User:
    return User.objects.create_user(f"{name.lower()}-{uuid4().hex[:12]}@example.org", PASSWORD, name=name)


def publish_apart(loaded: Loaded, owner: User | None = None) -> Edition:
    """A case of the tests' own, on somebody's own shelf: the shipped one holds what ships, whatever ran before."""
    return publish(Brought(loaded), (owner or make_user("Ivy")).pk).edition


@dataclass
class Lesson:
    """Ada's classroom with one sitting of Mountain View Farm."""

    ada: User
    classroom: Classroom
    sitting: Sitting

    @property
    def session(self) -> Any:
        return self.sitting.session

    def address(self, *parts: str) -> str:
        return "/".join(["/sessions", str(self.sitting.pk), *parts]) + "/"

    def join(self, name: str) -> Joined:
        return actions.join(self.sitting, name)

    def room(self, number: int = 1) -> Room:
        return Room.objects.get(session=self.sitting.pk, number=number)

    def seat_of(self, joined: Joined) -> Seat:
        return Seat.objects.get(room__session=self.sitting.pk, holder=joined.person.pk, left_at=None)


def make_lesson(minutes: int = 45, **fields: Any) -> Lesson:
    ada = make_user()
    classroom = actions.make_classroom("Section B", ada)
    sitting = actions.make_session(classroom, edition_of(), minutes, **fields)
    return Lesson(ada, classroom, sitting)


def browser_of(*joined: Joined) -> Client:
    """A browser in which these people have joined."""
    client = Client()
    client.cookies[DEVICE_COOKIE] = ".".join(each.token for each in joined)
    return client


def browser_of_user(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client
