"""Reads: who sees what, what may be done next, timelines, search, tracking, verification, slips."""

from datetime import date, datetime

import pytest

from motcua.agencies.queries import authority_of
from motcua.agencies.rules.permissions import Permission
from motcua.agencies.testing import make_agency, make_office, make_system_user, make_user_with
from motcua.core.errors import NotFound
from motcua.dossiers import actions, queries
from motcua.dossiers.models import DossierTask
from motcua.dossiers.rules.intake import PartyData
from motcua.dossiers.testing import (
    for_signature,
    in_review,
    live_task,
    make_intake,
    make_procedure,
    moment,
    ready,
    receive,
    returned,
    signed,
)
from motcua.procedures.models import Fee, Offering

DAY = date(2026, 11, 2)


def powers(user, day=DAY):
    return authority_of(user, day)


def choices(user, dossier, day=DAY):
    dossier.refresh_from_db()
    return [c.code for c in queries.lawful_actions(dossier, powers(user, day))]


# Who sees what ---------------------------------------------------------------------------------------------------------


@pytest.fixture
def stranger(world):
    other = make_agency("UBND xã Bình Minh", world.province, code="H40.13")
    make_office(other)
    return make_user_with("office_head", other)


def test_a_dossier_is_found_by_code_number_or_temporary_number(world):
    dossier = receive(world)
    filed = actions.submit(make_intake(world, channel="online"), actor=world.clerk, at=moment())
    for name in (dossier.pk, str(dossier.pk), dossier.code, f" {dossier.code} "):
        assert queries.access_dossier(world.clerk, name, at=moment()) == dossier
    assert queries.access_dossier(world.clerk, filed.temporary_number, at=moment(), lock=True) == filed


def test_another_commune_finds_nothing_until_it_takes_part(world, stranger):
    dossier = in_review(world)
    with pytest.raises(NotFound):
        queries.access_dossier(stranger, dossier.pk, at=moment())
    assert not queries.visible_to(powers(stranger)).exists()
    agency = stranger.assignments.get().post.agency
    actions.ask_opinion(
        dossier.pk,
        to_agency_id=agency.pk,
        question="?",
        due_working_days=1,
        actor=world.officer,
        at=moment(hours=2),
    )
    assert queries.access_dossier(stranger, dossier.pk, at=moment()) == dossier
    Offering.objects.create(
        procedure=world.procedure, agency=agency, valid_from=date(2020, 1, 1), non_territorial=True
    )
    resolved = receive(world, resolving_agency_id=agency.pk)
    assert queries.access_dossier(stranger, resolved.code, at=moment()) == resolved
    task = dossier.tasks.first()
    DossierTask.objects.filter(pk=task.pk).update(agency=agency)
    assert queries.visible_to(powers(stranger)).count() == 2


def test_supervision_without_the_right_to_view_sees_no_dossier(world):
    monitor = make_user_with("monitor", world.province, subtree=True)
    dossier = receive(world)
    with pytest.raises(NotFound):
        queries.access_dossier(monitor, dossier.pk, at=moment())
    chair = make_user_with("chairperson", world.province, subtree=True)
    assert queries.access_dossier(chair, dossier.pk, at=moment()) == dossier
    with pytest.raises(NotFound):
        queries.access_dossier(chair, dossier.pk, Permission.DOSSIER_VIEW_PERSONAL, at=moment())


def test_the_systems_own_account_sees_everything(world):
    dossier = receive(world)
    assert list(queries.visible_to(powers(make_system_user()))) == [dossier]


# What may be done next ------------------------------------------------------------------------------------------------


def test_only_the_next_lawful_acts_are_offered_to_each(world):
    dossier = receive(world)
    assert choices(world.clerk, dossier) == ["hand_over", "ask_withdrawal"]
    assert choices(world.officer, dossier) == ["hand_over"]
    actions.hand_over([dossier.pk], actor=world.clerk, at=moment(hours=1))
    assert choices(world.officer, dossier) == ["take_over", "claim"]
    assert choices(world.clerk, dossier) == ["take_over", "ask_withdrawal"]
    assert choices(world.policeman, dossier) == []
    actions.take_over([live_task(dossier).pk], actor=world.officer, at=moment(hours=1))
    assert choices(world.officer, dossier) == [
        "complete_task",
        "ask_opinion",
        "ask_supplement",
        "issue_obligation",
        "refuse",
        "release",
    ]
    assert "apologise" in choices(world.boss, dossier)
    assert "stop" in choices(world.boss, dossier)


def test_signing_and_reporting_are_offered_when_it_is_their_time(world):
    dossier = for_signature(world)
    assert choices(world.boss, dossier) == ["sign", "send_back", "apologise", "refuse", "assign"]
    assert "mark_ready" not in choices(world.clerk, dossier)
    actions.sign_result(dossier.pk, number="1", actor=world.boss, at=moment(hours=3))
    assert choices(world.clerk, dossier) == ["take_over", "complete_task", "mark_ready"]


def test_the_same_day_path_is_offered_only_to_same_day_procedures(same_day):
    dossier = receive(same_day)
    assert choices(same_day.clerk, dossier) == ["hand_over", "mark_ready", "ask_withdrawal"]
    assert choices(same_day.boss, dossier) == ["sign"]


def test_what_was_used_up_is_not_offered_again(world):
    dossier = in_review(world)
    actions.request_supplement(dossier.pk, reason="x", items=["y"], actor=world.officer, at=moment(days=1))
    assert choices(world.officer, dossier) == ["complete_supplement", "release"]
    assert "apologise" not in choices(world.boss, dossier)
    actions.complete_supplement(dossier.pk, actor=world.officer, at=moment(days=1))
    assert "ask_supplement" not in choices(world.officer, dossier)
    actions.apologise(dossier.pk, extra_working_days=1, reason="x", actor=world.boss, at=moment(days=1))
    assert "apologise" not in choices(world.boss, dossier)
    endless = in_review(
        world, receive(world, procedure=make_procedure("1.50", world.commune, amount=None, unit="none"))
    )
    assert "apologise" not in choices(world.boss, endless)


def test_opinions_are_offered_to_who_was_asked(world):
    dossier = in_review(world)
    actions.ask_opinion(
        dossier.pk,
        to_agency_id=world.police.pk,
        question="?",
        due_working_days=1,
        actor=world.officer,
        at=moment(hours=2),
    )
    assert choices(world.policeman, dossier) == ["answer_opinion"]
    assert "end_opinions" not in choices(world.officer, dossier)
    assert "end_opinions" in choices(world.officer, dossier, date(2026, 11, 5))


def test_an_unpaid_result_is_not_offered_to_be_handed_over(world):
    Fee.objects.create(
        procedure=world.procedure,
        kind="le_phi",
        name="Lệ phí",
        amount_dong=8000,
        legal_basis="NQ",
        valid_from=date(2020, 1, 1),
    )
    dossier = ready(world)
    assert choices(world.head, dossier) == ["notify_ready"]
    dossier.payment = "paid"
    dossier.save(update_fields=["payment"])
    assert choices(world.head, dossier) == ["notify_ready", "return"]


def test_a_signed_dossier_is_not_offered_for_withdrawal(world):
    assert "ask_withdrawal" not in choices(world.clerk, signed(world))


# Timeline -----------------------------------------------------------------------------------------------------------------


def test_the_timeline_tells_the_course_in_words(world):
    dossier = returned(world)
    steps = queries.timeline(dossier)
    assert [s.kind for s in steps] == [
        "receive", "hand_over", "take_over", "complete_task", "stage_opened", "sign", "stage_opened", "mark_ready", "return",
    ]  # fmt: skip
    assert steps[0].title == "Tiếp nhận"
    assert "Hạn trả kết quả: 17:30 09/11/2026" in steps[0].text
    assert steps[1].text == "Đến UBND xã An Phú"
    assert steps[1].who == "Trần Thị Tiếp Nhận"


def test_quiet_steps_can_be_left_out(world):
    dossier = in_review(world)
    actions.write_message(dossier.pk, "Nhờ xem giúp", actor=world.officer, at=moment(hours=2))
    assert queries.timeline(dossier)[-1].state == "quiet"
    assert queries.timeline(dossier, quiet=False)[-1].kind == "take_over"
    actions.ask_opinion(
        dossier.pk,
        to_agency_id=world.police.pk,
        question="?",
        due_working_days=1,
        actor=world.officer,
        at=moment(hours=2),
    )
    assert "Cơ quan: Công an xã An Phú" in queries.timeline(dossier)[-1].text


def test_dates_without_an_hour_are_worded_as_dates(world):
    dossier = in_review(world)
    actions.request_supplement(dossier.pk, reason="x", items=["y"], actor=world.officer, at=moment(days=1))
    assert "Hạn bổ sung: 18/11/2026" in queries.timeline(dossier)[-1].text


def test_causes_dates_and_unknown_events_are_worded(world):
    dossier = in_review(world)
    late = moment(datetime(2026, 11, 20, 9))
    actions.refuse(
        dossier.pk, reason="Sai", legal_basis="Luật", late_cause="partner", actor=world.officer, at=late
    )
    text = queries.timeline(dossier)[-1].text
    assert "Lý do: Sai" in text
    assert "Quá hạn" in text
    assert "Do cơ quan phối hợp chậm" in text


# Search -----------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "nguyen thi",
        "NGUYỄN THỊ THỬ",
        "038200000001",
        "0382 0000 0001",
        "0912345678",
        "+84912345678",
        "H40.12-2611",
    ],
)
def test_dossiers_are_found_by_name_without_accents_numbers_and_beginnings_of_codes(world, text):
    dossier = receive(world)
    assert list(queries.search(powers(world.clerk), text)) == [dossier]


@pytest.mark.parametrize(
    "text", ["", "  ", "tran van", "038200000009", "0912345670", "1234567", "H40.13-2611"]
)
def test_what_does_not_match_is_not_found(world, text):
    receive(world)
    assert not queries.search(powers(world.clerk), text).exists()


def test_numbers_are_searched_only_with_the_right_to_personal_data(world):
    receive(world)
    chair = make_user_with("chairperson", world.commune)
    assert not queries.search(powers(chair), "038200000001").exists()
    assert queries.search(powers(chair), "nguyen").exists()


def test_search_stays_within_reach(world, stranger):
    receive(world)
    assert not queries.search(powers(stranger), "nguyen").exists()


def test_the_submitter_is_found_too(world):
    dossier = receive(
        world, submitter=PartyData("citizen", "Đặng Văn Ủy", tax_code="0100109106"), authorisation="con"
    )
    assert list(queries.search(powers(world.clerk), "dang van uy")) == [dossier]
    assert list(queries.search(powers(world.clerk), "0100109106")) == [dossier]


def test_an_exact_code_leads_to_its_dossier(world, stranger):
    dossier = receive(world)
    filed = actions.submit(make_intake(world, channel="online"), actor=world.clerk, at=moment())
    assert queries.exact(powers(world.clerk), f" {dossier.code}") == dossier
    assert queries.exact(powers(world.clerk), filed.temporary_number.lower()) == filed
    assert queries.exact(powers(stranger), dossier.code) is None
    assert queries.exact(powers(world.clerk), "nguyen") is None


@pytest.mark.parametrize(
    ("party", "found"),
    [
        (PartyData("citizen", "Ai cũng được", "038200000001"), True),
        (PartyData("citizen", "Nguyễn Thị Thử Nghiệm", "038200000002"), False),
        (PartyData("citizen", "nguyen thi thu nghiem", phone="0912 345 678"), True),
        (PartyData("citizen", "nguyen thi thu nghiem", phone="12"), False),
        (PartyData("citizen", "nguyen thi thu nghiem"), False),
        (PartyData("enterprise", "Công ty", tax_code="0100109106"), False),
    ],
)
def test_the_same_person_with_the_same_matter_is_a_likely_duplicate(world, party, found):
    dossier = receive(world)
    assert list(queries.find_duplicates(party, world.procedure)) == ([dossier] if found else [])
    assert not queries.find_duplicates(party, make_procedure("1.51", world.commune).pk).exists()


def test_duplicates_stay_within_reach_and_time(world, stranger):
    dossier = returned(world)
    party = PartyData("citizen", "x", "038200000001")
    assert not queries.find_duplicates(party, world.procedure, authority=powers(stranger)).exists()
    assert not queries.find_duplicates(party, world.procedure, since=date(2026, 12, 1)).exists()
    assert list(
        queries.find_duplicates(party, world.procedure, authority=powers(world.clerk), since=DAY)
    ) == [dossier]
