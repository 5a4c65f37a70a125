"""What is backed up comes back whole, or says what did not: `motcua backup`, `restore`, `rehearse`, on the run's engine."""

import hashlib
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from motcua.core import backup
from motcua.core.errors import RuleViolation
from tests.machine import machines

__all__ = ["machines"]  # the fixture

MADE = ("install", "--agency", "UBND xã Mẫu", "--code", "H40.12", "--level", "commune", "--admin")
ADD_FILE = (
    "import django; django.setup()\n"
    "from django.core.files.uploadedfile import SimpleUploadedFile as Upload\n"
    "from motcua.core.moments import now\n"
    "from motcua.files.actions import store\n"
    "store(Upload('to.pdf', b'%PDF-1.4\\n%%EOF', 'application/pdf'), actor=None, at=now())\n"
)


def reseal(copy: Path) -> None:
    """Sums that fit, as somebody would write them who changes a copy on purpose."""
    paths = sorted(path for path in copy.iterdir() if path.name != "SHA256SUMS")
    lines = [f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {path.name}" for path in paths]
    (copy / "SHA256SUMS").write_text("\n".join(lines) + "\n")


@pytest.mark.django_db  # so that the run on the second engine takes it
def test_what_is_backed_up_is_restored_whole_while_work_goes_on(machines, tmp_path):
    """Work done after the copy is not in it, nothing of what was there before is missing, and nothing is written over."""
    old, new = machines
    old.motcua("migrate", "--verbosity", "0")
    old.motcua(*MADE, "quantri")
    old.python(ADD_FILE)
    old.motcua("audit", "seal")
    backups = tmp_path / "backups"
    assert "Đã sao lưu vào" in old.motcua("backup", backups)
    [copy] = backups.iterdir()
    assert copy.stat().st_mode & 0o077 == 0
    old.motcua(*MADE, "quantri2")
    old.motcua("audit", "seal")

    said = old.motcua("rehearse", backups)
    assert said.endswith("Khôi phục đạt: mọi dòng, tệp và sự kiện đã trở lại.\n")

    said = new.motcua("restore", copy)
    assert "khớp từng bảng" in said
    assert "Tệp: 1 nội dung khớp mã băm, 0 thiếu hoặc sai." in said
    assert "1 niêm phong; 0 sự kiện chưa niêm phong" in said
    assert (new.home / "secret_key").read_text() == (old.home / "secret_key").read_text()
    status, said = new.fails("restore", copy)
    assert (status, "nơi trống" in said) == (1, True)

    (copy / "files.tar").write_bytes(b"broken")
    status, said = old.fails("rehearse", copy)
    assert (status, "files.tar" in said) == (1, True)


@pytest.mark.django_db
def test_rows_that_did_not_come_back_are_named(machines, tmp_path):
    """A copy whose account tells of more than it holds, and a file that is gone, fail the restore by name."""
    old, new = machines
    old.motcua("migrate", "--verbosity", "0")
    old.python(ADD_FILE)
    old.motcua("backup", tmp_path / "backups")
    [copy] = (tmp_path / "backups").iterdir()
    manifest = copy / "manifest.json"
    manifest.write_text(manifest.read_text().replace('"files_storedfile": 1', '"files_storedfile": 2'))
    old.python("import tarfile, sys; tarfile.open(sys.argv[1], 'w').close()", copy / "files.tar")
    reseal(copy)
    status, said = new.fails("restore", copy)
    assert status == 1
    assert "bảng files_storedfile: bản sao ghi 2 dòng, khôi phục được 1" in said
    assert "LỆCH: tệp " in said
    assert "Khôi phục KHÔNG đạt." in said


def test_old_copies_are_deleted_and_the_youngest_never(tmp_path):
    now = datetime(2026, 11, 22, tzinfo=UTC)
    for days in (50, 40, 35):
        (tmp_path / (now - timedelta(days=days)).strftime("%Y-%m-%d-%H%M%S")).mkdir()
    (tmp_path / "ghi chú").mkdir()
    gone = backup.prune(tmp_path, at=now, days=30)
    assert [path.name[:10] for path in gone] == ["2026-10-03", "2026-10-13"]
    assert sorted(path.name[:10] for path in tmp_path.iterdir()) == ["2026-10-18", "ghi chú"]


@pytest.mark.parametrize("empty", ["", "x"])
def test_a_folder_without_a_copy_says_so(tmp_path, empty):
    with pytest.raises(RuleViolation, match=r"chưa có bản sao lưu|không phải một bản sao"):
        backup.latest(tmp_path / empty) if not empty else backup.Copy(tmp_path).broken()
