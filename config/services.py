"""The embedded PostgreSQL: makes a data folder, runs the server as a child process and stops it.

It knows processes and files only; it must not import Django, because settings and the tests start here.
"""

from __future__ import annotations

import contextlib
import ctypes
import fcntl
import hashlib
import os
import pwd
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from urllib.parse import urlencode

import psycopg

from config.binaries import PR_SET_PDEATHSIG, Launch, PostgresMissing, major, plan_launch

ROLE = DATABASE = "parley"
START_SECONDS = 60
STOP_SECONDS = 30


def database_url(data_dir: Path) -> str:
    """Where the server of this data folder listens; nothing is started."""
    return _url(socket_folder(data_dir), DATABASE)


def socket_folder(data_dir: Path) -> Path:
    """A short folder of its own: a socket's path may have 107 bytes and no more."""
    mark = hashlib.sha256(str(data_dir.resolve()).encode()).hexdigest()[:10]
    return Path("/tmp") / f"parley-{os.getuid()}-{mark}"


@contextlib.contextmanager
def embedded_postgres(data_dir: Path, fsync: bool = True) -> Iterator[str]:
    """Run the server of this folder while the block lasts, or be a guest of the process that runs it.

    Enter it from a thread that lives as long as the server: on Linux the server goes when that thread does.
    """
    data_dir = data_dir.resolve()
    _make_folder(data_dir.parent)
    with (data_dir.parent / "postgres.lock").open("a") as lock:
        if not _is_ours(lock.fileno()):
            _wait_until_open(data_dir, None)
            yield database_url(data_dir)
            return
        server = _start_or_adopt(data_dir, fsync)
        try:
            _make_database(data_dir)
            yield database_url(data_dir)
        finally:
            _stop(data_dir, server)


@contextlib.contextmanager
def throwaway_postgres() -> Iterator[str]:
    """A fast server that forgets everything: for tests and benchmarks that measure something else."""
    folder = Path(tempfile.mkdtemp(prefix="parley-pg-", dir="/tmp"))
    folder.chmod(0o711)  # another account may have to reach the data folder inside
    try:
        with embedded_postgres(folder / "data", fsync=False) as url:
            yield url
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _is_ours(lock: int) -> bool:
    """Who holds the lock owns the server. The kernel lets go of it when the owner dies, however it dies."""
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _start_or_adopt(data_dir: Path, fsync: bool) -> subprocess.Popen[bytes] | None:
    if _settle_leftover(data_dir):
        return None
    launch = plan_launch(data_dir)
    if not (data_dir / "PG_VERSION").exists():
        _initialise(launch, data_dir)
    _check_major(launch, data_dir)
    server = _start(launch, data_dir, fsync)
    try:
        _wait_until_open(data_dir, server)
    except BaseException:
        _stop(data_dir, server)
        raise
    return server


def _settle_leftover(data_dir: Path) -> bool:
    """True when a server without an owner answers (its owner was killed); a dead one's pid file is removed."""
    pid_file = data_dir / "postmaster.pid"
    deadline = time.monotonic() + STOP_SECONDS
    while pid_file.exists():
        if not _is_postgres(_written_pid(pid_file)):
            pid_file.unlink(missing_ok=True)
        elif _answers(data_dir):
            return True
        elif time.monotonic() > deadline:
            raise PostgresMissing(
                f"A database server in {data_dir} neither answers nor ends; please stop it."
            )
        else:
            time.sleep(0.05)
    return False


def _is_postgres(pid: int) -> bool:
    """A zombie still has a number but is no server, and a number may have gone to another program since."""
    try:
        os.kill(pid, 0)
        if sys.platform == "linux":
            status = Path(f"/proc/{pid}/stat").read_text()
            name, state = status[status.index("(") + 1 : status.rindex(")")], status[status.rindex(")") + 2]
            return name == "postgres" and state != "Z"
        listed = subprocess.run(["ps", "-o", "stat=,comm=", "-p", str(pid)], capture_output=True, text=True)
        return "postgres" in listed.stdout and not listed.stdout.lstrip().startswith("Z")
    except PermissionError:
        return True
    except (OSError, ValueError):
        return False


def _written_pid(pid_file: Path) -> int:
    try:
        return int(pid_file.read_text().split("\n", 1)[0])
    except (OSError, ValueError):
        return 2**30  # nobody's number


def _initialise(launch: Launch, data_dir: Path) -> None:
    """Make the folder beside its place and rename it: a half-made one is never taken for a whole one."""
    making = data_dir.with_name(data_dir.name + ".making")
    shutil.rmtree(making, ignore_errors=True)
    making.mkdir(mode=0o700)
    _give(making, launch.account)
    options = ("-U", ROLE, "--auth=trust", "--encoding=UTF8", "--locale=C", "--locale-provider=builtin")
    done = subprocess.run(
        launch.command("initdb", "-D", str(making), *options, "--builtin-locale=C.UTF-8"),
        capture_output=True,
        text=True,
        **launch.keywords(),  # type: ignore[call-overload]
    )
    if done.returncode:
        raise PostgresMissing("The database folder could not be made: " + _last_line(done.stderr))
    making.rename(data_dir)


def _check_major(launch: Launch, data_dir: Path) -> None:
    """A data folder never crosses majors, so say so instead of letting the server die with a riddle."""
    made_by, here = (data_dir / "PG_VERSION").read_text().strip(), major(launch.binaries / "postgres")
    if made_by != str(here):
        raise PostgresMissing(f"{data_dir} was made by PostgreSQL {made_by}, but {here} is installed.")


def _start(launch: Launch, data_dir: Path, fsync: bool) -> subprocess.Popen[bytes]:
    sockets = socket_folder(data_dir)
    _make_private(sockets, launch.account)
    options = [word for option in _options(sockets, fsync) for word in ("-c", option)]
    with (data_dir.parent / "postgres.log").open("ab") as log:
        return subprocess.Popen(
            launch.command("postgres", "-D", str(data_dir), *options),
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            preexec_fn=_end_with_parent(),
            **launch.keywords(),  # type: ignore[call-overload]
        )


def _options(sockets: Path, fsync: bool) -> Sequence[str]:
    options = (
        "listen_addresses=",
        f"unix_socket_directories={sockets}",
        "max_connections=100",
        "shared_buffers=64MB",
        "io_method=sync",
        "jit=off",
        "timezone=UTC",
        "log_timezone=UTC",
        "max_wal_size=512MB",
    )
    lasting = ("fsync=on", "synchronous_commit=on")
    return (
        *options,
        *(lasting if fsync else ("fsync=off", "synchronous_commit=off", "full_page_writes=off")),
    )


def _end_with_parent() -> Callable[[], None] | None:
    """On Linux the kernel tells the server when we die, even by kill -9. Elsewhere the next start adopts it."""
    if sys.platform != "linux":
        return None
    prctl = ctypes.CDLL(None).prctl  # looked up before the fork: afterwards nothing may be loaded
    return lambda: prctl(PR_SET_PDEATHSIG, int(signal.SIGINT)) and None


def _make_private(folder: Path, account: pwd.struct_passwd | None) -> None:
    """Whoever can reach the socket is trusted, so the folder must be ours and nobody else's.

    What a dead server left there may name a zombie, which would be taken for a living one.
    """
    with contextlib.suppress(FileExistsError):
        folder.mkdir(mode=0o700)
    expected = account.pw_uid if account else os.getuid()
    if folder.is_symlink() or folder.stat().st_uid not in (expected, os.getuid()):
        raise PostgresMissing(f"{folder} belongs to somebody else; please remove it.")
    folder.chmod(0o700)
    for leftover in folder.iterdir():
        leftover.unlink()
    _give(folder, account)


def _give(folder: Path, account: pwd.struct_passwd | None) -> None:
    if account:
        os.chown(folder, account.pw_uid, account.pw_gid)


def _make_folder(folder: Path) -> None:
    """Made one by one, so that no umask makes a parent that the lent account cannot pass."""
    for missing in reversed([folder, *folder.parents]):
        if not missing.exists():
            missing.mkdir()
            missing.chmod(0o755)


def _make_database(data_dir: Path) -> None:
    with psycopg.connect(_url(socket_folder(data_dir), "postgres"), autocommit=True) as connection:
        if not connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE]).fetchone():
            connection.execute(f"CREATE DATABASE {DATABASE}")


def _wait_until_open(data_dir: Path, server: subprocess.Popen[bytes] | None) -> None:
    deadline = time.monotonic() + START_SECONDS
    while not _answers(data_dir):
        ended = server is not None and server.poll() is not None
        if ended or time.monotonic() > deadline:
            raise PostgresMissing("The database did not start: " + _log_line(data_dir))
        time.sleep(0.01)


def _answers(data_dir: Path) -> bool:
    try:
        psycopg.connect(_url(socket_folder(data_dir), "postgres"), connect_timeout=3).close()
    except psycopg.Error:
        return False
    return True


def _stop(data_dir: Path, server: subprocess.Popen[bytes] | None) -> None:
    """SIGINT is Postgres's fast shutdown: it cuts connections, writes a checkpoint and ends."""
    pid = server.pid if server else _written_pid(data_dir / "postmaster.pid")
    deadline = time.monotonic() + STOP_SECONDS
    with contextlib.suppress(ProcessLookupError):
        os.kill(pid, signal.SIGINT)
        while (server.poll() is None if server else _is_postgres(pid)) and time.monotonic() < deadline:
            time.sleep(0.01)
        if server and server.poll() is None:
            server.send_signal(signal.SIGQUIT)
            server.wait()
    with contextlib.suppress(OSError):
        shutil.rmtree(socket_folder(data_dir))


def _url(sockets: Path, database: str) -> str:
    return f"postgresql://{ROLE}@/{database}?" + urlencode({"host": str(sockets)})


def _log_line(data_dir: Path) -> str:
    try:
        return _last_line((data_dir.parent / "postgres.log").read_text(errors="replace"))
    except OSError:
        return "it left no message"


def _last_line(text: str) -> str:
    lines = [line for line in text.splitlines() if line.strip()]
    faults = [line for line in lines if "FATAL" in line or "error" in line.lower()]
    return (faults or lines or ["it left no message"])[-1].strip()
