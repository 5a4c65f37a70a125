"""Messages, scans, reprints, files; the end of an agency; what time brings about."""

from dataclasses import replace
from datetime import date

import pytest
from django.core.management import call_command

from motcua.accounts.models import User
from motcua.agencies.models import Assignment
from motcua.agencies.queries import authority_of
from motcua.agencies.testing import make_agency, make_user_with
from motcua.audit.models import Event, Seal
from motcua.audit.queries import verify
from motcua.core.errors import NotFound, RuleViolation
from motcua.dossiers import actions, apps, queries
from motcua.dossiers.models import Dossier, DossierPaper
from motcua.dossiers.queries.papers import is_digitised
from motcua.dossiers.rules.intake import PaperData
from motcua.dossiers.rules.states import Status
from motcua.dossiers.testing import in_review, live_task, make_intake, moment, ready, receive
from motcua.files.models import StoredFile


@pytest.fixture
def scan(world):
    return StoredFile.objects.create(
        name="a.pdf",
        sha256="0" * 64,
        size=1,
        media_type="application/pdf",
        state="clean",
        uploaded_at=moment(),
    )


# Notes -----------------------------------------------------------------------------------------------------------------


def test_messages_are_kept_and_logged_without_their_words(world):
    dossier = in_review(world)
    message = actions.write_message(
        dossier.pk, " Mời bổ sung ", to_citizen=True, actor=world.officer, at=moment(days=1)
    )
    assert (message.body, message.to_citizen) == ("Mời bổ sung", True)
    assert "Mời" not in str(Event.objects.filter(chain=f"dossier/{dossier.pk}").latest("seq").data)
    with pytest.raises(RuleViolation):
        actions.write_message(dossier.pk, " ", actor=world.officer, at=moment(days=1))
    with pytest.raises(NotFound):
        actions.write_message(dossier.pk, "x", actor=world.policeman, at=moment(days=1))


def digitised(dossier, **by):
    """Whether it was digitised before a moment."""
    return Dossier.objects.filter(is_digitised(moment(**by)), pk=dossier.pk).exists()


def test_a_dossier_is_digitised_since_the_last_of_its_papers_has_a_scan(world, scan):
    paper, other = make_intake(world).papers[0], make_intake(world).papers[0]
    dossier = receive(world, papers=(paper, other))
    first, second = dossier.papers.all()
    actions.attach_scan(first.pk, scan.pk, actor=world.clerk, at=moment(hours=1))
    assert not digitised(dossier, hours=2)
    actions.attach_scan(second.pk, scan.pk, actor=world.officer, at=moment(hours=3))
    assert (digitised(dossier, hours=3), digitised(dossier, hours=4)) == (False, True)
    assert DossierPaper.objects.get(pk=first.pk).electronic == 1


def test_a_second_scan_changes_the_file_and_not_since_when_there_was_one(world, scan):
    paper = receive(world).papers.get()
    better = StoredFile.objects.create(
        name="b.pdf", sha256="1" * 64, size=1, media_type="application/pdf", state="clean", uploaded_at=moment(days=9)
    )  # fmt: skip
    for file, day in ((scan, 1), (better, 9)):
        actions.attach_scan(paper.pk, file.pk, actor=world.clerk, at=moment(days=day))
    paper.refresh_from_db()
    assert (paper.file, paper.electronic_at) == (better, moment(days=1))
    assert digitised(paper.dossier, days=2)


def test_a_scan_completes_a_dossier_whose_other_papers_came_electronically(world, scan):
    """And what was never there is asked nothing."""
    (paper,) = make_intake(world).papers
    sent, none = replace(paper, originals=0, electronic=1), PaperData("Giấy tờ kèm theo")
    dossier = receive(world, papers=(paper, sent, none))
    assert not digitised(dossier, hours=1)
    actions.attach_scan(dossier.papers.first().pk, scan.pk, actor=world.clerk, at=moment(hours=1))
    assert digitised(dossier, hours=2)
    assert digitised(receive(world, papers=(sent, none)), hours=1)
    assert not digitised(receive(world, papers=(sent, paper)), hours=1)


@pytest.mark.parametrize(
    "beside",
    [{"presented_only": True}, {"presented_only": True, "originals": 1}, {"waiver": "Có trong dữ liệu"}],
)
def test_what_was_only_presented_or_waived_is_nothing_to_be_scanned(world, scan, beside):
    """Neither for nor against: with a paper that was handed in that one decides; alone it makes nothing digitised, until it is scanned."""
    (paper,) = make_intake(world).papers
    shown = replace(paper, **{"originals": 0, **beside})
    assert not digitised(receive(world, papers=(paper, shown)), hours=1)
    sent = receive(world, papers=(replace(paper, originals=0, electronic=1), shown))
    assert digitised(sent, hours=1)
    actions.attach_scan(sent.papers.last().pk, scan.pk, actor=world.clerk, at=moment(hours=3))
    assert digitised(sent, hours=1), "a scan made later takes nothing from a month that had closed"
    alone = receive(world, papers=(shown,))
    assert not digitised(alone, hours=1)
    actions.attach_scan(alone.papers.get().pk, scan.pk, actor=world.clerk, at=moment(hours=1))
    assert digitised(alone, hours=2)


def test_what_came_electronically_is_so_since_it_came_whenever_its_file_is_scanned(world, scan):
    (paper,) = make_intake(world).papers
    dossier = receive(world, papers=(replace(paper, originals=0, electronic=1),))
    actions.attach_scan(dossier.papers.get().pk, scan.pk, actor=world.clerk, at=moment(days=40))
    assert (digitised(dossier), digitised(dossier, hours=1)) == (False, True)


@pytest.mark.parametrize("place", ["before", "after"])
@pytest.mark.parametrize(("first", "second"), [("originals", "electronic"), ("electronic", "originals")])
def test_what_takes_the_place_of_a_paper_decides_anew_whether_all_is_electronic(world, place, first, second):
    """Before acceptance and after it."""
    (paper,) = make_intake(world).papers
    bare = replace(paper, originals=0)
    filed = make_intake(world, channel="online", papers=(replace(bare, **{first: 1}),))
    dossier = actions.submit(filed, actor=world.clerk, at=moment())
    ask, answer, asker = actions.request_supplement_before, actions.complete_presupplement, world.clerk
    if place == "after":
        in_review(world, actions.accept(dossier.pk, actor=world.clerk, at=moment()))
        ask, answer, asker = actions.request_supplement, actions.complete_supplement, world.officer
    items = [{"name": "Tờ khai", "reason": "Mờ"}]
    ask(dossier.pk, reason="Mờ", items=items, actor=asker, at=moment(hours=2))
    new = replace(bare, replaces_id=dossier.papers.get().pk, **{second: 1})
    answer(dossier.pk, (new,), actor=world.clerk, at=moment(hours=3))
    assert digitised(dossier, hours=3) == (first == "electronic")
    assert digitised(dossier, hours=4) == (second == "electronic")


def test_a_paper_that_a_supplement_adds_is_one_more_to_be_scanned(world, scan):
    (paper,) = make_intake(world).papers
    dossier = in_review(world, receive(world, papers=(replace(paper, originals=0, electronic=1),)))
    items = [{"name": "Bản vẽ", "reason": "Thiếu"}]
    actions.request_supplement(
        dossier.pk, reason="Thiếu", items=items, actor=world.officer, at=moment(days=1)
    )
    added = PaperData("Bản vẽ", originals=1)
    actions.complete_supplement(dossier.pk, (added,), actor=world.clerk, at=moment(days=2))
    actions.attach_scan(dossier.papers.last().pk, scan.pk, actor=world.clerk, at=moment(days=3))
    assert [digitised(dossier, days=day, hours=12) for day in (1, 2, 3)] == [True, False, True]


def test_what_is_entered_after_it_was_received_was_there_since_then(world):
    """A window that closed between the two had it, papers and all."""
    (paper,) = make_intake(world).papers
    dossier = receive(
        world, papers=(replace(paper, originals=0, electronic=1),), received_at=moment(hours=-0.4)
    )
    assert digitised(dossier, hours=-0.1)


def test_scans_are_attached_by_who_works_on_the_dossier(world, scan):
    paper = receive(world).papers.get()
    for actor, paper_id, file_id in (
        (world.policeman, paper.pk, scan.pk),
        (world.clerk, 10**9, scan.pk),
        (world.clerk, paper.pk, 10**9),
    ):
        with pytest.raises(NotFound):
            actions.attach_scan(paper_id, file_id, actor=actor, at=moment())


def test_files_open_for_who_may_see_their_dossier(world, scan):
    dossier = ready(world)
    day = date(2026, 11, 2)
    chair = make_user_with("chairperson", world.commune)
    assert not apps.may_open(scan, world.clerk, authority_of(world.clerk, day))
    actions.attach_scan(dossier.papers.get().pk, scan.pk, actor=world.clerk, at=moment(hours=9))
    assert apps.may_open(scan, world.clerk, authority_of(world.clerk, day))
    assert not apps.may_open(scan, chair, authority_of(chair, day))
    dossier.results.update(file=scan)
    assert apps.may_open(scan, chair, authority_of(chair, day))
    assert not apps.may_open(scan, world.policeman, authority_of(world.policeman, day))


def test_a_reprint_is_logged_and_changes_nothing(world):
    dossier = receive(world)
    notice = dossier.notices.get()
    assert (
        actions.reprint(notice.pk, reason="Mất", actor=world.officer, at=moment(days=1)).data == notice.data
    )
    assert Event.objects.filter(chain=f"dossier/{dossier.pk}").latest("seq").kind == "dossier.reprint"
    for actor, pk in ((world.policeman, notice.pk), (world.clerk, 10**9)):
        with pytest.raises(NotFound):
            actions.reprint(pk, actor=actor, at=moment(days=1))


# An agency ends -----------------------------------------------------------------------------------------------------------


@pytest.fixture
def successor(world):
    return make_agency("UBND xã An Phú mới", world.province, code="H40.20")


def test_open_work_passes_to_the_successor_with_a_record_codes_and_clocks_untouched(world, successor):
    open_, done, filed = (
        in_review(world),
        ready(world),
        actions.submit(make_intake(world, channel="online"), actor=world.clerk, at=moment()),
    )
    before = (open_.code, open_.due_at, open_.clock_entries.count())
    count = actions.transfer_open_work(
        world.commune, successor, document="NQ 1", actor=world.admin, at=moment(days=1)
    )
    assert count.dossiers == 3
    for dossier in (open_, done, filed):
        dossier.refresh_from_db()
        assert dossier.resolving_agency == successor
    assert (open_.code, open_.due_at, open_.clock_entries.count()) == before
    task = live_task(open_)
    assert (task.agency, task.officer) == (successor, None)
    event = Event.objects.filter(chain=f"dossier/{open_.pk}").latest("seq")
    assert (event.kind, event.data["document"], event.data["tasks"]) == (
        "dossier.transferred_to_successor",
        "NQ 1",
        3,
    )
    assert not done.tasks.filter(agency=successor).exists()
    heir = make_user_with("officer", successor)
    actions.complete_task(task.pk, actor=heir, at=moment(days=1))


def test_only_the_tasks_pass_where_the_agency_helped_another(world, successor):
    dossier = in_review(world)
    dossier.tasks.filter(stage_kind="signature").update(agency=world.police)
    done = actions.transfer_open_work(
        world.police, successor, document="NQ", actor=world.admin, at=moment(days=1)
    )
    assert done.dossiers == 1
    dossier.refresh_from_db()
    assert dossier.resolving_agency == world.commune
    assert dossier.tasks.get(stage_kind="signature").agency == successor


def test_tasks_that_nobody_at_the_successor_may_do_are_told(world, successor):
    dossier = in_review(world)
    tasks = {t.stage_kind: t for t in dossier.tasks.all()}
    make_user_with("leader", successor)
    done = actions.transfer_open_work(
        world.commune, successor, document="NQ", actor=world.admin, at=moment(days=1)
    )
    assert tasks["review"].pk in done.stranded
    assert tasks["signature"].pk not in done.stranded
    event = Event.objects.filter(chain=f"dossier/{dossier.pk}").latest("seq")
    assert event.data["stranded"] == list(done.stranded)


def test_a_division_of_the_successor_may_take_the_officers_tasks(world, successor):
    division = make_agency("Phòng Kinh tế", successor, kind="division")
    make_user_with("officer", division)
    dossier = in_review(world)
    done = actions.transfer_open_work(
        world.commune, successor, tasks_to=division, document="NQ", actor=world.admin, at=moment(days=1)
    )
    places = {t.stage_kind: t.agency for t in dossier.tasks.all()}
    assert (places["review"], places["signature"]) == (division, successor)
    assert live_task(dossier).pk not in done.stranded
    dossier.refresh_from_db()
    assert dossier.resolving_agency == successor


def test_the_tasks_go_to_no_division_of_another_agency(world, successor):
    with pytest.raises(RuleViolation, match="thuộc cơ quan tiếp nhận"):
        actions.transfer_open_work(
            world.commune, successor, tasks_to=world.police, document="NQ", actor=world.admin, at=moment()
        )


def test_a_transfer_of_nothing_is_nothing(world, successor):
    assert not actions.transfer_open_work(
        world.division, successor, document="NQ", actor=world.admin, at=moment()
    )


def test_work_is_not_offered_to_be_given_where_nobody_may_do_it(world):
    dossier = in_review(world)
    for somebody in (True, False):
        powers = authority_of(world.boss, moment().date())
        offered = {choice.code for choice in queries.lawful_actions(dossier, powers)}
        assert ("assign" in offered) is somebody
        Assignment.objects.exclude(user=world.boss).delete()


def test_a_transfer_needs_a_document_two_agencies_and_power_over_both(world, successor):
    with pytest.raises(RuleViolation):
        actions.transfer_open_work(world.commune, successor, document=" ", actor=world.admin, at=moment())
    with pytest.raises(RuleViolation):
        actions.transfer_open_work(
            world.commune, world.commune, document="NQ", actor=world.admin, at=moment()
        )
    local = make_user_with("administrator", world.commune)
    for actor in (world.clerk, local):
        with pytest.raises(NotFound):
            actions.transfer_open_work(world.commune, successor, document="NQ", actor=actor, at=moment())


# Time -------------------------------------------------------------------------------------------------------------------


def test_tick_stops_what_was_never_supplemented_and_seals_the_log(world, capsys):
    dossier = in_review(world)
    actions.request_supplement(dossier.pk, reason="x", items=["y"], actor=world.officer, at=moment(days=1))
    import time_machine

    with time_machine.travel(moment(days=30), tick=False):
        call_command("tick")
        call_command("tick", "--no-seal")
    dossier.refresh_from_db()
    assert dossier.status == Status.STOPPED
    assert "hết hạn bổ sung: 1" in capsys.readouterr().out
    assert User.objects.filter(kind=User.Kind.SYSTEM).count() == 1
    assert Seal.objects.count() == 1


def test_one_failing_job_does_not_keep_the_others_from_running(world, monkeypatch, capsys):
    def fail(**_):
        raise OSError("máy chủ thư không trả lời")

    monkeypatch.setattr("motcua.dossiers.management.commands.tick.deliver_due", fail)
    with pytest.raises(SystemExit):
        call_command("tick")
    out = capsys.readouterr()
    assert "gửi thông báo: LỖI" in out.err
    assert "niêm phong" in out.out


# The log ------------------------------------------------------------------------------------------------------------------


def test_the_log_of_dossiers_verifies_and_is_found_by_code(world):
    dossier = ready(world)
    assert apps.chain_of_code(f" {dossier.code} ") == f"dossier/{dossier.pk}"
    assert apps.chain_of_code("H40.12-261102-9999") is None
    assert verify().is_whole


def test_a_message_carries_only_files_of_its_own_writer(world, scan):
    dossier = in_review(world)
    with pytest.raises(NotFound):
        actions.write_message(dossier.pk, "Xem tệp", file_ids=[scan.pk], actor=world.officer, at=moment())
    StoredFile.objects.filter(pk=scan.pk).update(uploaded_by_id=world.officer.pk)
    sent = actions.write_message(dossier.pk, "Xem tệp", file_ids=[scan.pk], actor=world.officer, at=moment())
    assert sent.files.get().file_id == scan.pk


def test_who_only_looks_at_a_dossier_leaves_the_citizens_messages_unread(world):
    dossier = in_review(world)
    looker = make_user_with("inspector", world.commune)
    assert actions.mark_messages_read(dossier.pk, actor=looker, at=moment()) == 0


def test_a_reason_to_ask_for_more_has_a_name_and_an_end_after_its_beginning(world):
    fixed = {"words": "Nộp lại", "valid_from": date(2026, 1, 1), "actor": world.head, "at": moment()}
    for change, field in (({"name": " "}, "name"), ({"valid_to": date(2025, 12, 31)}, "valid_to")):
        given = {"name": "Mờ", "valid_to": None, **fixed, **change}
        with pytest.raises(RuleViolation) as refused:
            actions.write_reason(world.commune, **given)
        assert refused.value.field == field
    with pytest.raises(NotFound):
        actions.change_reason(10**9, name="Mờ", valid_to=None, **fixed)


def test_a_reason_is_changed_and_ended_by_the_agency_that_keeps_it_and_both_are_in_its_log(world):
    fixed = {"valid_from": date(2026, 1, 1), "at": moment()}
    row = actions.write_reason(
        world.commune, name="Ảnh mờ", words="Nộp lại", valid_to=None, actor=world.head, **fixed
    )
    neighbour = make_agency("UBND xã Khác", world.province, code="H40.31")
    change = {"name": "Ảnh chụp mờ", "words": "Chụp lại", "valid_to": date(2026, 12, 31), **fixed}
    with pytest.raises(NotFound):
        actions.change_reason(row.pk, actor=make_user_with("office_head", neighbour), **change)
    made = actions.change_reason(row.pk, actor=world.head, **change)
    assert (made.code, made.name, made.words, made.valid_to) == (
        "anh-mo",
        "Ảnh chụp mờ",
        "Chụp lại",
        date(2026, 12, 31),
    )
    told = Event.objects.filter(chain=f"agency/{world.commune.pk}", kind__startswith="correction_reason.")
    assert [(e.kind, e.data["valid_to"]) for e in told.order_by("seq")] == [
        ("correction_reason.written", None),
        ("correction_reason.changed", "2026-12-31"),
    ]
