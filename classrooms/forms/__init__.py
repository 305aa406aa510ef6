"""What people type: codes, names, phrases, classrooms and sessions, tidied and checked."""

from __future__ import annotations

from classrooms.forms.door import JoinForm, RejoinForm
from classrooms.forms.roster import FIELD_WORDS, RosterForm, fault_words
from classrooms.forms.rules import RulesForm
from classrooms.forms.sessions import MINUTES, ClassroomForm, SessionForm, too_few_copies

__all__ = [
    "FIELD_WORDS",
    "MINUTES",
    "ClassroomForm",
    "JoinForm",
    "RejoinForm",
    "RosterForm",
    "RulesForm",
    "SessionForm",
    "fault_words",
    "too_few_copies",
]
