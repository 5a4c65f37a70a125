"""Tasks against the limit of their stage: by officer and by stage, by the rule of criterion 2 of Circular 01/2018."""

import re
from collections import Counter
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from motcua.agencies.testing import make_agency, make_user_with
from motcua.core.errors import NotFound
from motcua.dossiers import actions
from motcua.dossiers.models import DossierTask
from motcua.dossiers.testing import (
    for_signature,
    in_review,
    make_procedure,
    make_process,
    make_world,
    moment,
    ready,
    receive,
)
from motcua.statistics.queries import Scope, tasks
from motcua.statistics.queries.points import judged
from motcua.statistics.queries.tasks import by_stage, ended_tasks, tasks_behind, work_done
from motcua.statistics.queries.things import Look
from motcua.statistics.rules import points
from motcua.statistics.rules.figures import REGISTRY, number, text
from motcua.statistics.rules.periods import Window
from motcua.statistics.rules.things import Subject
from motcua.statistics.tests.boards import finish, page, refused

pytestmark = pytest.mark.django_db
NOVEMBER = Window(date(2026, 11, 1), date(2026, 11, 30), "tháng 11 năm 2026")
LATER = moment(days=40)
BOARD = reverse("statistics:dashboard")
WORST = ("before", "on", "late")
QUERY = {"period": "2026-11", "basis": "calendar"}


def reviewed(world, days: int) -> None:
    """A dossier whose review, due two working days after reception, is done so many days after it."""
    task = in_review(world).tasks.get(stage=1)
    cause = "partner" if days > 2 else ""
    actions.complete_task(task.pk, late_cause=cause, actor=world.officer, at=moment(days=days, hours=1))


@pytest.fixture
def world():
    """Reviews done before, on and after the day of their limit; a dossier sent back, one refused in mid-work, one late."""
    world = make_world()
    ready(world)
    for days in (1, 2, 3, 4):
        reviewed(world, days)
    back = for_signature(world)
    actions.send_back(back.pk, reason="Sai tên", actor=world.boss, at=moment(hours=2.5))
    refused(world, days=1)
    refused(world, days=9)
    return world


def everything(world) -> Scope:
    return Scope(world.province, below=True)


def test_every_side_is_met_and_they_add_up_by_officer_and_by_stage(world) -> None:
    found = work_done(everything(world), NOVEMBER, at=LATER)
    by_officer, by_stage = (
        sum((line.counts for line in lines), Counter()) for lines in (found.officers, found.stages)
    )
    assert by_officer == by_stage
    assert all(by_officer[key] for key in ("task_before", "task_on", "task_late"))
    assert number("task_ended", by_officer) == ended_tasks(everything(world), NOVEMBER, at=LATER).count()
    assert {world.officer.full_name, world.boss.full_name} <= {line.name for line in found.officers}
    assert found.more == frozenset()


def test_the_officer_with_most_work_and_the_stage_with_most_late_come_first(world) -> None:
    found = work_done(everything(world), NOVEMBER, at=LATER)
    totals = [line.counts.total() for line in found.officers]
    late = [line.counts["task_late"] for line in found.stages]
    assert totals == sorted(totals, reverse=True)
    assert late == sorted(late, reverse=True)
    assert late[0] > late[-1]


def test_a_task_is_in_time_here_exactly_when_criterion_2_says_so(world) -> None:
    """The worst of an officer's tasks in a dossier is the officer's point of criterion 2, for every dossier and officer."""
    own: dict[tuple[int, int], set[str]] = {}
    for task in ended_tasks(everything(world), NOVEMBER, at=LATER):
        own.setdefault((task.dossier_id, task.person), set()).add(task.side)
    criterion = {
        (one.pk, person): point
        for one in judged(Look(everything(world), NOVEMBER, LATER))
        for (_, person), point in one.of_officer.items()
    }
    mine = {key: points.time_point(max(sides, key=WORST.index)) for key, sides in own.items()}
    assert {key: mine[key] for key in criterion} == criterion
    assert {0, 2} <= set(criterion.values())


def test_the_hour_of_the_day_of_the_limit_does_not_count(world) -> None:
    task = DossierTask.objects.filter(done_at__isnull=False, due_at__isnull=False).first()
    for hours, side in ((-24, "before"), (-1, "on"), (1, "on"), (24, "late")):
        noon = moment(days=1, hours=3)
        DossierTask.objects.filter(pk=task.pk).update(
            due_at=noon, done_at=noon + (moment(hours=hours) - moment())
        )
        assert ended_tasks(everything(world), NOVEMBER, at=LATER).get(pk=task.pk).side == side


def test_work_that_the_citizen_made_idle_is_nobodys(world) -> None:
    dossier = in_review(world)
    before = ended_tasks(everything(world), NOVEMBER, at=LATER).count()
    actions.request_withdrawal(dossier.pk, reason="Không cần nữa", actor=world.clerk, at=moment(days=2))
    actions.confirm_withdrawal(dossier.pk, actor=world.clerk, at=moment(days=2, hours=1))
    assert DossierTask.objects.filter(dossier=dossier, state="cancelled", given_at__isnull=False).exists()
    assert ended_tasks(everything(world), NOVEMBER, at=LATER).count() == before
    done = work_done(everything(world), NOVEMBER, at=LATER)
    assert sum(line.counts.total() for line in done.stages) == before
    assert DossierTask.objects.filter(
        tasks.CUT_SHORT, dossier__status="refused", given_at__isnull=False
    ).exists()


def test_what_ends_after_the_window_or_has_no_limit_is_outside(world) -> None:
    october = Window(date(2026, 10, 1), date(2026, 10, 31))
    assert not ended_tasks(everything(world), october, at=LATER).exists()
    whole = ended_tasks(everything(world), NOVEMBER, at=LATER).count()
    assert ended_tasks(everything(world), NOVEMBER, at=moment(days=2)).count() < whole
    DossierTask.objects.update(due_at=None)
    assert not ended_tasks(everything(world), NOVEMBER, at=LATER).exists()


def test_the_share_is_never_whole_while_one_task_is_late() -> None:
    counts = Counter(task_before=60_000, task_on=40_000, task_late=1)
    assert text("task_on_time_rate", counts) == "99,99%"
    assert text("task_before_rate", Counter(task_before=3)) == "100,00%"
    assert text("task_on_time_rate", Counter()) == "–"


def test_it_costs_three_statements_whatever_the_number_of_officers(world) -> None:
    def statements() -> int:
        scope = everything(world)
        assert scope.agencies
        with CaptureQueriesContext(connection) as seen:
            work_done(scope, NOVEMBER, at=LATER)
        return len(seen)

    assert statements() == 3
    many = [make_user_with("officer", world.commune) for _ in range(6)]
    ids = DossierTask.objects.filter(done_by=world.officer).values_list("pk", flat=True)
    for person, pk in zip(many, ids, strict=False):
        DossierTask.objects.filter(pk=pk).update(done_by=person)
    assert len(work_done(everything(world), NOVEMBER, at=LATER).officers) > 4
    assert statements() == 3


def test_more_officers_than_fit_are_told(world, client, monkeypatch) -> None:
    monkeypatch.setattr(tasks, "MOST", 1)
    monkeypatch.setattr("motcua.statistics.views.task_tables.MOST", 1)
    found = work_done(everything(world), NOVEMBER, at=LATER)
    assert (len(found.officers), found.more) == (1, {"officers", "stages"})
    assert page(client, world.boss, BOARD, days=9, **QUERY).count("Chỉ hiện 1 dòng đầu") == 2


def test_only_figures_of_tasks_have_a_list_of_tasks(world) -> None:
    for wrong in ("resolved", "nothing", "time_counted"):
        with pytest.raises(NotFound):
            tasks_behind(wrong, everything(world), NOVEMBER, at=LATER)
    assert {f.key for f in REGISTRY.values() if f.subject is Subject.TASK} >= {
        "task_ended",
        "task_on_time_rate",
    }


# Over HTTP ---------------------------------------------------------------------------------------------------------------


def table_of(text_: str, title: str) -> str:
    return text_[text_.index(f'aria-label="{title}"') :].split("</table>")[0]


def test_every_number_opens_to_as_many_tasks_with_the_same_filter(world, client) -> None:
    shown = page(client, world.boss, BOARD, days=12, **QUERY)
    seen = zeros = 0
    for title in ("Việc đã xong theo cán bộ", "Việc đã xong theo bước"):
        for name, cells in re.findall(r'<th scope="row">(.*?)</th>(.*?)</tr>', table_of(shown, title), re.S):
            for href, told in re.findall(r'<a href="([^"]+)"[^>]*>(\d+)</a>', cells):
                opened = page(client, world.boss, href.replace("&amp;", "&"), days=12)
                assert name in opened
                assert re.search(r'<h1>.*?<span class="count">(\d+)</span>', opened, re.S)[1] == told, href
                assert opened.count('data-label="So với hạn"') == int(told)
                seen += int(told)
                assert 'data-figure="task_late"' in cells
                zeros += told == "0"
    assert seen > 20
    assert zeros, "what is known to be nothing is told as 0"


def test_by_procedure_and_stage_they_are_the_same_tasks_in_two_statements(world) -> None:
    again = make_procedure("1.000777", world.commune)
    make_process(again, None, [("Thẩm định", [("resolving", "officer", "16")])])
    other = in_review(world, receive(world, procedure=again))
    actions.complete_task(other.tasks.get(stage=1).pk, actor=world.officer, at=moment(days=1))
    scope = everything(world)
    assert scope.agencies  # asked for once, whatever is counted
    with CaptureQueriesContext(connection) as caught:
        found = by_stage(scope, NOVEMBER, at=LATER)
    assert len(caught) == 2
    assert found[again.pk, 1] == {"task_before": 1, "task_on": 0, "task_late": 0}
    named: dict[str, Counter[str]] = {}
    for (procedure, stage), counts in found.items():
        name = DossierTask.objects.filter(dossier__procedure=procedure, stage=stage).first().stage_name
        named.setdefault(name, Counter(dict.fromkeys(counts, 0))).update(counts)
        for key, told in counts.items():
            behind = tasks_behind(
                key, everything(world), NOVEMBER, at=LATER, procedure=procedure, number=stage
            )
            assert behind.count() == told
    assert named == {
        line.name: line.counts for line in work_done(everything(world), NOVEMBER, at=LATER).stages
    }


def test_the_page_of_times_tells_work_in_time_and_late_stage_by_stage_and_each_opens(world, client) -> None:
    """Of all tasks of the stage, also those of dossiers that are not resolved: four reviews, a stage of two resolved dossiers."""
    shown = page(client, world.boss, reverse("statistics:stages"), days=12, **QUERY)
    cells = re.findall(r'data-figure="(task_[a-z_]+)"[^>]*><a href="([^"]+)"([^>]*)>(\d+)</a>', shown)
    assert len(cells) == 2 * 3  # of three stages
    for figure, href, marked, told in cells:
        opened = page(client, world.boss, href.replace("&amp;", "&"), days=12)
        assert re.search(r'<h1>.*?<span class="count">(\d+)</span>', opened, re.S)[1] == told, href
        assert opened.count('data-label="So với hạn"') == int(told)
        assert ">Thời gian đi đâu</a>" in opened
        assert "thủ tục Thủ tục thử nghiệm 1.000001; bước thứ" in opened
        assert ("figures-late" in marked) is (figure == "task_late" and told != "0")
    review = by_stage(Scope(world.commune), NOVEMBER, at=moment(days=12))[world.procedure.pk, 1]
    assert [int(told) for _, _, _, told in cells[:2]] == [
        number("task_in_time", review),
        review["task_late"],
    ]
    assert review["task_late"] > 0
    passed = int(re.search(r'data-figure="stage_passed"[^>]*><a[^>]*>(\d+)', shown)[1])
    assert review.total() > passed


def test_a_share_opens_to_the_tasks_of_its_numerator(world, client) -> None:
    at = {"days": 12, **QUERY}
    listed = page(client, world.boss, reverse("statistics:tasks", args=["task_before_rate"]), **at)
    counts = sum((line.counts for line in work_done(Scope(world.commune), NOVEMBER, at=moment(days=12)).officers), Counter())  # fmt: skip
    assert listed.count(">trước hạn</td>") == counts["task_before"]
    assert ">quá hạn</td>" not in listed


def test_shares_on_few_tasks_are_marked(world, client) -> None:
    table = table_of(page(client, world.boss, BOARD, days=12, **QUERY), "Việc đã xong theo bước")
    assert "(ít hồ sơ)" not in table
    assert "(ít việc)" in table


def test_how_often_an_officer_was_in_time_is_told_only_to_who_watches_over_them(world, client) -> None:
    reader = make_user_with("auditor", world.commune)
    shown = page(client, reader, BOARD, days=12, **QUERY)
    assert "Việc đã xong theo bước" in shown
    assert "Việc đã xong theo cán bộ" not in shown
    listed = reverse("statistics:tasks", args=["task_late"])
    page(client, reader, listed, days=12, **QUERY)
    page(client, reader, listed, days=12, status=404, **QUERY, **{"can-bo": world.officer.pk})
    far = make_user_with("leader", make_agency("UBND xã Khác", world.province, code="H40.13"))
    page(client, far, listed, days=12, status=404, **QUERY, agency=world.commune.pk)


def test_a_list_of_nobody_that_there_is_or_of_another_figure_is_not_found(world, client) -> None:
    listed = reverse("statistics:tasks", args=["task_ended"])
    for wrong in ({"can-bo": "x"}, {"can-bo": "999999"}, {"thu-tuc": "x"}, {"so-buoc": "²"}):
        page(client, world.boss, listed, days=12, status=404, **QUERY, **wrong)
    assert "Chưa phân công" in page(client, world.boss, listed, days=12, **QUERY, **{"can-bo": "0"})
    page(client, world.boss, reverse("statistics:tasks", args=["resolved"]), days=12, status=404, **QUERY)
    page(client, world.boss, listed, days=12, status=404, period="x")


def test_a_task_given_to_nobody_and_cut_short_is_told_as_such(world) -> None:
    task = finish(world, 2.5, moment())
    assert task is None
    DossierTask.objects.filter(done_at__isnull=False).update(done_by=None, officer=None)
    names = [line.name for line in work_done(everything(world), NOVEMBER, at=LATER).officers]
    assert names == ["Chưa phân công"]
