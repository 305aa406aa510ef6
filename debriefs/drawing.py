"""Specs to pictures on the server, in a process of its own.

The renderer holds the interpreter's lock while it draws and hangs in a child forked after its first use, so one
spawned process draws for everybody, and what was drawn is kept by its content.
"""

from __future__ import annotations

import json
import multiprocessing
import os
import threading
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from functools import lru_cache
from pathlib import Path

from debriefs.rules.charts import Spec
from debriefs.rules.colours import Scheme, palette, with_tokens

FACES = {"sans": "Liberation Sans, Arial, sans-serif"}
PATIENCE = 20
lock = threading.Lock()
pools: list[ProcessPoolExecutor] = []


class NotDrawn(Exception):
    """The renderer is not there or did not answer; the page still has its table."""


def svg(spec: Spec, scheme: Scheme, tokens: Path) -> str:
    """The spec as an SVG document in the colours of the scheme. Raises NotDrawn."""
    values = {**palette(tokens.read_text(encoding="utf-8"), scheme), **FACES}
    return _svg_of(json.dumps(with_tokens(spec, values), sort_keys=True))


def close() -> None:
    """End the process that draws; the next picture starts another."""
    with lock:
        while pools:
            pools.pop().shutdown(wait=False, cancel_futures=True)


@lru_cache(maxsize=128)
def _svg_of(spec: str) -> str:
    try:
        return _pool().submit(_draw, spec).result(PATIENCE)
    except (BrokenProcessPool, TimeoutError, OSError) as fault:
        close()
        raise NotDrawn from fault
    except ValueError as fault:
        raise NotDrawn from fault


def _pool() -> ProcessPoolExecutor:
    with lock:
        if not pools:
            spawn = multiprocessing.get_context("spawn")
            pools.append(ProcessPoolExecutor(1, mp_context=spawn, initializer=_end_with_parent))
        return pools[0]


def _end_with_parent() -> None:
    """A parent that was killed cannot say goodbye: wait for its end in a thread and follow."""
    threading.Thread(target=_wait_for_parent, daemon=True).start()


def _wait_for_parent() -> None:
    if parent := multiprocessing.parent_process():
        parent.join()
        os._exit(0)


def _draw(spec: str) -> str:
    import vl_convert

    return str(vl_convert.vegalite_to_svg(spec))
