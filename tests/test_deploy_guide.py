"""The guide for operators is true: its files are there and fit each other, and what it backs up can be restored."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection

ROOT = Path(settings.BASE_DIR).parent
DEPLOY = ROOT / "docs" / "howto" / "deploy"
GUIDE = (ROOT / "docs" / "howto" / "deploy.md").read_text(encoding="utf-8")
UNITS = sorted(path for path in DEPLOY.iterdir() if path.suffix in (".service", ".timer"))


def test_every_file_of_the_guide_is_there_and_every_file_is_in_the_guide():
    named = set(
        re.findall(r"(?:motcua[\w.-]*\.(?:service|timer|env)|nginx\.conf|backup\.sh|restore\.sh)", GUIDE)
    )
    files = {path.name for path in DEPLOY.iterdir()} - {"motcua"}
    assert files <= named
    assert named - files <= {"motcua-thu.env"}


@pytest.mark.parametrize("unit", [u for u in UNITS if u.suffix == ".service"], ids=lambda unit: unit.name)
def test_a_folder_that_a_service_writes_is_made_by_the_guide(unit):
    text = unit.read_text(encoding="utf-8")
    made = " ".join(line for line in GUIDE.splitlines() if line.startswith("install -d")).split()
    written = re.search(r"^ReadWritePaths=(.+)$", text, re.MULTILINE)
    assert written
    assert set(written[1].split()) <= set(made)
    assert "ProtectSystem=strict" in text


@pytest.mark.parametrize("package", ["git", "make", "python3-venv", "postgresql", "nginx", "poppler-utils"])
def test_the_guide_installs_what_it_uses(package):
    [line] = [line for line in GUIDE.splitlines() if line.startswith("apt install")]
    assert package in line.split()


@pytest.mark.parametrize("script", ["motcua", "backup.sh", "restore.sh"])
def test_a_script_can_be_read_by_the_shell(script):
    subprocess.run(["sh", "-n", str(DEPLOY / script)], check=True)


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="systemd is not installed")
def test_the_units_are_accepted_by_systemd():
    command = ["systemd-analyze", "verify", *map(str, UNITS)]
    said = subprocess.run(command, capture_output=True, text=True).stderr.splitlines()
    assert [line for line in said if "is not executable: No such file" not in line] == []


class Machine:
    """A home, a database and an environment file, as the guide makes them."""

    def __init__(self, folder: Path, name: str):
        self.home, self.database = folder / name, f"motcua_rehearsal_{name}_{os.getpid()}"
        for part in ("files", "keys", "seals"):
            (self.home / part).mkdir(parents=True)
        given = connection.get_connection_params()
        place = f"{given.get('user') or ''}@{given.get('host') or '127.0.0.1'}:{given.get('port') or 5432}"
        self.url = f"postgresql://{place}/{self.database}"
        self.env = folder / f"{name}.env"
        self.env.write_text(f'MOTCUA_HOME={self.home}\nDATABASE_URL="{self.url}"\n', encoding="utf-8")
        self.app = folder / "app"

    def run(self, *command: str | Path, check: bool = True) -> subprocess.CompletedProcess[str]:
        kept = {
            name: value
            for name, value in os.environ.items()
            if name in ("PATH", "HOME", "LANG", "PGPASSWORD")
        }
        env = {
            **kept,
            "MOTCUA_ENV": str(self.env),
            "MOTCUA_APP": str(self.app),
            "MOTCUA_HOME": str(self.home),
        }
        env["DATABASE_URL"] = self.url
        done = subprocess.run(list(map(str, command)), env=env, cwd=ROOT, capture_output=True, text=True)
        assert not check or done.returncode == 0, done.stdout + done.stderr
        return done

    def motcua(self, *arguments: str) -> str:
        return self.run(self.app / ".venv/bin/motcua", *arguments).stdout


@pytest.fixture
def machines(tmp_path):
    """A machine to back up and an empty one, on the server that the tests use."""
    if connection.vendor != "postgresql":
        pytest.skip("of PostgreSQL alone")
    program = tmp_path / "app/.venv/bin/motcua"
    program.parent.mkdir(parents=True)
    program.write_text(f'#!/bin/sh\nexec {sys.executable} -c "from motcua.cli import main; main()" "$@"\n')
    program.chmod(0o755)
    both = Machine(tmp_path, "old"), Machine(tmp_path, "new")
    for one in both:
        _server(f'CREATE DATABASE "{one.database}" TEMPLATE template0')
    yield both
    for one in both:
        _server(f'DROP DATABASE IF EXISTS "{one.database}"')


def _server(statement: str) -> None:
    import psycopg

    given = {**connection.get_connection_params(), "dbname": "postgres"}
    wanted = {name: given[name] for name in ("dbname", "user", "host", "port", "password") if given.get(name)}
    with psycopg.connect(**wanted, autocommit=True) as server:
        server.execute(statement)


@pytest.mark.django_db  # so that the run on the second engine takes it
@pytest.mark.skipif(not shutil.which("pg_dump"), reason="pg_dump is not installed")
def test_what_is_backed_up_is_restored_whole_while_work_goes_on(machines, tmp_path):
    """Backed up by backup.sh; sealed again afterwards; restored by restore.sh elsewhere; nothing is missing, nothing broken."""
    old, new = machines
    old.motcua("migrate", "--verbosity", "0")
    old.motcua(
        "install", "--admin", "quantri", "--agency", "UBND xã Mẫu", "--code", "H40.12", "--level", "commune"
    )
    old.motcua("audit", "seal")
    (old.home / "files" / "to.pdf").write_bytes(b"%PDF")
    backups = tmp_path / "backups"
    old.run("sh", DEPLOY / "backup.sh", backups)
    [copy] = backups.iterdir()
    old.motcua(
        "install", "--admin", "quantri2", "--agency", "UBND xã Mẫu", "--code", "H40.12", "--level", "commune"
    )
    old.motcua("audit", "seal")
    said = new.run("sh", DEPLOY / "restore.sh", copy).stdout
    assert said.endswith("Nhật ký toàn vẹn.\n")
    assert "1 niêm phong; 0 sự kiện chưa niêm phong" in said
    assert (new.home / "files" / "to.pdf").read_bytes() == b"%PDF"
    assert (new.home / "secret_key").read_text() == (old.home / "secret_key").read_text()
    assert len(list((new.home / "seals").iterdir())) == 1
    again = new.run("sh", DEPLOY / "restore.sh", copy, check=False)
    assert (again.returncode, "nơi trống" in again.stderr) == (2, True)
    (copy / "files.tar").write_bytes(b"broken")
    (new.home / "keys" / "audit-ed25519.pem").unlink()
    assert "files.tar" in new.run("sh", DEPLOY / "restore.sh", copy, check=False).stdout
