"""Statements of the citizen's pages: a budget for each, and the same however many rows there are. Times are for `make bench`."""

from collections.abc import Callable
from uuid import uuid4

import time_machine
from django.core.cache import cache
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from motcua.core import store
from motcua.dossiers.models import Dossier, DossierTask
from motcua.dossiers.testing import World, make_procedure, moment, returned
from motcua.eforms.testing import ANSWERS, make_form
from motcua.filing.models import Application
from motcua.filing.rules import steps
from motcua.filing.testing import Online, charge_copies, charge_when_filed, make_online
from motcua.payments.models import Charge
from motcua.procedures.models import Paper

BUDGETS = {
    "tracking": 5,
    "procedure": 15,  # one of them: how many wait at the offices that take it
    "search": 5,
    "search typed wrong": 5,
    "home": 8,
    "form page": 8,
    "check page": 12,
    "autosave": 11,
    "submission": 52,
    "submission, charged": 55,
}
NOW = moment(days=9)


def test_the_citizens_pages_keep_to_their_statements_whatever_there_is(db, settings) -> None:
    settings.UPLOAD_UNSCANNED = "accept"
    with time_machine.travel(NOW, tick=False):
        cache.clear()
        online = make_online()
        make_form(online.version)
        done = returned(online.world)
        for number in range(3):  # enough that words spelt right look for no others
            make_procedure(f"3.{number:06d}", online.world.commune, name=f"Chứng thực bản sao {number}")
        few = counted(online, done)
        more_rows(online, done)
        many = counted(online, done)
    assert kept(many) == {}
    assert many == few


def test_a_submission_charged_at_once_keeps_to_its_statements_whatever_there_is(db, settings) -> None:
    settings.UPLOAD_UNSCANNED = "accept"
    with time_machine.travel(NOW, tick=False):
        cache.clear()
        online = make_online()
        make_form(online.version)
        done = returned(online.world)
        charge_when_filed(charge_copies(online))
        few = charged(online)
        more_rows(online, done)
        many = charged(online)
    assert kept(many) == {}
    assert many == few


def kept(found: dict[str, int]) -> dict[str, tuple[int, int]]:
    """The pages past their budgets: what was allowed, what it took."""
    return {name: (BUDGETS[name], count) for name, count in found.items() if count > BUDGETS[name]}


def charged(online: Online) -> dict[str, int]:
    """Statements of a submission with its charge, the second of two."""
    citizen, before = Client(), Charge.objects.count()
    citizen.force_login(online.citizen)
    submitted(citizen, complete(online, copies=3))
    found = submitted(citizen, complete(online, copies=3))
    assert list(Charge.objects.order_by("pk").values_list("amount", flat=True)[before:]) == [24_000, 24_000]
    return {"submission, charged": found}


def counted(online: Online, done: Dossier) -> dict[str, int]:
    """Statements of each page at its second opening; the submission's at its only one."""
    first, draft = complete(online), complete(online)
    anyone, citizen, code = Client(), Client(), online.world.procedure.code
    citizen.force_login(online.citizen)
    catalogue, tracked = reverse("portal:catalogue"), {"code": done.code, "last4": "5678"}
    section, check = (at("file_step", draft, step) for step in ("to-khai-noi_dung", "kiem-tra"))

    def autosave() -> HttpResponse:
        given = {"revision": draft.revision, "noi_dung.so_ban": "3"}
        draft.revision += 1
        return citizen.post(at("file_autosave", draft, "to-khai-noi_dung"), given)

    pages: dict[str, Callable[[], HttpResponse]] = {
        "tracking": lambda: anyone.post(reverse("portal:track"), tracked),
        "procedure": lambda: anyone.get(reverse("portal:procedure", args=[code])),
        "search": lambda: anyone.get(catalogue, {"q": "chứng thực"}),
        "search typed wrong": lambda: anyone.get(catalogue, {"q": "chugn thuc"}),
        "home": lambda: anyone.get(reverse("portal:home")),
        "form page": lambda: citizen.get(section),
        "check page": lambda: citizen.get(check),
        "autosave": autosave,
    }
    for page in pages.values():
        page()
    found = {name: statements(page) for name, page in pages.items()}
    submitted(citizen, first)
    return found | {"submission": submitted(citizen, complete(online))}


def submitted(citizen: Client, draft: Application) -> int:
    """Statements of sending a draft."""
    return statements(lambda: citizen.post(at("file_submit", draft), {"key": str(uuid4())}))


def statements(ask: Callable[[], HttpResponse]) -> int:
    with CaptureQueriesContext(connection) as seen:
        answer = ask()
    assert answer.status_code in (200, 302), answer.content.decode()[:500]
    return sum("SAVEPOINT" not in one["sql"] for one in seen.captured_queries)


def at(name: str, draft: Application, *more: str) -> str:
    return reverse(f"portal:{name}", args=[draft.pk, *more])


def complete(online: Online, copies: int = 0) -> Application:
    """A draft that may be sent, with the number of copies to pay for where there is any."""
    draft = online.complete(at=NOW)
    if copies:
        assert not online.save(draft, steps.FEES, copies=str(copies), exemption="", at=NOW).errors
    for section, answers in ANSWERS.items():
        online.save(draft, f"to-khai-{section}", at=NOW, **answers)
    draft.refresh_from_db()
    return draft


def more_rows(online: Online, done: Dossier) -> None:
    """More procedures that answer the search, papers of the version, stages of the dossier, drafts of the person."""
    world: World = online.world
    task = done.tasks.first()
    for number in range(5):
        make_procedure(f"2.{number:06d}", world.commune, name=f"Chứng thực chữ ký kiểu {number}")
        Paper.objects.create(version=online.version, position=9, name=f"Giấy {number}", required=False)
        online.begin(at=NOW)
    values = {
        f.attname: getattr(task, f.attname) for f in DossierTask._meta.concrete_fields if f.attname != "id"
    }
    store.insert([store.new(DossierTask, **values | {"stage": 10 + n, "position": 10 + n}) for n in range(5)])
