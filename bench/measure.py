"""One measurement: a fresh product, the load client beside it, the checks after it, one line and one JSON file."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from bench.load.plan import Load
from bench.machine import wait_for_quiet
from bench.products.base import ROOT, BenchFailed, Product


@dataclass(frozen=True)
class Patience:
    """How much of other people's work on the machine a measurement puts up with."""

    quiet: float = 0.3  # cores that others may use at the start
    seconds: float = 60.0  # to wait for that
    most_others: float = 0.35  # cores that others may use meanwhile, else measure again
    retries: int = 0


def measure(
    product: Product, load: Load, folder: Path, tag: str, patience: Patience
) -> dict[str, Any] | None:
    """The figures of the first run that was quiet enough, or of the last one."""
    result = None
    for _ in range(patience.retries + 1):
        wait_for_quiet(patience.quiet, patience.seconds)
        try:
            result = measure_once(product, load, folder / tag, tag)
        except (BenchFailed, subprocess.SubprocessError, OSError) as trouble:
            print(f"{tag}: no figures: {trouble}", flush=True)
            continue
        (folder / f"{tag}.json").write_text(json.dumps(result, indent=1))
        print(in_one_line(result), flush=True)
        if result.get("others_cpu_share", 0) <= patience.most_others:
            break
    return result


def measure_once(product: Product, load: Load, work: Path, tag: str) -> dict[str, Any]:
    work = fresh_folder(work)
    with product.run(work, load.players) as running:
        plan, out = work / "plan.json", work / "figures.json"
        replace(
            load, product=product.name, bases=running.bases, meters=running.meters, ways=running.ways
        ).save(plan)
        command = [sys.executable, "-m", "bench.load", str(plan), str(out)]
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=600)
        if done.returncode:
            words = done.stderr.strip().splitlines()
            raise BenchFailed(
                f"the load client failed: {words[-1] if words else done.returncode}; see {work}"
            )
        result: dict[str, Any] = json.loads(out.read_text())
        time.sleep(0.5)  # the peers write behind
        stored = product.check(running, out.with_suffix(".acks")) if load.mode != "cold" else {}
    errors = sum(log.read_text(errors="replace").count("Traceback") for log in work.glob("server*.log"))
    result.pop("ways")
    return {**result, **stored, "label": product.label, "tag": tag, "tracebacks": errors}


def fresh_folder(work: Path) -> Path:
    """A folder that the account which runs PostgreSQL can pass through."""
    number = 1
    while work.with_name(f"{work.name}.{number}").exists():
        number += 1
    made = work.with_name(f"{work.name}.{number}")
    made.mkdir(parents=True)
    made.chmod(0o711)
    return made


def in_one_line(result: dict[str, Any]) -> str:
    if result["mode"] == "cold":
        return f"{result['tag']}: " + ", ".join(
            f"{name} all {phase['all_s']:.2f} s, p95 {(phase['one_s'] or {}).get('p95')} s,"
            f" {1000 * phase['cpu_s'] / result['players']:.1f} ms CPU each"
            for name, phase in result["phases"].items()
        )
    latency = result["latency_ms"] or {}
    return (
        f"{result['tag']}: delivered {result['delivered_per_s']:.0f}/s"
        f" p50 {latency.get('p50')} p95 {latency.get('p95')} p99 {latency.get('p99')} ms,"
        f" CPU {result['server_cpu_ms_per_message']} ms/msg (+db {result['database_cpu_ms_per_message']},"
        f" +bus {result['bus_cpu_ms_per_message']}), rss {result['rss_before_mb']} -> {result['rss_connected_mb']}"
        f" -> {result['rss_end_mb']} MB, join CPU {result['join_cpu_ms_per_participant']:.1f} ms,"
        f" undelivered {result['undelivered']}, missing {result.get('acked_but_missing')},"
        f" twice {result.get('stored_twice')}, holes {result.get('rooms_with_holes')},"
        f" refused {result['refused']}, closed {result['closed']}, client {result['client_cpu_share']:.2f},"
        f" others {result['others_cpu_share']:.2f}"
    )
