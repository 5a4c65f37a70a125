"""Files of papers, decisions and boards: who attaches, who opens, what waits."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.files.uploadedfile import SimpleUploadedFile

from motcua.audit.models import Event
from motcua.core.errors import NotFound, RuleViolation
from motcua.files.actions import release
from motcua.files.models import StoredFile
from motcua.procedures.actions import Decision, Item
from motcua.procedures.models import Paper, ProcedureVersion, PublicationDecision
from motcua.procedures.queries.attachments import may_open, public_files
from motcua.procedures.rules.attachments import FileKind
from motcua.procedures.testing import make_version
from motcua.procedures.tests.acts import DECISION, act, kinds, publish
from motcua.procedures.tests.conftest import AT, TODAY
from motcua.procedures.tests.screens import CODE, page, url

pytestmark = pytest.mark.usefixtures("frozen_day")
FORM, SAMPLE = FileKind.FORM, FileKind.SAMPLE
DECISION_TYPED = {
    "number": "9/QĐ",
    "issuer": "UBND tỉnh",
    "issued_on": "20/11/2026",
    "effective_on": "20/11/2026",
}


def pdf(name: str = "to-khai.pdf", text: bytes = b"x") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, b"%PDF-1.7\n" + text + b"\n%%EOF\n")


def let_out(world) -> StoredFile:
    return release(StoredFile.objects.latest("pk").pk, reason="Đã quét ngoài", actor=world.system, at=AT)


@pytest.fixture
def paper(version) -> Paper:
    return version.papers.get()


@pytest.fixture
def draft(world, version) -> ProcedureVersion:
    return act(world, "draft_version", CODE)


def test_a_form_is_attached_to_a_draft_exchanged_and_taken_away(world, version, draft):
    paper = draft.papers.get()
    first = act(world, "attach_file", paper.pk, FORM, pdf(), actor=world.controller)
    second = act(world, "attach_file", paper.pk, FORM, pdf(text=b"y"), actor=world.controller)
    paper.refresh_from_db()
    assert (paper.form_file_id, paper.sample_file_id) == (second.pk, None)
    assert not second.is_personal
    act(world, "remove_file", paper.pk, FORM, actor=world.controller)
    paper.refresh_from_db()
    assert paper.form_file_id is None
    assert kinds(version)[1:] == [
        "procedure.file_attached",
        "procedure.file_attached",
        "procedure.file_removed",
    ]
    about = Event.objects.filter(kind="procedure.file_attached").first().data
    assert about == {"version": 2, "paper": 1, "kind": "mau", "file": first.pk, "sha256": first.sha256}
    with pytest.raises(RuleViolation, match="Không có tệp"):
        act(world, "remove_file", paper.pk, FORM)


def test_what_a_published_version_shows_stays_but_what_it_lacks_may_come(world, version, paper):
    act(world, "attach_file", paper.pk, SAMPLE, pdf())
    with pytest.raises(RuleViolation, match="giữ nguyên tệp"):
        act(world, "attach_file", paper.pk, SAMPLE, pdf())
    with pytest.raises(RuleViolation, match="Lập dự thảo sửa đổi để gỡ"):
        act(world, "remove_file", paper.pk, SAMPLE)
    StoredFile.objects.update(state="infected")
    assert act(world, "attach_file", paper.pk, SAMPLE, pdf()).state == "quarantine"


def test_a_note_has_no_form_and_a_bad_file_is_refused(world, version, paper):
    with pytest.raises(RuleViolation, match="không được nhận"):
        act(world, "attach_file", paper.pk, FORM, SimpleUploadedFile("x.pdf", b"MZ"))
    Paper.objects.update(note_only=True)
    with pytest.raises(RuleViolation, match="ghi chú"):
        act(world, "attach_file", paper.pk, FORM, pdf())
    with pytest.raises(NotFound):
        act(world, "attach_file", 999_999, FORM, pdf())
    assert not StoredFile.objects.exists()


@pytest.mark.parametrize("name", ["attach_file", "remove_file"])
def test_only_the_keepers_of_the_catalogue_touch_its_files(world, paper, name):
    args = (paper.pk, FORM, *([pdf()] if name == "attach_file" else []))
    with pytest.raises(NotFound):
        act(world, name, *args, actor=world.clerk)
    with pytest.raises(RuleViolation, match="cấp cao nhất"):
        act(world, name, *args, actor=world.local)


def test_the_next_version_keeps_the_files_and_leaves_the_old_ones_alone(world, version, paper):
    stored = act(world, "attach_file", paper.pk, FORM, pdf())
    draft = act(world, "draft_version", CODE)
    copy = draft.papers.get()
    assert copy.form_file_id == stored.pk
    act(world, "remove_file", copy.pk, FORM)
    paper.refresh_from_db()
    assert paper.form_file_id == stored.pk


def test_without_a_scanner_a_form_waits_and_is_then_for_everybody(world, version, paper, client):
    act(world, "attach_file", paper.pk, FORM, pdf(), actor=world.controller)
    client.force_login(world.clerk)
    text = page(client, "procedure", CODE)
    assert "Cách ly" in text
    assert url("paper_file", paper.pk, FORM) not in text
    assert client.get(url("public_file", paper.pk, FORM)).status_code == 404
    file = let_out(world)
    assert url("paper_file", paper.pk, FORM) in page(client, "procedure", CODE)
    link = client.get(url("paper_file", paper.pk, FORM)).url
    assert b"".join(client.get(link).streaming_content).startswith(b"%PDF")
    client.logout()
    assert client.get(url("paper_file", paper.pk, FORM)).status_code == 302
    assert client.get(link).status_code == 404
    link = client.get(url("public_file", paper.pk, FORM)).url
    assert b"".join(client.get(link).streaming_content).startswith(b"%PDF")
    assert [one.file for one in public_files(version, TODAY)] == [file]


def test_the_public_sees_no_form_of_a_draft_of_an_internal_or_of_a_coming_procedure(
    world, version, draft, client
):
    paper = draft.papers.get()
    act(world, "attach_file", paper.pk, FORM, pdf(), actor=world.controller)
    file = let_out(world)
    address = url("public_file", paper.pk, FORM)
    assert client.get(address).status_code == 404
    assert not may_open(file, AnonymousUser(), None)
    assert may_open(file, world.clerk, None)
    assert public_files(draft, TODAY) == []
    publish(world, ("amended", CODE), decision=DECISION)
    assert client.get(address).status_code == 404
    ProcedureVersion.objects.filter(pk=draft.pk).update(valid_from=TODAY - timedelta(days=1))
    assert client.get(address).status_code == 302
    assert may_open(file, AnonymousUser(), None)
    draft.procedure.kind = "internal"
    draft.procedure.save()
    assert client.get(address).status_code == 404


@pytest.mark.parametrize("state", ["pending", "quarantine", "infected", "refused", "unscanned"])
def test_only_a_clean_file_is_handed_to_the_public(world, version, paper, client, state):
    file = act(world, "attach_file", paper.pk, FORM, pdf(), actor=world.controller)
    StoredFile.objects.update(state=state)
    assert client.get(url("public_file", paper.pk, FORM)).status_code == 404
    file.refresh_from_db()
    assert not may_open(file, AnonymousUser(), None)
    assert public_files(version, TODAY) == []


def test_a_strangers_file_is_no_matter_of_the_catalogue(world, version, paper):
    from motcua.files.actions import store

    file = store(pdf(), actor=world.controller, at=AT)
    assert not may_open(file, world.clerk, None)
    assert not may_open(file, AnonymousUser(), None)


def test_forms_are_attached_and_taken_away_on_the_screen(world, version, keeper):
    keeper.post(url("draft_start", CODE))
    paper = ProcedureVersion.objects.get(status="draft").papers.get()
    address = url("file_attach", paper.pk, FORM)
    assert address in page(keeper, "draft", CODE)
    assert 'enctype="multipart/form-data"' in page(keeper, "file_attach", paper.pk, FORM)
    assert keeper.post(address, {}).status_code == 422
    answer = keeper.post(address, {"file": SimpleUploadedFile("x.pdf", b"MZ")})
    assert answer.status_code == 422
    assert keeper.post(address, {"file": pdf()}).url == url("draft", CODE)
    assert url("file_remove", paper.pk, FORM) in page(keeper, "draft", CODE)
    assert keeper.post(url("file_remove", paper.pk, FORM)).url == url("draft", CODE)
    assert keeper.get(url("paper_file", paper.pk, FORM)).status_code == 404
    assert keeper.get(url("paper_file", paper.pk, "la")).status_code == 404
    published = version.papers.get()
    assert keeper.post(url("file_attach", published.pk, SAMPLE), {"file": pdf()}).url == url(
        "version", CODE, 1
    )
    text = page(keeper, "version", CODE, 1)
    assert url("file_remove", published.pk, SAMPLE) not in text
    StoredFile.objects.update(state="infected")
    assert "Thay tệp" in page(keeper, "version", CODE, 1)


def test_the_form_of_papers_keeps_their_files(world, version, keeper):
    paper = version.papers.get()
    stored = act(world, "attach_file", paper.pk, FORM, pdf())
    draft = act(world, "draft_version", CODE)
    rows = [
        {"pk": draft.papers.get().pk, "name": "Tờ khai mới"},
        {"pk": paper.pk, "name": "Giấy của bản khác"},
    ]
    act(world, "edit_draft", draft.pk, parts={"papers": rows})
    assert [p.form_file_id for p in draft.papers.all()] == [stored.pk, None]
    paper.refresh_from_db()
    assert (paper.version, paper.name) == (version, "Tờ khai")


def test_a_decision_is_recorded_with_its_scan(world, version, draft, keeper):
    data = DECISION_TYPED | {"items": f"sửa đổi; {CODE}", "scan": pdf("quyet-dinh.pdf")}
    answer = keeper.post(url("decision_new"), data)
    decision = PublicationDecision.objects.get()
    assert answer.url == url("decision", decision.pk)
    file = StoredFile.objects.get(pk=decision.file_id)
    assert Event.objects.get(kind="procedure.amended").data["sha256"] == file.sha256
    assert "Cách ly" in page(keeper, "decision", decision.pk)
    let_out(world)
    assert url("decision_file", decision.pk) in page(keeper, "decision", decision.pk)
    answer = keeper.get(keeper.get(url("decision_file", decision.pk)).url)
    assert b"".join(answer.streaming_content).startswith(b"%PDF")
    assert keeper.post(url("decision_attach", decision.pk), {"file": pdf()}).status_code == 422


def test_a_refused_decision_leaves_no_scan_behind(world, version, keeper):
    data = DECISION_TYPED | {"items": f"sửa đổi; {CODE}", "scan": pdf()}
    assert keeper.post(url("decision_new"), data).status_code == 422
    assert not StoredFile.objects.exists()


def test_the_scan_of_a_decision_may_come_later_and_is_in_every_procedures_log(world, version, draft, keeper):
    other = make_version("1.900002")
    items = [Item("amended", CODE), Item("repealed", other.procedure.code)]
    decision = act(world, "publish", Decision("9/QĐ", TODAY, TODAY, "UBND tỉnh"), items)
    assert "chưa có" in page(keeper, "decision", decision.pk)
    assert keeper.get(url("decision_file", decision.pk)).status_code == 404
    assert keeper.post(url("decision_attach", decision.pk), {"file": pdf()}).url == url(
        "decision", decision.pk
    )
    assert (kinds(version)[-1], kinds(other)[-1]) == ("procedure.decision_scanned",) * 2
    keeper.force_login(world.local)
    assert keeper.get(url("decision_attach", decision.pk)).status_code == 404
    with pytest.raises(RuleViolation, match="cấp cao nhất"):
        act(world, "attach_decision", decision.pk, pdf(), actor=world.local)
