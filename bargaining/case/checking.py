"""Whether something is a whole package of a case. Its words never repeat what was sent."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bargaining.case.issues import Issue
from bargaining.values import Package

if TYPE_CHECKING:
    from bargaining.case.whole import Case

Translate = Callable[[str], str]


@dataclass(frozen=True)
class PackageFault:
    """Why a package is not one. `words` never repeat what was sent; `issue` is empty if unknown."""

    code: str
    issue: str
    words: str


def applying(case: Case, package: Package) -> tuple[Issue, ...]:
    """The issues that apply given what the package says, in the case's order."""
    return tuple(issue for issue in case.issues if issue.applies(package))


def check_package(
    case: Case, package: Package, translate: Translate = lambda words: words
) -> tuple[PackageFault, ...]:
    """Everything that keeps this from being a whole package of the case; empty if it is one."""
    faults = [fault for issue in case.issues if (fault := _fault_at(issue, package, translate))]
    if any(not case.has_issue(name) for name in package):
        words = translate("The package names an issue that this simulation does not have.")
        faults.append(PackageFault("unknown_issue", "", words))
    return tuple(faults)


def _fault_at(issue: Issue, package: Package, translate: Translate) -> PackageFault | None:
    if issue.id not in package:
        code = "missing_issue" if issue.applies(package) else ""
    elif not issue.applies(package):
        code = "does_not_apply"
    else:
        code = issue.fault_of(package[issue.id])
    if not code:
        return None
    return PackageFault(code, issue.id, translate(_FAULT_WORDS[code]).format(issue=issue.title))


_FAULT_WORDS = {
    "missing_issue": "“{issue}” is still open.",
    "does_not_apply": "“{issue}” does not apply to the rest of this package.",
    "unknown_option": "“{issue}” does not have this option.",
    "out_of_range": "The number for “{issue}” is outside its range.",
    "off_step": "The number for “{issue}” is between two steps.",
    "not_whole": "The shares for “{issue}” do not add up to 100 percent.",
    "too_long": "The text for “{issue}” is too long.",
    "bad_text": "The text for “{issue}” contains characters that cannot be stored.",
    "bad_type": "The value for “{issue}” is of the wrong kind.",
}
