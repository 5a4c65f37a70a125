"""A browser for each person of the cast, on a server of our own; nothing may go anywhere else."""

from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import urlsplit

import pytest
import time_machine
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from playwright.sync_api import Browser, Page, Response

from motcua.dossiers.models import Dossier
from tests.answers import let_answers_end
from tests.snapshots import once
from tests.world import NOW, Province, make_desks, make_province, make_story

LOOPBACK = {"127.0.0.1", "localhost"}


@pytest.fixture
def stage(transactional_db: None, request: pytest.FixtureRequest) -> Iterator[Province]:
    """The agencies and the people; the clock says Tuesday 10-11-2026, 09:30, and runs."""
    cache.clear()
    with time_machine.travel(NOW, tick=True):
        yield once("story", told) if "story" in request.fixturenames else once("province", make_province)
    let_answers_end()


def told() -> Province:
    """The people with all their dossiers."""
    return make_desks(make_story(make_province()))


@pytest.fixture
def story(stage: Province) -> Province:
    """The same stage: asked for by this name, it has all its dossiers."""
    return stage


class Seat:
    """One person at a browser."""

    def __init__(self, page: Page, server: str) -> None:
        self.page, self.server = page, server

    def go(self, name: str, *args: Any, query: str = "") -> Response | None:
        """Open a page by its name."""
        return self.page.goto(self.server + reverse(name, args=args) + query)

    def dossier(self, dossier: Dossier) -> None:
        """Open the page of a dossier."""
        self.go("dossiers:dossier", dossier.pk)

    def act(self, dossier: Dossier, code: str, *, button: str, **fields: str) -> None:
        """On the dossier's page choose an act, fill in its form by the labels, and send it."""
        self.dossier(dossier)
        self.page.locator(f"a[href*='/viec/{code}/']").first.click()
        form = self.page.locator("form.act-form")
        form.wait_for()
        self.fill(form, fields)
        self.send(form, button)

    def fill(self, form: Any, fields: dict[str, str]) -> None:
        """Fill fields by name; a check box is ticked by the text "x", a select takes the label of its option."""
        for name, value in fields.items():
            field = form.locator(f"[name='{name}']").first
            kind = field.evaluate("f => f.tagName === 'SELECT' ? 'select' : f.type")
            if kind == "select":
                field.select_option(label=value)
            elif kind in ("checkbox", "radio"):
                field.check()
            else:
                field.fill(value)

    def send(self, form: Any, button: str) -> None:
        """Send a form; it must lead to our own server and nowhere else."""
        assert urlsplit(form.evaluate("f => f.action")).hostname in LOOPBACK
        with self.page.expect_navigation():
            form.get_by_role("button", name=button).first.click()

    def pdf(self, name: str, *args: Any) -> bytes:
        """A paper that this person prints."""
        answer = self.page.request.get(self.server + reverse(name, args=args))
        assert (answer.status, answer.headers["content-type"]) == (200, "application/pdf")
        assert answer.body().startswith(b"%PDF")
        return answer.body()

    @property
    def text(self) -> str:
        """What the page says."""
        return self.page.locator("main").inner_text()


@pytest.fixture
def sit(browser: Browser, live_server: Any, stage: Province) -> Iterator[Callable[[str], Seat]]:
    """Let somebody of the cast sit down at a browser of their own, signed in."""
    contexts, complaints = [], []

    def sit(persona: str) -> Seat:
        context = browser.new_context(locale="vi-VN", viewport={"width": 1280, "height": 900})
        contexts.append(context)
        user = stage.user(persona)
        if user:
            client = Client()
            client.force_login(user)
            cookie = {"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}
            context.add_cookies([cookie])
        page = context.new_page()
        page.on("pageerror", lambda error: complaints.append(f"{page.url}: {error}"))
        page.on("request", lambda request: note(request.url))
        return Seat(page, live_server.url)

    def note(url: str) -> None:
        parts = urlsplit(url)
        if parts.scheme in ("http", "https", "ws") and parts.hostname not in LOOPBACK:
            complaints.append(f"request to {url}")

    yield sit
    for context in contexts:
        context.close()
    assert complaints == []
