"""The five localities in small: what was published comes out of rows, and the replay is what it says of itself."""

import json
from concurrent.futures import ThreadPoolExecutor
from importlib.util import find_spec
from io import StringIO
from types import SimpleNamespace

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction

from motcua.audit.queries import verify
from motcua.core.moments import legal_date
from motcua.dossiers.models import ClockEntry, Dossier, DossierTask, Notice, Party
from motcua.dossiers.queries import verify_clock
from motcua.dossiers.rules.forms_by_date import form_for
from motcua.feedback.models import Feedback
from motcua.news.models import Article, ArticleRead
from motcua.news.queries import reads_of
from motcua.scenarios.localities import running
from motcua.scenarios.localities.figures import Later
from motcua.scenarios.localities.published import PUBLISHED
from motcua.scenarios.localities.registry import LOCALITIES
from motcua.scenarios.localities.terms import Broken
from motcua.scenarios.localities.voices import TOLD, VOICES

pytestmark = pytest.mark.django_db
SCALES = {
    "que-son-2017": 0.01,
    "thanh-binh-2012": 0.006,
    "kim-long-2018": 0.03,
    "thuan-bac-2019": 0.004,
    "cu-mgar-2019": 0.00015,
}


def replay(name: str, scale: float) -> dict:
    """The scenario by its command; what it prints as JSON."""
    out = StringIO()
    call_command("scenario", name, scale=scale, format="json", stdout=out)
    said = out.getvalue()
    return json.loads(said[said.index("{") :])


@pytest.fixture(scope="module", params=SCALES)
def told(request, django_db_setup, django_db_blocker):
    """One locality after the other, replayed once each and rolled back."""
    with django_db_blocker.unblock():
        outer = transaction.atomic()
        outer.__enter__()
        try:
            figures = replay(request.param, SCALES[request.param])
            connection.check_constraints()  # once, not after each test
            yield LOCALITIES[request.param], figures
        finally:
            transaction.set_rollback(True)
            outer.__exit__(None, None, None)


def test_every_figure_matches_what_the_scaled_plan_demands(told):
    locality, figures = told
    rows = figures["figures"]
    assert [row["label"] for row in rows if row["holds"] is False] == []
    assert sum(row["holds"] is True for row in rows) >= 6
    assert rows[0]["computed"] == rows[0]["expected"] > 0
    assert Dossier.objects.count() == locality.planned(SCALES[locality.name])
    assert figures["scale"] == SCALES[locality.name]


def test_what_is_not_replayed_is_named_and_not_counted(told):
    _, figures = told
    later = [row for row in figures["figures"] if row["holds"] is None]
    assert later
    assert all(row["computed"] is None and row["through"].startswith("chưa: module ") for row in later)


def test_a_module_is_called_missing_only_while_it_is():
    later = [one for claims in PUBLISHED.values() for one in claims if isinstance(one, Later)]
    assert later
    for one in later:
        assert find_spec(f"motcua.{one.module.split()[0]}") is None, one.label


def test_every_feedback_of_a_replay_has_its_deadline_and_its_outcome(told):
    locality, _ = told
    rows = list(Feedback.objects.select_related("agency").order_by("received_at"))
    assert len(rows) == len(VOICES.get(locality.name, ()))
    for row, voice in zip(rows, VOICES.get(locality.name, ()), strict=True):
        assert (row.content, row.answer, row.verdict) == (voice.content, voice.answer, voice.verdict)
        assert row.received_at < row.answered_at < row.due_at
        assert row.handler_id not in (None, row.officer_id)
        assert bool(row.officer) is bool(voice.verdict)


def test_articles_are_read_after_they_are_published_and_as_often_as_was_published(told):
    locality, _ = told
    plan = TOLD.get(locality.name, ())
    assert [reads_of(article) for article in Article.objects.order_by("published_at")] == [
        one.reads for one in plan
    ]
    assert sum(one.reads for one in plan) == (965 if locality.name == "kim-long-2018" else 0)
    for read in ArticleRead.objects.select_related("article"):
        assert read.day >= legal_date(read.article.published_at)


def test_the_log_is_whole_every_due_date_is_its_ledgers_and_seals_are_made(told):
    report = verify()
    assert report.is_whole, report.lines()
    assert report.unsealed == 0
    assert list(verify_clock()) == []


def test_each_receipt_is_the_form_of_its_day(told):
    receipts = Notice.objects.filter(kind=Notice.Kind.RECEIPT)
    shown = {(legal_date(one.issued_at), one.data["form_title"], one.data["form_number"]) for one in receipts}
    assert shown
    for day, title, number in shown:
        form = form_for("receipt_slip", day)
        assert (title, number) == (form.title, f"{form.label} ({form.source})" if form.label else ""), day


def test_nobody_is_real_and_no_two_people_have_one_number(told):
    locality, _ = told
    numbers = list(Party.objects.values_list("identity_number", flat=True))
    assert len(set(numbers)) == len(numbers)
    assert all(n.startswith(locality.identity_prefix) and len(n) == 9 for n in numbers)


def test_late_dossiers_are_late_because_their_work_took_longer(told):
    for dossier in Dossier.objects.exclude(late_cause=""):
        assert dossier.ready_at > dossier.due_at
        last = DossierTask.objects.filter(dossier=dossier).order_by("-done_at").first()
        assert last.done_at == dossier.ready_at
    assert not ClockEntry.objects.filter(kind="reproject").exists()


def test_a_second_replay_into_it_is_refused(told):
    with pytest.raises(CommandError, match="cơ sở dữ liệu trống"):
        replay(told[0].name, 0.01)


def test_the_figures_can_be_asked_for_again_as_a_table(told):
    locality, figures = told
    out = StringIO()
    call_command("scenario", locality.name, figures=True, format="table", stdout=out)
    assert f"Kế hoạch ×{figures['scale']:g}" in out.getvalue()
    assert "KHÔNG" not in out.getvalue()
    other = next(name for name in LOCALITIES if name != locality.name)
    with pytest.raises(CommandError, match=locality.name):
        call_command("scenario", other, figures=True)


def test_a_crowd_replays_each_counter_once_and_one_that_fails_ends_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Threads that replay nothing stand for the processes."""
    locality, said = LOCALITIES["que-son-2017"], []
    monkeypatch.setattr(running, "connection", SimpleNamespace(close=lambda: None))
    monkeypatch.setattr(running, "ProcessPoolExecutor", lambda count, *_, **__: ThreadPoolExecutor(count))
    monkeypatch.setattr(running, "replay_here", lambda of, key, scale, say: say(f"{key}: {1 / len(key):g}"))
    running._together(locality, ["a", "bb", "cccc"], 0.01, 2, said.append)
    assert sorted(said) == ["a: 1", "bb: 0.5", "cccc: 0.25"]
    with pytest.raises(Broken, match="division by zero"):
        running._together(locality, ["a", ""], 0.01, 2, said.append)
