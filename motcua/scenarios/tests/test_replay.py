"""The engine of the localities: seeds, batches, refusals, dates, and what the command says."""

import subprocess
import sys
from datetime import date, datetime

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction

from motcua import cli
from motcua.accounts.models import User
from motcua.agencies.testing import make_agency
from motcua.audit.models import Event
from motcua.audit.queries import verify
from motcua.core.errors import RuleViolation
from motcua.core.moments import to_utc
from motcua.dossiers import actions
from motcua.dossiers.models import ClockEntry, Dossier, DossierTask, Notice, ResultPaper
from motcua.dossiers.rules.intake import Intake
from motcua.payments.models import Receipt
from motcua.procedures.models import Procedure
from motcua.scenarios.localities.drawing import Visit
from motcua.scenarios.localities.founding import found, standing
from motcua.scenarios.localities.registry import LOCALITIES
from motcua.scenarios.localities.replay import Counter
from motcua.scenarios.localities.terms import Broken, terms_at
from motcua.statistics.rules.shares import percent

pytestmark = pytest.mark.django_db


@pytest.fixture
def kim_long():
    found(LOCALITIES["kim-long-2018"], 0.05)
    return LOCALITIES["kim-long-2018"]


def test_kim_long_answers_less_than_half_before_the_due_date_until_its_plan_and_more_since(kim_long):
    Counter(kim_long, "q01", 0.05).replay(batch=False)
    day = to_utc(datetime(2018, 5, 2))
    for rows, above in (
        (Dossier.objects.filter(ended_at__lt=day), False),
        (Dossier.objects.filter(ended_at__gte=day), True),
    ):
        ended = list(rows.values_list("due_at", "ended_at"))
        before = sum(end.date() < due.date() for due, end in ended)
        assert (percent(before, len(ended)) > 50) is above


def remembered() -> list[tuple]:
    """Everything that the replay made, without keys and random marks."""
    dossiers = Dossier.objects.order_by("code").values_list(
        "code", "status", "channel", "received_at", "due_at", "ready_at", "returned_at", "late_cause", "applicant__name",
        "applicant__identity_number", "received_by__username", "procedure__code", "register_number",
    )  # fmt: skip
    tasks = DossierTask.objects.order_by("dossier__code", "stage", "position").values_list(
        "dossier__code", "name", "state", "taken_at", "done_at", "officer__username", "done_by__username"
    )
    papers = ResultPaper.objects.order_by("dossier__code").values_list(
        "dossier__code", "number", "signer__username"
    )
    notices = Notice.objects.order_by("series", "kind", "year", "number").values_list(
        "kind", "number", "dossier__code", "issued_at"
    )
    receipts = Receipt.objects.order_by("number").values_list("number", "payer_name", "issued_at")
    clock = ClockEntry.objects.order_by("dossier__code", "seq").values_list(
        "dossier__code", "seq", "kind", "at", "due_at"
    )
    whole = (dossiers, tasks, papers, notices, receipts, clock, told())
    return [tuple(row) for rows in whole for row in rows]


def told() -> list[tuple]:
    """The audit events: when, what, by whom."""
    people = dict(User.objects.values_list("pk", "username"))
    events = Event.objects.values_list("at", "kind", "actor_id")
    return sorted((at, kind, people.get(actor, "")) for at, kind, actor in events)


def once(locality, *, seed: int | None = None) -> list[tuple]:
    """One replay, undone."""
    with transaction.atomic():
        counter = Counter(locality, "q01", 0.02)
        if seed is not None:
            counter.simulation.random.seed(seed)
        counter.replay(batch=False)
        found = remembered()
        transaction.set_rollback(True)
    return found


def test_the_same_seed_gives_the_same_rows_and_another_seed_others(kim_long):
    first = once(kim_long)
    assert len(first) > 200
    assert once(kim_long) == first
    assert once(kim_long, seed=5) != first


@pytest.mark.django_db(transaction=True)
def test_a_replay_in_a_batch_makes_the_rows_of_one_act_by_one():
    found(LOCALITIES["kim-long-2018"], 0.05)
    locality = LOCALITIES["kim-long-2018"]
    one_by_one = once(locality)
    Counter(locality, "q01", 0.02).replay()
    assert remembered() == one_by_one
    assert verify().is_whole


def test_an_act_that_is_refused_stops_the_replay_loudly(kim_long, monkeypatch):
    whole, seen = actions.sign_result, []

    def third(*args, **kwargs):
        seen.append(1)
        if len(seen) == 3:
            raise RuleViolation("Không ký được.")
        return whole(*args, **kwargs)

    monkeypatch.setattr(actions, "sign_result", third)
    with pytest.raises(Broken, match=r"xã Kim Long, \d\d/\d\d/2018 \d\d:\d\d: Không ký được"):
        Counter(kim_long, "q01", 0.05).replay(batch=False)


def test_a_due_date_other_than_the_plans_stops_the_replay(kim_long, monkeypatch):
    monkeypatch.setattr(Visit, "due", property(lambda visit: datetime(2018, 1, 1)), raising=False)
    monkeypatch.setattr(Visit, "__init__", _without_due)
    with pytest.raises(Broken):
        Counter(kim_long, "q01", 0.05).replay(batch=False)


def _without_due(self, at, code, channel, due, finish, accepted=None, refused=False):
    self.at, self.code, self.channel, self.finish, self.accepted = at, code, channel, finish, accepted
    self.asked, self.brought, self.refused, self.collected = None, None, refused, None


# Thuận Bắc ----------------------------------------------------------------------------------------------------------------


VERTICAL = {"T-HUYEN-000401-TT": "police", "1.001613": "insurance"}


def test_police_and_insurance_come_to_thuan_bacs_counter_on_1_march_2020_and_not_a_day_before():
    locality = LOCALITIES["thuan-bac-2019"]
    found(locality, 0.01)
    counter = Counter(locality, "desk", 0.01)
    terms = terms_at(counter.office, list(VERTICAL), date(2020, 3, 1))

    def come(code: str, day: date) -> Dossier:
        at = to_utc(datetime.combine(day, datetime.min.time()).replace(hour=9))
        clerk = counter.simulation.someone("dossier.receive", counter.agency, at)
        procedure = Procedure.objects.get(code=code)
        papers = terms[code].brought("", "counter")
        intake = Intake(counter.office.pk, procedure.pk, "counter", counter.residents.citizen(), papers)
        return actions.receive(intake, actor=clerk, at=at)

    for code, sector in VERTICAL.items():
        for day in (date(2020, 2, 28), date(2020, 2, 29)):
            with pytest.raises(RuleViolation, match=f"{day:%d/%m/%Y}"):
                come(code, day)
        dossier = come(code, date(2020, 3, 1))
        assert dossier.resolving_agency.sector == sector
        assert dossier.code.startswith("000.00.06.H43-200301-")
    assert Dossier.objects.count() == len(VERTICAL)


# The command -----------------------------------------------------------------------------------------------------------------


def test_a_database_with_other_data_is_refused_and_the_message_says_what_to_do():
    make_agency("Ủy ban nhân dân xã Thật")
    with pytest.raises(CommandError, match=r"0 hồ sơ và 1 cơ quan.*motcua scenario kim-long-2018 --database"):
        call_command("scenario", "kim-long-2018", scale=0.01)


def test_figures_of_an_empty_database_say_that_nothing_was_replayed():
    with pytest.raises(CommandError, match="chưa có kịch bản nào"):
        call_command("scenario", "kim-long-2018", figures=True)


def test_figures_of_a_database_without_tables_say_the_same(tmp_path):
    command = [
        sys.executable,
        "-c",
        "from motcua.cli import main; main()",
        "scenario",
        "kim-long-2018",
        "--figures",
    ]
    done = subprocess.run(
        [*command, "--database", f"sqlite:///{tmp_path}/trong.sqlite3"], capture_output=True, text=True
    )
    assert done.returncode == 1
    assert "chưa có kịch bản nào" in done.stderr
    assert "Traceback" not in done.stderr


def test_figures_of_a_replay_cut_off_say_so(kim_long):
    assert standing() == ("kim-long-2018", 0.05, False)
    with pytest.raises(CommandError, match="dừng giữa chừng"):
        call_command("scenario", "kim-long-2018", figures=True)


@pytest.mark.parametrize("scale", [0, -1, 1.5])
def test_a_scale_that_is_none_is_refused(scale):
    with pytest.raises(CommandError, match="--scale"):
        call_command("scenario", "kim-long-2018", scale=scale)


@pytest.mark.parametrize(
    "words", [["--database", "sqlite:////tmp/x"], ["--scale", "1", "--database=sqlite:////tmp/x"]]
)
def test_the_database_is_chosen_before_settings_are_read(words, monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "sqlite:////tmp/other")
    cli._choose_database(words)
    assert cli.os.environ["DATABASE_URL"] == "sqlite:////tmp/x"


def test_thuan_bacs_points_come_from_answers_and_would_be_fewer_with_one_angry_one(monkeypatch):
    from motcua.scenarios.localities import survey
    from motcua.surveys.models import Response
    from motcua.surveys.queries.surveys import outcome

    locality = LOCALITIES["thuan-bac-2019"]
    found(locality, 0.006)
    Counter(locality, "desk", 0.006).replay(batch=False)
    closed = survey.poll(locality)
    shown = outcome(closed)
    assert (str(shown.points), shown.whole.discontent, shown.whole.respondents) == (
        "20.0",
        0,
        Response.objects.count(),
    )
    one = Response.objects.first()
    one.answers = one.answers | {"q1": "2"}
    one.save(update_fields=["answers"])
    assert (str(outcome(closed).points), outcome(closed).whole.discontent) == ("19.5", 1)
    assert survey.poll(LOCALITIES["kim-long-2018"]) is None
