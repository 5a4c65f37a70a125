"""Acts on versions, decisions, offerings, fees, processes and postings: allowed, refused, logged."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest

from motcua.audit.models import Event
from motcua.core.errors import NotFound, RuleViolation
from motcua.procedures import actions, queries
from motcua.procedures.actions import Decision, FeeData, Item, Reduction
from motcua.procedures.models import (
    Fee,
    Offering,
    Posting,
    Procedure,
    ProcedureVersion,
    Process,
    PublicationChange,
)
from motcua.procedures.queries import postings
from motcua.procedures.rules.fees import Exemption
from motcua.procedures.testing import LONG_AGO, make_offering, make_process, make_version
from motcua.procedures.tests.conftest import AT, TODAY

DECISION = Decision("12/QĐ-UBND", TODAY, TODAY + timedelta(days=10), "UBND tỉnh Lam Sơn", received_on=TODAY)
START = DECISION.effective_on


@pytest.fixture
def version(world) -> ProcedureVersion:
    return make_version(
        "1.900001", online_level="none", agency_text="UBND xã", steps_text="Bước 1", audiences=["Công dân"]
    )


def kinds(version) -> list[str]:
    rows = Event.objects.filter(chain=f"procedure/{version.procedure_id}").order_by("seq")
    return list(rows.values_list("kind", flat=True))


def act(world, name, *args, actor=None, **more):
    return getattr(actions, name)(*args, actor=actor or world.system, at=AT, **more)


# Versions --------------------------------------------------------------------------------------------------------


def test_a_draft_copies_the_version_before_with_all_its_parts(world, version):
    version.levels.set([world.commune.level])
    draft = act(world, "draft_version", "1.900001")
    assert (draft.number, draft.status, draft.valid_from) == (2, "draft", None)
    assert draft.channels.count() == 3
    assert [p.name for p in draft.papers.all()] == ["Tờ khai"]
    assert draft.levels.get() == world.commune.level
    assert kinds(version) == ["procedure.drafted"]
    assert queries.version_in_force(version.procedure, TODAY) == version


def test_only_one_draft_is_open_at_a_time(world, version):
    act(world, "draft_version", "1.900001")
    with pytest.raises(RuleViolation, match="đang có dự thảo phiên bản 2"):
        act(world, "draft_version", "1.900001")


def test_a_procedure_that_is_only_a_draft_has_nothing_to_copy(world):
    act(world, "draft_procedure", "1.900009", "Tên", "Lĩnh vực")
    ProcedureVersion.objects.all().delete()
    with pytest.raises(NotFound):
        act(world, "draft_version", "1.900009")
    with pytest.raises(NotFound):
        act(world, "draft_version", "1.999999")


@pytest.mark.parametrize(
    ("code", "name", "words"),
    [("x", "Tên", "không đúng dạng"), ("1.900001", "Tên", "đã có"), ("1.900002", " ", "Nhập tên")],
)
def test_a_new_procedure_needs_a_free_code_and_a_name(world, version, code, name, words):
    with pytest.raises(RuleViolation, match=words):
        act(world, "draft_procedure", code, name, "Lĩnh vực")


def test_a_draft_is_edited_part_by_part(world, version):
    draft = act(world, "draft_version", "1.900001")
    papers = [{"name": "Đơn"}, {"name": "Bản sao", "originals": 0, "copies": 1}]
    edited = act(
        world,
        "edit_draft",
        draft.pk,
        header={"name": "Tên mới"},
        parts={"papers": papers},
        field="Lĩnh vực mới",
        levels=[world.commune.level_id],
    )
    assert [(p.position, p.name) for p in edited.papers.all()] == [(1, "Đơn"), (2, "Bản sao")]
    assert edited.field.name == "Lĩnh vực mới"
    assert "ten moi" in edited.search_text
    assert edited.content_hash != version.content_hash
    assert version.papers.get().name == "Tờ khai"
    assert Event.objects.last().data["parts"] == ["field", "levels", "name", "papers"]


def test_a_part_that_files_only_counted_is_no_longer_counted_once_written(world, version):
    draft = act(world, "draft_version", "1.900001")
    ProcedureVersion.objects.filter(pk=draft.pk).update(stated_counts={"papers": 7, "channels": 6})
    edited = act(world, "edit_draft", draft.pk, parts={"papers": []})
    assert edited.stated_counts == {"channels": 6}


def test_a_published_version_cannot_be_edited(world, version):
    with pytest.raises(RuleViolation, match="không sửa được"):
        act(world, "edit_draft", version.pk, header={"name": "x"})
    with pytest.raises(RuleViolation):
        act(world, "discard_draft", version.pk)
    with pytest.raises(NotFound):
        act(world, "edit_draft", 999_999)
    draft = act(world, "draft_version", "1.900001")
    with pytest.raises(ValueError, match="status"):
        act(world, "edit_draft", draft.pk, header={"status": "published"})


def test_a_draft_can_be_thrown_away(world, version):
    draft = act(world, "draft_version", "1.900001")
    act(world, "discard_draft", draft.pk)
    assert version.procedure.versions.get() == version
    assert kinds(version)[-1] == "procedure.draft_discarded"


def test_units_are_settled_by_a_new_version_with_its_document(world):
    old = make_version("1.900002", limit=("1", ""))
    new = act(
        world, "settle_units", old.pk, {"counter": "same_day", "online": ""}, "Luật Hộ tịch 2014, Điều 5"
    )
    assert (new.number, new.valid_from, new.source) == (2, TODAY, "Luật Hộ tịch 2014, Điều 5")
    assert {c.channel: c.unit for c in new.channels.all()} == {
        "counter": "same_day",
        "online": "",
        "post": "",
    }
    assert old.channels.get(channel="counter").unit == ""
    assert queries.limit_for(new, "counter", None, TODAY).effective.unit == "same_day"


@pytest.mark.parametrize(
    ("units", "document", "words"),
    [
        ({"counter": "same_day"}, " ", "văn bản"),
        ({}, "x", "ít nhất một"),
        ({"counter": "tuần"}, "x", "chưa được biết"),
    ],
)
def test_units_need_a_document_and_a_real_unit(world, version, units, document, words):
    with pytest.raises(RuleViolation, match=words):
        act(world, "settle_units", version.pk, units, document)
    with pytest.raises(NotFound):
        act(world, "settle_units", 999_999, {"counter": "month"}, "x")


# Publication -----------------------------------------------------------------------------------------------------


def publish(world, *items, decision=DECISION, **more):
    return act(world, "publish", decision, [Item(*item) for item in items], **more)


def test_an_amendment_takes_the_draft_and_ends_the_version_before(world, version):
    draft = act(world, "draft_version", "1.900001")
    decision = publish(world, ("amended", "1.900001"))
    version.refresh_from_db()
    draft.refresh_from_db()
    assert (version.valid_to, version.status) == (START - timedelta(days=1), "published")
    assert (draft.status, draft.valid_from, draft.decision_number) == ("published", START, "12/QĐ-UBND")
    assert decision.changes.get().version == draft
    assert queries.version_in_force(version.procedure, START - timedelta(days=1)) == version
    assert queries.version_in_force(version.procedure, START) == draft
    assert kinds(version)[-1] == "procedure.amended"


def test_a_new_procedure_is_published(world):
    draft = act(world, "draft_procedure", "1.900005", "Tên", "Lĩnh vực")
    act(
        world,
        "edit_draft",
        draft.pk,
        parts={"channels": [{"channel": "counter", "amount": Decimal(3), "unit": "working_day"}]},
    )
    publish(world, ("new", "1.900005"))
    assert queries.version_in_force(draft.procedure, START).pk == draft.pk


def test_holes_of_the_draft_forbid_publication(world):
    act(world, "draft_procedure", "1.900005", "Tên", "Lĩnh vực")
    with pytest.raises(RuleViolation, match="Chưa có cách thức"):
        publish(world, ("new", "1.900005"))


def test_a_repeal_ends_the_procedure(world, version):
    publish(world, ("repealed", "1.900001"))
    version.refresh_from_db()
    assert (version.status, version.valid_to) == ("repealed", START - timedelta(days=1))
    assert queries.version_in_force(version.procedure, START) is None
    assert queries.version_in_force(version.procedure, START - timedelta(days=1)) == version
    with pytest.raises(RuleViolation, match="không còn phiên bản"):
        publish(world, ("repealed", "1.900001"), decision=replace(DECISION, number="13/QĐ"))


def test_a_suspension_ends_the_version_without_repealing(world, version):
    publish(world, ("suspended", "1.900001"))
    version.refresh_from_db()
    assert (version.status, version.valid_to) == ("published", START - timedelta(days=1))


def test_a_replacement_ends_the_old_procedure_and_points_at_the_new(world, version):
    draft = act(world, "draft_procedure", "1.900005", "Tên", "Lĩnh vực")
    act(world, "edit_draft", draft.pk, parts={"channels": [{"channel": "counter", "unit": "none"}]})
    publish(world, ("replaced", "1.900005", "1.900001"))
    old = Procedure.objects.get(code="1.900001")
    assert old.replaced_by == draft.procedure
    assert old.versions.get().status == "repealed"
    assert set(PublicationChange.objects.values_list("kind", flat=True)) == {"replaced", "repealed"}


def test_a_procedure_cannot_replace_itself(world, version):
    act(world, "draft_version", "1.900001")
    with pytest.raises(RuleViolation, match="chính nó"):
        publish(world, ("replaced", "1.900001", "1.900001"))


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"number": " "}, "Nhập số quyết định"),
        ({"effective_on": TODAY - timedelta(days=1)}, "hiệu lực không thể trước"),
        ({"received_on": TODAY - timedelta(days=1)}, "nhận không thể trước"),
    ],
)
def test_days_and_numbers_of_a_decision_must_fit(world, version, change, words):
    with pytest.raises(RuleViolation, match=words):
        publish(world, ("repealed", "1.900001"), decision=replace(DECISION, **change))


def test_a_decision_names_procedures_once_and_is_recorded_once(world, version):
    with pytest.raises(RuleViolation, match="ít nhất một"):
        publish(world)
    with pytest.raises(RuleViolation, match="một lần"):
        publish(world, ("repealed", "1.900001"), ("suspended", "1.900001"))
    publish(world, ("suspended", "1.900001"))
    with pytest.raises(RuleViolation, match="đã được ghi nhận"):
        publish(world, ("repealed", "1.900001"))


def test_publishing_needs_a_draft_of_the_last_version(world, version):
    with pytest.raises(RuleViolation, match="chưa có dự thảo"):
        publish(world, ("amended", "1.900001"))
    act(world, "draft_version", "1.900001")
    with pytest.raises(RuleViolation, match="Sửa đổi, bổ sung"):
        publish(world, ("new", "1.900001"))
    make_version("1.900001", number=3, valid_from=LONG_AGO)
    with pytest.raises(RuleViolation, match="mới hơn dự thảo"):
        publish(world, ("amended", "1.900001"))


def test_a_version_cannot_begin_before_the_one_it_amends(world):
    make_version("1.900001", valid_from=START + timedelta(days=1))
    with pytest.raises(RuleViolation, match="sau ngày hiệu lực"):
        publish(world, ("repealed", "1.900001"))


def test_an_amendment_of_an_ended_version_leaves_its_end_alone(world):
    old = make_version("1.900001", valid_to=TODAY - timedelta(days=100))
    act(world, "draft_version", "1.900001")
    publish(world, ("amended", "1.900001"))
    old.refresh_from_db()
    assert old.valid_to == TODAY - timedelta(days=100)


# Who may ---------------------------------------------------------------------------------------------------------


def test_the_shared_catalogue_is_kept_at_the_top(world, version):
    for name, args in (
        ("draft_version", ("1.900001",)),
        ("draft_procedure", ("1.900002", "x", "y")),
        ("publish", (DECISION, [Item("repealed", "1.900001")])),
    ):
        with pytest.raises(NotFound):
            act(world, name, *args, actor=world.clerk)
        with pytest.raises(RuleViolation, match="cấp cao nhất"):
            act(world, name, *args, actor=world.local)
    assert act(world, "draft_version", "1.900001", actor=world.controller).number == 2


def test_a_commune_keeps_its_own_part(world, version):
    act(world, "offer", "1.900001", world.commune.pk, TODAY, actor=world.local)
    act(world, "draft_process", "1.900001", world.commune, actor=world.local)
    for name, args in (
        ("offer", ("1.900001", world.police.pk, TODAY)),
        ("draft_process", ("1.900001", world.police)),
    ):
        with pytest.raises(NotFound):
            act(world, name, *args, actor=world.local)


# Offerings and fees ----------------------------------------------------------------------------------------------


def test_an_offering_with_a_reduced_time(world, version):
    row = act(
        world,
        "offer",
        "1.900001",
        world.commune.pk,
        TODAY,
        reduction=Reduction(Decimal(3), "working_day", "QĐ 5"),
        desk="2",
    )
    limits = queries.limit_for(version, "counter", world.commune, TODAY)
    assert (limits.statutory.amount, limits.reduced.amount, limits.effective.amount) == (5, 3, 3)
    assert row.desk == "2"


@pytest.mark.parametrize(
    ("reduction", "words"),
    [
        (Reduction(Decimal(3), "working_day", " "), "văn bản"),
        (Reduction(Decimal(0), "working_day", "QĐ"), "lớn hơn 0"),
        (Reduction(Decimal(3), "", "QĐ"), "đơn vị"),
        (Reduction(Decimal(5), "working_day", "QĐ"), "ngắn hơn"),
        (Reduction(Decimal(1), "month", "QĐ"), "ngắn hơn"),
    ],
)
def test_a_reduced_time_is_shorter_and_documented(world, version, reduction, words):
    with pytest.raises(RuleViolation, match=words):
        act(world, "offer", "1.900001", world.commune.pk, TODAY, reduction=reduction)


def test_a_reduction_of_what_is_not_yet_in_force_is_only_documented(world):
    make_version("1.900001", valid_from=TODAY + timedelta(days=90))
    act(world, "offer", "1.900001", world.commune.pk, TODAY, reduction=Reduction(Decimal(99), "month", "QĐ"))


def test_a_new_offering_takes_over_from_its_day(world, version):
    first = act(world, "offer", "1.900001", world.commune.pk, TODAY)
    act(
        world,
        "offer",
        "1.900001",
        world.commune.pk,
        TODAY + timedelta(days=5),
        reduction=Reduction(Decimal(2), "working_day", "QĐ"),
    )
    first.refresh_from_db()
    assert first.valid_to == TODAY + timedelta(days=4)
    with pytest.raises(RuleViolation, match="đã có khai báo"):
        act(world, "offer", "1.900001", world.commune.pk, TODAY)


def test_an_offering_ends(world, version):
    row = act(world, "offer", "1.900001", world.commune.pk, TODAY)
    with pytest.raises(RuleViolation, match="trước ngày bắt đầu"):
        act(world, "end_offering", row.pk, TODAY - timedelta(days=1))
    act(world, "end_offering", row.pk, TODAY)
    assert queries.offering_of(version.procedure, world.commune, TODAY) == row
    assert queries.offering_of(version.procedure, world.commune, TODAY + timedelta(days=1)) is None
    with pytest.raises(NotFound):
        act(world, "end_offering", 999_999, TODAY)


FEE = FeeData("phi", "Phí thử", 5000, "Nghị quyết 1", TODAY)


def test_a_fee_is_added_with_its_exemptions_and_ended(world, version):
    fee = act(
        world,
        "add_fee",
        "1.900001",
        replace(FEE, area_id=world.commune.pk, exemptions=(Exemption("Hộ nghèo"),)),
    )
    assert queries.fee_lines(version.procedure, "counter", world.commune, TODAY)[0].exemptions == (
        Exemption("Hộ nghèo"),
    )
    assert queries.fee_lines(version.procedure, "counter", world.police, TODAY) == ()
    act(world, "end_fee", fee.pk, TODAY)
    assert queries.fee_lines(version.procedure, "counter", world.commune, TODAY + timedelta(days=1)) == ()
    with pytest.raises(RuleViolation, match="trước ngày bắt đầu"):
        act(world, "end_fee", fee.pk, TODAY - timedelta(days=1))
    with pytest.raises(NotFound):
        act(world, "end_fee", 999_999, TODAY)


@pytest.mark.parametrize(
    "change",
    [
        {"legal_basis": " "},
        {"name": ""},
        {"amount_dong": -1},
        {"cap_dong": 0},
        {"valid_to": TODAY - timedelta(days=1)},
        {"channel": "bồ câu"},
        {"tiers": [[2, 1], [None, 1]]},
        {"exemptions": (Exemption("x", 0),)},
        {"exemptions": (Exemption(" "),)},
        {"per": "page", "tiers": [[2, 1]]},
    ],
)
def test_a_fee_that_cannot_be_charged_is_refused(world, version, change):
    with pytest.raises(RuleViolation):
        act(world, "add_fee", "1.900001", replace(FEE, **change))
    assert not Fee.objects.exists()


def test_a_commune_sets_fees_for_its_own_area_only(world, version):
    act(world, "add_fee", "1.900001", replace(FEE, area_id=world.commune.pk), actor=world.local)
    with pytest.raises(RuleViolation, match="cấp cao nhất"):
        act(world, "add_fee", "1.900001", FEE, actor=world.local)


# Processes -------------------------------------------------------------------------------------------------------


def draft(world, version, **more) -> Process:
    process = act(world, "draft_process", "1.900001", more.pop("agency", world.commune), **more)
    return queries.access_process(process.pk)


def names(process) -> list[str]:
    return [stage.name for stage in queries.access_process(process.pk).stages.all()]


def test_a_draft_copies_the_process_in_force(world, version):
    make_process(version.procedure)
    copy = draft(world, version)
    assert (copy.number, copy.status, copy.agency) == (1, "draft", world.commune)
    assert [[t.name for t in s.tasks.all()] for s in copy.stages.all()] == [
        ["Việc 1"],
        ["Việc 2"],
        ["Việc 3"],
    ]
    with pytest.raises(RuleViolation, match="Đang có dự thảo"):
        draft(world, version)


def test_a_draft_of_the_model_process_and_of_any_other(world, version):
    assert names(draft(world, version, agency=None)) == []
    other = make_process(version.procedure, agency=world.police)
    assert names(draft(world, version, copy_from=other.pk)) == ["Bước 1", "Bước 2", "Bước 3"]
    model = make_process(version.procedure, number=7)
    Process.objects.filter(status="draft").delete()
    again = draft(world, version, agency=None)
    assert (again.number, names(again)) == (8, names(model))


TASK = {
    "name": "Việc",
    "place": "resolving",
    "role_code": "officer",
    "hours": Decimal(2),
    "is_lead": True,
    "required": True,
}


def test_stages_are_added_moved_renamed_and_removed(world, version):
    process = draft(world, version)
    a, b, c = (act(world, "add_stage", process.pk, name, "review") for name in "ABC")
    act(world, "add_stage", process.pk, "Đầu", "review", after=0)
    assert names(process) == ["Đầu", "A", "B", "C"]
    act(world, "move_stage", process.pk, c.pk, 1)
    assert names(process) == ["C", "Đầu", "A", "B"]
    act(world, "move_stage", process.pk, c.pk, 99)
    assert names(process) == ["Đầu", "A", "B", "C"]
    act(world, "edit_stage", process.pk, b.pk, "Bê", "signature")
    act(world, "remove_stage", process.pk, a.pk)
    found = queries.access_process(process.pk).stages.all()
    assert [(s.position, s.name, s.kind) for s in found] == [
        (1, "Đầu", "review"),
        (2, "Bê", "signature"),
        (3, "C", "review"),
    ]


def test_tasks_are_added_changed_and_removed(world, version):
    process = draft(world, version)
    stage = act(world, "add_stage", process.pk, "A", "review")
    task = act(world, "add_task", process.pk, stage.pk, TASK | {"place": "fixed", "agency_id": world.tax.pk})
    act(world, "add_task", process.pk, stage.pk, TASK)
    assert [t.position for t in stage.tasks.all()] == [1, 2]
    changed = act(
        world, "edit_task", process.pk, task.pk, TASK | {"hours": Decimal("1.5"), "agency_id": world.tax.pk}
    )
    assert (changed.hours, changed.agency_id) == (Decimal("1.5"), None)
    act(world, "remove_task", process.pk, task.pk)
    assert stage.tasks.count() == 1


@pytest.mark.parametrize(
    "change",
    [
        {"name": " "},
        {"hours": Decimal(-1)},
        {"hours": Decimal(100_000)},
        {"place": "trăng"},
        {"place": "fixed", "agency_id": None},
    ],
)
def test_a_task_that_makes_no_sense_is_refused(world, version, change):
    process = draft(world, version)
    stage = act(world, "add_stage", process.pk, "A", "review")
    with pytest.raises(RuleViolation):
        act(world, "add_task", process.pk, stage.pk, TASK | change)


def test_a_stage_needs_a_name_a_kind_and_room(world, version):
    process = draft(world, version)
    with pytest.raises(RuleViolation, match="Đặt tên"):
        act(world, "add_stage", process.pk, " ", "review")
    with pytest.raises(RuleViolation, match="loại bước"):
        act(world, "add_stage", process.pk, "x", "khác")
    for number in range(60):
        act(world, "add_stage", process.pk, f"B{number}", "review")
    with pytest.raises(RuleViolation, match="tối đa 60"):
        act(world, "add_stage", process.pk, "x", "review")


def test_stages_and_tasks_of_another_process_are_not_found(world, version):
    other = queries.access_process(make_process(version.procedure).pk)
    stage = other.stages.all()[0]
    process = draft(world, version)
    for name, args in (
        ("edit_stage", (stage.pk, "x", "review")),
        ("remove_stage", (stage.pk,)),
        ("move_stage", (stage.pk, 1)),
        ("add_task", (stage.pk, TASK)),
        ("edit_task", (stage.tasks.all()[0].pk, TASK)),
        ("remove_task", (stage.tasks.all()[0].pk,)),
    ):
        with pytest.raises(NotFound):
            act(world, name, process.pk, *args)


def test_a_process_is_published_and_the_one_before_ends(world, version):
    old = make_process(version.procedure, agency=world.commune)
    process = draft(world, version)
    act(world, "publish_process", process.pk, "QĐ 9/QĐ-UBND", START)
    old.refresh_from_db()
    assert old.valid_to == START - timedelta(days=1)
    assert queries.process_for(version.procedure, world.commune, TODAY) == old
    assert queries.process_for(version.procedure, world.commune, START).pk == process.pk
    with pytest.raises(RuleViolation, match="không sửa được"):
        act(world, "add_stage", process.pk, "x", "review")


def test_a_process_with_holes_or_without_document_is_not_published(world, version):
    process = draft(world, version)
    with pytest.raises(RuleViolation, match="số quyết định"):
        act(world, "publish_process", process.pk, " ", START)
    with pytest.raises(RuleViolation, match="chưa có bước nào"):
        act(world, "publish_process", process.pk, "QĐ", START)


def test_a_process_longer_than_the_reduced_limit_is_not_published(world, version):
    make_process(
        version.procedure,
        ("review", "resolving", "officer", 30),
        ("signature", "resolving", "leader", 2),
        ("result", "office", "clerk", 1),
    )
    make_offering(version.procedure, world.commune, reduced_amount=Decimal(3), reduced_unit="working_day")
    with pytest.raises(RuleViolation, match="vượt thời hạn 24 giờ"):
        act(world, "publish_process", draft(world, version).pk, "QĐ", START)


def test_a_process_does_not_begin_before_a_later_one(world, version):
    make_process(version.procedure, agency=world.commune)
    process = draft(world, version)
    Process.objects.filter(status="published").update(valid_from=START + timedelta(days=1))
    with pytest.raises(RuleViolation, match="ngày muộn hơn"):
        act(world, "publish_process", process.pk, "QĐ", START)


def test_a_draft_process_is_thrown_away(world, version):
    process = draft(world, version)
    act(world, "discard_process", process.pk)
    assert not Process.objects.exists()
    assert kinds(version)[-1] == "process.discarded"
    with pytest.raises(NotFound):
        act(world, "discard_process", process.pk)


# Posting ---------------------------------------------------------------------------------------------------------


@pytest.fixture
def place(world, version):
    make_offering(version.procedure, world.commune)
    return act(
        world,
        "add_place",
        world.commune.pk,
        "board",
        "Bảng tin trụ sở",
        actor=world.local,
        valid_from=LONG_AGO,
    )


def test_what_is_in_force_and_not_posted_is_listed_with_the_days_late(world, version, place):
    found = postings.to_hang(place, TODAY)
    assert [row.version for row in found] == [version]
    assert found[0].duty.is_late


def test_the_days_run_from_the_receipt_of_the_decision(world, version, place):
    act(world, "draft_version", "1.900001")
    publish(world, ("amended", "1.900001"), decision=replace(DECISION, effective_on=TODAY))
    row = postings.to_hang(place, TODAY)[0]
    assert (row.version.number, row.duty.due_on, row.duty.is_late) == (
        2,
        date(2026, 11, 30),
        False,
    )  # 24-11 is off
    assert postings.to_hang(place, date(2026, 12, 1))[0].duty.days_late == 1


def test_a_new_place_has_its_days_from_its_first_one(world, version, place):
    new = act(world, "add_place", world.commune.pk, "kiosk", "Ki-ốt")
    assert not postings.to_hang(new, TODAY)[0].duty.is_late


def test_posting_takes_it_off_the_list_and_is_logged(world, version, place):
    rows = act(world, "post_versions", place.pk, [version.pk], actor=world.local, photo_file_id=7)
    assert (rows[0].posted_by, rows[0].photo_file_id) == (world.local, 7)
    assert postings.to_hang(place, TODAY) == []
    assert act(world, "post_versions", place.pk, [version.pk]) == []
    assert kinds(version) == ["procedure.posted"]
    assert list(postings.hanging(place)) == rows


def test_a_new_version_hung_takes_the_old_one_down(world, version, place):
    act(world, "post_versions", place.pk, [version.pk])
    act(world, "draft_version", "1.900001")
    publish(world, ("amended", "1.900001"), decision=replace(DECISION, effective_on=TODAY))
    assert len(postings.to_take_down(place, TODAY)) == 1
    act(world, "post_versions", place.pk, [queries.version_in_force(version.procedure, TODAY).pk])
    assert postings.to_take_down(place, TODAY) == []
    assert Posting.objects.get(version=version).removed_at == AT


def test_what_is_repealed_must_be_taken_down(world, version, place):
    posting = act(world, "post_versions", place.pk, [version.pk])[0]
    publish(world, ("repealed", "1.900001"), decision=replace(DECISION, effective_on=TODAY))
    found = postings.to_take_down(place, TODAY)
    assert [(row.posting, row.duty.days_late) for row in found] == [(posting, 1)]
    act(world, "remove_posting", posting.pk, actor=world.local)
    assert postings.to_take_down(place, TODAY) == []
    with pytest.raises(RuleViolation, match="đã được gỡ"):
        act(world, "remove_posting", posting.pk)


def test_only_versions_in_force_are_hung(world, version, place):
    draft_version = act(world, "draft_version", "1.900001")
    with pytest.raises(RuleViolation, match="không có hiệu lực"):
        act(world, "post_versions", place.pk, [draft_version.pk])
    ProcedureVersion.objects.filter(pk=version.pk).update(valid_to=TODAY - timedelta(days=1))
    with pytest.raises(RuleViolation, match="không có hiệu lực"):
        act(world, "post_versions", place.pk, [version.pk])


def test_a_place_is_made_and_given_up(world, version, place):
    with pytest.raises(RuleViolation, match="Nhập tên"):
        act(world, "add_place", world.commune.pk, "board", " ")
    with pytest.raises(RuleViolation, match="chọn loại"):
        act(world, "add_place", world.commune.pk, "bồ câu", "x")
    posting = act(world, "post_versions", place.pk, [version.pk])[0]
    with pytest.raises(RuleViolation, match="còn thủ tục"):
        act(world, "end_place", place.pk, TODAY)
    act(world, "remove_posting", posting.pk)
    with pytest.raises(RuleViolation, match="trước ngày bắt đầu"):
        act(world, "end_place", place.pk, LONG_AGO - timedelta(days=1))
    act(world, "end_place", place.pk, TODAY)
    assert list(postings.places_at(TODAY + timedelta(days=1))) == []


def test_others_do_not_record_postings(world, version, place):
    for name, args in (
        ("post_versions", (place.pk, [version.pk])),
        ("add_place", (world.commune.pk, "web", "x")),
        ("end_place", (place.pk, TODAY)),
    ):
        with pytest.raises(NotFound):
            act(world, name, *args, actor=world.clerk)


def test_what_sits_at_the_counter_is_posted_there_too(world, version, place):
    other = make_version("1.900002")
    make_offering(other.procedure, world.police)
    assert {v.procedure.code for v in postings.due_versions(place, TODAY)} == {"1.900001", "1.900002"}


def test_offering_rows_of_a_sector_are_found_by_its_fields(catalogue):
    by_agency = {
        agency: set(Offering.objects.filter(agency=agency).values_list("procedure__code", flat=True))
        for agency in (catalogue.commune, catalogue.police, catalogue.insurance)
    }
    assert "1.004222" in by_agency[catalogue.police]
    assert "1.001613" in by_agency[catalogue.insurance]
    assert "1.001193" in by_agency[catalogue.commune]
    assert by_agency[catalogue.commune].isdisjoint(
        by_agency[catalogue.police] | by_agency[catalogue.insurance]
    )
    again = actions.offer_all(catalogue.commune, "commune", date(2025, 7, 1), actor=catalogue.system, at=AT)
    assert again == 0
    assert actions.offer_all(catalogue.tax, "commune", TODAY, actor=catalogue.system, at=AT) == 0
    assert (
        actions.offer_all(
            catalogue.province, "province", TODAY, actor=catalogue.system, at=AT, fields=("Đất đai",)
        )
        == 1
    )
