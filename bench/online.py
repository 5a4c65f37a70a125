"""The citizen's side: search, a procedure's page, form page, autosave, submission, tracking; beside references of the same run.

Over 200,000 dossiers and the national catalogue (../shared/data/tthc_national.csv when it is there, otherwise a made one). Of each:
median, p95, processor time, statements; every figure beside a bare Django page of one look-up, asked turn by turn with it; tracking at 200,000 against 2,000.
PYTHONPATH=. DATABASE_URL=... python bench/online.py [dossiers] [rounds]
"""

import logging
import os
import re
import statistics
import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from time import perf_counter, process_time
from uuid import uuid4

from django.core.management import call_command
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from bench import machine
from bench import world as stage
from bench.catalogue import made
from bench.inbox import multiply
from motcua.core.moments import now
from motcua.dossiers import actions
from motcua.dossiers.testing import make_intake
from motcua.eforms.testing import ANSWERS, make_form
from motcua.filing.models import Application
from motcua.filing.testing import Online, make_online
from motcua.procedures.models import Paper, ProcedureVersion

NATIONAL = Path("../shared/data/tthc_national.csv")
RIGHT = ("khai sinh", "đăng ký kết hôn", "giấy phép xây dựng")
WRONG = ("kahi sinh", "đang kí kêt hon", "giấy phép xây dụng", "tôi muốn làm sổ đỏ", "qqqqq")
LAST4 = "5678"


@dataclass
class Figure:
    """One thing measured: what is asked (a new call each time), and its seconds."""

    name: str
    calls: Iterator[Callable[[], HttpResponse]]
    seconds: list[float] = field(default_factory=list)
    worked: list[float] = field(default_factory=list)
    statements: int = 0

    def ask(self) -> None:
        """One turn."""
        call = next(self.calls)
        start, used = perf_counter(), process_time()
        answer = call()
        self.seconds.append(perf_counter() - start)
        self.worked.append(process_time() - used)
        assert answer.status_code in (200, 302), (self.name, answer.status_code, answer.content[:2000])

    def count(self) -> None:
        """One turn without the clock: its statements, those that made the turn ready left out."""
        call = next(self.calls)
        with CaptureQueriesContext(connection) as seen:
            call()
        self.statements = sum("SAVEPOINT" not in one["sql"] for one in seen.captured_queries)

    @property
    def median(self) -> float:
        return 1000 * statistics.median(self.seconds)

    @property
    def processor(self) -> float:
        """Median milliseconds of processor time of this process, the database's left out: a busy machine changes it least."""
        return 1000 * statistics.median(self.worked)

    @property
    def p95(self) -> float:
        return 1000 * sorted(self.seconds)[int(0.95 * (len(self.seconds) - 1))]


def bare(code: str) -> Iterator[Callable[[], HttpResponse]]:
    """The reference: one row by its code, put into a page of the same outlines by Django's own parts, nothing else."""
    from django.template import Context, Engine

    template = Engine().from_string("<!doctype html><h1>{{ row.name }}</h1><p>{{ row.status }}</p>")
    factory = RequestFactory()

    def view(request: HttpRequest) -> HttpResponse:
        row = ProcedureVersion.objects.filter(procedure__code=request.GET["ma"]).values("name", "status")[0]
        return HttpResponse(template.render(Context({"row": row})))

    while True:
        yield lambda: view(factory.get("/", {"ma": code}))


def gets(
    client: Client, addresses: Iterable[tuple[str, dict[str, str]]]
) -> Iterator[Callable[[], HttpResponse]]:
    """The addresses in turn, again and again, from many networks: typing wrong has a pace."""
    known, turn = list(addresses), 0
    while True:
        for address, given in known:
            turn += 1
            yield lambda address=address, given=given, turn=turn: client.get(
                address, given, REMOTE_ADDR=f"10.{turn % 250}.9.1"
            )


def trackings(client: Client, most: int) -> Iterator[Callable[[], HttpResponse]]:
    """Look-ups of different dossiers (numbers of four digits and more), each from a network address of its own: the brake counts."""
    address, turn = reverse("portal:track"), 0
    while True:
        turn += 1
        given = {"code": f"H40.12-250101-{1_000 + turn * 7919 % (most - 1_001)}", "last4": LAST4}
        yield lambda given=given, turn=turn: client.post(
            address, given, REMOTE_ADDR=f"10.{turn % 250}.{turn // 250}.1"
        )


def saves(client: Client, drafts: list[Application]) -> Iterator[Callable[[], HttpResponse]]:
    """What a page sends while one types, with the number of the draft's newest state."""
    turn = 0
    while True:
        turn += 1
        draft = drafts[turn % len(drafts)]
        address = reverse("portal:file_autosave", args=[draft.pk, "to-khai-noi_dung"])
        revision = Application.objects.values_list("revision", flat=True).get(pk=draft.pk)
        given = {"revision": revision, "noi_dung.so_ban": 2 + turn % 9}
        yield lambda address=address, given=given: client.post(address, given)


def submissions(client: Client, online: Online) -> Iterator[Callable[[], HttpResponse]]:
    """Complete drafts, each filled in beside the clock and sent once: a person may have few at a time."""
    while True:
        address = reverse("portal:file_submit", args=[complete(online).pk])
        yield lambda address=address: client.post(address, {"key": str(uuid4())})


def complete(online: Online) -> Application:
    """A draft that may be sent."""
    draft = online.complete(at=now())
    for section, answers in ANSWERS.items():
        online.save(draft, f"to-khai-{section}", at=now(), **answers)
    return draft


def furnish() -> tuple[stage.World, Online]:
    """The installation with the national catalogue, eight communes, a procedure filed online with a form, and a citizen."""
    from motcua.scenarios.installation import install

    install(now())
    world = stage.build()[0]
    path = NATIONAL if NATIONAL.exists() else made()
    with open(os.devnull, "w") as nowhere:
        call_command("catalogue", "import", str(path), stdout=nowhere)
    online = make_online(world)
    make_form(online.version, paper=Paper.objects.get(version=online.version, name="Tờ khai"))
    count = ProcedureVersion.objects.filter(status="published").count()
    print(f"danh mục: {path.name}, {count:,} thủ tục trong hệ thống")
    return world, online


def figures(online: Online) -> list[Figure]:
    """Everything that is asked, the reference first."""
    anyone, citizen = (Client(headers={"host": "127.0.0.1"}) for _ in range(2))
    citizen.force_login(online.citizen)
    catalogue, code = reverse("portal:catalogue"), online.world.procedure.code
    drafts = [complete(online) for _ in range(2)]
    step = reverse("portal:file_step", args=[drafts[-1].pk, "to-khai-noi_dung"])
    review = reverse("portal:file_step", args=[drafts[-1].pk, "kiem-tra"])
    return [
        Figure("trang Django trần, một dòng theo mã", bare(code)),
        Figure("trang một thủ tục", gets(anyone, [(reverse("portal:procedure", args=[code]), {})])),
        *(Figure(f"tìm “{q}”", gets(anyone, [(catalogue, {"q": q})])) for q in (*RIGHT, *WRONG)),
        Figure("trang tờ khai", gets(citizen, [(step, {})])),
        Figure("trang kiểm tra trước khi nộp", gets(citizen, [(review, {})])),
        Figure("tự lưu", saves(citizen, drafts)),
        Figure("nộp, gồm bản sao có ký", submissions(citizen, online)),
    ]


def plans(figure: Figure) -> list[str]:
    """How PostgreSQL reads the large tables of dossiers for one turn: index or whole table, by EXPLAIN of the very statements."""
    call = next(figure.calls)
    with CaptureQueriesContext(connection) as seen:
        call()
    found = []
    for one in seen.captured_queries:
        if one["sql"].startswith("SELECT"):
            with connection.cursor() as cursor:
                cursor.execute("EXPLAIN " + one["sql"])
                lines = "\n".join(row[0] for row in cursor.fetchall())
            found += re.findall(
                r"(?:Index(?: Only)? Scan(?: Backward)? using \w+|Seq Scan) on dossiers_(?:dossier|party|dossiertask|clockentry)\b",
                lines,
            )
    return found


def measure(asked: list[Figure], rounds: int) -> None:
    """Turn by turn, so that a noisy minute falls on all alike; three turns beforehand do not count."""
    for figure in asked:
        for _ in range(2):
            figure.ask()
        figure.count()
        figure.seconds.clear()
        figure.worked.clear()
    for _ in range(rounds):
        for figure in asked:
            figure.ask()


def tell(asked: list[Figure]) -> None:
    base = asked[0]
    heads = ("giữa ms", "p95 ms", "bộ xử lý ms", "câu lệnh", "so trang trần", "so bộ xử lý")
    print(" " * 46, *(f"{head:>13}" for head in heads))
    for one in asked:
        ratios = one.median / base.median, one.processor / base.processor
        shown = f"{one.median:13.1f} {one.p95:13.1f} {one.processor:13.1f} {one.statements:13}"
        print(f"{one.name[:46]:46} {shown} {ratios[0]:13.1f} {ratios[1]:13.1f}")


def tracked(client: Client, code: str, most: int, rounds: int) -> tuple[Figure, float, float]:
    """Tracking at this size, and its ratio to the bare page asked turn by turn with it: by the clock, and in processor time."""
    asked = [Figure(f"tra cứu bằng mã, {most:,} hồ sơ", trackings(client, most)), Figure("", bare(code))]
    measure(asked, rounds)
    found, base = asked
    return found, found.median / base.median, found.processor / base.processor


def main() -> None:
    most = int(sys.argv[1]) if len(sys.argv) > 1 else 200_000
    turns = int(sys.argv[2]) if len(sys.argv) > 2 else 15
    stage.settings.UPLOAD_UNSCANNED = "accept"
    stage.settings.DEBUG = False
    logging.getLogger("django.request").setLevel("ERROR")
    call_command("migrate", verbosity=0)
    world, online = furnish()
    anyone, code = Client(headers={"host": "127.0.0.1"}), world.procedure.code
    template = actions.receive(make_intake(world), actor=world.clerk, at=now())
    multiply(template, 1, 2_000)
    print(machine.name(), f"{connection.vendor}, tải {os.getloadavg()[0]:.1f}", sep=", ")
    few, clock_few, worked_few = tracked(anyone, code, 2_000, 3 * turns)
    multiply(template, 2_001, most)
    asked = figures(online)
    measure(asked, turns)
    many, clock_many, worked_many = tracked(anyone, code, most, 3 * turns)
    tell([*asked, few, many])
    print(
        f"tra cứu, {most:,} hồ sơ so với 2.000 (mỗi bên so trang trần cùng lượt): {clock_many / clock_few:.2f} lần; bộ xử lý {worked_many / worked_few:.2f}"
    )
    print("tra cứu đọc:", *plans(many), sep="\n  ")
    print(f"tải lúc xong: {os.getloadavg()[0]:.1f}")


if __name__ == "__main__":
    main()
