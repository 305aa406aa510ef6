"""Whether something is a whole package of a case. Its words never repeat what was sent."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bargaining.case.issues import Issue
from bargaining.saying import Translate, gettext_noop, identity
from bargaining.values import Package

if TYPE_CHECKING:
    from bargaining.case.whole import Case


@dataclass(frozen=True)
class PackageFault:
    """Why a package is not one. The sentence never repeats what was sent; `{name}` in it is the title of the issue,
    or the party's. `issue` is empty if unknown."""

    code: str
    issue: str
    sentence: str
    name: str = ""

    def said(self, translate: Translate = identity) -> str:
        return translate(self.sentence).format(name=self.name)


def applying(case: Case, package: Package) -> tuple[Issue, ...]:
    """The issues that apply given what the package says, in the case's order."""
    return tuple(issue for issue in case.issues if issue.applies(package))


def check_package(case: Case, package: Package) -> tuple[PackageFault, ...]:
    """Everything that keeps this from being a whole package of the case; empty if it is one."""
    faults = [fault for issue in case.issues if (fault := _fault_at(issue, package))]
    if any(not case.has_issue(name) for name in package):
        faults.append(PackageFault("unknown_issue", "", SENTENCES["unknown_issue"]))
    return tuple(faults)


def _fault_at(issue: Issue, package: Package) -> PackageFault | None:
    if issue.id not in package:
        code = "missing_issue" if issue.applies(package) else ""
    elif not issue.applies(package):
        code = "does_not_apply"
    else:
        code = issue.fault_of(package[issue.id])
    return PackageFault(code, issue.id, SENTENCES[code], issue.title) if code else None


SENTENCES = {
    "unknown_issue": gettext_noop("The package names an issue that this simulation does not have."),
    "missing_issue": gettext_noop("“{name}” is still open."),
    "does_not_apply": gettext_noop("“{name}” does not apply to the rest of this package."),
    "unknown_option": gettext_noop("“{name}” does not have this option."),
    "out_of_range": gettext_noop("The number for “{name}” is outside its range."),
    "off_step": gettext_noop("The number for “{name}” is between two steps."),
    "not_whole": gettext_noop("The shares for “{name}” do not add up to 100 percent."),
    "too_long": gettext_noop("The text for “{name}” is too long."),
    "bad_text": gettext_noop("The text for “{name}” contains characters that cannot be stored."),
    "bad_type": gettext_noop("The value for “{name}” is of the wrong kind."),
}
