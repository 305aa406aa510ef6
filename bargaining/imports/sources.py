"""Files as bytes by their names, from a folder, a zip file or one file, with bounds on how many and how much.
With `bargaining.casefile.folder` the only part of the library that touches files."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Mapping
from pathlib import Path, PurePosixPath

from bargaining.casefile.faults import CaseFaults, Fault

Files = dict[str, bytes]

MOST_FILES = 200
MOST_BYTES = 16 * 1024 * 1024
# What systems leave in folders; never part of a case.
_LITTER = (".", "__MACOSX", "Thumbs.db", "desktop.ini")


def files_of(path: Path) -> Files:
    """What a file, a folder or a zip file holds; CaseFaults if it is not there or too much."""
    if path.is_dir():
        return _folder(path)
    if not path.is_file():
        raise CaseFaults([Fault(path.name, 1, "There is no such file or folder.", "Check the path.")])
    if path.stat().st_size > MOST_BYTES:
        raise _too_much(path.name)
    return unpacked({path.name: path.read_bytes()})


def unpacked(files: Mapping[str, bytes]) -> Files:
    """The files, with a single zip file replaced by what is in it, and litter left out."""
    if len(files) == 1:
        [(name, data)] = files.items()
        if zipfile.is_zipfile(io.BytesIO(data)):
            return _zip(name, data)
    return {name: data for name, data in sorted(files.items()) if not _is_litter(name)}


def _folder(path: Path) -> Files:
    home, size = path.resolve(), 0
    found: dict[str, Path] = {}
    for inner in path.rglob("*"):
        name = inner.relative_to(path).as_posix()
        if _is_litter(name) or not inner.is_file() or not inner.resolve().is_relative_to(home):
            continue
        found[name] = inner
        size += inner.stat().st_size
        # Looked at as it grows: somebody may have named the root of a disk.
        if len(found) > MOST_FILES or size > MOST_BYTES:
            raise _too_much(path.name)
    return {name: found[name].read_bytes() for name in sorted(found)}


def _zip(name: str, data: bytes) -> Files:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return _unzip(name, archive)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, ValueError, OSError, zlib.error):
        raise CaseFaults(
            [Fault(name, 1, "This zip file cannot be read.", "Make it anew, without a password.")]
        ) from None


def _unzip(name: str, archive: zipfile.ZipFile) -> Files:
    entries = [entry for entry in archive.infolist() if not entry.is_dir() and not _is_litter(entry.filename)]
    if len(entries) > MOST_FILES or sum(entry.file_size for entry in entries) > MOST_BYTES:
        raise _too_much(name)
    files: Files = {}
    for entry in entries:
        # What an entry says of its size may be a lie, so no more than that is read.
        with archive.open(entry) as stream:
            files[_safe(entry.filename)] = stream.read(entry.file_size)
    return _without_top(files)


def _safe(name: str) -> str:
    return "/".join(part for part in PurePosixPath(name.replace("\\", "/")).parts if part not in ("/", ".."))


def _without_top(files: Files) -> Files:
    """Zipping a folder puts everything under the folder's own name."""
    tops = {name.partition("/")[0] for name in files if "/" in name}
    if len(tops) != 1 or any("/" not in name for name in files):
        return dict(sorted(files.items()))
    return {name.partition("/")[2]: data for name, data in sorted(files.items())}


def _is_litter(name: str) -> bool:
    return any(part.startswith(_LITTER) and part not in (".", "..") for part in PurePosixPath(name).parts)


def _too_much(name: str) -> CaseFaults:
    megabytes = MOST_BYTES // (1024 * 1024)
    return CaseFaults(
        [
            Fault(
                name,
                1,
                f"There are more than {MOST_FILES} files or {megabytes} MiB.",
                "Take out what is not needed.",
            )
        ]
    )
