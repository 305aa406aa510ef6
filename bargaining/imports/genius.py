"""Reads a GENIUS scenario: XML, a domain and one profile a party. Values are what GENIUS computes: each
issue's evaluations divided by the largest of them, times the issue's weight (AdditiveUtilitySpace and its
evaluators in GENIUS 10)."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import PurePosixPath

from bargaining.casefile.faults import BIGGEST_NUMBER, Book
from bargaining.imports.draft import MOST_VALUES, Draft, DraftIssue, DraftParty, Grid, is_too_large
from bargaining.imports.labels import LONGEST_NAME
from bargaining.imports.xml_text import Element

# Points of every value for every party: each is worked out and held in memory.
# GENIUS looks at a real issue at 21 values, evenly spaced.
STEPS_OF_REAL = 20
_KINDS = ("discrete", "integer", "real")
_NUMBER = re.compile(r"\s*[-+]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][-+]?[0-9]{1,3})?\s*")
_NOT_ADDITIVE = ("ufun", "rules", "constraint", "hyperRectangle")


@dataclass(frozen=True)
class SourceIssue:
    """An issue as a file gives it. Profiles name it by its index."""

    index: int
    kind: str
    draft: DraftIssue
    element: Element
    weights: Mapping[int, Element]


@dataclass
class Scenario:
    """The files of a scenario, sorted by what they are."""

    domains: dict[str, Element] = field(default_factory=dict)
    profiles: dict[str, Element] = field(default_factory=dict)
    others: list[str] = field(default_factory=list)


def sort_files(roots: Mapping[str, Element]) -> Scenario:
    """Which file is the domain, which are profiles, and which are neither."""
    scenario = Scenario()
    for name, root in roots.items():
        tags = {element.tag for element in root.walk()}
        evaluated = any("evaluation" in item.attributes for item in root.walk() if item.tag == "item")
        if evaluated or tags & {"weight", "evaluator", *_NOT_ADDITIVE}:
            scenario.profiles[name] = root
        elif "issue" in tags:
            scenario.domains[name] = root
        else:
            scenario.others.append(name)
    return scenario


def read_genius(roots: Mapping[str, Element], books: Mapping[str, Book]) -> tuple[Draft, list[str]]:
    """The draft, and what it leaves out or takes as given; with faults in a book it is worth nothing."""
    scenario = sort_files(roots)
    notes = [f"{name} is neither a domain nor a profile, and was left out." for name in scenario.others]
    if not any(book.faults for book in books.values()):
        _check_count(scenario, books)
    # Without a domain file the first profile says what the issues are, as every profile does.
    source = next(iter((*scenario.domains, *scenario.profiles)), None)
    if source is None:
        return Draft("", (), ()), notes
    issues = _read_issues(roots[source], books[source])
    if is_too_large((issue.draft for issue in issues), len(scenario.profiles)):
        books[source].note_line(1, "All issues together have too many values.", "Choose narrower ranges.")
        return Draft("", (), ()), notes
    notes += [
        f"“{issue.draft.title}” can be any number in its range; it is looked at in {STEPS_OF_REAL} even steps, "
        "as GENIUS does."
        for issue in issues
        if issue.kind == "real"
    ]
    parties: list[DraftParty] = []
    for name, root in scenario.profiles.items():
        party = _Profile(name, root, books[name], notes).read(issues)
        if party.name in [other.name for other in parties]:
            books[name].note_line(
                1, "Another profile has the same name.", "Give each file a name of its own."
            )
        parties.append(party)
    drafts = tuple(issue.draft for issue in issues)
    return Draft(_title(roots[source]) or PurePosixPath(source).stem, drafts, tuple(parties)), notes


def _check_count(scenario: Scenario, books: Mapping[str, Book]) -> None:
    for name in list(scenario.domains)[1:]:
        books[name].note_line(1, "This is a second domain.", "Give one domain, and one profile a party.")
    if len(scenario.profiles) < 2:
        name = next(iter((*scenario.domains, *scenario.profiles, *books)))
        books[name].note_line(
            1,
            f"There are {len(scenario.profiles)} profiles; a negotiation needs two parties.",
            "Put the domain and one profile a party into one folder or zip file.",
        )


def _title(root: Element) -> str:
    objective = next((element for element in root.walk() if element.tag == "objective"), None)
    return objective.attributes.get("name", "").strip() if objective else ""


def _read_issues(root: Element, book: Book) -> list[SourceIssue]:
    issues: list[SourceIssue] = []
    for element, weights in _leaves(root, book):
        issue = _read_issue(element, weights, book)
        if issue.index in [other.index for other in issues]:
            book.note_line(element.line, f"A second issue has the index {issue.index}.", "Number them anew.")
        if issue.draft.title in [other.draft.title for other in issues]:
            book.note_line(element.line, "A second issue has this name.", "Give each issue its own name.")
        issues.append(issue)
    if not issues:
        book.note_line(1, "There is nothing to negotiate.", "Add an issue.")
    return issues


def _leaves(root: Element, book: Book) -> list[tuple[Element, dict[int, Element]]]:
    """The issues in GENIUS' order, inner objectives first, each with the weights that stand beside it."""
    weights: dict[int, Element] = {}
    for weight in root.all("weight"):
        index = _whole(weight, "index", book)
        if index in weights:
            book.note_line(weight.line, f"A second weight has the index {index}.", "Keep one of the two.")
        weights[index] = weight
    inner = [child for child in root.children if child.tag not in ("issue", "weight")]
    found = [leaf for child in inner for leaf in _leaves(child, book)]
    return found + [(issue, weights) for issue in root.all("issue")]


def _read_issue(element: Element, weights: Mapping[int, Element], book: Book) -> SourceIssue:
    title = _name(element, "name", book)
    kind = element.attributes.get("type", "discrete").lower()
    if kind not in _KINDS:
        book.note_line(element.line, "This kind of issue is not known.", f"Known are: {', '.join(_KINDS)}.")
    index = _whole(element, "index", book)
    if kind == "integer":
        draft = DraftIssue(title, grid=_integer_grid(element, book))
    elif kind == "real":
        draft = DraftIssue(title, grid=_real_grid(element, book))
    else:
        draft = DraftIssue(title, _options(element, book))
    return SourceIssue(index, kind, draft, element, weights)


def _options(element: Element, book: Book) -> tuple[str, ...]:
    options: list[str] = []
    for item in element.all("item"):
        option = _name(item, "value", book)
        if option in options:
            book.note_line(item.line, "This option stands here twice.", "Give each option its own name.")
        options.append(option)
    if not options:
        book.note_line(element.line, "This issue has no options.", "Add its items.")
    return tuple(options) or ("",)


def _bounds(element: Element) -> Element:
    """GENIUS writes an integer's bounds beside its name, other programs into an element."""
    return element if "lowerbound" in element.attributes else element.first("range") or element


def _integer_grid(element: Element, book: Book) -> Grid:
    bounds = _bounds(element)
    low, high = _whole(bounds, "lowerbound", book), _whole(bounds, "upperbound", book)
    return _grid(low, 1.0, high - low + 1, element, book)


def _real_grid(element: Element, book: Book) -> Grid:
    bounds = _bounds(element)
    low, high = _number(bounds, "lowerbound", book), _number(bounds, "upperbound", book)
    step = (high - low) / STEPS_OF_REAL
    return _grid(low, step, STEPS_OF_REAL + 1 if step >= 1e-9 else 0, element, book)


def _grid(low: float, step: float, count: int, element: Element, book: Book) -> Grid:
    if 0 < count <= MOST_VALUES:
        return Grid(low, step, count)
    if count > 0:
        book.note_line(
            element.line, "This issue has too many values.", f"At most {MOST_VALUES:,} can be read."
        )
    else:
        book.note_line(element.line, "This range is empty.", "Let the lower bound be below the upper.")
    return Grid(0.0, 1.0, 1)


class _Profile:
    """One party's file."""

    def __init__(self, name: str, root: Element, book: Book, notes: list[str]) -> None:
        self.party = PurePosixPath(name).stem
        self.root, self.book, self.notes = root, book, notes

    def read(self, issues: Sequence[SourceIssue]) -> DraftParty:
        alternative = self.reservation()
        self.discount()
        for element in self.root.walk():
            if element.tag in _NOT_ADDITIVE:
                self.fault(
                    element, "Only additive profiles can be read.", "This one makes points another way."
                )
                return DraftParty(self.party, [], alternative)
        own = {issue.index: issue for issue in _read_issues(self.root, self.book)}
        for index in own.keys() - {issue.index for issue in issues}:
            self.fault(own[index].element, "The domain has no issue of this index.", "Number them as there.")
        worth = [self.worth(issue, own.get(issue.index)) for issue in issues]
        if sum(max(column) for column in worth) > 1 + 1e-9:
            self.notes.append(
                f"Values of “{self.party}” go beyond 1. GENIUS cuts them off there; here they are whole."
            )
        return DraftParty(self.party, worth, alternative)

    def worth(self, issue: SourceIssue, own: SourceIssue | None) -> list[float]:
        nothing = [0.0] * len(issue.draft)
        if own is None:
            self.fault(self.root, f"The issue of index {issue.index} is missing.", "Add it as in the domain.")
            return nothing
        if own.kind != issue.kind:
            self.fault(own.element, f"In the domain this issue is {issue.kind}.", "Give it the same type.")
            return nothing
        if own.draft.title != issue.draft.title:
            self.notes.append(
                f"“{self.party}” calls the issue “{issue.draft.title}” “{own.draft.title}”; "
                "it is known by its index, as in GENIUS."
            )
        weight = own.weights.get(own.index)
        if weight is None:
            self.fault(own.element, "This issue has no weight.", "Add a weight with the same index.")
            return nothing
        factor = _number(weight, "value", self.book)
        return [factor * evaluation for evaluation in self.evaluations(issue, own)]

    def evaluations(self, issue: SourceIssue, own: SourceIssue) -> Sequence[float]:
        if issue.kind == "integer":
            return self.integer(issue, own)
        return self.real(issue, own) if issue.kind == "real" else self.discrete(issue, own)

    def discrete(self, issue: SourceIssue, own: SourceIssue) -> Sequence[float]:
        given = {
            item.attributes.get("value", ""): _number(item, "evaluation", self.book)
            for item in own.element.all("item")
        }
        for option in issue.draft.options:
            if option not in given:
                self.fault(
                    own.element, f"The option “{option[:40]}” is missing.", "Add it with its evaluation."
                )
        largest = max(given.values(), default=0.0)
        if largest < 0.00001:  # as GENIUS has it
            return [0.0] * len(issue.draft)
        return [given.get(option, 0.0) / largest for option in issue.draft.options]

    def integer(self, issue: SourceIssue, own: SourceIssue) -> Sequence[float]:
        evaluator = self.evaluator(issue, own)
        if evaluator is None or issue.draft.grid is None:
            return [0.0] * len(issue.draft)
        slope = _number(evaluator, "slope", self.book)
        offset = _number(evaluator, "offset", self.book)
        return [min(1.0, max(0.0, slope * k + offset)) for k in range(len(issue.draft))]

    def real(self, issue: SourceIssue, own: SourceIssue) -> Sequence[float]:
        evaluator = self.evaluator(issue, own)
        if evaluator is None or issue.draft.grid is None:
            return [0.0] * len(issue.draft)
        form = evaluator.attributes.get("ftype", "").lower()
        needed = {"constant": 1, "linear": 2, "triangular": 3}.get(form, 0)
        parameters = [_number(evaluator, f"parameter{k}", self.book) for k in range(needed)]
        if not needed:
            self.fault(
                evaluator, "This form of evaluator is not known.", "Use constant, linear or triangular."
            )
        return [_evaluate(form, parameters, x) for x in issue.draft.grid.values()]

    def evaluator(self, issue: SourceIssue, own: SourceIssue) -> Element | None:
        if own.draft.grid != issue.draft.grid:
            self.fault(own.element, "The range is not that of the domain.", "Give both the same bounds.")
        found = own.element.first("evaluator")
        if found is None:
            self.fault(own.element, "This issue has no evaluator.", "Add one.")
        return found

    def reservation(self) -> float:
        element = next((e for e in self.root.walk() if e.tag == "reservation"), None)
        if element is None:
            self.notes.append(
                f"“{self.party}” has no reservation value; without a deal it has 0, as in GENIUS."
            )
            return 0.0
        return _number(element, "value", self.book)

    def discount(self) -> None:
        element = next((e for e in self.root.walk() if e.tag == "discount_factor"), None)
        factor = _number(element, "value", self.book) if element else 1.0
        if 0 < factor < 1:
            self.notes.append(
                f"“{self.party}” has a discount factor of {factor:g}, which is left out: values are undiscounted."
            )

    def fault(self, element: Element, what: str, mend: str) -> None:
        self.book.note_line(element.line, what, mend)


def _evaluate(form: str, parameters: Sequence[float], x: float) -> float:
    if form == "constant":
        return parameters[0]
    if form == "linear":
        return min(1.0, max(0.0, parameters[1] * x + parameters[0]))
    if form != "triangular":
        return 0.0
    low, high, top = parameters
    if x < low or (x >= top and x >= high):
        return 0.0
    return (x - low) / (top - low) if x < top else 1 - (x - top) / (high - top)


def _name(element: Element, attribute: str, book: Book) -> str:
    text = element.attributes.get(attribute, "")
    if not text.strip():
        book.note_line(element.line, f"This {element.tag} has no {attribute}.", f'Add {attribute}="...".')
    if len(text) > LONGEST_NAME:
        book.note_line(
            element.line, f"This {attribute} is longer than {LONGEST_NAME} characters.", "Use a shorter one."
        )
    return text


def _number(element: Element, attribute: str, book: Book) -> float:
    text = element.attributes.get(attribute, "")
    number = float(text) if _NUMBER.fullmatch(text) and len(text) < 40 else None
    if number is None or not abs(number) <= BIGGEST_NUMBER:
        book.note_line(
            element.line, f"{attribute} should be a number.", f'Write {attribute}="..." with plain digits.'
        )
        return 0.0
    return number


def _whole(element: Element, attribute: str, book: Book) -> int:
    number = _number(element, attribute, book)
    if number != int(number):
        book.note_line(element.line, f"{attribute} should be a whole number.", "Write plain digits.")
    return int(number)
