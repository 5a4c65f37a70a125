"""Names the machine, so that a figure can be read beside others."""

import os
import platform
import statistics
from collections.abc import Callable
from pathlib import Path
from time import perf_counter


def name() -> str:
    """Processor, cores, memory, Python, e.g. "AMD EPYC, 2 cores, 24 GB, Python 3.11.7"."""
    text = Path("/proc/cpuinfo").read_text(encoding="utf-8")
    model = next(
        (line.split(":", 1)[1].strip() for line in text.splitlines() if line.startswith("model name")), "?"
    )
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return f"{model}, {os.cpu_count()} cores, {memory:.0f} GB, Python {platform.python_version()}"


def rounds(work: Callable[[], object], count: int = 5, warm_up: int = 1) -> list[float]:
    """Seconds of each of `count` rounds after a warm-up."""
    for _ in range(warm_up):
        work()
    times = []
    for _ in range(count):
        start = perf_counter()
        work()
        times.append(perf_counter() - start)
    return times


def median(times: list[float]) -> float:
    return statistics.median(times)


def spread(times: list[float]) -> str:
    """Lowest, median and highest, in the unit given."""
    return f"{min(times):.4g} / {statistics.median(times):.4g} / {max(times):.4g}"
