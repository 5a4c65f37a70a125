"""Cases per second of the legal clock, derivation off and on: median of interleaved rounds, one core.

PYTHONPATH=. python bench/clock.py [cases] [rounds]. Goals: 50,000 off, 10,000 on; 200,000 off wished for.
Three figures: the bare function `due_at`, the whole command off (CSV in, CSV out), and the command on.
Processor time of this process is what counts, so that a busy machine disturbs little.
"""

import io
import random
import statistics
import sys
from collections.abc import Callable
from datetime import datetime, timedelta
from time import process_time

from bench import machine
from motcua.workdays.cases import write_due_dates
from motcua.workdays.rules.clock import Limit, due_at
from motcua.workdays.rules.national import national

UNITS = ["working_day"] * 6 + ["calendar_day"] * 2 + ["working_hour", "month", "same_day", "none"]


def cases(count: int) -> list[str]:
    """Rows as offices have them: mostly 1 to 30 working days, one in ten suspended once. Always the same."""
    chance = random.Random(2026)
    rows = ["id,received_at,amount,unit,suspensions\n"]
    for number in range(count):
        received = datetime(2018, 1, 2) + timedelta(minutes=chance.randrange(8 * 365 * 1440))
        unit = chance.choice(UNITS)
        amount = {"working_hour": chance.choice(["2", "4", "8", "12.5"]), "month": "1"}.get(
            unit, str(chance.choice([1, 2, 3, 5, 7, 10, 15, 20, 30]))
        )
        pause = ""
        if chance.random() < 0.1:
            start = received.date() + timedelta(days=chance.randrange(5))
            pause = f"{start}/{start + timedelta(days=chance.randrange(1, 15))}"
        rows.append(f"{number},{received.isoformat(timespec='minutes')},{amount},{unit},{pause}\n")
    return rows


def bare(rows: list[str]) -> Callable[[], object]:
    """`due_at` alone, on values already read."""
    calendar, limits, values = national(), {}, []
    for row in rows[1:]:
        _, received, amount, unit, _ = row.split(",")
        limit = limits.setdefault((amount, unit), Limit.parse(amount, unit))
        values.append((limit, datetime.fromisoformat(received)))
    return lambda: [due_at(limit, received, calendar) for limit, received in values]


def command(rows: list[str], *, explain: bool) -> Callable[[], object]:
    """The whole command, from lines to lines."""
    return lambda: write_due_dates(rows, io.StringIO(), io.StringIO(), national(), explain=explain)


def main() -> None:
    """Print the figures with their goals."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    rounds = int(sys.argv[2]) if len(sys.argv) > 2 else 5
    rows = cases(count)
    told = rows[: count // 5 + 1]
    works = {
        "due_at alone (goal 50,000; wished 200,000)": (bare(rows), len(rows) - 1),
        "motcua clock (goal 50,000; wished 200,000)": (command(rows, explain=False), len(rows) - 1),
        "motcua clock --explain (goal 10,000)": (command(told, explain=True), len(told) - 1),
    }
    seconds: dict[str, list[float]] = {name: [] for name in works}
    for turn in range(rounds + 1):
        for name, (work, _) in works.items():
            start = process_time()
            work()
            if turn:  # the first is the warm-up
                seconds[name].append(process_time() - start)
    print(f"Clock, {machine.name()}: cases per second, median of {rounds} rounds")
    for name, (_, number) in works.items():
        print(f"  {name}: {number / statistics.median(seconds[name]):,.0f}")


if __name__ == "__main__":
    main()
