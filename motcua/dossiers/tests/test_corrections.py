"""A correction asked and answered: what is pointed at, what the answer must hold, what the clock does, who may do it."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, transaction

from motcua.accounts.testing import make_citizen
from motcua.audit.models import Event
from motcua.core.errors import NotFound, RuleViolation
from motcua.dossiers import actions
from motcua.dossiers.models import DossierForm, SupplementRequest
from motcua.dossiers.queries import access_held, held_by, integrity
from motcua.dossiers.queries.forms import form_view, latest_form
from motcua.dossiers.rules import correction
from motcua.dossiers.rules.intake import PaperData
from motcua.dossiers.rules.states import Status
from motcua.dossiers.testing import in_review, make_intake, make_world, moment
from motcua.eforms.testing import ANSWERS, make_form
from motcua.files.actions import store

PNG = (
    b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x02\x00\x00\x00\x90wS\xde\x00\x00\x00"
    b"\x0cIDATx\x9cc\xf8\xff\xff?\x00\x05\xfe\x02\xfe\xdc\xccY\xe7\x00\x00\x00\x00IEND\xaeB`\x82"
)
NAME = {
    "name": "Họ và tên",
    "field": "nguoi_khai.ho_ten",
    "reason_code": "sai",
    "text": "Ghi như trong giấy khai sinh.",
}


@pytest.fixture
def world(db):
    return make_world()


@pytest.fixture
def citizen(db):
    return make_citizen()


@pytest.fixture
def form(world):
    return make_form(world.procedure.versions.get())


@pytest.fixture
def filed(world, citizen, form):
    intake = make_intake(
        world, channel="online", holder_id=citizen.pk, form_version_id=form.pk, answers=ANSWERS
    )
    return actions.submit(intake, actor=citizen, at=moment())


def ask(world, dossier, *items, at=None):
    return actions.request_supplement_before(
        dossier.pk, reason="", items=list(items), actor=world.clerk, at=at or moment(hours=1)
    )


def upload(user, name="anh.png"):
    return store(PNG, actor=user, at=moment(), name=name)


def given(name="Nguyễn Thị Ná", **more):
    return {"nguoi_khai": {"ho_ten": name, **more}}


# Rules --------------------------------------------------------------------------------------------------------------


def test_only_what_was_asked_for_is_taken_over():
    before = {"a": {"x": 1, "y": 2}, "b": {"z": 3}}
    sent = {"a": {"x": 9, "y": 9}, "b": {"z": 9}, "c": {"q": 1}}
    assert correction.merged(before, sent, ["a.x", "c.none", "d.x"]) == {"a": {"x": 9, "y": 2}, "b": {"z": 3}}
    assert before == {"a": {"x": 1, "y": 2}, "b": {"z": 3}}


def test_a_field_that_was_never_answered_may_be_asked_for():
    assert correction.merged({}, {"c": {"q": 1}}, ["c.q"]) == {"c": {"q": 1}}


@pytest.mark.parametrize(("path", "field"), [("a.b", "a.b"), ("a.group.0.name", "a.group"), ("a", "a")])
def test_a_row_of_a_group_is_asked_for_as_the_group(path, field):
    assert correction.top(path) == field


def test_the_reason_on_the_slip_is_what_was_written_else_the_sentences():
    assert correction.reason_from([NAME], " Hồ sơ sai ") == "Hồ sơ sai"
    assert correction.reason_from([NAME, {"name": "x"}], "") == "Họ và tên: Ghi như trong giấy khai sinh."


@pytest.mark.parametrize(
    ("item", "said"),
    [
        ({"name": "Lạ", "field": "a.b"}, "không có trong tờ khai"),
        ({"name": "Lạ", "paper": 9}, "không phải giấy tờ"),
        ({"name": "Dài", "text": "x" * 401}, "dài quá"),
    ],
)
def test_nobody_points_at_what_is_not_there(item, said):
    with pytest.raises(RuleViolation, match=said):
        correction.require_pointed([item], {"c.d"}, {1})


def test_an_answer_without_all_that_was_asked_is_refused():
    items = [NAME, {"name": "Ảnh", "paper": 7}, {"name": "Giấy khai sinh"}]
    photo = PaperData("Ảnh", electronic=1, file_id=1, replaces_id=7)
    paper = PaperData("Giấy khai sinh", electronic=1, file_id=2)
    correction.require_answered(items, {"nguoi_khai.ho_ten"}, [photo, paper])
    for answered, papers, gap in (
        ((), [photo, paper], "Họ và tên"),
        (("nguoi_khai.ho_ten",), [paper], "Ảnh"),
        (("nguoi_khai.ho_ten",), [photo, PaperData("Giấy khai sinh")], "Giấy khai sinh"),
    ):
        with pytest.raises(RuleViolation, match=f"Còn thiếu: {gap}"):
            correction.require_answered(items, answered, papers)


# Before acceptance ----------------------------------------------------------------------------------------------------


def test_the_form_is_kept_with_the_dossier_and_named_in_the_log(filed, citizen):
    row = DossierForm.objects.get(dossier=filed)
    assert (row.revision, row.answers, row.saved_by) == (1, ANSWERS, citizen)
    assert Event.objects.get(chain=f"dossier/{filed.pk}", kind="dossier.submit").data["forms"][0][0] == 1
    assert list(integrity.breaks()) == []


def test_answers_with_fractions_are_kept_and_found_unchanged(world, citizen):
    """An area of 150,5 m2 comes back from the database as the same number, and the log keeps no binary fraction."""
    form = make_form(world.procedure.versions.get())
    answers = {**ANSWERS, "thua_dat": {"cac_thua": [{"dien_tich": 150.5}, {"dien_tich": 0.1}], "tong": 150.6}}
    intake = make_intake(
        world, channel="online", holder_id=citizen.pk, form_version_id=form.pk, answers=answers
    )
    dossier = actions.submit(intake, actor=citizen, at=moment())
    assert DossierForm.objects.get(dossier=dossier).answers == answers
    assert list(integrity.breaks()) == []


def test_the_answer_is_a_new_revision_and_acceptance_is_due_anew(world, filed, citizen):
    ask(world, filed, NAME)
    at = moment(days=1)
    answers = given() | {"noi_dung": {"so_ban": 19}}
    dossier = actions.answer_correction(filed.pk, answers=answers, actor=citizen, at=at)
    assert dossier.status == Status.SUBMITTED
    assert dossier.acceptance_due_at > filed.acceptance_due_at
    last = latest_form(dossier)
    assert last.revision == 2
    assert last.answers["nguoi_khai"]["ho_ten"] == "Nguyễn Thị Ná"
    assert last.answers["noi_dung"]["so_ban"] == 2, "nobody asked for this"
    assert DossierForm.objects.get(dossier=dossier, revision=1).answers == ANSWERS
    assert SupplementRequest.objects.get(dossier=dossier).completed_at == at
    assert list(integrity.breaks()) == []


def test_officers_see_the_old_answer_beside_the_new_one(world, filed, citizen):
    ask(world, filed, NAME)
    actions.answer_correction(filed.pk, answers=given(), actor=citizen, at=moment(days=1))
    view = form_view(filed, moment(days=1))
    changed = [
        (line.label, line.before, line.shown)
        for part in view.parts
        for line in part.lines
        if line.before is not None
    ]
    assert view.is_corrected
    assert changed == [("Họ và tên", "Nguyễn Thị Na", "Nguyễn Thị Ná")]


def test_a_wrong_answer_is_refused_and_nothing_changes(world, filed, citizen):
    ask(world, filed, NAME)
    with pytest.raises(RuleViolation, match="Kiểm tra lại tờ khai"):
        actions.answer_correction(filed.pk, answers=given(""), actor=citizen, at=moment(days=1))
    filed.refresh_from_db()
    assert filed.status == Status.PRE_SUPPLEMENT
    assert filed.forms.count() == 1


def test_what_an_answer_makes_necessary_is_taken_with_it(world, filed, citizen):
    ask(world, filed, {"name": "Khai thay", "field": "nguoi_khai.uy_quyen", "text": "Ghi lại."})
    with pytest.raises(RuleViolation, match="Kiểm tra lại tờ khai"):
        actions.answer_correction(
            filed.pk, answers={"nguoi_khai": {"uy_quyen": "yes"}}, actor=citizen, at=moment(days=1)
        )
    answers = {"nguoi_khai": {"uy_quyen": "yes", "quan_he": "Mẹ"}}
    actions.answer_correction(filed.pk, answers=answers, actor=citizen, at=moment(days=1))
    assert latest_form(filed).answers["nguoi_khai"]["quan_he"] == "Mẹ"


def test_a_paper_takes_the_place_of_the_one_pointed_at(world, filed, citizen):
    old = filed.papers.get()
    ask(world, filed, {"name": old.name, "paper": old.pk, "text": "Chụp lại rõ hơn."})
    file = upload(citizen)
    with pytest.raises(RuleViolation, match="Còn thiếu"):
        actions.answer_correction(filed.pk, actor=citizen, at=moment(days=1))
    paper = PaperData(old.name, old.paper_id, electronic=1, file_id=file.pk, replaces_id=old.pk)
    actions.answer_correction(filed.pk, papers=(paper,), actor=citizen, at=moment(days=1))
    old.refresh_from_db()
    new = filed.papers.get(replaced_at=None)
    assert (old.replaced_at, new.replaces, new.file_id) == (moment(days=1), old, file.pk)
    accepted = actions.accept(filed.pk, actor=world.clerk, at=moment(days=1, hours=1))
    listed = accepted.notices.get(kind="receipt_slip").data["papers"]
    assert len(listed) == 1


def test_a_paper_is_not_replaced_twice(world, filed, citizen):
    old = filed.papers.get()
    ask(world, filed, {"name": "Giấy khác", "text": "Gửi thêm."})
    file = upload(citizen)
    twice = (
        PaperData("Giấy khác", electronic=1, file_id=file.pk),
        PaperData(old.name, electronic=1, file_id=file.pk, replaces_id=old.pk + 99),
    )
    with pytest.raises(RuleViolation, match="không còn trong hồ sơ"):
        actions.answer_correction(filed.pk, papers=twice, actor=citizen, at=moment(days=1))


def test_somebody_elses_file_cannot_be_sent_by_its_id(world, filed, citizen):
    ask(world, filed, {"name": "Bản sao", "text": "Gửi thêm."})
    theirs = upload(make_citizen("Trần Văn Lạ", "001099000002", "0900000002"))
    paper = PaperData("Bản sao", electronic=1, file_id=theirs.pk)
    with pytest.raises(NotFound):
        actions.answer_correction(filed.pk, papers=(paper,), actor=citizen, at=moment(days=1))


def test_pointing_at_another_dossiers_paper_or_at_no_field_is_refused(world, filed, citizen):
    other = actions.submit(make_intake(world, channel="online"), actor=citizen, at=moment())
    for item in ({"name": "x", "paper": other.papers.get().pk}, {"name": "x", "field": "nguoi_khai.tuoi"}):
        with pytest.raises(RuleViolation):
            ask(world, filed, item)
    with pytest.raises(RuleViolation, match="không có trong tờ khai"):
        ask(world, other, NAME)


def test_nobody_else_answers_and_nothing_is_answered_unasked(world, filed, citizen):
    with pytest.raises(RuleViolation, match="không có yêu cầu"):
        actions.answer_correction(filed.pk, answers=given(), actor=citizen, at=moment(hours=1))
    ask(world, filed, NAME)
    stranger = make_citizen("Trần Văn Lạ", "001099000002", "0900000002")
    for who in (stranger, world.clerk):
        with pytest.raises(NotFound):
            actions.answer_correction(filed.pk, answers=given(), actor=who, at=moment(days=1))


# After acceptance -----------------------------------------------------------------------------------------------------


def test_after_acceptance_the_answer_starts_the_limit_from_zero(world, filed, citizen):
    accepted = actions.accept(filed.pk, actor=world.clerk, at=moment(hours=1))
    dossier = in_review(world, accepted, at=moment(hours=1))
    actions.request_supplement(dossier.pk, reason="", items=[NAME], actor=world.officer, at=moment(days=1))
    before = dossier.due_at
    answered = actions.answer_correction(dossier.pk, answers=given(), actor=citizen, at=moment(days=3))
    answered.refresh_from_db()
    assert answered.status == Status.IN_REVIEW
    assert answered.due_at > before
    assert answered.original_due_at == before
    assert latest_form(answered).revision == 2


# Holding --------------------------------------------------------------------------------------------------------------


def test_a_dossier_is_found_by_its_holder_only_and_while_it_is_held(filed, citizen):
    stranger = make_citizen("Trần Văn Lạ", "001099000002", "0900000002")
    assert list(held_by(citizen, moment(hours=1))) == [filed]
    assert access_held(citizen, filed.pk, moment(hours=1)) == filed
    assert not held_by(stranger, moment(hours=1)).exists()
    for who, at in ((stranger, moment(hours=1)), (citizen, moment() - timedelta(seconds=1))):
        with pytest.raises(NotFound):
            access_held(who, filed.pk, at)
    filed.holders.update(until=moment(hours=2))
    with pytest.raises(NotFound):
        access_held(citizen, filed.pk, moment(hours=2))


def test_the_holder_withdraws_at_once_before_reception_and_asks_after_it(world, filed, citizen, form):
    second = actions.submit(
        make_intake(world, channel="online", holder_id=citizen.pk), actor=citizen, at=moment(hours=1)
    )
    assert actions.confirm_withdrawal(second.pk, actor=citizen, at=moment(hours=2)).status == Status.WITHDRAWN
    actions.accept(filed.pk, actor=world.clerk, at=moment(hours=1))
    asked = actions.request_withdrawal(filed.pk, actor=citizen, at=moment(hours=2))
    assert asked.status == Status.WITHDRAW_REQUESTED
    with pytest.raises(NotFound):
        actions.confirm_withdrawal(filed.pk, actor=citizen, at=moment(hours=3))
    assert actions.cancel_withdrawal(filed.pk, actor=citizen, at=moment(hours=3)).status == Status.RECEIVED


@pytest.mark.parametrize(
    "statement", ["UPDATE dossiers_dossierform SET revision = 9", "DELETE FROM dossiers_dossierform"]
)
def test_a_form_sent_in_is_neither_changed_nor_deleted(filed, statement):
    with pytest.raises(DatabaseError, match="Tờ khai"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


def test_a_form_that_the_log_does_not_know_is_a_break(filed, citizen):
    DossierForm.objects.create(
        dossier=filed,
        revision=2,
        form_version=filed.forms.get().form_version,
        answers={},
        saved_at=moment(),
        saved_by=citizen,
    )
    assert [found.code for found in integrity.breaks()] == ["form"]
