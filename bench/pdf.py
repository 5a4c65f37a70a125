"""How long a form takes: median milliseconds and forms per second of several rounds, one processor, each form with data never seen before.

PYTHONPATH=. python bench/pdf.py [rounds]. Goal: a receipt slip within 40 ms once the compiler is warm, 25 wished for.
"""

import os
import statistics
import sys
import tempfile
from collections.abc import Callable
from datetime import UTC, datetime
from time import perf_counter
from typing import Any

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "motcua.config.settings")
os.environ.setdefault("MOTCUA_HOME", tempfile.mkdtemp(prefix="motcua-bench-"))

import django

django.setup()

from bench import machine  # noqa: E402
from motcua.printing import samples  # noqa: E402
from motcua.printing.actions import render, render_to_sign  # noqa: E402
from motcua.printing.sign import sign_pdf  # noqa: E402

AT = datetime(2026, 1, 5, 1, 30, tzinfo=UTC)


def changed(data: dict[str, Any], number: int) -> dict[str, Any]:
    """The same form for another dossier, so that nothing is remembered from the form before."""
    code = f"H40.12-260105-{number:04d}"
    return {
        **data,
        "code": code,
        "verify_url": f"https://motcua.example.vn/kiem-tra/{code}",
        "number": str(number),
    }


def printed(template: str, data: dict[str, Any]) -> Callable[[int], object]:
    return lambda number: render(template, changed(data, number))


def register(number: int) -> object:
    form = samples.register(600)
    return render("register", {**form, "rows": [{**row, "note": str(number)} for row in form["rows"]]})


def signed(number: int) -> object:
    pdf, place = render_to_sign("result_notice", changed(samples.RESULT, number))
    return sign_pdf(pdf, reason="Ký ban hành", signer_name="Phạm Thị Thu Hà", at=AT, place=place)


WORKS: list[tuple[str, int, Callable[[int], object]]] = [
    ("receipt slip, A5", 40, printed("receipt_slip", samples.RECEIPT)),
    ("receipt slip, A5, two copies", 20, printed("receipt_slip", {**samples.RECEIPT, "copies": 2})),
    ("control slip, A4, three passes", 20, printed("control_slip", samples.CONTROL)),
    ("payment receipt, A5", 20, printed("payment_receipt", samples.PAYMENT)),
    ("register, A4, 600 rows", 1, register),
    ("result, A4, printed and signed", 5, signed),
]


def main(rounds: int) -> None:
    print(machine.name(), f"load {os.getloadavg()[0]:.1f}", sep=", ")
    print(f"{'':32}{'median':>8}{'fastest':>9}  ms {'per s':>7}  medians of the rounds")
    for name, times, work in WORKS:
        work(0)
        found = [[milliseconds(work, 1 + turn * 1000 + n) for n in range(times)] for turn in range(rounds)]
        medians = " ".join(f"{statistics.median(turn):.0f}" for turn in found)
        every = [time for turn in found for time in turn]
        print(
            f"{name:32}{statistics.median(every):8.1f}{min(every):9.1f}     {1000 / statistics.median(every):7.1f}  {medians}"
        )


def milliseconds(work: Callable[[int], object], number: int) -> float:
    start = perf_counter()
    work(number)
    return (perf_counter() - start) * 1000


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 5)
