"""A simulation's folder as an archive that travels: unpacked with suspicion, packed the same way every time.

Nothing is ever written where an archive says; what comes out are names and bytes.
"""

from __future__ import annotations

import re
import stat
from collections.abc import Mapping
from dataclasses import dataclass
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from bargaining.casefile import CaseFaults, Fault

MOST_BYTES = 2 * 1024 * 1024
MOST_UNPACKED = 4 * 1024 * 1024
MOST_FILE = 1024 * 1024
MOST_ENTRIES = 200
LONGEST_NAME = 120
DEEPEST = 5
LOCKED = 0x1
CASE_FILE = "simulation.yaml"

_PART = re.compile(r"[\w\[][\w .()+\[\]-]*")
_READ = re.compile(
    r"(i18n/[\w-]{1,20}/)?(simulation\.yaml|general\.md|teaching-note\.md|debrief\.md|roles/[^/]+\.md)"
)
# What computers put beside files, and papers that need no reading.
_LITTER = re.compile(
    r"(__MACOSX/.*|(.*/)?(\.DS_Store|Thumbs\.db|desktop\.ini|LICEN[CS]E(\.\w+)?|README(\.\w+)?))"
)


def unpack(data: bytes, name: str) -> dict[str, bytes]:
    """What a zip archive holds, without litter; CaseFaults if it is no archive, too large, or holds what no
    simulation does: links, devices, locked files, names that lead elsewhere."""
    if len(data) > MOST_BYTES:
        raise _refused(name, "The archive is larger than 2 MiB.", "Leave pictures and other large files out.")
    try:
        with ZipFile(BytesIO(data)) as archive:
            contents = _contents(archive, name)
    except CaseFaults:
        raise
    except Exception:
        # A damaged archive makes the library trip in ways that it does not document (a negative seek, for one).
        raise _refused(
            name, "This is no readable zip archive.", "Pack the folder anew, without a password."
        ) from None
    return {path: content for path, content in contents.items() if not _LITTER.fullmatch(path)}


@dataclass(frozen=True)
class Folder:
    """The files of a simulation's folder by their names in it, and the names of those that are of no use here."""

    files: dict[str, bytes]
    left_out: tuple[str, ...] = ()


def find_folder(contents: Mapping[str, bytes], name: str) -> Folder | None:
    """The one simulation in these files, whether it lies at the top or deeper; None if there is no simulation.yaml,
    CaseFaults if there are several."""
    found = [path for path in contents if path.split("/")[-1] == CASE_FILE]
    if not found:
        return None
    depth = min(path.count("/") for path in found)
    highest = [path for path in found if path.count("/") == depth]
    if len(highest) > 1:
        raise _refused(name, f"It holds more than one {CASE_FILE}.", "Pack the folder of one simulation.")
    top = highest[0].removesuffix(CASE_FILE)
    inside = {path.removeprefix(top): content for path, content in contents.items() if path.startswith(top)}
    return Folder(
        {path: content for path, content in inside.items() if _READ.fullmatch(path)},
        tuple(sorted(path for path in inside if not _READ.fullmatch(path))),
    )


def is_read(name: str) -> bool:
    """Whether a file of a folder is one that a simulation is read from."""
    return _is_plain_name(name) and bool(_READ.fullmatch(name))


def pack(folder: str, files: Mapping[str, str]) -> bytes:
    """An archive with these texts in one folder; the same texts give the same bytes."""
    packed = BytesIO()
    with ZipFile(packed, "w", ZIP_DEFLATED) as archive:
        for name, text in files.items():
            entry = ZipInfo(f"{folder}/{name}")
            entry.compress_type = ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, text)
    return packed.getvalue()


def _contents(archive: ZipFile, name: str) -> dict[str, bytes]:
    """Every useful file, read up to what we take in all: what an entry says of its size is not believed."""
    entries = [entry for entry in archive.infolist() if not entry.is_dir()]
    if len(entries) > MOST_ENTRIES:
        raise _refused(name, f"The archive holds more than {MOST_ENTRIES} files.", "Pack one simulation.")
    if faults := [fault for entry in entries if (fault := _fault_of(entry))]:
        raise CaseFaults(faults)
    contents: dict[str, bytes] = {}
    left = MOST_UNPACKED
    for entry in entries:
        if entry.filename.casefold() in {known.casefold() for known in contents}:
            raise _refused(entry.filename, "The archive holds this file twice.", "Pack the folder anew.")
        with archive.open(entry) as packed:
            contents[entry.filename] = packed.read(min(left, MOST_FILE) + 1)
        left -= len(contents[entry.filename])
        if left < 0 or len(contents[entry.filename]) > MOST_FILE:
            raise _refused(
                entry.filename, "Unpacked, this is too large.", "Keep files under 1 MiB, 4 MiB in all."
            )
    return contents


def _fault_of(entry: ZipInfo) -> Fault | None:
    kind = stat.S_IFMT(entry.external_attr >> 16)
    if not _is_plain_name(entry.filename):
        shown = ascii(entry.filename[:60]).strip("'")
        return Fault(
            shown, 1, "This is no name for a file of a simulation.", "Use letters, digits, . _ and -."
        )
    if kind and kind != stat.S_IFREG:
        return Fault(entry.filename, 1, "This is a link or a device, not a file.", "Copy the file itself.")
    if entry.flag_bits & LOCKED:
        return Fault(entry.filename, 1, "This file is locked with a password.", "Pack it without one.")
    if entry.compress_type not in (ZIP_STORED, ZIP_DEFLATED):
        return Fault(
            entry.filename, 1, "This file is packed in an unusual way.", "Use an ordinary zip program."
        )
    return None


def _is_plain_name(name: str) -> bool:
    """Relative, without steps upwards, of signs that mean nothing to any computer; or known litter."""
    parts = name.split("/")
    if len(name) > LONGEST_NAME or len(parts) > DEEPEST or ".." in parts:
        return False
    return bool(_LITTER.fullmatch(name)) or all(_PART.fullmatch(part) for part in parts)


def _refused(file: str, what: str, mend: str) -> CaseFaults:
    return CaseFaults([Fault(file, 1, what, mend)])
