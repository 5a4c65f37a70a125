"""Templates of one's own: derived from a shipped form, changed by who may, in force from a date."""

import re
from datetime import date

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from motcua.agencies.testing import make_user_with
from motcua.audit.models import Event
from motcua.core.errors import NotFound, RuleViolation
from motcua.dossiers.testing import World, moment
from motcua.statistics import actions
from motcua.statistics.models import ReportTemplate
from motcua.statistics.queries.templates import find_form, templates_for

AT = moment(days=40)
DAY = date(2026, 12, 14)


@pytest.fixture
def reformer(world: World):
    return make_user_with("reform_officer", world.province, subtree=True)


@pytest.fixture
def template(world: World, reformer) -> ReportTemplate:
    made = actions.create_template("ii-06a", "Báo cáo giao ban", agency=world.province, valid_from=date(2026, 1, 1), document="CV 5/VP", actor=reformer, at=AT)  # fmt: skip
    actions.add_column(made.pk, "on_time_rate", "Đúng hạn", actor=reformer, at=AT)
    actions.add_column(made.pk, "uncollected", actor=reformer, at=AT)
    return made


def test_a_template_is_its_base_with_further_columns(world: World, template: ReportTemplate) -> None:
    form = find_form(template.code, world.commune, DAY)
    assert [leaf.title for leaf in form.leaves[-2:]] == ["Đúng hạn (%)", "Kết quả chưa nhận"]
    assert (form.title, form.law) == ("Báo cáo giao ban", "CV 5/VP")
    assert form.leaves[:-2] == find_form("ii-06a", world.commune, DAY).leaves
    assert list(templates_for(world.commune, DAY)) == [template]


def test_a_template_serves_only_its_agency_and_those_below(world: World, reformer) -> None:
    made = actions.create_template(
        "ii-07", "Riêng", agency=world.commune, valid_from=DAY, actor=reformer, at=AT
    )
    assert find_form(made.code, world.division, DAY).title == "Riêng"
    for elsewhere in (world.province, world.others["neighbour"]):
        with pytest.raises(NotFound):
            find_form(made.code, elsewhere, DAY)


def test_a_template_is_for_periods_that_end_while_it_holds(world: World, reformer, template) -> None:
    with pytest.raises(RuleViolation, match="từ ngày 01-01-2026"):
        find_form(template.code, world.commune, date(2025, 12, 14))
    actions.end_template(template.pk, date(2026, 11, 30), actor=reformer, at=AT)
    assert find_form(template.code, world.commune, date(2026, 11, 14))
    with pytest.raises(RuleViolation, match="đến ngày 30-11-2026"):
        find_form(template.code, world.commune, DAY)
    with pytest.raises(RuleViolation, match="hết hiệu lực"):
        actions.add_column(template.pk, "stopped", actor=reformer, at=AT)


def test_columns_come_from_the_registry_once_each_and_not_too_many(world, reformer, template) -> None:
    for figure, said in (
        ("nothing", "Không có chỉ tiêu"),
        ("received", "đã có"),
        ("uncollected", "đã có"),
        ("offered", "đếm hồ sơ"),
    ):
        with pytest.raises(RuleViolation, match=said):
            actions.add_column(template.pk, figure, actor=reformer, at=AT)
    for figure in ("stopped", "withdrawn", "waiting", "waiting_late", "refused", "late_a", "late_b", "late_c", "late_d", "paid"):  # fmt: skip
        actions.add_column(template.pk, figure, actor=reformer, at=AT)
    with pytest.raises(RuleViolation, match="nhiều nhất 12 cột"):
        actions.add_column(template.pk, "paid_online", actor=reformer, at=AT)


@pytest.mark.parametrize(
    ("change", "said"), [({"base": "ii-99"}, "Chọn một biểu"), ({"title": " "}, "Nhập tên")]
)
def test_a_template_needs_a_base_and_a_name(world: World, reformer, change, said: str) -> None:
    given = {"base": "ii-06a", "title": "Tên", "agency": world.commune, "valid_from": DAY, **change}
    with pytest.raises(RuleViolation, match=said):
        actions.create_template(**given, actor=reformer, at=AT)


def test_a_form_that_counts_no_dossiers_takes_no_column_that_does(world: World, reformer) -> None:
    made = actions.create_template(
        "ii-03", "Riêng", agency=world.commune, valid_from=DAY, actor=reformer, at=AT
    )
    with pytest.raises(RuleViolation, match="không đếm hồ sơ"):
        actions.add_column(made.pk, "stopped", actor=reformer, at=AT)
    assert not made.columns.exists()


def test_only_who_may_changes_templates(world: World, template: ReportTemplate) -> None:
    column = template.columns.first()
    stranger = make_user_with("reform_officer", world.commune)
    for act in (
        lambda who: actions.create_template(
            "ii-07", "x", agency=world.province, valid_from=DAY, actor=who, at=AT
        ),
        lambda who: actions.add_column(template.pk, "stopped", actor=who, at=AT),
        lambda who: actions.remove_column(column.pk, actor=who, at=AT),
        lambda who: actions.end_template(template.pk, DAY, actor=who, at=AT),
    ):
        for who in (world.head, stranger):
            with pytest.raises(NotFound):
                act(who)


def test_every_act_is_logged(world: World, reformer, template: ReportTemplate) -> None:
    actions.remove_column(template.columns.first().pk, actor=reformer, at=AT)
    actions.end_template(template.pk, DAY, actor=reformer, at=AT)
    kinds = list(Event.objects.filter(chain=f"report-template/{template.pk}").order_by("pk").values_list("kind", flat=True))  # fmt: skip
    added = "report_template.column_added"
    assert kinds == [
        "report_template.created",
        added,
        added,
        "report_template.column_removed",
        "report_template.ended",
    ]
    with pytest.raises(RuleViolation, match="Ngày cuối cùng"):
        actions.end_template(template.pk, date(2025, 1, 1), actor=reformer, at=AT)


@pytest.fixture
def desk(reformer) -> Client:
    client = Client()
    client.force_login(reformer)
    return client


@pytest.fixture(autouse=True)
def later():
    with time_machine.travel(AT, tick=False):
        yield


def test_an_officer_derives_a_template_adds_a_column_reads_it_and_ends_it(world: World, desk: Client) -> None:
    new = reverse("statistics:template_new")
    assert desk.post(new, {"title": ""}).status_code == 422
    sent = {
        "base": "ii-06a",
        "title": "Giao ban tuần",
        "agency": world.province.pk,
        "valid_from": "01/01/2026",
    }
    page = desk.post(new, sent, follow=True)
    made = ReportTemplate.objects.get()
    address = reverse("statistics:template", args=[made.pk])
    assert page.redirect_chain[-1][0] == address
    assert desk.post(address, {"figure": "received"}).status_code == 422
    assert "Tỷ lệ trước hạn" in desk.post(address, {"figure": "before_rate"}, follow=True).content.decode()
    assert "Giao ban tuần" in desk.get(reverse("statistics:reports")).content.decode()
    query = {"agency": world.commune.pk, "period": "2026-11", "basis": "calendar"}
    report = desk.get(reverse("statistics:report", args=[made.code]), query)
    assert re.search(r">66,67\*</a>", report.content.decode())
    behind = desk.get(reverse("statistics:dossiers", args=[made.code, "before_rate"]), query)
    assert "hồ sơ của tử số: giải quyết trước hạn" in behind.content.decode()
    assert "Biểu số II.06a/VPCP/KSTT: Tình hình" in desk.get(address).content.decode()
    desk.post(reverse("statistics:column_remove", args=[made.columns.get().pk]))
    assert not made.columns.exists()
    ending = reverse("statistics:template_end", args=[made.pk])
    assert desk.post(ending, {"last_day": "01/01/2020"}).status_code == 422
    assert desk.post(ending, {"last_day": "01/12/2026"}, follow=True).status_code == 200
    ended = desk.get(address).content.decode()
    assert "Thêm cột</h2>" not in ended
    assert "Hết hiệu lực" in desk.get(reverse("statistics:templates")).content.decode()


def test_templates_do_not_exist_for_who_may_not_change_them(world: World, template: ReportTemplate) -> None:
    client = Client()
    client.force_login(world.head)
    for name, args in (("templates", []), ("template_new", []), ("template", [template.pk])):
        assert client.get(reverse(f"statistics:{name}", args=args)).status_code == 404
