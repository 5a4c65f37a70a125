"""Acts on versions: drafted, edited, settled; who may."""

import pytest

from motcua.audit.models import Event
from motcua.core.errors import NotFound, RuleViolation
from motcua.procedures import queries
from motcua.procedures.actions import Item
from motcua.procedures.models import (
    ProcedureVersion,
)
from motcua.procedures.testing import make_version
from motcua.procedures.tests.acts import DECISION, act, kinds
from motcua.procedures.tests.conftest import TODAY


def test_a_draft_copies_the_version_before_with_all_its_parts(world, version):
    version.levels.set([world.commune.level])
    draft = act(world, "draft_version", "1.900001")
    assert (draft.number, draft.status, draft.valid_from) == (2, "draft", None)
    assert draft.channels.count() == 3
    assert [p.name for p in draft.papers.all()] == ["Tờ khai"]
    assert draft.levels.get() == world.commune.level
    assert kinds(version) == ["procedure.drafted"]
    assert queries.version_in_force(version.procedure, TODAY) == version


def test_a_draft_of_an_old_version_has_the_online_level_of_todays_law(world, version):
    ProcedureVersion.objects.update(online_level="level_3")
    assert act(world, "draft_version", "1.900001").online_level == "partial"


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


def test_a_header_alone_leaves_the_counts_of_files(world, version):
    draft = act(world, "draft_version", "1.900001")
    ProcedureVersion.objects.filter(pk=draft.pk).update(stated_counts={"papers": 7})
    assert act(world, "edit_draft", draft.pk, header={"keywords": "x"}).stated_counts == {"papers": 7}


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
        ({"counter": "month"}, "x", "không nguyên"),
    ],
)
def test_units_need_a_document_and_a_real_unit(world, version, units, document, words):
    version.channels.update(amount="1.5")
    with pytest.raises(RuleViolation, match=words):
        act(world, "settle_units", version.pk, units, document)
    with pytest.raises(NotFound):
        act(world, "settle_units", 999_999, {"counter": "month"}, "x")


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
