"""A batch writes what the same acts write one by one, and leaves no more trace when something goes wrong."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import date, datetime, timedelta
from itertools import count
from random import Random
from typing import Any

import pytest
from django.apps import apps
from django.db import connection, transaction

from motcua.agencies.testing import give_role
from motcua.audit.queries import verify
from motcua.core import store
from motcua.core.errors import NotFound, RuleViolation
from motcua.dossiers import actions, queries
from motcua.dossiers.models import Dossier, DossierTask, FinancialObligation
from motcua.dossiers.queries.integrity import breaks
from motcua.dossiers.rules.intake import PaperData, PartyData
from motcua.dossiers.testing import World, make_intake, make_procedure, make_process, make_world, moment
from motcua.files.actions import store as keep
from motcua.payments import actions as payments
from motcua.payments.models import Charge
from motcua.procedures.models import Fee

LEFT_OUT = {"dossiers_referencestamp"}  # random marks
DRAWN = {("notifications_message", "key")}  # columns that are drawn anew for each row
DRAWN = {("notifications_message", "key")}  # a random column
ITEMS = [{"name": "Bản chính", "quantity": 1}]
SCAN = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"


# Where an act is lawful; it is mostly tried there, and sometimes elsewhere.
AT_WORK = ("transferred", "in_review", "for_signature")
LAWFUL = {
    "do_complete": AT_WORK, "do_claim": AT_WORK, "do_assign": AT_WORK, "do_release": AT_WORK, "do_take_over": ("transferred",),
    "do_send_back": ("for_signature",), "do_ready": ("in_review", "received"), "do_tell": ("result_ready",),
    "do_archive": ("returned",), "do_ask": ("in_review",), "do_bring": ("post_supplement",), "do_ask_before": ("submitted",),
    "do_bring_before": ("pre_supplement",), "do_decline": ("submitted",), "do_refuse": AT_WORK, "do_stop": AT_WORK,
    "do_withdraw": ("received", "in_review"), "do_apologise": AT_WORK, "do_opinion": ("in_review",), "do_oblige": ("in_review",),
    "do_meet": ("wait_finance",), "do_correct": ("returned",), "do_finish_correction": ("error_fix",), "do_link": AT_WORK,
    "do_originals": ("in_review",), "do_round": ("received",), "do_pay": ("received", "transferred", "in_review"),
}  # fmt: skip


OFTEN = {"do_walk": 60, "do_come": 8, "do_refuse": 1, "do_stop": 1, "do_withdraw": 1, "do_decline": 1}


class Undone(Exception):
    """Ends a run whose rows are not to stay."""


class Lives:
    """Some dossiers under way at once; what is tried is drawn by a seed, the law decides. Reads only what acts gave it."""

    def __init__(self, world: World, seed: int) -> None:
        self.world, self.random = world, Random(seed)
        self.now = moment(datetime(2026, 3, 2, 8))
        self.ids: list[int] = []
        self.opinions: list[int] = []
        self.refused: list[str] = []
        self.done: list[str] = []
        self.wanted: tuple[str, ...] = ()
        self.procedures = world.others["procedures"]

    def step(self) -> None:
        """Some time later somebody tries something."""
        self.now += timedelta(minutes=self.random.choice((1, 7, 45, 240, 1300)))
        names = [name for name in dir(self) if name.startswith("do_")]
        weights = [OFTEN.get(name, 2) for name in names]
        name = self.random.choices(names, weights)[0]
        self.wanted = LAWFUL.get(name, ()) if self.random.random() < 0.9 else ()
        try:
            getattr(self, name)()
            self.done.append(name)
        except (RuleViolation, NotFound) as error:
            self.refused.append(f"{name}: {error.message}")

    def act(self, function: Callable[..., Any], *args: Any, actor: Any, **more: Any) -> Any:
        return function(*args, actor=actor, at=self.now, **more)

    def one(self) -> int:
        if not self.ids:
            return 0
        states = {d.pk: d.status for d in store.find(Dossier, id=self.ids)} if self.wanted else {}
        return self.random.choice([pk for pk in self.ids if states.get(pk) in self.wanted] or self.ids)

    def task(self) -> DossierTask:
        tasks = sorted(store.find(DossierTask, dossier_id=self.one()), key=lambda t: t.pk)
        live = [t for t in tasks if t.state in ("open", "accepted")] or tasks
        if not live:
            raise NotFound("không có việc")
        return self.random.choice(live)

    def do_come(self) -> None:
        channel = self.random.choice(("counter", "counter", "post", "online"))
        words = {
            "submitter": PartyData("citizen", "Trần Văn Nộp Thay", phone="0912000002"),
            "authorisation": "Con ruột",
        }
        intake = make_intake(
            self.world, self.random.choice(self.procedures), channel=channel,
            **(words if self.random.random() < 0.3 else {}),
        )  # fmt: skip
        act = actions.submit if channel == "online" else actions.receive
        self.ids.append(self.act(act, intake, actor=self.world.clerk).pk)

    def do_walk(self) -> None:
        """The straight way on: hand-over, taking over, the task, the signature."""
        w, pk = self.world, self.one()
        found = store.find(Dossier, id=pk)
        status = found[0].status if found else ""
        if status in ("received",):
            self.act(actions.hand_over, [pk], actor=w.clerk)
        elif status == "submitted":
            self.act(actions.accept, pk, actor=w.clerk)
        elif status == "for_signature":
            self.act(actions.sign_result, pk, number="7/KQ", late_cause="capacity", actor=w.boss)
        elif status in ("result_ready", "wait_collect"):
            self.act(actions.return_result, pk, receiver_name="Nguyễn Thị Thử Nghiệm", actor=w.head)
        else:
            self.work(pk)

    def work(self, pk: int) -> None:
        tasks = sorted(store.find(DossierTask, dossier_id=pk), key=lambda t: t.pk)
        for task in [t for t in tasks if t.state in ("open", "accepted")][:1]:
            who = self.world.policeman if task.agency_id == self.world.police.pk else self.world.officer
            if task.state == "open" and not task.at_office:
                self.act(actions.take_over, [task.pk], actor=who)
            else:
                self.act(
                    actions.complete_task,
                    task.pk,
                    late_cause="capacity",
                    actor=self.random.choice((who, self.world.clerk)),
                )

    def do_round(self) -> None:
        ids = sorted({self.one(), self.one(), self.one()})
        lists = self.act(actions.hand_over, ids, actor=self.world.clerk)
        self.act(actions.take_over, handover_id=lists[0].pk, actor=self.world.officer)

    def do_take_over(self) -> None:
        self.act(actions.take_over, [self.task().pk], actor=self.world.policeman)

    def do_complete(self) -> None:
        self.act(actions.complete_task, self.task().pk, late_cause="capacity", actor=self.world.policeman)

    def do_claim(self) -> None:
        self.act(actions.claim, self.task().pk, actor=self.world.officer)

    def do_assign(self) -> None:
        self.act(actions.assign, self.task().pk, self.world.officer.pk, actor=self.world.boss)

    def do_release(self) -> None:
        self.act(actions.release, self.task().pk, actor=self.world.boss)

    def do_send_back(self) -> None:
        self.act(actions.send_back, self.one(), reason="Chưa rõ", actor=self.world.boss)

    def do_ready(self) -> None:
        self.act(actions.mark_ready, self.one(), late_cause="capacity", actor=self.world.clerk)

    def do_tell(self) -> None:
        self.act(actions.notify_ready, self.one(), actor=self.world.clerk)

    def do_archive(self) -> None:
        self.act(actions.archive, self.one(), actor=self.world.head)

    def do_ask(self) -> None:
        self.act(
            actions.request_supplement, self.one(), reason="Thiếu", items=ITEMS, actor=self.world.officer
        )

    def do_bring(self) -> None:
        form = self.random.choice(("originals", "electronic"))
        papers = (PaperData("Bản chính", **{form: 1}),)
        self.act(actions.complete_supplement, self.one(), papers, actor=self.world.clerk)

    def do_scan(self) -> None:
        papers = store.find(apps.get_model("dossiers.DossierPaper"), dossier_id=self.one())
        if not papers:
            raise NotFound("không có giấy tờ")
        chosen = self.random.choice(sorted(paper.pk for paper in papers))
        self.act(actions.attach_scan, chosen, self.world.others["scan"].pk, actor=self.world.clerk)

    def do_ask_before(self) -> None:
        self.act(
            actions.request_supplement_before, self.one(), reason="Thiếu", items=ITEMS, actor=self.world.clerk
        )

    def do_bring_before(self) -> None:
        self.act(
            actions.complete_presupplement,
            self.one(),
            (PaperData("Tờ khai", originals=1),),
            actor=self.world.clerk,
        )

    def do_decline(self) -> None:
        self.act(
            actions.decline, self.one(), reason="Không thuộc", legal_basis="NĐ 1", actor=self.world.clerk
        )

    def do_refuse(self) -> None:
        words = {"reason": "Không đủ", "legal_basis": "Điều 5", "late_cause": "capacity"}
        self.act(actions.refuse, self.one(), actor=self.world.boss, **words)

    def do_stop(self) -> None:
        self.act(actions.stop, self.one(), reason_code="citizen", actor=self.world.boss)

    def do_withdraw(self) -> None:
        pk = self.one()
        self.act(actions.request_withdrawal, pk, actor=self.world.clerk)
        if self.random.random() < 0.6:
            self.act(actions.confirm_withdrawal, pk, actor=self.world.clerk)
        else:
            self.act(actions.cancel_withdrawal, pk, actor=self.world.clerk)

    def do_apologise(self) -> None:
        self.act(actions.apologise, self.one(), extra_working_days=2, reason="Chậm", actor=self.world.boss)

    def do_opinion(self) -> None:
        found = self.act(
            actions.ask_opinion, self.one(), to_agency_id=self.world.police.pk, question="Ý kiến?", due_working_days=1,
            actor=self.world.officer,
        )  # fmt: skip
        self.opinions.append(found.pk)

    def do_answer(self) -> None:
        pk = self.random.choice(self.opinions or [0])
        self.act(actions.answer_opinion, pk, answer="Đồng ý", actor=self.world.policeman)

    def do_oblige(self) -> None:
        words = {"amount_dong": 5000, "notice_number": "1/TB"}
        self.act(actions.issue_obligation, self.one(), actor=self.world.officer, **words)

    def do_meet(self) -> None:
        pk = self.one()
        if store.exists(FinancialObligation, dossier_id=pk, met_at=None):
            self.act(actions.meet_obligation, pk, document="GNT 1", actor=self.world.clerk)

    def do_pay(self) -> None:
        found = store.find(Charge, reference=f"dossier/{self.one()}", state="due")
        self.act(payments.collect_cash, sorted(one.pk for one in found), actor=self.world.head)

    def do_correct(self) -> None:
        self.act(
            actions.start_correction,
            self.one(),
            reason="Sai tên",
            revoke_results=True,
            actor=self.world.officer,
        )

    def do_finish_correction(self) -> None:
        self.act(actions.finish_correction, self.one(), number="8/KQ", actor=self.world.officer)

    def do_originals(self) -> None:
        pk = self.one()
        papers = [p.pk for p in store.find(apps.get_model("dossiers.DossierPaper"), dossier_id=pk)]
        self.act(actions.return_originals, pk, papers, receiver_name="An", actor=self.world.head)

    def do_link(self) -> None:
        self.act(actions.link_external, self.task().pk, code="X-1", actor=self.world.officer)


@pytest.fixture
def world(db: None, monkeypatch: pytest.MonkeyPatch) -> World:
    """The commune with four procedures: plain, through the police too, of the same day, with a fee."""
    world = make_world()
    give_role(world.officer, "land_desk", world.commune, is_main=False)
    chain = make_procedure("1.200", world.commune, amount="10")
    make_process(
        chain, None,
        [("review", [("office", "receptionist", "2")]), ("review", [("resolving", "officer", "8"), ("police", "officer", "16")]),
         ("signature", [("resolving", "leader", "8")]), ("review", [("police", "officer", "8")]), ("result", [("office", "receptionist", "4")])],
    )  # fmt: skip
    dear = make_procedure("1.202", world.commune)
    make_process(
        dear,
        None,
        [("review", [("resolving", "officer", "8")]), ("signature", [("resolving", "leader", "8")])],
    )
    Fee.objects.create(
        procedure=dear,
        kind="le_phi",
        per="case",
        name="Lệ phí",
        amount_dong=8000,
        legal_basis="NQ 1",
        valid_from=date(2020, 1, 1),
    )
    same_day = make_procedure("1.201", world.commune, amount=None, unit="same_day")
    world.others["procedures"] = [world.procedure, chain, dear, same_day]
    payments.open_book(
        world.commune,
        symbol="AP-26",
        year=2026,
        source="TB 01",
        actor=world.head,
        at=moment(datetime(2026, 1, 5, 8)),
    )
    world.others["scan"] = keep(
        SCAN, name="quet.pdf", made_here=True, actor=world.clerk, at=moment(datetime(2026, 1, 5, 8))
    )
    tokens = count(1)
    monkeypatch.setattr("motcua.dossiers.actions._results.token_hex", lambda _: f"{next(tokens):032d}")
    world.others["tokens"] = tokens
    return world


def everything() -> dict[str, list[dict[str, Any]]]:
    """All rows of all tables, in the order of keys."""
    models = [m for m in apps.get_models() if m._meta.managed and m._meta.db_table not in LEFT_OUT]
    found = {m._meta.db_table: list(m._default_manager.order_by("pk").values()) for m in models}
    for table, column in DRAWN:
        for row in found[table]:
            del row[column]
    return found


@contextmanager
def same_numbers_afterwards() -> Iterator[None]:
    """Sequences of PostgreSQL stand where they stood: they do not go back with a transaction."""
    with connection.cursor() as cursor:
        if connection.vendor != "postgresql":
            yield
            return
        cursor.execute("SELECT sequencename FROM pg_sequences")
        names = [row[0] for row in cursor.fetchall()]
        states = []
        for name in names:
            cursor.execute(f'SELECT last_value, is_called FROM "{name}"')
            states.append((name, *cursor.fetchone()))
        yield
        for name, value, called in states:
            cursor.execute("SELECT setval(%s, %s, %s)", [f'"{name}"', value, called])


def one_by_one(
    world: World, seed: int, steps: int, monkeypatch: pytest.MonkeyPatch
) -> tuple[Lives, dict[str, Any]]:
    lives, found = Lives(world, seed), {}
    with same_numbers_afterwards(), suppress(Undone), transaction.atomic():
        for _ in range(steps):
            lives.step()
        found = everything()
        raise Undone
    tokens = count(1)
    monkeypatch.setattr("motcua.dossiers.actions._results.token_hex", lambda _: f"{next(tokens):032d}")
    return lives, found


@pytest.mark.parametrize(("seed", "turn_every"), [(1, 0), (2, 7), (3, 1), (4, 40), (5, 3)])
def test_a_batch_writes_every_row_that_the_acts_write_one_by_one(
    world: World, seed: int, turn_every: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    steps = 400
    alone, expected = one_by_one(world, seed, steps, monkeypatch)
    together = Lives(world, seed)
    with store.batch() as batch:
        for number in range(1, steps + 1):
            together.step()
            if turn_every and number % turn_every == 0:
                batch.turn()
    assert together.refused == alone.refused
    assert together.done == alone.done
    found = everything()
    for table, rows in expected.items():
        assert found[table] == rows, table
    assert not batch.flushes
    assert len(set(alone.done)) > 18
    assert list(verify().breaks) == []
    assert list(breaks()) == []
    assert list(queries.verify_clock()) == []
