"""Files of any format are recognised by their content; archives are bounded; nothing but CaseFaults comes out."""

from __future__ import annotations

import io
import random
import re
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bargaining.casefile import CaseFaults, Fault, dump, from_mapping, load_case, to_mapping
from bargaining.imports import Imported, offers_of_text, read, sources
from bargaining.imports.names import short_names
from tests.bargaining.cases import LIBRARY, farm, kiln, some_cases
from tests.bargaining.imports.tables import as_bytes, barn
from tests.bargaining.imports.test_csv import GARDEN
from tests.bargaining.imports.test_genius import orchard
from tests.bargaining.imports.test_geniusweb import as_files, ferry

FARM = LIBRARY / "mountain-view-farm"
BARN = {"barn.json": as_bytes(barn())}
SHEET = {"garden.csv": GARDEN.encode()}
EVERY = {"points table": BARN, "sheet": SHEET, "genius": orchard(), "geniusweb": as_files(ferry())}


def zipped(files: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", method) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return stream.getvalue()


def put(folder: Path, files: dict[str, bytes]) -> Path:
    for name, data in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(data)
    return folder


def told(source: object) -> str:
    with pytest.raises(CaseFaults) as caught:
        read(source)  # type: ignore[arg-type]
    assert all(fault.mend for fault in caught.value.faults)
    return "\n".join(fault.what for fault in caught.value.faults)


@pytest.mark.parametrize("files", EVERY.values(), ids=EVERY)
def test_bytes_folder_and_zip_give_the_same(files: dict[str, bytes], tmp_path: Path) -> None:
    expected = read(files)
    assert read(put(tmp_path / "folder", files)) == expected
    assert read({"case.zip": zipped(files)}) == expected
    under = {f"case/{name}": data for name, data in files.items()}
    littered = {**under, "__MACOSX/case/._a": b"x", "case/.DS_Store": b"x", ".hidden": b"x"}
    assert read(put(tmp_path, {"case.zip": zipped(littered)}) / "case.zip") == expected


@pytest.mark.parametrize("files", EVERY.values(), ids=EVERY)
def test_names_of_files_do_not_decide(files: dict[str, bytes]) -> None:
    renamed = {f"file-{k}.dat": data for k, data in enumerate(files.values())}
    assert len(read(renamed).case.issues) == len(read(files).case.issues)


@pytest.mark.parametrize("files", EVERY.values(), ids=EVERY)
def test_case_of_any_format_can_be_kept_as_one_of_ours(files: dict[str, bytes]) -> None:
    case = read(files).case
    assert load_case(dump(case)) == from_mapping(to_mapping(case)) == case
    for party in case.party_ids:
        assert from_mapping(to_mapping(case.seen_by(party))) == case.seen_by(party)


def test_folder_of_our_own_format_comes_with_its_texts() -> None:
    found = read(FARM)
    assert found.case == farm()
    assert found.texts is not None
    assert set(found.texts["roles"]) == {"farmer", "neighbour"}
    assert read(str(FARM / "simulation.yaml")) == Imported(farm(), ("farmer", "neighbour"))


def test_folder_of_our_own_format_may_come_zipped() -> None:
    files = {path.relative_to(FARM.parent).as_posix(): path.read_bytes() for path in FARM.rglob("*.*")}
    assert read({"farm.zip": zipped(files)}) == read(FARM)
    name = next(name for name in files if name.endswith("roles/farmer.md"))
    stranger = {**files, name.replace("farmer", "stranger"): files[name]}
    assert told({"farm.zip": zipped(stranger)}) == "No party has this name."
    del files[name]
    assert told({"farm.zip": zipped(files)}) == "roles/farmer.md is missing."


def test_file_alone_and_as_text_path(tmp_path: Path) -> None:
    put(tmp_path, BARN)
    assert read(str(tmp_path / "barn.json")) == read(BARN)


def test_formats_are_not_mixed() -> None:
    assert "There are several formats" in told({**BARN, **SHEET})
    assert "second points table" in told({**BARN, "more.json": BARN["barn.json"]})
    assert "second points table" in told({**SHEET, "more.csv": GARDEN.encode()})


def test_what_is_of_no_format_is_told(tmp_path: Path) -> None:
    found = read({**BARN, "photo.jpg": b"\xff\xd8\xff\xe0\x00", "notes.json": b"{}", "readme.xml": b"<a/>"})
    assert (
        len([note for note in found.notes if note.endswith("is of no known format, and was left out.")]) == 3
    )
    assert "not known" in told({"photo.jpg": b"\xff\xd8\xff\xe0\x00"})
    assert "Excel workbook" in told({"a.xlsx": zipped({"xl/workbook.xml": b"<a/>", "x.txt": b""})})
    assert "nothing here" in told({})
    assert "nothing here" in told(tmp_path)
    assert "no such file" in told(tmp_path / "missing.json")
    assert "cannot be read" in told(tmp_path / ("x" * 5000))
    assert "not UTF-8" in told({"a.csv": "issue,option,Zoë,Bo\n".encode("latin-1")})
    assert "not UTF-8" in told({"a.json": b'{"schema": "\xff"}'})


def test_archives_are_bounded(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    bomb = zipped({"a.json": b" " * (sources.MOST_BYTES + 1)})
    assert len(bomb) < 20_000
    assert "more than 200 files or 16 MiB" in told({"bomb.zip": bomb})
    many = {f"{k}.txt": b"x" for k in range(201)}
    assert "more than 200 files" in told({"many.zip": zipped(many)})
    assert "more than 200 files" in told(put(tmp_path, many))
    monkeypatch.setattr(sources, "MOST_BYTES", 10)
    assert "more than 200 files" in told(put(tmp_path / "inner", {"a.json": b" " * 11}) / "a.json")


def test_archive_that_lies_about_a_size_is_refused() -> None:
    data = bytearray(zipped({"a.json": b" " * 5000}))
    for mark, at in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        start = data.index(mark) + at
        data[start : start + 4] = (10).to_bytes(4, "little")
    assert "cannot be read" in told({"lie.zip": bytes(data)})


def test_names_in_an_archive_cannot_climb() -> None:
    found = sources.unpacked(
        {"a.zip": zipped({"../../barn.json": b"1", "/etc/x.json": b"2", "c\\d.json": b"3"})}
    )
    assert set(found) == {"barn.json", "etc/x.json", "c/d.json"}


def test_links_out_of_a_folder_are_not_followed(tmp_path: Path) -> None:
    put(tmp_path, {"secret.json": BARN["barn.json"], "case/garden.csv": GARDEN.encode()})
    (tmp_path / "case" / "link.json").symlink_to(tmp_path / "secret.json")
    assert read(tmp_path / "case") == read(SHEET)


def test_short_names_are_valid_and_different() -> None:
    labels = ["Price (USD)", "price usd", "10", "-10", "", "議題", "Größe", "any", "x" * 200, "x" * 201]
    assert short_names(labels, "issue", frozenset({"any"})) == (
        "price_usd", "price_usd_2", "issue_10", "issue_10_2", "issue_5", "issue_6", "grosse", "any_2",
        "x" * 48, "x" * 48 + "_2",
    )  # fmt: skip


def test_offers_of_a_file_of_their_own() -> None:
    case = read(BARN).case
    wanted = [("ada", {"roof": "slate", "rent": 20}), ("bo", {"roof": "tin", "rent": 10})]
    text = '[{"party": 0, "outcome": ["slate", 20]}, {"party": 1, "outcome": ["tin", 10.0]}]'
    assert [tuple(offer) for offer in offers_of_text(text, case, "o.json")] == wanted
    assert [tuple(offer) for offer in offers_of_text(f'{{"offers": {text}}}', case, "o.json")] == wanted


def test_offers_of_a_case_with_dependent_issues() -> None:
    package = dict(farm().landmarks[0].package)
    options = [package.get(issue.id) for issue in farm().issues]
    text = as_bytes([{"party": 1, "outcome": options}]).decode()
    assert offers_of_text(text, farm(), "o.json")[0].package == package
    labels = [
        issue.option(str(value)).label if issue.kind == "choice" and value is not None else value
        for issue, value in zip(farm().issues, options, strict=True)
    ]
    text = as_bytes([{"party": 1, "outcome": labels}]).decode()
    assert offers_of_text(text, farm(), "o.json")[0].package == package


OFFERS = [
    ('[{"party": 0, "outcome": [1234]}]', "does not have this option"),
    ('[{"party": 0, "outcome": ["1450"]}]', "does not have this option"),
    ('[{"party": 0, "outcome": [null]}]', "is still open"),
    ('[{"party": 0, "outcome": []}]', "There are 0 options for 1 issues."),
    ('[{"party": 2, "outcome": [1450]}]', "There is no party 2."),
    ('[{"party": true, "outcome": [1450]}]', "should be a whole number"),
    ('[{"party": 0, "outcome": [1450], "at": 3}]', "“at” is not known"),
    ('[{"party": 0}]', "“outcome” is missing"),
    ('{"offer": []}', "“offers” is missing"),
    ("7", "should be a list"),
]


@pytest.mark.parametrize(("text", "what"), OFFERS, ids=[text for text, _ in OFFERS])
def test_offer_that_is_none_is_told(text: str, what: str) -> None:
    with pytest.raises(CaseFaults, match=r"offers\.json") as caught:
        offers_of_text(text, kiln(), "offers.json")
    assert what in str(caught.value)


def only_faults(files: dict[str, bytes]) -> None:
    """Any other exception than CaseFaults fails the test by itself."""
    faults: tuple[Fault, ...] = ()
    try:
        assert read(files).case.issues
    except CaseFaults as error:
        faults = error.faults
    assert all(fault.file and fault.line >= 1 and fault.what and fault.mend for fault in faults)


@some_cases
@given(st.binary(max_size=200), st.sampled_from(["a.csv", "a.json", "a.xml", "a.zip", "simulation.yaml"]))
def test_random_bytes_raise_only_faults(data: bytes, name: str) -> None:
    only_faults({name: data})


@some_cases
@given(st.text(max_size=60), st.sampled_from(["issue,option,", "{", "[", "<issue", "format: 1\n", "sep=;\n"]))
def test_random_texts_raise_only_faults(text: str, start: str) -> None:
    only_faults({"file": (start + text).encode("utf-8", "surrogatepass")})


@some_cases
@given(st.sampled_from(sorted(EVERY)), st.randoms(use_true_random=False), st.integers(1, 4))
def test_mutated_files_raise_only_faults(name: str, rng: random.Random, times: int) -> None:
    files = dict(EVERY[name])
    for _ in range(times):
        file = rng.choice(sorted(files))
        files[file] = mutated(files[file], rng)
    only_faults(files)


@some_cases
@given(st.sampled_from(sorted(EVERY)), st.randoms(use_true_random=False))
def test_mutated_archives_raise_only_faults(name: str, rng: random.Random) -> None:
    only_faults({"case.zip": mutated(zipped(EVERY[name], rng.choice([0, 8])), rng)})


TOKENS = [
    b"1e308",
    b"-1",
    b"0",
    b"null",
    b"{}",
    b"[]",
    b'""',
    b"true",
    b"1e-320",
    b"<a>",
    b",",
    b";",
    b"\n",
    b"=1",
]


def mutated(data: bytes, rng: random.Random) -> bytes:
    at, to = sorted(rng.randrange(len(data) + 1) for _ in range(2))
    way = rng.randrange(5)
    if way == 0:
        return data[:at] + data[to:]
    if way == 1:
        return data[:at] + data[at:to] * 2 + data[to:]
    if way == 2:
        return data[:at] + bytes([rng.randrange(256)]) + data[at + 1 :]
    # The hardest: a number or a word becomes another one, and the rest stays readable.
    words = [found.span() for found in re.finditer(rb'"[^"\n]*"|-?[0-9][0-9.e]*|\w+', data)] or [(0, 0)]
    start, end = rng.choice(words)
    return data[:start] + rng.choice([*TOKENS, data[slice(*rng.choice(words))]]) + data[end:]
