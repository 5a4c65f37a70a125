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
from motcua.filing.testing import Online, make_online
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
    assert {name: (budget, many[name]) for name, budget in BUDGETS.items() if many[name] > budget} == {}
    assert many == few


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
    citizen.post(at("file_submit", first), {"key": str(uuid4())})
    submit = at("file_submit", complete(online))
    return found | {"submission": statements(lambda: citizen.post(submit, {"key": str(uuid4())}))}


def statements(ask: Callable[[], HttpResponse]) -> int:
    with CaptureQueriesContext(connection) as seen:
        answer = ask()
    assert answer.status_code in (200, 302), answer.content.decode()[:500]
    return sum("SAVEPOINT" not in one["sql"] for one in seen.captured_queries)


def at(name: str, draft: Application, *more: str) -> str:
    return reverse(f"portal:{name}", args=[draft.pk, *more])


def complete(online: Online) -> Application:
    """A draft that may be sent."""
    draft = online.complete(at=NOW)
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
