"""What is kept from whom: the officer complained of, names, files, what the database refuses."""

from datetime import date

import pytest
from django.db import DatabaseError, transaction

from motcua.agencies.actions import set_setting
from motcua.agencies.testing import give_role, make_system_user, make_user_with
from motcua.audit.queries import verify
from motcua.core.errors import NotFound, RuleViolation
from motcua.dossiers.testing import moment
from motcua.feedback import actions, queries
from motcua.feedback.models import Feedback, FeedbackStep, Verification
from motcua.feedback.testing import (
    Hall,
    accepted,
    answered,
    data,
    published,
    sent,
    verified,
)

pytestmark = pytest.mark.django_db


def test_the_officer_complained_of_never_handles_approves_or_publishes(hall: Hall) -> None:
    found = accepted(hall)
    with pytest.raises(RuleViolation, match="Người bị phản ánh"):
        actions.assign(found.pk, handler=hall.officer, actor=hall.keeper, at=moment())
    assert hall.officer not in queries.choosable(found, "feedback.handle", moment())
    with pytest.raises(RuleViolation, match="không có quyền"):
        actions.assign(found.pk, handler=hall.world.clerk, actor=hall.keeper, at=moment())
    with pytest.raises(DatabaseError), transaction.atomic():
        Feedback.objects.filter(pk=found.pk).update(handler=hall.officer)


def test_who_works_under_the_leader_complained_of_may_not_handle_unless_the_setting_says_so(
    hall: Hall,
) -> None:
    found = sent(hall)
    about = make_user_with("procedure_controller", hall.world.province, subtree=True)
    kept = actions.accept(found.pk, kind="conduct", officer=hall.world.boss, actor=about, at=moment())
    assert queries.choosable(
        kept, "feedback.handle", moment()
    ) == [] or hall.handler not in queries.choosable(kept, "feedback.handle", moment())
    with pytest.raises(RuleViolation, match="Cấp dưới"):
        actions.assign(found.pk, handler=hall.handler, actor=about, at=moment())
    with pytest.raises(NotFound):
        actions.approve(found.pk, number="1", actor=hall.world.boss, at=moment())
    with pytest.raises(RuleViolation, match="Cấp dưới"):  # nor does the keeper of that leader's register
        actions.flag(found.pk, review_note="x", actor=hall.keeper, at=moment())
    set_setting(
        "feedback_bar_subordinates", False, agency=hall.commune, valid_from=date(2026, 11, 2), source="QĐ 1",
        actor=hall.world.admin, at=moment(),
    )  # fmt: skip
    assert actions.assign(found.pk, handler=hall.handler, actor=about, at=moment()).handler == hall.handler


def test_nothing_personal_is_published_and_names_never(hall: Hall) -> None:
    found = answered(hall)
    good = {
        "title": "Tiêu đề",
        "content": "Nội dung chung",
        "answer": "Trả lời chung",
        "actor": hall.keeper,
        "at": moment(days=2),
    }
    for text, word in (
        ("Gọi 0912345678", "số điện thoại"),
        ("nguyen thi nguoi gui phản ánh", "họ tên"),
        ("Lê Văn Thụ Lý bị nhắc nhở", "họ tên"),
    ):
        with pytest.raises(RuleViolation, match=word):
            actions.publish(found.pk, **good | {"content": text})
    for text in ("Lê Văn Thụ Lý bị nhắc nhở", "ông Người Gửi và Nguyễn Thị Người Gửi"):
        with pytest.raises(RuleViolation, match="Xóa khỏi nội dung"):
            actions.publish(found.pk, **good | {"answer": text, "confirmed": True})
    done = actions.publish(
        found.pk, **good | {"answer": "Gọi đường dây nóng 02623999999.", "confirmed": True}
    )
    assert (done.state, done.published_at) == ("published", moment(days=2))
    assert queries.published("duong day nong").get() == done
    assert queries.published("nguoi gui").count() == 0


def test_a_complaint_about_an_officer_is_hidden_from_that_officer_everywhere(hall: Hall) -> None:
    from motcua.agencies.queries import authority_of
    from motcua.audit.queries import Search, search_events
    from motcua.core.hidden import hidden_from

    give_role(hall.officer, "procedure_controller", hall.commune, is_main=False)
    give_role(hall.officer, "auditor", hall.commune, is_main=False)
    found = accepted(hall)
    day = date(2026, 11, 2)
    assert not queries.visible_to(hall.officer, authority_of(hall.officer, day)).exists()
    wanted = queries.Filter("all")
    assert not queries.register(hall.officer, authority_of(hall.officer, day), wanted, moment()).exists()
    assert {
        tab["count"] for tab in queries.tabs(hall.officer, authority_of(hall.officer, day), wanted, moment())
    } == {"0", None}
    assert f"feedback/{found.pk}" in hidden_from(hall.officer.pk)
    assert hidden_from(None) == []
    chain = Search(chain=f"feedback/{found.pk}")
    assert not search_events(chain, reader=hall.officer.pk).exists()
    assert search_events(chain, reader=hall.keeper.pk).count() == 2
    for act in (queries.access_feedback,):
        with pytest.raises(NotFound):
            act(hall.officer, found.pk, at=moment())
    queries.sender_of(found, user=hall.keeper, at=moment())
    looks = Search(kind="view.personal_data")
    assert not search_events(looks, reader=hall.officer.pk).exists()
    assert search_events(looks, reader=hall.keeper.pk).exists()


def test_files_open_for_who_may_see_the_feedback_and_for_nobody_else(hall: Hall) -> None:
    from motcua.agencies.queries import authority_of
    from motcua.files.queries import access_file

    pdf = b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF"
    from django.core.files.uploadedfile import SimpleUploadedFile

    upload = SimpleUploadedFile("anh-chup.pdf", pdf, "application/pdf")
    made = actions.send(data(hall), uploads=[upload], actor=None, at=moment()).feedback
    actions.accept(made.pk, kind="conduct", officer=hall.officer, actor=hall.keeper, at=moment())
    give_role(hall.officer, "procedure_controller", hall.commune, is_main=False)
    attached = made.attachments.get()
    day = date(2026, 11, 2)
    assert access_file(attached.file_id, hall.keeper, authority_of(hall.keeper, day))
    assert (
        queries.access_attachment(hall.keeper, made.pk, attached.pk, at=moment()).file_id == attached.file_id
    )
    for who in (hall.officer, hall.world.clerk):
        with pytest.raises(NotFound):
            access_file(attached.file_id, who, authority_of(who, day))
    with pytest.raises(NotFound):
        queries.access_attachment(hall.keeper, made.pk, attached.pk + 1, at=moment())


def test_the_database_itself_keeps_steps_minutes_and_codes(hall: Hall) -> None:
    found = verified(hall)
    for change in (
        lambda: FeedbackStep.objects.filter(feedback=found).update(note="khác"),
        lambda: FeedbackStep.objects.filter(feedback=found).delete(),
        lambda: Verification.objects.filter(feedback=found).update(verdict="unfounded"),
        lambda: Feedback.objects.filter(pk=found.pk).update(code="PAKN-X-1"),
        lambda: Feedback.objects.filter(pk=found.pk)._raw_delete("default"),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()


def test_the_log_vouches_for_every_feedback(hall: Hall) -> None:
    published(hall)
    report = verify()
    assert not [one for one in report.breaks if "feedback" in one.where]
    make_system_user()
