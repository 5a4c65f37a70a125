"""Drawing up processes, publishing them, what is refused."""

from datetime import timedelta
from decimal import Decimal

import pytest

from motcua.core.errors import NotFound, RuleViolation
from motcua.procedures import queries
from motcua.procedures.models import (
    Process,
)
from motcua.procedures.testing import make_offering, make_process
from motcua.procedures.tests.acts import START, act, kinds
from motcua.procedures.tests.conftest import TODAY


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


def test_a_draft_of_the_model_process(world, version):
    assert names(draft(world, version, agency=None)) == []
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
    first = act(world, "add_stage", process.pk, "Đầu", "review")
    act(world, "move_stage", process.pk, first.pk, 1)
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
