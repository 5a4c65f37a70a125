"""Acts on forms: drafted, published, frozen, bound, imported, printed; each in the log, none by the wrong person."""

import json
from datetime import datetime

import pytest

from motcua.audit.models import Event
from motcua.core.errors import NotFound, RuleViolation
from motcua.eforms import actions, queries
from motcua.eforms.models import Form, FormBinding, FormVersion
from motcua.eforms.rules import editing
from motcua.eforms.rules.content import hash_of
from motcua.eforms.testing import ANSWERS, SAMPLE, make_form_version
from motcua.eforms.tests.conftest import AT
from motcua.printing.tests.tools import flat_text, needs_poppler
from motcua.procedures.testing import make_version


def act(world, name, *args, actor=None, **more):
    return getattr(actions, name)(*args, actor=actor or world.keeper, at=AT, **more)


def kinds(form) -> list[str]:
    return list(Event.objects.filter(chain=f"form/{form.pk}").order_by("seq").values_list("kind", flat=True))


def test_a_form_is_made_filled_published_and_then_frozen(world):
    draft = act(world, "create_form", "Đơn đề nghị  thử")
    assert (draft.form.code, draft.number, draft.status) == ("don-de-nghi-thu", 1, "draft")
    with pytest.raises(RuleViolation, match="ít nhất một mục"):
        act(world, "publish", draft.form.code)
    act(world, "edit_draft", draft.form.code, lambda schema: queries.schema_of(SAMPLE), what="tất cả")
    made = act(world, "publish", draft.form.code)
    assert made.content_hash == hash_of(made.schema)
    assert (made.published_by, made.published_at, Form.objects.get().name) == (
        world.keeper,
        AT,
        "Tờ khai thử",
    )
    with pytest.raises(NotFound):
        act(world, "edit_draft", draft.form.code, lambda schema: schema, what="x")
    assert kinds(made.form) == ["form.created", "form.edited", "form.published"]
    assert queries.schema_for(made).title == "Tờ khai thử"


def test_the_next_draft_is_a_copy_and_leaves_the_published_one_alone(world):
    made = make_form_version()
    draft = act(world, "start_draft", made.form.code)
    assert (draft.number, draft.schema) == (2, made.schema)
    with pytest.raises(RuleViolation, match="đang có dự thảo"):
        act(world, "start_draft", made.form.code)
    act(world, "edit_draft", made.form.code, lambda schema: editing.remove(schema, "ky"), what="ky")
    made.refresh_from_db()
    assert made.schema["sections"][-1]["key"] == "ky"
    assert act(world, "discard_draft", made.form.code) is True
    assert FormVersion.objects.get() == made


def test_a_form_that_was_never_published_goes_with_its_draft(world):
    draft = act(world, "create_form", "Mới")
    assert draft.form.code == "to-khai-moi"
    assert act(world, "discard_draft", draft.form.code) is False
    assert not Form.objects.exists()


def test_names_must_be_given_and_codes_are_taken_once(world):
    with pytest.raises(RuleViolation, match="Nhập tên"):
        act(world, "create_form", "  ")
    act(world, "create_form", "Đơn")
    with pytest.raises(RuleViolation, match="Đã có tờ khai"):
        act(world, "create_form", "đơn")
    assert act(world, "create_form", "???").form.code == "to-khai"


@pytest.mark.parametrize(
    ("name", "args"),
    [
        ("create_form", ("X",)),
        ("start_draft", ("to-khai-thu",)),
        ("edit_draft", ("to-khai-thu", lambda schema: schema)),
        ("discard_draft", ("to-khai-thu",)),
        ("publish", ("to-khai-thu",)),
        ("bind", (1, None)),
        ("import_form", (b"{}",)),
    ],
)
def test_only_the_keepers_of_forms_act_on_them(world, name, args):
    make_form_version()
    more = {"what": "x"} if name == "edit_draft" else {}
    with pytest.raises(NotFound):
        act(world, name, *args, actor=world.clerk, **more)
    with pytest.raises(RuleViolation, match="cấp cao nhất"):
        act(world, name, *args, actor=world.local, **more)


def test_what_is_not_there_is_not_found(world):
    for name in ("start_draft", "discard_draft", "publish"):
        with pytest.raises(NotFound):
            act(world, name, "la")
    with pytest.raises(NotFound):
        act(world, "bind", 999_999, None)
    with pytest.raises(NotFound):
        act(world, "bind", world.version.pk, 999_999)


def test_a_procedure_is_bound_to_a_published_form_and_let_go_again(world):
    made, paper = make_form_version(), world.version.papers.get()
    act(world, "bind", world.version.pk, made.pk, paper_id=paper.pk)
    assert queries.form_for(world.version) == made
    assert queries.replaced_paper(world.version) == paper
    act(world, "bind", world.version.pk, None)
    assert queries.form_for(world.version) is None
    assert FormBinding.objects.count() == 1
    events = Event.objects.filter(
        chain=f"procedure/{world.version.procedure_id}", kind="procedure.form_bound"
    ).order_by("seq")
    assert [event.data["form_version"] for event in events] == [made.pk, None]
    assert events[0].data["sha256"] == made.content_hash


def test_a_draft_or_a_strangers_paper_is_not_bound(world):
    draft = act(world, "create_form", "Nháp")
    with pytest.raises(RuleViolation, match="đã ban hành"):
        act(world, "bind", world.version.pk, draft.pk)
    strange = make_version("1.000002").papers.get()
    with pytest.raises(RuleViolation, match="không thuộc"):
        act(world, "bind", world.version.pk, make_form_version().pk, paper_id=strange.pk)
    assert not FormBinding.objects.exists()


def test_a_file_becomes_a_draft_and_what_was_exported_comes_back_the_same(world):
    made = make_form_version()
    text = queries.file_of(made).encode()
    Form.objects.filter(pk=made.form_id).update(code="khac")
    again = act(world, "import_form", text)
    assert (again.schema, again.status, again.form.code) == (made.schema, "draft", "to-khai-thu")
    onto = act(world, "import_form", json.dumps({**SAMPLE, "title": "Mới hơn"}).encode(), code="khac")
    assert (onto.number, onto.schema["title"]) == (2, "Mới hơn")
    assert kinds(onto.form)[-1] == "form.imported"


def test_a_bad_file_writes_nothing(world):
    with pytest.raises(RuleViolation, match="không có loại trường"):
        act(world, "import_form", json.dumps(SAMPLE).replace('"identity"', '"eval"').encode())
    assert not Form.objects.exists()


@needs_poppler
def test_the_form_is_printed_from_the_answers_alone(world):
    made = make_form_version()
    heading = {"code": "H99-261122-0001", "date": AT.date(), "at": AT, "place": "An Phú"}
    text = flat_text(actions.print_application(made, ANSWERS, heading))
    for words in (
        "TỜ KHAI THỬ",
        "Nguyễn Thị Na",
        "001199000001",
        "16.000 đ",
        "H99-261122-0001",
        "Ủy ban nhân dân xã An Phú",
    ):
        assert words in text
    assert "Quan hệ" not in text
    filed = {"submitted_at": datetime(2026, 11, 22, 23, 30), "office": "Trung tâm nào đó"}
    assert "ngày 22 tháng 11 năm 2026" in flat_text(actions.print_application(made, ANSWERS, filed))
