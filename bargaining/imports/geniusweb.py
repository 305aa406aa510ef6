"""Reads a GeniusWeb scenario: JSON, one LinearAdditiveUtilitySpace profile a party, with or without the domain
in a file of its own. Values are what GeniusWeb computes, in decimals as it does."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import ROUND_HALF_UP, Decimal
from pathlib import PurePosixPath

from bargaining.casefile.faults import BIGGEST_NUMBER, Book, Node
from bargaining.imports.draft import Draft, DraftIssue, DraftParty, is_too_large
from bargaining.imports.json_text import JsonNode, exactly
from bargaining.imports.labels import different, grid_of, label_of, plain_number

PROFILE = "LinearAdditiveUtilitySpace"
DOMAIN = "issuesValues"
# A file of the format holds one of these as a key.
WORDS = (PROFILE, DOMAIN, "issueUtilities", "issueWeights")
_OPTIONS = ("DiscreteValueSetUtilities", "discreteutils")
_NUMBERS = ("NumberValueSetUtilities", "numberutils")
# GeniusWeb rounds what it finds between the ends of a range.
_DIGITS = Decimal("1.00000000")


def read_geniusweb(files: Mapping[str, object], books: Mapping[str, Book]) -> tuple[Draft, list[str]]:
    """The draft, and what it takes as given; with faults in a book it is worth nothing."""
    notes: list[str] = []
    profiles = {name: data for name, data in files.items() if isinstance(data, dict) and DOMAIN not in data}
    domains = [name for name in files if name not in profiles]
    spaces = {
        name: space
        for name, data in profiles.items()
        if (space := _space(JsonNode(data, (), books[name]))) is not None
    }
    if not any(book.faults for book in books.values()):
        _check_count(files, domains, len(profiles), books)
    described: list[Node] = [JsonNode(files[name], (), books[name]) for name in domains]
    described += [space["domain"] for space in spaces.values() if "domain" in space]
    if not described:
        return Draft("", (), ()), notes
    title, issues = _read_domain(described[0])
    if is_too_large(issues.values(), len(spaces)):
        described[0].fault("All issues together have too many values.", "Choose narrower ranges.")
        return Draft("", (), ()), notes
    for other in described[1:]:
        if _plain(other.value) != _plain(described[0].value):
            other.fault("This is another domain.", "Give all files the same issues and values.")
    parties: list[DraftParty] = []
    for name, space in spaces.items():
        party = _read_profile(name, space, issues, notes)
        if party.name in [other.name for other in parties]:
            books[name].note_line(1, "Another profile has the same name.", "Give each profile its own.")
        parties.append(party)
    return Draft(title or "Negotiation", tuple(issues.values()), tuple(parties)), notes


def _check_count(
    files: Mapping[str, object], domains: Sequence[str], profiles: int, books: Mapping[str, Book]
) -> None:
    for name in domains[1:]:
        books[name].note_line(1, "This is a second domain.", "Give one domain, and one profile a party.")
    if profiles < 2:
        books[next(iter(files))].note_line(
            1,
            f"There are {profiles} profiles; a negotiation needs two parties.",
            "Put one profile a party into one folder or zip file.",
        )


def _space(node: Node) -> dict[str, Node] | None:
    entries = node.mapping()
    if PROFILE not in entries:
        node.fault("Only profiles of linear additive utility can be read.", f"Write it as {PROFILE}.")
        return None
    space = entries[PROFILE].mapping()
    for key in ("domain", "issueUtilities", "issueWeights"):
        if key not in space:
            entries[PROFILE].fault(f"“{key}” is missing.", f'Add "{key}": with its value.')
    return space


def _plain(domain: object) -> object:
    return domain.get(DOMAIN) if isinstance(domain, dict) else domain


def _read_domain(node: Node) -> tuple[str, dict[str, DraftIssue]]:
    entries = node.mapping()
    title = entries["name"].text() if "name" in entries else ""
    if DOMAIN not in entries:
        node.fault(f"“{DOMAIN}” is missing.", f'Add "{DOMAIN}": with the issues.')
        return title, {}
    found = entries[DOMAIN].mapping()
    if found == {}:
        entries[DOMAIN].fault("There is nothing to negotiate.", "Add an issue.")
    return title, {name: _read_issue(name, issue) for name, issue in found.items()}


def _read_issue(name: str, node: Node) -> DraftIssue:
    if not name.strip() or len(name) > 300:
        node.fault("An issue needs a name of at most 300 characters.", "Write one.")
    entries = node.mapping()
    if "range" in entries:
        bounds = _range(entries["range"])
        return DraftIssue(name, grid=grid_of(entries["range"], *(float(bound) for bound in bounds)))
    if "values" not in entries:
        node.fault("An issue needs its values or its range.", 'Add "values": [...].')
        return DraftIssue(name, ("",))
    labels = [label_of(item) for item in entries["values"].items()]
    different(entries["values"], labels)
    return DraftIssue(name, tuple(labels) or ("",))


def _range(node: Node) -> tuple[Decimal, Decimal, Decimal]:
    """{"low", "high", "step"}, or the three in a list."""
    if isinstance(node.value, list):
        parts = [_decimal(item) for item in node.items()]
    else:
        entries = node.mapping()
        parts = [_decimal(entries[key]) for key in ("low", "high", "step") if key in entries]
    if len(parts) == 3:
        return parts[0], parts[1], parts[2]
    node.fault("A range is low, high and step.", "Give all three.")
    return Decimal(0), Decimal(0), Decimal(1)


def _decimal(node: Node) -> Decimal:
    """A number, also one in quotes, as GeniusWeb takes them."""
    value = node.value
    try:
        number = Decimal(str(value)) if type(value) in (int, float, str) and len(str(value)) < 40 else None
    except ArithmeticError:
        number = None
    if number is None or not number.is_finite() or abs(number) > BIGGEST_NUMBER:
        node.number() if type(value) is not str else node.fault(
            f"{node.name} should be a number.", "Write digits."
        )
        return Decimal(0)
    return number


def _read_profile(
    name: str, space: Mapping[str, Node], issues: Mapping[str, DraftIssue], notes: list[str]
) -> DraftParty:
    weights = exactly(space["issueWeights"], issues, "issue") if "issueWeights" in space else {}
    utilities = exactly(space["issueUtilities"], issues, "issue") if "issueUtilities" in space else {}
    worth: dict[str, list[Decimal]] = {}
    factors = {issue: _decimal(node) for issue, node in weights.items()}
    for issue, draft in issues.items():
        found = _utilities(utilities[issue], draft) if issue in utilities else [Decimal(0)] * len(draft)
        worth[issue] = [factors.get(issue, Decimal(0)) * utility for utility in found]
    if abs(sum(factors.values(), Decimal(0)) - 1) > Decimal("1e-6"):
        notes.append(f"The weights in {name} do not add up to 1; they are used as they are.")
    party = space["name"].text() if "name" in space else PurePosixPath(name).stem
    columns = [[float(points) for points in column] for column in worth.values()]
    return DraftParty(party, columns, float(_reservation(party, space, issues, worth, notes)))


def _utilities(node: Node, issue: DraftIssue) -> list[Decimal]:
    entries = node.mapping()
    for key in entries:
        if key in _OPTIONS and issue.grid is None:
            return _of_options(entries[key], issue)
        if key in _NUMBERS and issue.grid is not None:
            return _of_numbers(entries[key], issue)
    wanted = _OPTIONS[0] if issue.grid is None else _NUMBERS[0]
    node.fault(f"The utilities of “{issue.title[:40]}” do not fit its values.", f"Write {wanted}.")
    return [Decimal(0)] * len(issue)


def _of_options(node: Node, issue: DraftIssue) -> list[Decimal]:
    entries = node.mapping()
    if "valueUtilities" not in entries:
        node.fault("“valueUtilities” is missing.", "Add the utility of each value.")
        return [Decimal(0)] * len(issue)
    given = exactly(entries["valueUtilities"], issue.options, "option")
    return [_decimal(given[option]) if option in given else Decimal(0) for option in issue.options]


def _of_numbers(node: Node, issue: DraftIssue) -> list[Decimal]:
    entries = exactly(node, ("lowValue", "lowUtility", "highValue", "highUtility"), "end")
    low, low_utility, high, high_utility = (
        _decimal(entries[key]) if key in entries else Decimal(0)
        for key in ("lowValue", "lowUtility", "highValue", "highUtility")
    )
    if high <= low:
        node.fault("The high value must be above the low one.", "Give the ends of the range.")
        return [Decimal(0)] * len(issue)
    assert issue.grid is not None
    rise = high_utility - low_utility
    values = [Decimal(repr(value)) for value in issue.grid.values()]
    return [
        (low_utility + rise * (x - low) / (high - low)).quantize(_DIGITS, ROUND_HALF_UP)
        if low <= x <= high
        else Decimal(0)
        for x in values
    ]


def _reservation(
    party: str,
    space: Mapping[str, Node],
    issues: Mapping[str, DraftIssue],
    worth: Mapping[str, Sequence[Decimal]],
    notes: list[str],
) -> Decimal:
    """What the reservation bid is worth; GeniusWeb counts an issue that the bid leaves open as 0."""
    node = space.get("reservationBid")
    if node is None or node.value is None:
        notes.append(f"“{party}” has no reservation bid; without a deal it has 0, as in GeniusWeb.")
        return Decimal(0)
    bid = node.mapping().get("issuevalues", node).mapping()
    total = Decimal(0)
    for name, value in bid.items():
        if name not in issues:
            value.fault(f"There is no issue “{name[:40]}”.", "Use the name of an issue as it is given.")
            continue
        position = _position(value, issues[name])
        total += worth[name][position] if position is not None else 0
    return total


def _position(node: Node, issue: DraftIssue) -> int | None:
    label = plain_number(float(_decimal(node))) if issue.grid else label_of(node)
    labels = [plain_number(value) for value in issue.grid.values()] if issue.grid else list(issue.options)
    if label not in labels:
        node.fault(f"“{issue.title[:40]}” does not have this value.", "Use a value as it is given.")
        return None
    return labels.index(label)
