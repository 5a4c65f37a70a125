"""Weight of every kind of public page at the first view, when it can be used at 3 Mbit/s, and the search over a national catalogue.

Weights are what goes over the wire to a browser with an empty cache (Chromium, gzip), page by page beside the goal; with and
without JavaScript. A page can be used when it is painted and its scripts have run: measured in Chromium at 3 Mbit/s and 100 ms for
each way there and back, on a processor four times slower (an old phone's), and worked out from the weight (three ways there and back, then the bytes), which no busy machine changes.
The search is timed in process beside an exact look-up of one procedure.
PYTHONPATH=. python bench/pages.py [FILE.csv] [--only NAME,NAME]  - on a database of its own (MOTCUA_HOME, or DATABASE_URL).
"""

import argparse
import os
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from statistics import median
from typing import Any
from urllib.request import urlopen

if "MOTCUA_HOME" not in os.environ:
    os.environ["MOTCUA_HOME"] = tempfile.mkdtemp()
PORT = os.environ.setdefault("PORT", "8765")

from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402
from django.urls import reverse  # noqa: E402

from bench import machine  # noqa: E402
from bench import world as stage  # noqa: E402
from bench.catalogue import made  # noqa: E402
from motcua.accounts.models import User  # noqa: E402

GOAL_KB, STRETCH_KB, GOAL_SECONDS = 150, 80, 2.0
# 3 Mbit/s; the first bytes come after name, connection and page have been asked for.
BYTES_A_SECOND, LATENCY_MS, TRIPS = 375_000, 100, 3
# An old phone against a desk's machine.
SLOWER = 4
# Painted, and what waits for the document has run, in milliseconds since the address was entered.
USABLE = """() => Math.max(
  performance.getEntriesByType("navigation")[0].domContentLoadedEventEnd,
  ...performance.getEntriesByType("paint").map((one) => one.startTime))"""
CHROMIUM = "/usr/bin/chromium"
FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip
WAYS: tuple[dict[str, Any], ...] = (
    {"script": True},
    {"script": False},
    {"script": True, "slow": True},
    {"script": True, "slow": True, "slower": SLOWER},
)
TYPED = (
    "khai sinh",
    "đăng ký kết hôn",
    "kahi sinh",
    "đang kí kêt hon",
    "giấy phép xây dụng",
    "tôi muốn làm sổ đỏ",
    "qqqqq",
)


@dataclass(frozen=True)
class View:
    """One page opened: kilobytes over the wire, files, seconds until it could be used (0 without JavaScript)."""

    kilobytes: float
    files: int
    usable: float


@dataclass(frozen=True)
class Shown:
    """The pages to open, by name: anybody's, at a machine that gives numbers out too, and those of a citizen, with the cookies of
    both; what is filled in on a page and sent, where the page that comes then is weighed.
    """

    anybody: dict[str, str]
    citizen: dict[str, str]
    kiosk: dict[str, str]
    session: dict[str, str]
    typed: dict[str, dict[str, str]]


def fill(path: Path) -> Shown:
    """A catalogue and a little of everything that the pages show."""
    from motcua.core.moments import now
    from motcua.scenarios.demo.forms import give_forms
    from motcua.scenarios.demo.site import furnish_site
    from motcua.scenarios.installation import install

    stage.settings.UPLOAD_UNSCANNED = "accept"
    system = install(now())
    world = stage.build()[0]
    with open(os.devnull, "w") as nowhere:
        call_command("catalogue", "import", str(path), stdout=nowhere)
    furnish_site(system, world.commune, [world.office], now(), now())
    give_forms(system, now())
    queue, kiosk = _of_queue(world)
    dossiers, typed = _of_dossiers(world)
    anybody = {**_fixed(), **dossiers, **queue, **_of_site(world)}
    citizen, session = _of_citizen(world, system)
    return Shown(anybody, citizen, kiosk, session, typed)


def _fixed() -> dict[str, str]:
    names = (
        "home", "catalogue", "offices", "news", "boards", "decisions", "track", "verify", "help", "search", "sign_in", "rate_start",
        "feedback_start", "feedback_topic", "feedback_track", "feedback_list",
    )  # fmt: skip
    found = {name: reverse(f"portal:{name}") for name in names}
    found |= {"guide": reverse("portal:guide", args=["1.001193"]), "opendata": reverse("statistics:opendata")}
    return found | {"found": found["catalogue"] + "?q=khai+sinh"}


def _of_dossiers(world: stage.World) -> tuple[dict[str, str], dict[str, dict[str, str]]]:
    """A procedure, the start of filing it, a dossier to pay for, to rate, to verify, to track: what its page of tracking is told."""
    from motcua.core.moments import now
    from motcua.dossiers import testing
    from motcua.dossiers.queries import notice_token
    from motcua.payments.actions import charge
    from motcua.payments.queries import pay_token
    from motcua.payments.rules.lines import FeeLine
    from motcua.surveys.queries.rights import rate_token

    code, at = world.procedure.code, now() - timedelta(days=3)
    done = testing.returned(world, at=at)
    line = FeeLine("le_phi", "Lệ phí bản sao trích lục", 8000, "NQ 10/2021/NQ-HĐND")
    reference = f"dossier/{done.pk}"
    [owed] = charge(
        reference,
        [line],
        agency=world.commune,
        code=done.code,
        payer_name="Nguyễn Văn Mẫu",
        actor=None,
        at=at,
    )
    arguments = {
        "procedure": code, "file_start": code, "pay": pay_token(owed), "rate": rate_token(done.pk),
        "verify_token": notice_token(done.notices.all()[0].pk), "kiosk": world.office.pk, "office": world.office.pk,
    }  # fmt: skip
    found = {name: reverse(f"portal:{name}", args=[one]) for name, one in arguments.items()}
    typed = {"code": done.code, "last4": done.applicant.phone[-4:]}
    return found | {"tracked": reverse("portal:track")}, {"tracked": typed}


def _of_queue(world: stage.World) -> tuple[dict[str, str], dict[str, str]]:
    """Of an office with two lines: the machine that gives numbers out, a number on the telephone, the screen on the wall; and the
    cookie by which the office knows its machine.
    """
    from motcua.core.moments import now
    from motcua.portal.views.queue import KIOSK
    from motcua.tickets import testing
    from motcua.tickets.actions import take_ticket
    from motcua.tickets.queries.turns import kiosk_token, ticket_token

    _work_all_day(world)
    line = testing.make_line(world)
    testing.make_line(world, "B", "Đất đai – xây dựng")
    ticket = take_ticket(line.pk, priority="", actor=None, at=now())
    found = {"queue": world.office.pk, "calling": world.office.pk, "ticket": ticket_token(ticket)}
    pages = {name: reverse(f"portal:{name}", args=[one]) for name, one in found.items()}
    return pages, {KIOSK: kiosk_token(world.office)}


def _work_all_day(world: stage.World) -> None:
    """The office works today and tomorrow from midnight to midnight, so that its machine gives numbers out whenever one measures."""
    from motcua.core.moments import legal_date, now
    from motcua.workdays.actions import set_day

    for days in range(2):
        day = legal_date(now()) + timedelta(days=days)
        set_day(
            world.commune, day, "work", name="Ngày đo", source="Phép đo", actor=world.admin, at=now(), sessions=["00:00-23:59"],
        )  # fmt: skip


def _of_site(world: stage.World) -> dict[str, str]:
    """A piece of news, a board of documents, a feedback made public with its answer."""
    from motcua.core.moments import now
    from motcua.feedback import testing
    from motcua.news.models import Article

    public = testing.published(testing.make_hall(world), at=now() - timedelta(days=3))
    article = Article.objects.filter(is_reform=True).order_by("pk")[0]
    found = {"article": article.pk, "board": "ngan-sach", "feedback_one": public.code}
    return {name: reverse(f"portal:{name}", args=[one]) for name, one in found.items()}


def _of_citizen(world: stage.World, system: User) -> tuple[dict[str, str], dict[str, str]]:
    """A citizen's pages: the pages of filing with the form of a birth registration, the acknowledgement, their own dossiers."""
    from motcua.core.moments import now
    from motcua.eforms.actions import bind
    from motcua.eforms.models import FormBinding
    from motcua.filing.testing import make_online

    online = make_online(world)
    sent, dossier = online.sent(at=now())
    form = FormBinding.objects.filter(version__procedure__code="1.001193").latest("pk").form_version
    bind(online.version.pk, form.pk, paper_id=None, actor=system, at=now())
    draft = online.begin(at=now())
    pages = {name: reverse(f"portal:{name}") for name in ("mine", "drafts", "account", "held")}
    pages["mine_dossier"] = reverse("portal:mine_dossier", args=[dossier.pk])
    pages["file_done"] = reverse("portal:file_done", args=[sent.pk])
    steps = {
        step: reverse("portal:file_step", args=[draft.pk, step])
        for step in online.journey(draft, at=now()).steps
    }
    session = {stage.settings.SESSION_COOKIE_NAME: stage.session_of(online.citizen)}
    return pages | {f"filing {step}": address for step, address in steps.items()}, session


def search() -> None:
    """Milliseconds and statements of the page of hits, beside the page of one procedure by its code."""
    client = Client()
    address = reverse("portal:catalogue")
    one = reverse(
        "portal:procedure", args=[stage.Procedure.objects.filter(kind="public").order_by("pk")[0].code]
    )
    base = median(machine.rounds(lambda: client.get(one), 7))
    print(f"trang một thủ tục: {base * 1000:.1f} ms")
    for typed in TYPED:
        seconds = median(machine.rounds(lambda typed=typed: client.get(address, {"q": typed}), 7))
        with CaptureQueriesContext(connection) as caught:
            client.get(address, {"q": typed})
        print(
            f"tìm “{typed}”: {seconds * 1000:.1f} ms, {len(caught)} câu lệnh ({seconds / base:.1f} lần trang một thủ tục)"
        )


def weights(shown: Shown, only: set[str]) -> None:
    """Kilobytes over the wire of each page (of those named, when any are) in a fresh browser, and when it can be used."""
    from playwright.sync_api import sync_playwright

    server = subprocess.Popen(  # our own program
        [str(Path(sys.executable).parent / "motcua"), "serve", "--workers", "1"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )  # fmt: skip
    base = f"http://127.0.0.1:{PORT}"
    try:
        _wait(base)
        with sync_playwright() as play:
            browser = play.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
            print(
                f"{'':34}{'KB':>8}{'tệp':>5}{'KB không JS':>13}{'tính, giây':>12}{'đo, giây':>10}{f'CPU ÷{SLOWER}, giây':>15}"
            )
            for pages, cookies in ((shown.anybody, shown.kiosk), (shown.citizen, shown.session)):
                for name, path in pages.items():
                    if not only or name in only:
                        given = cookies, shown.typed.get(name, {})
                        _tell(name, *(_opened(browser, base + path, *given, **how) for how in WAYS))
            browser.close()
    finally:
        server.terminate()
        server.wait(20)


def _tell(name: str, whole: View, plain: View, slow: View, old: View) -> None:
    worked_out = TRIPS * LATENCY_MS / 1000 + whole.kilobytes * 1024 / BYTES_A_SECOND
    good = whole.kilobytes <= GOAL_KB and worked_out <= GOAL_SECONDS
    word = ("vươn tới" if whole.kilobytes <= STRETCH_KB else "đạt") if good else "QUÁ"
    print(
        f"{name[:33]:34}{whole.kilobytes:8.1f}{whole.files:5}{plain.kilobytes:13.1f}{worked_out:12.2f}{slow.usable:10.2f}{old.usable:15.2f}  {word}"
    )


def _wait(base: str) -> None:
    for _ in range(600):  # a busy machine takes its time
        try:
            urlopen(base + "/healthz", timeout=2).close()  # loopback
            return
        except OSError:
            time.sleep(0.5)
    raise SystemExit("máy chủ không lên")


def _opened(
    browser: Any, address: str, cookies: dict[str, str], typed: dict[str, str], *, script: bool, slow: bool = False, slower: int = 1
) -> View:  # fmt: skip
    """One page in a browser that has never been here, or what comes when it is filled in and sent, nothing kept from before;
    `slow`: at 3 Mbit/s; `slower`: on a processor so many times slower.
    """
    context = browser.new_context(java_script_enabled=script)
    context.add_cookies([{"name": name, "value": value, "url": address} for name, value in cookies.items()])
    page = context.new_page()
    wire = context.new_cdp_session(page)
    wire.send("Network.enable")
    if slow:
        wire.send("Network.emulateNetworkConditions", {"offline": False, "latency": LATENCY_MS, "downloadThroughput": BYTES_A_SECOND, "uploadThroughput": BYTES_A_SECOND})  # fmt: skip
    if slower > 1:
        wire.send("Emulation.setCPUThrottlingRate", {"rate": slower})
    sizes: list[float] = []
    wire.on("Network.loadingFinished", lambda event: sizes.append(event["encodedDataLength"]))
    answer = page.goto(address, wait_until="networkidle")
    assert answer.status == 200, (address, answer.status)
    assert page.url == address, (address, page.url)
    if typed:
        wire.send("Network.setCacheDisabled", {"cacheDisabled": True})
        sizes.clear()
        _send(page, typed)
    usable = page.evaluate(USABLE) / 1000 if script else 0.0
    context.close()
    return View(sum(sizes) / 1024, len(sizes), usable)


def _send(page: Any, typed: dict[str, str]) -> None:
    """Fill in the page's form and send it; an answer that only shows the form again is none."""
    form = page.locator("main form").first
    for field, value in typed.items():
        form.locator(f"[name='{field}']").fill(value)
    with page.expect_response(lambda answer: answer.request.method == "POST") as answered:
        form.locator("button").first.click()
    assert answered.value.status == 200, answered.value.status
    page.wait_for_load_state("networkidle")
    assert not page.locator(f"main form [name='{next(iter(typed))}']").count()


def main() -> None:
    stage.settings.DEBUG = False
    stage.settings.ALLOWED_HOSTS = ["*"]
    call_command("migrate", verbosity=0)
    parser = argparse.ArgumentParser(description="Trang công khai: nặng bao nhiêu, bao lâu thì dùng được.")
    parser.add_argument("catalogue", nargs="?", type=Path)
    parser.add_argument("--only", default="", help="tên các trang, cách nhau bằng dấu phẩy; bỏ phần tìm kiếm")
    given = parser.parse_args()
    shown = fill(given.catalogue or made())
    if not given.only:
        search()
    weights(shown, set(filter(None, given.only.split(","))))


if __name__ == "__main__":
    main()
