"""Intake: over HTTP with everything on, and through the action, beside the machine's own limit in the same run.

The limit is one data-modifying SQL statement with as many rows and indexes (bench/limit.pgbench). Goals: HTTP >= 6 % of it,
one hot agency >= 70 % of many, ending a task >= 1.5 times an intake. All are taken turn by turn, in five rounds, and their medians
compared. PYTHONPATH=. python bench/intake.py [seconds]
"""

import os
import re
import subprocess
import sys
import threading
from contextlib import closing
from http.client import HTTPConnection
from pathlib import Path
from socket import create_connection
from time import perf_counter, sleep
from urllib.parse import urlencode

from bench import world as stage
from bench.machine import median
from motcua.core.moments import now
from motcua.dossiers import actions
from motcua.dossiers.testing import live_task, make_intake
from tests.postgres import free_port

CLIENTS = 8
ROUNDS = 5


def limit(seconds: int) -> float:
    """Intakes per second by pgbench, 8 clients."""
    url = stage.database_url()
    subprocess.run(["psql", "-q", url, "-f", "bench/limit.sql"], check=True, stderr=subprocess.DEVNULL)
    command = [
        "pgbench",
        "-n",
        "-c",
        "8",
        "-j",
        "2",
        "-T",
        str(seconds),
        "-M",
        "prepared",
        "-f",
        "bench/limit.pgbench",
        url,
    ]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    return float(re.search(r"tps = ([\d.]+)", done.stdout)[1])  # type: ignore[index]  # pgbench always says it


class Site:
    """The real server on a free loopback port."""

    def __init__(self) -> None:
        self.port = free_port()
        self.process = subprocess.Popen(
            [str(Path(sys.executable).parent / "motcua"), "serve", "--workers", "2", "--threads", "4"],
            env={**os.environ, "PORT": str(self.port)}, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        for _ in range(1200):
            try:
                HTTPConnection("127.0.0.1", self.port, timeout=1).request("GET", "/healthz")
                return
            except OSError:
                sleep(0.1)
        raise SystemExit("máy chủ không khởi động được")

    def close(self) -> None:
        self.process.terminate()
        self.process.wait(20)


def request_of(world: stage.World) -> bytes:
    """What a clerk's browser sends, ready to be sent again and again: the clients are to take little of the processors."""
    body = urlencode(stage.form_of(world)).encode()
    token = "b" * 32
    lines = [
        "POST /quay/ HTTP/1.1", "Host: 127.0.0.1", f"Cookie: sessionid={stage.session_of(world.clerk)}; csrftoken={token}",
        f"X-CSRFToken: {token}", "Content-Type: application/x-www-form-urlencoded", f"Content-Length: {len(body)}", "", "",
    ]  # fmt: skip
    return "\r\n".join(lines).encode() + body


def client(port: int, request: bytes, until: float, tally: list[int], errors: list[int]) -> None:
    """One clerk who receives dossiers one after another until the time is up."""
    with closing(Line(port)) as line:
        while perf_counter() < until:
            status = line.ask(request)
            (tally if status == 302 else errors).append(status)


class Line:
    """A connection that is kept, opened again when the server has closed it."""

    def __init__(self, port: int) -> None:
        self.port, self.file = port, None
        self.open()

    def open(self) -> None:
        self.socket = create_connection(("127.0.0.1", self.port), timeout=30)
        self.file = self.socket.makefile("rb")

    def close(self) -> None:
        self.file.close()
        self.socket.close()

    def ask(self, request: bytes) -> int:
        """The status of the answer, which is read to its end."""
        self.socket.sendall(request)
        first, length, ends = self.file.readline(), 0, False
        while (head := self.file.readline().lower()) not in (b"\r\n", b""):
            length = int(head[15:]) if head.startswith(b"content-length:") else length
            ends = ends or head.strip() == b"connection: close"
        self.file.read(length)
        if ends or not first:
            self.close()
            self.open()
        return int(first.split()[1]) if first else 0


def over_http(port: int, worlds: list[stage.World], seconds: int) -> tuple[float, int]:
    """Intakes per second of 8 clients, and how many were not answered as they should."""
    tally: list[int] = []
    errors: list[int] = []
    requests = [request_of(world) for world in worlds]
    start = perf_counter()
    until = start + seconds
    crowd = [
        threading.Thread(target=client, args=(port, requests[n % len(requests)], until, tally, errors))
        for n in range(CLIENTS)
    ]
    for person in crowd:
        person.start()
    for person in crowd:
        person.join()
    return len(tally) / (perf_counter() - start), len(errors)


def through_actions(world: stage.World, amount: int) -> tuple[float, float]:
    """Intakes, and tasks ended, per second through the actions in one process."""
    intake = make_intake(world)
    start = perf_counter()
    received = [actions.receive(intake, actor=world.clerk, at=now()) for _ in range(amount)]
    rate = amount / (perf_counter() - start)
    actions.hand_over([d.pk for d in received], actor=world.clerk, at=now())
    tasks = [live_task(d).pk for d in received]
    actions.take_over(tasks, actor=world.officer, at=now())
    start = perf_counter()
    for pk in tasks:
        actions.complete_task(pk, actor=world.officer, at=now())
    return rate, amount / (perf_counter() - start)


def gaps() -> int:
    """Codes that are missing or doubled, over all agencies and days: 0 or the numbers are not to be trusted."""
    sql = "SELECT count(*) - max(right(code, 4)::int) FROM dossiers_dossier WHERE code IS NOT NULL GROUP BY left(code, -5)"
    return sum(abs(row[0]) for row in stage.rows(sql))


def main() -> None:
    seconds = int(sys.argv[1]) if len(sys.argv) > 1 else 6
    worlds = stage.build()
    site = Site()
    try:
        over_http(site.port, worlds, 2)
        limits, spread, hot, failed = [], [], [], 0
        for _ in range(ROUNDS):
            limits.append(limit(seconds))
            for into, chosen in ((spread, worlds), (hot, worlds[:1])):
                rate, errors = over_http(site.port, chosen, seconds)
                into.append(rate)
                failed += errors
    finally:
        site.close()
    most, many, one = median(limits), median(spread), median(hot)
    print(f"giới hạn của máy (một câu SQL, pgbench c=8): {most:,.0f}/s")
    print(
        f"tiếp nhận qua HTTP, 8 quầy ở 8 xã: {many:.1f}/s = {100 * many / most:.2f} % giới hạn (mục tiêu 6 %)"
    )
    print(
        f"tiếp nhận qua HTTP, 8 quầy ở một xã: {one:.1f}/s = {100 * one / many:.0f} % của nhiều xã (mục tiêu 70 %)"
    )
    print(f"trả lời sai: {failed}; mã thiếu hoặc trùng: {gaps()}")
    through_actions(worlds[1], 30)
    pairs = [through_actions(worlds[1], 100) for _ in range(ROUNDS)]
    rate, tasks, ratio = (median(column) for column in zip(*((a, b, b / a) for a, b in pairs), strict=True))
    print(
        f"qua hành động, một tiến trình: tiếp nhận {rate:.1f}/s, hoàn thành việc {tasks:.1f}/s = {ratio:.2f} lần (mục tiêu 1,5)"
    )


if __name__ == "__main__":
    main()
