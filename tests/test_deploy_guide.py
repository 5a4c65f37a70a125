"""The guide for operators is true: its files are there and fit each other."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import get_commands

ROOT = Path(settings.BASE_DIR).parent
DEPLOY = ROOT / "docs" / "howto" / "deploy"
GUIDE = (ROOT / "docs" / "howto" / "deploy.md").read_text(encoding="utf-8")
UNITS = sorted(path for path in DEPLOY.iterdir() if path.suffix in (".service", ".timer"))


def test_every_file_of_the_guide_is_there_and_every_file_is_in_the_guide():
    named = set(re.findall(r"(?:motcua[\w.-]*\.(?:service|timer|env)|nginx\.conf)", GUIDE))
    files = {path.name for path in DEPLOY.iterdir()} - {"motcua"}
    assert files <= named
    assert named <= files


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


def test_the_script_can_be_read_by_the_shell():
    subprocess.run(["sh", "-n", str(DEPLOY / "motcua")], check=True)


def test_every_command_of_the_guide_and_of_its_units_is_there():
    units = "\n".join(unit.read_text(encoding="utf-8") for unit in UNITS)
    said = set(re.findall(r"(?m)^motcua ([a-z]+)|bin/motcua ([a-z]+)|`motcua ([a-z]+) ", GUIDE + units))
    assert {name for found in said for name in found if name} <= set(get_commands())


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="systemd is not installed")
def test_the_units_are_accepted_by_systemd():
    command = ["systemd-analyze", "verify", *map(str, UNITS)]
    said = subprocess.run(command, capture_output=True, text=True).stderr.splitlines()
    assert [line for line in said if "is not executable: No such file" not in line] == []
