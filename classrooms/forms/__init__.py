"""What people type: codes, names, phrases, classrooms, sessions and what comes with a verb, tidied and checked."""

from __future__ import annotations

from classrooms.forms.door import JoinForm, RejoinForm
from classrooms.forms.roster import FIELD_WORDS, RosterForm, fault_words
from classrooms.forms.rules import RulesForm
from classrooms.forms.sessions import MINUTES, ClassroomForm, SessionForm, too_few_copies
from classrooms.forms.wishes import REASON_SIGNS, WishForm

__all__ = [
    "FIELD_WORDS",
    "MINUTES",
    "REASON_SIGNS",
    "ClassroomForm",
    "JoinForm",
    "RejoinForm",
    "RosterForm",
    "RulesForm",
    "SessionForm",
    "WishForm",
    "fault_words",
    "too_few_copies",
]
