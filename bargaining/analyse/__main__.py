"""./dev analyse PATH [--offers FILE] [--json]

Prints the figures of a case: a folder or zip file of a simulation, or a file, folder or zip file of any format
that can be imported. With faults in it, one line a fault on stderr, nothing else, and exit status 2."""

from __future__ import annotations

import argparse
import json
import signal
import sys
from collections.abc import Sequence
from io import TextIOWrapper
from pathlib import Path

from bargaining.analyse.figures import figures, has_packages
from bargaining.analyse.report import report
from bargaining.casefile import CaseFaults, Fault
from bargaining.imports import Imported, offers_of_text, read, text_of
from bargaining.outcomes import SpaceTooLarge
from bargaining.steps import Offer


def main(arguments: Sequence[str] | None = None) -> int:
    options = _parser().parse_args(arguments)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(encoding="utf-8")
    try:
        found = read(options.path)
        offers = _offers(options.offers, found) if options.offers else found.offers
        plain = _figures(options.path, found, offers)
    except CaseFaults as error:
        for fault in error.faults:
            print(_line(str(fault)), file=sys.stderr)
        return 2
    print(json.dumps(plain, ensure_ascii=False) if options.json else report(found.case, plain))
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="./dev analyse", description=(__doc__ or "").partition("\n\n")[2])
    parser.add_argument("path", metavar="PATH", help="a file or a folder")
    parser.add_argument("--offers", metavar="FILE", help="offers, in place of those in the file")
    parser.add_argument("--json", action="store_true", help="print JSON")
    return parser


def _offers(name: str, found: Imported) -> Sequence[Offer]:
    path = Path(name)
    try:
        text = text_of(path.read_bytes(), path.name)
    except OSError:
        raise CaseFaults([Fault(path.name, 1, "This file cannot be read.", "Check the path.")]) from None
    if not has_packages(found.case):
        raise CaseFaults([Fault(path.name, 1, "This simulation has no packages to offer.", "Leave it out.")])
    return offers_of_text(text, found.case, path.name)


def _figures(name: str, found: Imported, offers: Sequence[Offer]) -> dict[str, object]:
    try:
        return figures(found, offers)
    except (SpaceTooLarge, ValueError) as error:
        raise CaseFaults([Fault(Path(name).name, 1, str(error), "Change the case.")]) from None


def _line(text: str) -> str:
    """On one line, and without what a terminal would obey."""
    return "".join(letter if letter.isprintable() else " " for letter in text)


if __name__ == "__main__":
    # Whoever reads only the beginning (`| head`) is not told of a broken pipe.
    signal.signal(signal.SIGPIPE, signal.SIG_DFL)
    sys.exit(main())
