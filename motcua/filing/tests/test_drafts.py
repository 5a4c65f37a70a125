"""Beginning, saving, two devices, change of the law in between, giving up, the end of time."""

from collections.abc import Callable
from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from motcua.accounts.models import Authorisation, Organisation, Representation
from motcua.accounts.testing import make_citizen
from motcua.audit.models import Event
from motcua.core.errors import NotFound, RuleViolation
from motcua.dossiers.testing import moment
from motcua.eforms.models import FormBinding
from motcua.eforms.testing import make_form, make_form_version
from motcua.filing import actions, queries
from motcua.filing.actions import expiry
from motcua.filing.models import Application, Upload
from motcua.filing.rules import drafts, steps
from motcua.filing.testing import PDF, Online
from motcua.notifications.models import Message
from motcua.procedures.models import ChannelRule, Offering, Paper, ProcedureVersion

VERIFY = {"case": "Cần xác minh", "amount": "8", "unit": "working_day"}


def test_a_draft_begins_with_what_the_profile_says(online: Online) -> None:
    made = online.begin()
    assert made.party["name"] == "Nguyễn Thị Na"
    assert made.party["identity_number"] == "001099000001"
    assert made.office == online.world.office
    assert online.begin().pk == made.pk  # not touched yet: no second one
    assert Event.objects.filter(chain=f"application/{made.pk}", kind="application.started").count() == 1


def test_the_form_begins_with_what_the_profile_says(online: Online) -> None:
    make_form(online.version)
    made = online.begin()
    assert made.answers == {"nguoi_khai": {"ho_ten": "Nguyễn Thị Na", "so_dinh_danh": "001099000001"}}


def test_nobody_begins_where_nobody_takes_it_online(online: Online) -> None:
    ProcedureVersion.objects.update(online_level="none")
    online.version.refresh_from_db()
    with pytest.raises(RuleViolation, match="trực tuyến"):
        online.begin()
    assert not queries.online_offered(online.version, date(2026, 11, 2))
    Offering.objects.update(online_level="partial")  # the agency offers more than the procedure must
    assert queries.online_offered(online.version, date(2026, 11, 2))


def test_a_person_has_so_many_drafts(online: Online, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(drafts, "MOST_DRAFTS", 1)
    online.save(online.begin(), steps.FOR, acting="self")
    with pytest.raises(RuleViolation, match="bản nháp"):
        online.begin()


def test_what_is_wrong_is_kept_and_said(online: Online) -> None:
    made = online.begin()
    saved = online.save(made, steps.PARTY, phone="12", address="Thôn Đông", name="Ai Khác")
    assert set(saved.errors) == {"phone"}
    again = online.journey(made).application
    assert (again.party["phone"], again.party["name"]) == (
        "12",
        "Nguyễn Thị Na",
    )  # proven: nobody types another
    assert steps.PARTY not in again.done
    assert online.save(made, steps.PARTY, phone="0900000001", address="Thôn Đông").errors == {}
    assert steps.PARTY in online.journey(made).application.done


def test_a_section_of_the_form_is_kept_right_or_wrong(online: Online) -> None:
    make_form(online.version)
    made = online.begin()
    saved = online.save(made, "to-khai-noi_dung", so_ban="rất nhiều")
    assert "noi_dung.so_ban" in saved.errors
    assert online.journey(made).application.answers["noi_dung"] == {"so_ban": "rất nhiều"}
    assert online.save(made, "to-khai-noi_dung", so_ban="2").errors == {}
    assert online.journey(made).filled.answers["noi_dung"] == {"so_ban": 2, "tien": 16000}


def test_two_devices_do_not_write_over_each_other_unseen(online: Online) -> None:
    made = online.begin()
    online.save(made, steps.DELIVERY, way="online")
    stale = actions.save_step(
        made.pk, steps.DELIVERY, {"way": "counter"}, revision=1, actor=online.citizen, at=moment()
    )
    assert stale.stale
    assert online.journey(made).application.delivery["way"] == "online"


@pytest.mark.parametrize("step", ["khong-co", "kiem-tra", "to-khai-khong"])
def test_a_page_that_a_draft_does_not_have_is_not_found(online: Online, step: str) -> None:
    with pytest.raises(NotFound):
        online.save(online.begin(), step, a="b")


def test_another_persons_draft_does_not_exist(online: Online) -> None:
    made, other = online.begin(), make_citizen("Trần Văn Lạ", "001099000009", "0900000009")
    for act in (
        lambda: queries.access_application(other, made.pk),
        lambda: queries.access_draft(other, made.pk, moment()),
        lambda: actions.save_step(made.pk, steps.DELIVERY, {}, revision=1, actor=other, at=moment()),
        lambda: actions.discard(made.pk, actor=other, at=moment()),
        lambda: actions.carry_over(made.pk, actor=other, at=moment()),
        lambda: actions.submit(made.pk, key=uuid4(), actor=other, at=moment()),
    ):
        with pytest.raises(NotFound):
            act()
    assert list(queries.drafts_of(online.citizen, moment())) == [made]
    assert not queries.drafts_of(other, moment()).exists()


def test_an_office_that_does_not_take_it_is_refused(online: Online) -> None:
    saved = online.save(online.begin(), steps.OFFICE, place="999-999")
    assert saved.errors == {"place": "Chọn nơi nộp hồ sơ."}


def test_the_case_is_one_of_the_procedure(online: Online) -> None:
    Paper.objects.create(version=online.version, position=3, name="Giấy A", case="Trường hợp A")
    Paper.objects.create(version=online.version, position=4, name="Giấy B", case="Trường hợp B")
    made = online.begin()
    assert "case" in online.save(made, steps.CASE, case="Trường hợp C").errors
    assert online.save(made, steps.CASE, case="Trường hợp A").errors == {}
    names = [line.name for line in online.journey(made).papers]
    assert "Giấy A" in names
    assert "Giấy B" not in names


def test_a_case_of_the_time_limit_alone_is_chosen_on_a_page_of_its_own(online: Online) -> None:
    """Where the papers know no cases; the general limit is what nobody need choose."""
    ChannelRule.objects.filter(version=online.version, channel="online").delete()
    ChannelRule.objects.create(
        version=online.version, channel="online", amount=5, unit="working_day", variants=[VERIFY]
    )
    made = online.begin()
    assert steps.CASE in online.journey(made).steps
    assert online.save(made, steps.CASE, case="lạ", limit_case="lạ").errors == {}
    assert online.journey(made).application.limit_case == ""
    online.save(made, steps.CASE, limit_case="Cần xác minh")
    assert online.journey(made).application.limit_case == "Cần xác minh"
    ChannelRule.objects.filter(version=online.version).update(variants=[])
    assert [one.label for one in online.journey(made).problems if one.step == steps.CASE] == [
        "Trường hợp về thời hạn"
    ]


def test_a_case_that_the_papers_know_is_not_asked_twice(online: Online) -> None:
    Paper.objects.create(version=online.version, position=3, name="Giấy A", case="Nộp tại xã")
    ChannelRule.objects.filter(version=online.version).update(
        variants=[VERIFY, VERIFY | {"case": "Nộp tại xã"}]
    )
    found = online.journey(online.begin())
    assert (found.cases, found.limit_cases) == (("Nộp tại xã",), ("Cần xác minh",))


@pytest.mark.parametrize(
    ("named", "kept"),
    [("Nộp tại xã", ("Nộp tại xã", "")), ("Cần xác minh", ("", "Cần xác minh")), ("lạ", ("", ""))],
)
def test_the_case_that_a_guide_led_to_is_that_of_the_papers_or_of_the_limit(
    online: Online, named: str, kept: tuple[str, str]
) -> None:
    Paper.objects.create(version=online.version, position=3, name="Giấy A", case="Nộp tại xã")
    ChannelRule.objects.filter(version=online.version).update(variants=[VERIFY])
    made = actions.start(online.version, case=named, actor=online.citizen, at=moment())
    assert (made.case, made.limit_case) == kept


def test_one_files_for_a_company_with_its_own_number(online: Online) -> None:
    company = Organisation.objects.create(name="Công ty Mẫu", tax_code="0100109106", created_at=moment())
    Representation.objects.create(organisation=company, user=online.citizen, valid_from=date(2020, 1, 1))
    made = online.begin()
    assert "acting" in online.save(made, steps.FOR, acting="organisation/999").errors
    online.save(made, steps.FOR, acting=f"organisation/{company.pk}")
    saved = online.save(made, steps.PARTY, name="Giả", tax_code="1", phone="0900000001", address="Thôn Đông")
    assert saved.errors == {}
    assert online.journey(made).application.party["tax_code"] == "0100109106"
    Representation.objects.update(valid_to=date(2025, 1, 1))
    assert any("không còn quyền" in one.text for one in online.journey(made).problems)


def test_one_files_for_who_authorised(online: Online) -> None:
    mother = make_citizen("Lê Thị Mẹ", "001099000003", "0900000003")
    Authorisation.objects.create(
        principal=mother,
        agent=online.citizen,
        valid_from=date(2020, 1, 1),
        recorded_by=mother,
        recorded_at=moment(),
    )
    made = online.begin()
    online.save(made, steps.FOR, acting=f"user/{mother.pk}")
    assert online.journey(made).application.party["name"] == "Lê Thị Mẹ"
    online.save(made, steps.FOR, acting="other")
    assert online.journey(made).application.party == {}


def new_version(online: Online, day: date) -> ProcedureVersion:
    old = online.version
    ProcedureVersion.objects.filter(pk=old.pk).update(valid_to=day - timedelta(days=1))
    made = ProcedureVersion.objects.create(
        procedure=old.procedure, number=2, status="published", valid_from=day, name=old.name, field=old.field,
        online_level="full",
    )  # fmt: skip
    ChannelRule.objects.create(version=made, channel="online", amount=3, unit="working_day")
    Paper.objects.create(version=made, position=1, name="Tờ khai")
    Paper.objects.create(version=made, position=2, name="Giấy mới")
    return made


def test_a_new_version_of_the_procedure_keeps_what_still_fits(online: Online) -> None:
    made = online.complete()
    fresh = new_version(online, date(2026, 11, 3))
    later = moment(days=2)
    with pytest.raises(RuleViolation, match="vừa được thay đổi"):
        actions.submit(made.pk, key=uuid4(), actor=online.citizen, at=later)
    carried = actions.carry_over(made.pk, actor=online.citizen, at=later)
    assert (carried.version, carried.changed) == (fresh, "procedure")
    assert Upload.objects.get().paper == fresh.papers.get(name="Tờ khai")
    assert [one.label for one in online.journey(made, at=later).problems] == ["Giấy mới"]
    assert steps.PARTY in carried.done
    assert actions.carry_over(made.pk, actor=online.citizen, at=later).revision == carried.revision


def test_a_new_version_of_the_form_keeps_the_answers_whose_keys_match(online: Online) -> None:
    make_form(online.version)
    made = online.begin()
    online.save(made, "to-khai-noi_dung", so_ban="2")
    newer = make_form_version(
        f"to-khai-{online.version.pk}",
        {
            "title": "Mới",
            "sections": [
                {
                    "key": "noi_dung",
                    "title": "Nội dung",
                    "fields": [{"key": "so_ban", "type": "number", "label": "Số bản"}],
                }
            ],
        },
        number=2,
    )
    FormBinding.objects.update(form_version=newer)
    carried = actions.carry_over(made.pk, actor=online.citizen, at=moment())
    assert (carried.changed, carried.answers) == ("form", {"noi_dung": {"so_ban": 2}})


def test_answers_of_an_earlier_dossier_are_offered_to_their_owner_only(online: Online) -> None:
    make_form(online.version)
    first = online.complete()
    online.save(
        first, "to-khai-nguoi_khai", ho_ten="Nguyễn Thị Na", so_dinh_danh="001099000001", uy_quyen="no"
    )
    online.save(first, "to-khai-noi_dung", so_ban="7")
    online.save(first, "to-khai-ky", chu_ky={"name": "Nguyễn Thị Na", "agree": "yes"})
    dossier = actions.submit(first.pk, key=uuid4(), actor=online.citizen, at=moment())
    second = online.begin()
    filled = actions.reuse(second.pk, dossier.pk, actor=online.citizen, at=moment())
    assert filled.answers["noi_dung"]["so_ban"] == 7
    assert "ky" not in filled.answers or not filled.answers["ky"].get("chu_ky")
    other = Online(online.world, make_citizen("Trần Văn Lạ", "001099000009", "0900000009"), online.version)
    with pytest.raises(NotFound):
        actions.reuse(other.begin().pk, dossier.pk, actor=other.citizen, at=moment())


def test_without_a_form_there_is_nothing_to_reuse(online: Online) -> None:
    with pytest.raises(NotFound):
        actions.reuse(online.begin().pk, 1, actor=online.citizen, at=moment())


def test_a_draft_given_up_leaves_nothing_of_what_was_typed(online: Online) -> None:
    made = online.complete()
    file = made.uploads.get().file
    actions.discard(made.pk, actor=online.citizen, at=moment())
    gone = Application.objects.get(pk=made.pk)
    assert (gone.state, gone.party, gone.answers, gone.uploads.count()) == ("discarded", {}, {}, 0)
    file.refresh_from_db()
    assert not file.can_open
    with pytest.raises(NotFound):
        queries.access_application(online.citizen, made.pk)


def test_a_draft_is_warned_of_once_and_ends(online: Online) -> None:
    made = online.begin()
    system = online.world.admin
    soon, late = moment(days=80), moment(days=91)
    assert actions.warn_drafts(actor=system, at=moment(days=10)) == 0
    assert actions.warn_drafts(actor=system, at=soon) == 1
    assert actions.warn_drafts(actor=system, at=soon) == 0
    assert "31/01/2027" in Message.objects.get(kind="draft_expiring", channel="sms").body
    assert actions.expire_drafts(actor=system, at=soon) == 0
    assert actions.expire_drafts(actor=system, at=late) == 1
    assert Application.objects.get(pk=made.pk).state == "discarded"
    with pytest.raises(NotFound):
        online.journey(made, at=late)


def test_a_draft_that_is_sent_or_given_up_while_the_timer_runs_is_neither_warned_of_nor_deleted(
    online: Online, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The timer lists drafts first and takes them one by one: what the person did in between counts."""
    first = online.begin()
    online.save(first, steps.DELIVERY, way="online")
    second = online.begin(at=moment(hours=1))
    system = online.world.admin

    def meanwhile(name: str, act: Callable[[], object]) -> None:
        real = getattr(expiry, name)

        def after(*given: object, **more: object) -> None:
            real(*given, **more)
            act()

        monkeypatch.setattr(expiry, name, after)

    meanwhile("queue", lambda: actions.discard(second.pk, actor=online.citizen, at=moment(days=80)))
    assert actions.warn_drafts(actor=system, at=moment(days=80)) == 1
    assert Message.objects.filter(kind="draft_expiring", reference=f"application/{first.pk}").exists()
    assert not Message.objects.filter(kind="draft_expiring", reference=f"application/{second.pk}").exists()
    alive = Application.objects.filter(pk=online.begin(at=moment(hours=2)).pk)
    meanwhile("forget", lambda: alive.update(expires_at=moment(days=200)))  # saved anew: it lives on
    assert actions.expire_drafts(actor=system, at=moment(days=91)) == 1
    assert (alive.get().state, Application.objects.get(pk=first.pk).state) == ("draft", "discarded")


def test_a_draft_past_its_time_is_not_saved_or_sent_even_before_it_is_deleted(online: Online) -> None:
    made = online.complete()
    for act in (
        lambda: online.save(made, steps.DELIVERY, way="post", at=moment(days=95)),
        lambda: actions.submit(made.pk, key=uuid4(), actor=online.citizen, at=moment(days=95)),
        lambda: queries.access_draft(online.citizen, made.pk, moment(days=95)),
    ):
        with pytest.raises(NotFound):
            act()


def test_saving_keeps_a_draft_alive(online: Online) -> None:
    made = online.begin()
    online.save(made, steps.DELIVERY, way="online", at=moment(days=60))
    assert actions.expire_drafts(actor=online.world.admin, at=moment(days=91)) == 0


def test_a_file_of_a_question_is_known_only_in_its_own_draft(online: Online) -> None:
    data = {
        "title": "Có tệp",
        "sections": [
            {"key": "tep", "title": "Tệp", "fields": [{"key": "anh", "type": "file", "label": "Ảnh"}]}
        ],
    }
    make_form(online.version, data)
    made = online.begin()
    kept = actions.attach(
        made.pk, "field/tep.anh", SimpleUploadedFile("a.pdf", PDF), actor=online.citizen, at=moment()
    )
    assert online.save(made, "to-khai-tep", anh=[str(kept.pk)]).errors == {}
    assert "tep.anh" in online.save(made, "to-khai-tep", anh=[str(uuid4())]).errors
