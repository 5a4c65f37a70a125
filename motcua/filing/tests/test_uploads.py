"""Files: whole and in parts, cleaned, refused, nobody else's."""

from hashlib import sha256
from io import BytesIO
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from motcua.accounts.testing import make_citizen
from motcua.core.errors import NotFound, RuleViolation
from motcua.dossiers.testing import moment
from motcua.files.queries import read
from motcua.filing import actions, queries
from motcua.filing.models import Application, Upload, UploadPart
from motcua.filing.rules import chunks
from motcua.filing.rules.chunks import Fate
from motcua.filing.testing import PDF, Online, photo
from motcua.procedures.models import Paper


def slot_of(online: Online, name: str = "Tờ khai") -> str:
    return f"paper/{Paper.objects.get(version=online.version, name=name).pk}"


def announce(online: Online, made: Application, content: bytes, name: str = "ảnh.jpg") -> Upload:
    return actions.begin_upload(
        made.pk,
        slot_of(online),
        name,
        len(content),
        sha256(content).hexdigest(),
        actor=online.citizen,
        at=moment(),
    )


def send(online: Online, upload: Upload, offset: int, part: bytes, mark: str = "") -> tuple[Upload, Fate]:
    return actions.add_part(
        upload.application_id,
        upload.pk,
        offset=offset,
        content=part,
        sha256=mark or sha256(part).hexdigest(),
        actor=online.citizen,
        at=moment(),
    )


def finish(online: Online, upload: Upload) -> actions.Finished:
    return actions.finish_upload(upload.application_id, upload.pk, actor=online.citizen, at=moment())


def test_a_file_in_parts_survives_a_broken_network(online: Online) -> None:
    made, content = online.begin(), photo(90, 60)
    half = len(content) // 2
    first = announce(online, made, content)
    upload, fate = send(online, first, 0, content[:half])
    assert (upload.received, fate) == (half, Fate.TAKE)
    again = announce(online, made, content)  # the page was loaded anew, the same file chosen
    assert (again.pk, again.received) == (first.pk, half)
    assert send(online, again, 0, content[:half])[1] is Fate.KNOWN  # the answer was lost, the part sent twice
    assert send(online, again, half + 1, content[half + 1 :])[1] is Fate.GAP
    with pytest.raises(RuleViolation, match="chưa gửi hết"):
        finish(online, again)
    send(online, again, half, content[half:])
    kept = finish(online, again).upload
    assert kept is not None
    assert kept.state == "stored"
    assert not UploadPart.objects.exists()
    assert finish(online, again).upload == kept  # twice does no harm
    assert send(online, again, 0, content[:half])[1] is Fate.KNOWN
    assert announce(online, made, content).pk == kept.pk


def test_a_garbled_part_is_sent_again(online: Online) -> None:
    made, content = online.begin(), photo()
    upload = announce(online, made, content)
    with pytest.raises(RuleViolation, match="bị hỏng"):
        send(online, upload, 0, content, sha256(b"khac").hexdigest())
    assert not UploadPart.objects.exists()


def test_parts_that_do_not_make_what_was_announced_are_thrown_away(online: Online) -> None:
    made, content = online.begin(), photo()
    upload = announce(online, made, content)
    send(online, upload, 0, b"x" * len(content))
    found = finish(online, upload)
    assert found.upload is None
    assert "không giống" in found.refusal
    assert not Upload.objects.exists()


@pytest.mark.parametrize(
    ("name", "content"), [("ảnh.jpg", PDF), ("chay.pdf", b"MZ" + b"\0" * 50), ("a.exe", b"MZ\0")]
)
def test_a_file_is_what_its_bytes_say(online: Online, name: str, content: bytes) -> None:
    made = online.begin()
    upload = announce(online, made, content, name)
    send(online, upload, 0, content)
    assert finish(online, upload).refusal
    assert not Upload.objects.exists()
    with pytest.raises(RuleViolation):
        actions.attach(
            made.pk, slot_of(online), SimpleUploadedFile(name, content), actor=online.citizen, at=moment()
        )


def test_a_picture_is_turned_stripped_and_reduced(online: Online) -> None:
    notes = Image.Exif()
    notes[0x0112], notes[0x8825] = 6, {1: "N"}  # lies on its side; the place where it was taken
    target = BytesIO()
    Image.new("RGB", (3000, 1500), "white").save(target, "JPEG", exif=notes)
    made = online.begin()
    kept = actions.attach(
        made.pk,
        slot_of(online),
        SimpleUploadedFile("a.jpg", target.getvalue()),
        actor=online.citizen,
        at=moment(),
    )
    with Image.open(BytesIO(read(kept.file))) as found:
        assert (found.size, dict(found.getexif())) == ((1200, 2400), {})


def test_a_dim_photograph_of_a_paper_is_made_brighter(online: Online) -> None:
    target, dim = BytesIO(), Image.new("RGB", (300, 400), (140, 140, 135))
    dim.paste((60, 60, 60), (50, 50, 250, 90))
    dim.save(target, "JPEG")
    photo = SimpleUploadedFile("a.jpg", target.getvalue())
    kept = actions.attach(online.begin().pk, slot_of(online), photo, actor=online.citizen, at=moment())
    with Image.open(BytesIO(read(kept.file))) as found:
        assert min(found.getpixel((10, 300))) > 180


def test_the_same_file_sent_twice_is_kept_once(online: Online) -> None:
    made = online.begin()
    kept = [
        actions.attach(
            made.pk, slot_of(online), SimpleUploadedFile("a.pdf", PDF), actor=online.citizen, at=moment()
        )
        for _ in range(2)
    ]
    assert kept[0].pk == kept[1].pk
    assert Upload.objects.count() == 1


@pytest.mark.parametrize(
    "slot", ["paper/0", "paper/x", "paper/99999999999999999999", "field/khong.co", "", "../etc"]
)
def test_a_file_has_a_place_or_is_not_taken(online: Online, slot: str) -> None:
    with pytest.raises(NotFound):
        actions.attach(
            online.begin().pk, slot, SimpleUploadedFile("a.pdf", PDF), actor=online.citizen, at=moment()
        )


def test_announcing_needs_a_hash_and_a_size_that_is_taken(online: Online, settings) -> None:
    made = online.begin()
    with pytest.raises(RuleViolation, match="mã kiểm tra"):
        actions.begin_upload(made.pk, slot_of(online), "a.pdf", 5, "", actor=online.citizen, at=moment())
    settings.UPLOAD_MAX_MB = 1
    with pytest.raises(RuleViolation, match="lớn hơn 1 MB"):
        actions.begin_upload(
            made.pk, slot_of(online), "a.pdf", 2**21, "a" * 64, actor=online.citizen, at=moment()
        )


def test_a_draft_is_full_at_some_point(online: Online, monkeypatch: pytest.MonkeyPatch) -> None:
    made = online.begin()
    monkeypatch.setattr(chunks, "require_room", lambda count, most: chunks_refuse(count))
    announce(online, made, b"a", "a.pdf")
    with pytest.raises(RuleViolation, match="đầy"):
        announce(online, made, b"b", "b.pdf")


def chunks_refuse(count: int) -> None:
    if count:
        raise RuleViolation("đầy")


def test_an_upload_of_another_person_does_not_exist(online: Online) -> None:
    made, content = online.begin(), photo()
    upload = announce(online, made, content)
    other = Online(online.world, make_citizen("Trần Văn Lạ", "001099000009", "0900000009"), online.version)
    theirs = other.begin()
    for act in (
        lambda: send(other, upload, 0, content),
        lambda: finish(other, upload),
        lambda: announce(other, made, content),
        lambda: actions.remove_upload(made.pk, upload.pk, actor=other.citizen, at=moment()),
        lambda: queries.access_upload(other.citizen, made.pk, upload.pk),
        lambda: queries.access_upload(other.citizen, theirs.pk, upload.pk),  # under one's own draft
        lambda: actions.remove_upload(theirs.pk, upload.pk, actor=other.citizen, at=moment()),
    ):
        with pytest.raises(NotFound):
            act()


def test_a_file_taken_out_is_deleted(online: Online, django_capture_on_commit_callbacks) -> None:
    made = online.begin()
    kept = actions.attach(
        made.pk, slot_of(online), SimpleUploadedFile("a.pdf", PDF), actor=online.citizen, at=moment()
    )
    with django_capture_on_commit_callbacks(execute=True):
        actions.remove_upload(made.pk, kept.pk, actor=online.citizen, at=moment())
    kept.file.refresh_from_db()
    assert not kept.file.can_open
    assert not Upload.objects.exists()


def test_parts_of_a_file_that_never_came_whole_go_after_two_days(online: Online) -> None:
    made, content = online.begin(), photo()
    upload = announce(online, made, content)
    send(online, upload, 0, content[:10])
    actions.expire_drafts(actor=online.world.admin, at=moment(days=1))
    assert UploadPart.objects.exists()
    actions.expire_drafts(actor=online.world.admin, at=moment(days=3))
    again = announce(online, made, content)
    assert (UploadPart.objects.exists(), again.received) == (False, 0)


def test_nothing_is_added_to_what_was_sent(online: Online) -> None:
    made, _dossier = online.sent()
    with pytest.raises(NotFound):
        actions.attach(
            made.pk, slot_of(online), SimpleUploadedFile("b.pdf", PDF), actor=online.citizen, at=moment()
        )
    with pytest.raises(NotFound):
        actions.remove_upload(made.pk, made.uploads.get().pk, actor=online.citizen, at=moment())
    with pytest.raises(NotFound):
        queries.access_upload(online.citizen, made.pk, uuid4())
