"""Taking files in, scanning, quarantine."""

import socket
import stat
from datetime import UTC, datetime
from hashlib import sha256
from io import BytesIO

import pytest
from django.contrib.auth import get_user_model
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from motcua.audit.models import Event
from motcua.audit.queries import verify
from motcua.core.errors import NotFound, RuleViolation
from motcua.files import actions, images, queries, scanner, shelf
from motcua.files.models import StoredFile
from motcua.files.rules.policy import Verdict
from motcua.files.tests.conftest import TEST_SIGNATURE, FakeClamd, archive, docx, pdf, picture

AT = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)


@pytest.fixture
def clerk(db):
    return get_user_model().objects.create_user("can.bo", full_name="Trần Thị Mẫu")


def _upload(name, content):
    return SimpleUploadedFile(name, content)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("đơn.pdf", pdf()),
        ("ảnh.jpg", picture("JPEG")),
        ("ảnh.png", picture("PNG", mode="RGBA")),
        ("tờ khai.docx", docx()),
        ("bảng.xlsx", archive({"[Content_Types].xml": "x", "xl/workbook.xml": "x"})),
        ("văn bản.odt", archive({"mimetype": "application/vnd.oasis.opendocument.text"})),
    ],
)
def test_a_clean_file_is_kept_under_its_hash_and_opens(clerk, clamd, name, content):
    file = actions.store(_upload(name, content), actor=clerk, at=AT)
    kept = queries.read(file)
    assert (file.name, file.state, file.can_open, file.needs_warning) == (name, "safe", True, False)
    assert sha256(kept).hexdigest() == file.sha256
    assert file.original_sha256 == sha256(content).hexdigest()
    assert file.size == len(kept)
    path = shelf.path_of(file.sha256)
    assert path.parts[-3:-1] == (file.sha256[:2], file.sha256[2:4])
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert clamd.seen == [kept]
    assert Event.objects.get().data["sha256"] == file.sha256
    assert verify().is_whole


def test_the_same_content_lies_on_disk_once(clerk, clamd):
    first = actions.store(pdf(), name="a.pdf", actor=clerk, at=AT)
    second = actions.store(pdf(), name="b.pdf", actor=clerk, at=AT)
    assert first.sha256 == second.sha256
    assert len([*shelf.path_of(first.sha256).parent.iterdir()]) == 1


def test_what_a_camera_wrote_beside_the_picture_is_left_behind(clerk, clamd):
    exif = Image.Exif()
    exif[0x0110] = "Máy ảnh mẫu"
    exif[0x8825] = {1: "N", 2: (21.0, 1.0, 2.0)}
    exif[0x0112] = 6  # turned by a quarter
    content = picture("JPEG", size=(40, 20), exif=exif) + b"hidden after the end"
    file = actions.store(content, name="a.jpg", actor=clerk, at=AT)
    kept = queries.read(file)
    with Image.open(BytesIO(kept)) as found:
        assert not found.getexif()
        assert found.size == (20, 40)
    assert b"Exif" not in kept
    assert b"hidden" not in kept


@pytest.mark.parametrize(
    ("form", "mode"), [("JPEG", "CMYK"), ("JPEG", "L"), ("PNG", "P"), ("PNG", "LA"), ("PNG", "1")]
)
def test_pictures_of_every_mode_are_made_anew(form, mode):
    made, _ = images.bare(picture(form, mode=mode), "image/jpeg" if form == "JPEG" else "image/png")
    with Image.open(BytesIO(made)) as found:
        assert found.size == (40, 20)


def test_a_png_loses_its_text_chunks():
    from PIL import PngImagePlugin

    notes = PngImagePlugin.PngInfo()
    notes.add_text("Author", "Nguyễn Văn Mẫu")
    made, _ = images.bare(picture("PNG", pnginfo=notes), "image/png")
    with Image.open(BytesIO(made)) as found:
        assert not found.text


def test_a_picture_of_a_phone_in_heic_is_kept_as_jpeg_without_place_and_owner(clerk, clamd):
    notes = Image.Exif()
    notes[0x013B] = "Nguyễn Văn Mẫu"  # who took it
    target = BytesIO()
    Image.new("RGB", (64, 32), "red").save(target, "HEIF", exif=notes)
    file = actions.store(_upload("giấy ra viện.HEIC", target.getvalue()), actor=clerk, at=AT)
    assert (file.name, file.media_type) == ("giấy ra viện.jpg", "image/jpeg")
    with Image.open(BytesIO(queries.read(file))) as found:
        assert (found.format, found.size, dict(found.getexif())) == ("JPEG", (64, 32), {})


@pytest.mark.parametrize(
    ("form", "mode", "longest", "size"),
    [
        ("JPEG", "RGB", 20, (20, 10)),
        ("PNG", "P", 20, (20, 10)),
        ("PNG", "1", 10, (10, 5)),
        ("PNG", "RGBA", 40, (40, 20)),
    ],
)
def test_a_picture_is_reduced_to_what_is_needed_to_read_it(form, mode, longest, size):
    made, kind = images.bare(picture(form, mode=mode), f"image/{form.lower()}", longest)
    with Image.open(BytesIO(made)) as found:
        assert (found.size, kind) == (size, f"image/{form.lower()}")


def test_a_file_thrown_away_leaves_its_row_and_the_same_content_of_another(
    clerk, clamd, django_capture_on_commit_callbacks
):
    first, twin = (actions.store(_upload("a.pdf", pdf()), actor=clerk, at=AT) for _ in range(2))
    with django_capture_on_commit_callbacks(execute=True):
        gone = actions.erase(first.pk, reason="người nộp bỏ tệp", actor=clerk, at=AT)
    assert (gone.can_open, gone.state_note) == (False, "người nộp bỏ tệp")
    assert queries.read(twin) == pdf()
    with django_capture_on_commit_callbacks(execute=True):
        actions.erase(twin.pk, reason="người nộp bỏ tệp", actor=clerk, at=AT)
    assert not shelf.path_of(first.sha256).exists()


def test_a_picture_of_too_many_points_is_refused_before_it_is_unpacked(monkeypatch):
    monkeypatch.setattr(images, "MAX_POINTS", 100)
    with pytest.raises(RuleViolation, match="điểm ảnh"):
        images.bare(picture(), "image/jpeg")


def test_a_broken_picture_is_refused(clerk, clamd):
    with pytest.raises(RuleViolation, match="Không đọc được ảnh"):
        actions.store(picture()[:200], name="a.jpg", actor=clerk, at=AT)


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("a.pdf", b"", "rỗng"),
        ("a.exe", b"MZ" + bytes(50), "không được nhận"),
        ("a.pdf", picture(), "không khớp"),
        ("a.docx", b"PK\x03\x04 broken", "không được nhận"),
        ("a.docx", docx(**{"word/vbaProject.bin": "x"}), "macro"),
    ],
)
def test_what_is_not_taken_is_said_and_nothing_kept(clerk, clamd, name, content, said):
    with pytest.raises(RuleViolation, match=said):
        actions.store(_upload(name, content), actor=clerk, at=AT)
    assert not StoredFile.objects.exists()
    assert clamd.seen == []


def test_a_file_beyond_the_limit_is_refused_without_being_read(clerk, clamd, settings, monkeypatch):
    settings.UPLOAD_MAX_MB = 0
    upload = _upload("a.pdf", pdf())
    monkeypatch.setattr(SimpleUploadedFile, "read", None)
    with pytest.raises(RuleViolation, match="lớn hơn"):
        actions.store(upload, actor=clerk, at=AT)


def test_an_infected_file_is_refused_and_its_content_not_kept(clerk, clamd):
    content = pdf(TEST_SIGNATURE)
    with pytest.raises(RuleViolation, match="mã độc"):
        actions.store(_upload("a.pdf", content), actor=clerk, at=AT)
    assert not shelf.path_of(sha256(content).hexdigest()).exists()


@pytest.mark.parametrize(
    ("policy", "state", "opens", "warns"),
    [("quarantine", "quarantine", False, False), ("accept", "unscanned", True, True)],
)
def test_without_a_scanner_the_policy_decides(clerk, no_clamd, settings, policy, state, opens, warns):
    settings.UPLOAD_UNSCANNED = policy
    file = actions.store(_upload("a.pdf", pdf(b"p")), actor=clerk, at=AT)
    assert (file.state, file.can_open, file.needs_warning) == (state, opens, warns)
    if not opens:
        with pytest.raises(NotFound, match="chưa mở được"):
            queries.read(file)


def test_without_a_scanner_files_may_be_refused(clerk, no_clamd, settings):
    settings.UPLOAD_UNSCANNED = "refuse"
    with pytest.raises(RuleViolation, match="Chưa có chương trình quét"):
        actions.store(_upload("a.pdf", pdf()), actor=clerk, at=AT)


def test_what_the_software_prints_needs_no_scanner(clerk, no_clamd):
    file = actions.store(pdf(), name="kết quả.pdf", made_here=True, actor=clerk, at=AT)
    assert (file.state, str(file)) == ("safe", "kết quả.pdf")


def test_a_silent_scanner_leaves_the_file_waiting_and_it_is_scanned_later(clerk, clamd, caplog):
    clamd.silent = True
    clean = actions.store(pdf(b"clean later"), name="a.pdf", actor=clerk, at=AT)
    bad = actions.store(pdf(TEST_SIGNATURE), name="b.pdf", actor=clerk, at=AT)
    assert {clean.state, bad.state} == {"pending"}
    assert actions.rescan_waiting(at=AT) == 0
    clamd.silent = False
    assert actions.rescan_waiting(at=AT) == 2
    clean.refresh_from_db()
    bad.refresh_from_db()
    assert (clean.state, bad.state, bad.state_note) == ("safe", "infected", "Motcua.Test")
    with pytest.raises(NotFound):
        queries.read(bad)
    assert not queries.waiting().exists()
    assert verify().is_whole


def test_an_infected_content_leaves_the_disk(clerk, clamd, django_capture_on_commit_callbacks):
    clamd.silent = True
    bad = actions.store(pdf(TEST_SIGNATURE), name="b.pdf", actor=clerk, at=AT)
    twin = actions.store(pdf(TEST_SIGNATURE), name="c.pdf", actor=clerk, at=AT)
    clamd.silent = False
    with django_capture_on_commit_callbacks(execute=True):
        actions.rescan(bad.pk, actor=None, at=AT)
    assert not shelf.path_of(bad.sha256).exists()
    twin.refresh_from_db()
    assert twin.state == "infected"
    assert Event.objects.filter(kind="file.infected").count() == 2


def test_without_a_scanner_nothing_is_scanned_again(clerk, no_clamd):
    actions.store(pdf(), name="a.pdf", actor=clerk, at=AT)
    assert actions.rescan_waiting(at=AT) == 0


def test_a_person_may_let_a_file_out_with_a_reason(clerk, no_clamd):
    file = actions.store(pdf(), name="a.pdf", actor=clerk, at=AT)
    with pytest.raises(RuleViolation, match="lý do"):
        actions.release(file.pk, reason=" ", actor=clerk, at=AT)
    file = actions.release(file.pk, reason="Tệp do chính tôi quét", actor=clerk, at=AT)
    assert (file.can_open, file.needs_warning) == (True, True)
    assert Event.objects.get(kind="file.released").data["note"] == "Tệp do chính tôi quét"
    with pytest.raises(NotFound, match="cách ly"):
        actions.release(file.pk, reason="x", actor=clerk, at=AT)


def test_a_content_gone_from_the_disk_is_not_found(clerk, clamd):
    file = actions.store(pdf(b"gone"), name="a.pdf", actor=clerk, at=AT)
    shelf.path_of(file.sha256).unlink()
    with pytest.raises(NotFound, match="Không còn nội dung"):
        queries.read(file)


def test_a_content_changed_on_the_disk_is_not_handed_out(clerk, clamd):
    file = actions.store(pdf(b"changed later"), name="a.pdf", actor=clerk, at=AT)
    shelf.path_of(file.sha256).write_bytes(b"%PDF- something else")
    with pytest.raises(NotFound, match="đã bị thay đổi"):
        queries.read(file)


@pytest.mark.parametrize("digest", ["../" * 21 + "x", "ab", "/" * 64])
def test_only_a_hash_leads_to_a_place_on_disk(digest):
    with pytest.raises(ValueError, match="SHA-256"):
        shelf.path_of(digest)


@pytest.mark.parametrize(
    ("answer", "verdict", "note"),
    [
        (b"stream: OK\0", Verdict.CLEAN, ""),
        (b"stream: Eicar-Test-Signature FOUND\0", Verdict.INFECTED, "Eicar-Test-Signature"),
        (b"INSTREAM size limit exceeded. ERROR\0", Verdict.SILENT, "INSTREAM size limit exceeded. ERROR"),
        (b"", Verdict.SILENT, "chương trình quét trả lời rỗng"),
    ],
)
def test_what_clamd_says_is_understood(clamd, answer, verdict, note):
    clamd.answer = answer
    assert scanner.configured().scan(b"x" * 200_000) == scanner.Scan(verdict, note)
    assert clamd.seen == [b"x" * 200_000]


def test_clamd_is_reached_by_a_unix_socket_too(tmp_path):
    path = str(tmp_path / "clamd.sock")
    server = FakeClamd(socket.AF_UNIX, path)
    assert scanner.Clamd(path).scan(b"x").verdict is Verdict.CLEAN
    server.close()


@pytest.mark.parametrize("address", ["127.0.0.1:1", "/nowhere/clamd.sock", "127.0.0.1:x"])
def test_a_scanner_that_is_not_there_is_silent(address):
    scan = scanner.Clamd(address, timeout=1).scan(b"x")
    assert scan.verdict is Verdict.SILENT
    assert "không trả lời" in scan.note
