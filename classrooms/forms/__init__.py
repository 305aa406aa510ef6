"""What people type: codes, names, phrases, classrooms and sessions, tidied and checked."""

from __future__ import annotations

from classrooms.forms.door import JoinForm, RejoinForm
from classrooms.forms.rules import RulesForm
from classrooms.forms.sessions import MINUTES, ClassroomForm, SessionForm, too_few_copies

__all__ = ["MINUTES", "ClassroomForm", "JoinForm", "RejoinForm", "RulesForm", "SessionForm", "too_few_copies"]
