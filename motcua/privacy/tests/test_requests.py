"""A request from coming in to its answer: the legal clock, who may do what, what goes and what stays, what the log keeps."""

import json
from datetime import datetime, timedelta

import pytest

from motcua.accounts.actions import prove_identity, sign_up
from motcua.accounts.models import Consent, Profile
from motcua.accounts.rules.codes import address
from motcua.accounts.testing import make_citizen
from motcua.agencies.actions import set_setting
from motcua.agencies.testing import make_agency, make_user_with
from motcua.audit.models import Event
from motcua.audit.queries import verify
from motcua.core.errors import NotFound, RuleViolation
from motcua.core.moments import to_local
from motcua.dossiers.models import Dossier
from motcua.dossiers.testing import moment, receive
from motcua.filing.models import Application
from motcua.notifications.models import Contact, Message
from motcua.payments.models import Charge
from motcua.privacy import actions, queries
from motcua.privacy.models import DataRequest
from motcua.privacy.testing import AT, Desk, accepted, asked

pytestmark = pytest.mark.django_db
NUMBER, OTHER = "001099000001", "001099000002"


def on(day: int, hour: int = 9) -> datetime:
    return moment(datetime(2026, 11, day, hour))


def kinds(found: DataRequest) -> list[str]:
    return list(Event.objects.filter(chain=found.chain).order_by("seq").values_list("kind", flat=True))


def test_a_request_has_a_code_and_two_due_dates_on_the_legal_clock(desk: Desk) -> None:
    found = asked(desk, "correct")
    assert found.code == f"DLCN-2026-{found.pk:06d}"
    assert [to_local(due).date().isoformat() for due in (found.acknowledge_due_at, found.due_at)] == [
        "2026-11-12",
        "2026-11-25",
    ]
    assert queries.derivation_of(found).due_at == to_local(found.due_at)
    sent = Message.objects.filter(reference=found.chain, kind="privacy_received")
    assert {one.channel for one in sent} == {"sms", "app"}
    assert all(found.code in one.body and "Nga" not in one.body for one in sent)


def test_the_days_are_dated_settings(desk: Desk) -> None:
    set_setting(
        "privacy_delete_days",
        3,
        agency=desk.online.world.commune,
        valid_from=AT.date(),
        source="Quy chế",
        actor=desk.system,
        at=AT,
    )
    assert to_local(asked(desk).due_at).date().isoformat() == "2026-11-13"


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"field": ""}, "Chọn dữ liệu"),
        ({"field": "is_active"}, "Chọn dữ liệu"),
        ({"right_value": " "}, "giá trị đúng"),
    ],
)
def test_a_correction_says_what_and_how(desk: Desk, changes, words) -> None:
    with pytest.raises(RuleViolation, match=words):
        asked(desk, "correct", **changes)


def test_five_open_requests_are_enough(desk: Desk) -> None:
    first, *_ = [asked(desk, "see") for _ in range(5)]
    with pytest.raises(RuleViolation, match="5 yêu cầu"):
        asked(desk)
    actions.take_back(first.pk, actor=desk.citizen, at=AT)
    asked(desk)


def test_nobody_asks_an_agency_that_is_none(desk: Desk) -> None:
    with pytest.raises(NotFound):
        actions.ask(actions.Asked("see", desk.online.world.division.pk), actor=desk.citizen, at=AT)


def test_a_request_of_another_does_not_exist(desk: Desk) -> None:
    found, stranger = asked(desk), make_citizen("Trần Văn Lạ", OTHER, "0900000002")
    for act in (queries.access_own, lambda user, pk: actions.take_back(pk, actor=user, at=AT)):
        with pytest.raises(NotFound):
            act(stranger, found.pk)
    far = make_agency("UBND xã Bình Minh", desk.online.world.province, code="H40.13")
    for role in ("privacy_officer", "office_head", "receptionist"):
        with pytest.raises(NotFound):
            queries.access_request(make_user_with(role, far), found.pk, at=AT)
    with pytest.raises(NotFound):
        queries.access_request(desk.online.world.officer, found.pk, at=AT)


def test_who_takes_requests_down_does_not_decide_them(desk: Desk) -> None:
    found = asked(desk)
    assert queries.access_request(desk.clerk, found.pk, at=AT) == found
    for act in (
        lambda: actions.accept(found.pk, identity="account", actor=desk.clerk, at=AT),
        lambda: actions.reveal(found.pk, actor=desk.clerk, at=AT),
        lambda: actions.refuse(found.pk, reason="x", law="y", actor=desk.clerk, at=AT),
    ):
        with pytest.raises(NotFound):
            act()


def test_nothing_is_done_before_the_person_is_identified(desk: Desk) -> None:
    found = asked(desk)
    with pytest.raises(RuleViolation, match="đã nhận"):
        actions.erase(found.pk, parts=["drafts"], actor=desk.officer, at=AT)
    with pytest.raises(RuleViolation, match="đã nhận"):
        actions.take_copy(found.pk, actor=desk.officer, at=AT)
    with pytest.raises(RuleViolation, match="Chọn cách"):
        actions.accept(found.pk, identity="", actor=desk.officer, at=AT)
    Profile.objects.filter(user=desk.citizen).update(assurance="low")
    with pytest.raises(RuleViolation, match="căn cước"):
        actions.accept(found.pk, identity="account", actor=desk.officer, at=AT)
    actions.accept(found.pk, identity="card", actor=desk.officer, at=AT)


@pytest.mark.parametrize(
    ("field", "typed", "kept"),
    [
        ("full_name", "Nguyễn Thị Nga", "Nguyễn Thị Nga"),
        ("identity_number", OTHER, OTHER),
        ("birth_date", "05/01/1999", datetime(1999, 1, 5).date()),
        ("gender", "Nữ", "female"),
        ("address", "Thôn 2, xã An Phú", "Thôn 2, xã An Phú"),
    ],
)
def test_a_correction_is_written_into_the_account_and_the_log_keeps_no_value(
    desk: Desk, field, typed, kept
) -> None:
    found = actions.correct(
        accepted(desk, "correct", field=field).pk, value=typed, actor=desk.officer, at=AT + timedelta(hours=2)
    )
    profile = Profile.objects.select_related("user").get(user=desk.citizen)
    assert (profile.user.full_name if field == "full_name" else getattr(profile, field)) == kept
    assert profile.is_proven
    assert kinds(found) == ["privacy.received", "privacy.accepted", "privacy.corrected", "privacy.answered"]
    told = json.dumps(
        list(
            Event.objects.filter(chain__in=[found.chain, f"user/{desk.citizen.pk}"]).values_list(
                "data", flat=True
            )
        )
    )
    assert typed not in told
    assert found.state == "done"


@pytest.mark.parametrize(
    ("field", "typed", "words"),
    [
        ("full_name", " ", "họ và tên"),
        ("identity_number", "123", "định danh"),
        ("birth_date", "31/02/1999", "ngày/tháng/năm"),
        ("birth_date", "01/01/2090", "không thể có"),
        ("gender", "?", "Nam hoặc Nữ"),
    ],
)
def test_a_value_that_cannot_be_is_not_written(desk: Desk, field, typed, words) -> None:
    found = accepted(desk, "correct", field=field)
    with pytest.raises(RuleViolation, match=f"(?i){words}"):
        actions.correct(found.pk, value=typed, actor=desk.officer, at=AT)


def test_a_number_proven_for_another_is_not_given_away(desk: Desk) -> None:
    other = sign_up("Trần Văn Lạ", address("0900000002"), actor=None, at=AT)
    prove_identity(other, OTHER, "substantial", by="counter", actor=desk.officer, at=AT)
    found = accepted(desk, "correct", field="identity_number")
    with pytest.raises(RuleViolation, match="tài khoản khác"):
        actions.correct(found.pk, value=OTHER, actor=desk.officer, at=AT)


def test_what_lies_elsewhere_is_corrected_there_and_answered(desk: Desk) -> None:
    found = accepted(desk, "correct", field="dossier")
    with pytest.raises(RuleViolation, match="ở nơi giữ nó"):
        actions.correct(found.pk, value="x", actor=desk.officer, at=AT)
    with pytest.raises(RuleViolation, match=r"(?i)căn cứ"):
        actions.answer(found.pk, answer="Đã sửa trong hồ sơ.", partly=True, actor=desk.officer, at=AT)
    done = actions.answer(found.pk, answer="Đã sửa trong hồ sơ.", actor=desk.officer, at=AT)
    assert (done.state, done.closed_at, done.handler) == ("done", AT, desk.officer)
    with pytest.raises(RuleViolation, match="đã làm xong"):
        actions.take_back(found.pk, actor=desk.citizen, at=AT)


def test_a_refusal_needs_reason_and_law(desk: Desk) -> None:
    found = asked(desk)
    for reason, law in (("", "Luật"), ("Không", " ")):
        with pytest.raises(RuleViolation, match="Ghi"):
            actions.refuse(found.pk, reason=reason, law=law, actor=desk.officer, at=AT)
    actions.refuse(
        found.pk, reason="Hồ sơ phải lưu.", law="Luật Lưu trữ 33/2024/QH15", actor=desk.officer, at=AT
    )
    found.refresh_from_db()
    assert (found.state, found.answer, found.law) == (
        "refused",
        "Hồ sơ phải lưu.",
        "Luật Lưu trữ 33/2024/QH15",
    )
    assert Message.objects.filter(reference=found.chain, kind="privacy_answered").count() == 2


def test_more_time_once_in_time_and_not_too_much(desk: Desk) -> None:
    found = accepted(desk)
    before = found.due_at
    for days, at, words in ((11, AT, "1 đến 10"), (5, before, "trước ngày hết hạn")):
        with pytest.raises(RuleViolation, match=words):
            actions.extend(found.pk, days=days, reason="Nhiều hồ sơ.", actor=desk.officer, at=at)
    longer = actions.extend(
        found.pk, days=5, reason="Nhiều hồ sơ.", actor=desk.officer, at=AT + timedelta(hours=2)
    )
    assert longer.due_at > before + timedelta(days=6)
    with pytest.raises(RuleViolation, match="một lần"):
        actions.extend(found.pk, days=1, reason="Nữa.", actor=desk.officer, at=AT)


def test_deletion_of_the_account_takes_what_may_go_and_leaves_what_the_law_keeps(desk: Desk) -> None:
    user, phone = desk.citizen, desk.citizen.profile.phone
    found = accepted(desk)
    done = actions.erase(found.pk, parts=["account"], actor=desk.officer, at=AT + timedelta(hours=2))
    user.refresh_from_db()
    profile = Profile.objects.get(user=user)
    assert (user.full_name, user.is_active, user.phone, profile.phone, profile.identity_number) == (
        "Tài khoản đã xóa",
        False,
        "",
        "",
        "",
    )
    assert not profile.is_proven
    draft = Application.objects.get(owner=user)
    assert (draft.state, draft.answers, draft.party) == ("discarded", {}, {})
    assert not Message.objects.filter(
        to__in=[phone, user.username], created_at__lt=found.received_at
    ).exists()
    contact = Contact.objects.get()
    assert [contact.survey, contact.zalo, contact.news] == [False] * 3
    assert list(Consent.objects.order_by("pk").values_list("given", flat=True)) == [True, True, False, False]
    assert Dossier.objects.filter(applicant__identity_number=NUMBER).exists()
    assert (done.state, set(done.done)) == ("partly", {"drafts", "consents", "messages", "shares", "account"})
    assert "Còn giữ theo luật" in done.answer
    assert "33/2024" in done.law
    told = Message.objects.filter(reference=found.chain, kind="privacy_answered", channel="sms").get()
    assert (told.to, told.state) == (phone, "queued")
    assert not verify().breaks
    again = sign_up("Nguyễn Thị Na", address("0900000001"), actor=None, at=AT)
    assert again.pk != user.pk


def test_only_what_was_chosen_is_deleted(desk: Desk) -> None:
    found = accepted(desk)
    done = actions.erase(found.pk, parts=["drafts"], answer="Chào bạn.", actor=desk.officer, at=AT)
    assert done.done == {"drafts": 1}
    assert done.answer.endswith("Chào bạn.")
    assert Profile.objects.get(user=desk.citizen).phone
    assert Contact.objects.get().survey
    data = Event.objects.filter(chain=found.chain, kind="privacy.erased").get().data
    assert data == {"parts": ["drafts"]}


def test_of_whom_nothing_must_stay_everything_goes_and_no_law_is_named(desk: Desk) -> None:
    """A request is done in part only where a law keeps something of the person's matters."""
    other = make_citizen("Trần Văn Lạ", OTHER, "0900000002")
    found = actions.ask(actions.Asked("delete", desk.agency_id), actor=other, at=AT)
    actions.accept(found.pk, identity="account", actor=desk.officer, at=AT)
    done = actions.erase(found.pk, parts=["messages"], actor=desk.officer, at=AT)
    assert (done.state, done.law) == ("done", "")
    assert done.answer == "Đã xóa: nội dung tin đã gửi cho tôi."


def test_who_has_a_dossier_under_way_or_owes_money_keeps_the_account(desk: Desk) -> None:
    found = accepted(desk)
    dossier = receive(desk.online.world, at=on(5))
    dossier.applicant.identity_number = NUMBER
    dossier.applicant.save()
    with pytest.raises(RuleViolation, match="1 hồ sơ chưa xong"):
        actions.erase(found.pk, parts=["account"], actor=desk.officer, at=AT)
    Dossier.objects.filter(pk=dossier.pk).update(status="returned")
    Charge.objects.create(
        agency=desk.online.world.commune, reference=f"dossier/{dossier.pk}", code="x", kind="phi", purpose="Phí", amount=1, payer_name="Na",
        state="due", key="K1", match_key="K1", created_at=AT,
    )  # fmt: skip
    with pytest.raises(RuleViolation, match="1 khoản phải nộp"):
        actions.erase(found.pk, parts=["account"], actor=desk.officer, at=AT)
    assert Application.objects.get(owner=desk.citizen).state == "draft"


def test_a_deletion_that_fails_deletes_nothing(desk: Desk, monkeypatch) -> None:
    found = accepted(desk)

    def broken(*args, **kwargs):
        raise RuntimeError

    monkeypatch.setattr("motcua.privacy.actions.handling.accounts.erase_citizen", broken)
    with pytest.raises(RuntimeError):
        actions.erase(found.pk, parts=["account"], actor=desk.officer, at=AT)
    found.refresh_from_db()
    assert found.state == "accepted"
    assert Application.objects.get(owner=desk.citizen).state == "draft"
    assert Contact.objects.get().survey


# Without an account ------------------------------------------------------------------------------------------------------


def told(desk: Desk, kind: str = "see", **changes) -> DataRequest:
    values = {
        "channel": "counter",
        "full_name": "Nguyễn Thị Na",
        "identity_number": NUMBER,
        "phone": "0912345699",
        **changes,
    }
    return actions.ask(actions.Asked(kind, desk.agency_id, **values), actor=desk.clerk, at=AT)


def test_what_is_asked_at_the_counter_is_about_a_number_that_a_card_shows(desk: Desk) -> None:
    found = told(desk)
    assert (found.user, found.received_by, found.phone) == (None, desk.clerk, "+84912345699")
    assert not queries.dossiers_about(queries.subject_of_request(found, AT))
    actions.accept(found.pk, identity="card", actor=desk.officer, at=AT)
    sections = {one.code: one for one in actions.take_copy(found.pk, actor=desk.officer, at=AT)}
    assert len(sections["ho-so"].rows) == 1
    assert not sections["tai-khoan"].rows
    assert Event.objects.filter(kind="view.personal_data", data__record=found.chain).count() == 1
    wrong = told(desk, "delete")
    actions.accept(wrong.pk, identity="card", actor=desk.officer, at=AT)
    with pytest.raises(RuleViolation, match="không gắn với tài khoản"):
        actions.erase(wrong.pk, parts=["drafts"], actor=desk.officer, at=AT)


def test_a_phone_number_alone_makes_no_account_theirs(desk: Desk) -> None:
    for number in (OTHER, ""):
        found = told(desk, "delete", identity_number=number)
        with pytest.raises(RuleViolation, match="Không có tài khoản nào"):
            actions.accept(found.pk, identity="card", account_phone="0900000001", actor=desk.officer, at=AT)
    found = told(desk, "delete")
    assert (
        actions.accept(found.pk, identity="card", account_phone="0900000001", actor=desk.officer, at=AT).user
        == desk.citizen
    )


@pytest.mark.parametrize(
    ("changes", "words"), [({"full_name": ""}, "họ và tên"), ({"channel": "online"}, "Chọn cách")]
)
def test_what_is_taken_down_is_whole(desk: Desk, changes, words) -> None:
    with pytest.raises(RuleViolation, match=words):
        told(desk, **changes)


def test_only_who_may_takes_requests_down(desk: Desk) -> None:
    with pytest.raises(NotFound):
        actions.ask(
            actions.Asked("see", desk.agency_id, channel="counter"), actor=desk.online.world.officer, at=AT
        )
