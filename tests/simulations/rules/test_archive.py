"""Archives that teachers send: ordinary ones in, hostile ones refused in words, and what goes out comes back."""

from __future__ import annotations

import stat
from collections.abc import Mapping
from contextlib import suppress
from io import BytesIO
from zipfile import ZIP_BZIP2, ZIP_DEFLATED, ZipFile, ZipInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bargaining.casefile import CaseFaults
from simulations.rules import archive
from simulations.rules.archive import Folder, find_folder, pack, unpack

FOLDER = {"simulation.yaml": "format: 1", "general.md": "All", "roles/ada.md": "Ada"}


def zipped(files: Mapping[str, str | bytes], **options: int) -> bytes:
    packed = BytesIO()
    with ZipFile(packed, "w", options.get("how", ZIP_DEFLATED)) as writing:
        for name, content in files.items():
            writing.writestr(name, content)
    return packed.getvalue()


def entry_with(name: str, content: bytes = b"x", mode: int = 0, flags: int = 0) -> bytes:
    """An archive of the folder and one more entry, made by hand."""
    packed = BytesIO(zipped(FOLDER))
    with ZipFile(packed, "a") as writing:
        entry = ZipInfo(name)
        entry.external_attr = mode << 16
        writing.writestr(entry, content)
    data = packed.getvalue()
    if flags:
        at = data.rindex(b"PK\x01\x02") + 8
        data = data[:at] + bytes([flags]) + data[at + 1 :]
    return data


def folder_in(files: Mapping[str, str | bytes]) -> Folder:
    found = find_folder(unpack(zipped(files), "case.zip"), "case.zip")
    assert found
    return found


def words_of(data: bytes) -> str:
    with pytest.raises(CaseFaults) as refused:
        unpack(data, "case.zip")
    return str(refused.value)


def test_what_is_packed_comes_back() -> None:
    found = find_folder(unpack(pack("kiln", FOLDER), "kiln.zip"), "kiln.zip")
    assert found == Folder({name: text.encode() for name, text in FOLDER.items()})
    assert pack("kiln", FOLDER) == pack("kiln", FOLDER)


@pytest.mark.parametrize("top", ["", "My Case (2)/", "a/b/"])
def test_folder_is_found_at_the_top_or_inside(top: str) -> None:
    assert set(folder_in({top + name: text for name, text in FOLDER.items()}).files) == set(FOLDER)


def test_litter_is_silent_and_strange_files_are_named() -> None:
    extra = {
        "__MACOSX/._general.md": "x",
        ".DS_Store": "x",
        "LICENSE": "x",
        "media/map.png": "x",
        "notes.txt": "x",
    }
    assert folder_in(FOLDER | extra) == Folder(
        {name: text.encode() for name, text in FOLDER.items()}, ("media/map.png", "notes.txt")
    )


def test_translations_beside_the_file_do_not_confuse() -> None:
    found = folder_in(FOLDER | {"i18n/de/simulation.yaml": "x"})
    assert found.files["simulation.yaml"] == b"format: 1"


STRANGE_NAMES = """
../roles/ada.md|/etc/passwd|roles/../../x.md|C:\\x.md|C:/x.md|roles\\ada.md|-|a//b.md|roles/.md|a/b/c/d/e/f.md|__MACOSX/../x
""".strip().split("|")


@pytest.mark.parametrize("name", [*STRANGE_NAMES, "roles/a\nb.md", "roles/a\u202eb.md", "a" * 121])
def test_names_that_could_lead_elsewhere_are_refused(name: str) -> None:
    assert "no name for a file" in words_of(entry_with(name))


@pytest.mark.parametrize("kind", [stat.S_IFLNK, stat.S_IFIFO, stat.S_IFCHR, stat.S_IFSOCK])
def test_links_and_devices_are_refused(kind: int) -> None:
    assert "roles/bo.md:1: This is a link or a device" in words_of(
        entry_with("roles/bo.md", mode=kind | 0o777)
    )
    assert "roles/bo.md" in unpack(entry_with("roles/bo.md", mode=stat.S_IFREG | 0o600), "case.zip")


def test_locked_and_unusual_archives_are_refused() -> None:
    assert "locked with a password" in words_of(entry_with("roles/bo.md", flags=1))
    assert "packed in an unusual way" in words_of(zipped(FOLDER, how=ZIP_BZIP2))


def test_small_archive_of_huge_files_is_refused_before_it_is_read() -> None:
    one = zipped(FOLDER | {"media/zero": b"\0" * (archive.MOST_FILE + 1)})
    many = zipped(FOLDER | {f"media/{n}": b"\0" * archive.MOST_FILE for n in range(5)})
    assert len(one) < 10_000
    for bomb in (one, many):
        assert "Unpacked, this is too large" in words_of(bomb)


def test_lying_sizes_do_not_help() -> None:
    """The central directory says one byte; the reader stops, whatever is there."""
    bomb = zipped({"media/zero": b"\0" * (3 * archive.MOST_FILE), **FOLDER})
    at = bomb.index(b"PK\x01\x02") + 24
    assert "no readable zip archive" in words_of(bomb[:at] + (1).to_bytes(4, "little") + bomb[at + 4 :])


def test_too_much_is_refused() -> None:
    assert "more than 200 files" in words_of(zipped(FOLDER | {f"media/{n}": "x" for n in range(201)}))
    assert "larger than 2 MiB" in words_of(b"x" * (archive.MOST_BYTES + 1))


def test_same_name_twice_is_refused() -> None:
    assert "holds this file twice" in words_of(entry_with("General.md"))


def test_archive_of_several_simulations_is_refused() -> None:
    with pytest.raises(CaseFaults, match="more than one"):
        folder_in({"a/simulation.yaml": "x", "b/simulation.yaml": "x"})
    assert find_folder({"domain.xml": b"x"}, "case.zip") is None


@settings(max_examples=150, deadline=None)
@given(data=st.binary(max_size=200), at=st.integers(0, 600), cut=st.integers(0, 600))
def test_broken_archives_never_do_worse_than_a_fault(data: bytes, at: int, cut: int) -> None:
    whole = pack("case", FOLDER)
    for broken in (data, whole[:at] + data + whole[at + len(data) :], whole[:cut]):
        with suppress(CaseFaults):
            assert {name.removeprefix("case/") for name in unpack(broken, "case.zip")} <= set(FOLDER)
