"""A process that is killed at any moment leaves no half act behind: no dossier without its slip, no number lost or doubled."""

import subprocess
from collections import Counter
from collections.abc import Iterator

import pytest

from tests.machine import Machine, machines

__all__ = ["machines"]  # the fixture

SETUP = """
import django; django.setup()
from motcua.dossiers.testing import make_world
make_world()
"""
# Receives dossiers and carries them to their result for as long as it is let, saying when each is done.
WORK = """
import django; django.setup()
import sys
from motcua.accounts.models import User
from motcua.agencies.models import Agency, OneStopOffice
from motcua.dossiers.testing import World, ready
from motcua.procedures.models import Procedure
who = lambda name: User.objects.get(full_name=name)
where = lambda name: Agency.objects.get(name=name)
world = World(
    province=where("Tỉnh Lam Sơn"), commune=where("UBND xã An Phú"), division=where("Phòng Văn hóa - Xã hội"),
    police=where("Công an xã An Phú"), office=OneStopOffice.objects.get(), clerk=who("Trần Thị Tiếp Nhận"),
    officer=who("Lê Văn Thụ Lý"), boss=who("Phạm Thị Ký"), policeman=who("Nguyễn Văn An"), head=who("Võ Thị Trưởng"),
    admin=who("Quản Trị"), procedure=Procedure.objects.get(),
)
while True:
    print(ready(world).code, flush=True)
"""
ASK = """
import django; django.setup()
import json
from motcua.audit.models import Event
from motcua.dossiers.models import ClockEntry, Dossier, DossierTask, Notice, Counter
rows = list(Dossier.objects.order_by("id").values_list("id", "code", "register_number", "status"))
ids = [row[0] for row in rows]
print(json.dumps({
    "rows": rows,
    "without_start": [pk for pk in ids if not ClockEntry.objects.filter(dossier=pk, kind="start").exists()],
    "without_tasks": [pk for pk in ids if not DossierTask.objects.filter(dossier=pk).exists()],
    "slips": sorted(Notice.objects.filter(kind="receipt_slip").values_list("dossier", flat=True)),
    "chains": Event.objects.filter(chain__startswith="dossier/").values("chain").distinct().count(),
    "counters": dict(Counter.objects.values_list("key", "last")),
}))
"""


def killed(machine: Machine, after: int) -> list[str]:
    """Let a process work until it has said so many codes, kill it in the midst of the next act; what it said."""
    with machine.start(WORK) as one:
        said = said_by(one, after)
        one.kill()
    return said


def said_by(process: subprocess.Popen[str], count: int) -> list[str]:
    """The next codes that a working process says."""
    return [line.strip() for line in _lines(process, count)]


def _lines(process: subprocess.Popen[str], count: int) -> Iterator[str]:
    assert process.stdout
    for _ in range(count):
        line = process.stdout.readline()
        assert line, "the process ended by itself"
        yield line


@pytest.mark.django_db
def test_a_process_killed_at_any_moment_leaves_whole_dossiers_and_no_gap_in_the_numbers(machines):
    machine = machines[0]
    machine.motcua("migrate", "--verbosity", "0")
    machine.python(SETUP)
    said = [code for count in (1, 3, 2, 4) for code in killed(machine, count)]
    whole(machine, said)


def whole(machine: Machine, said: list[str]) -> None:
    """What was said to be done is there; nothing is half there, lost or doubled; log and due dates hold."""
    found = machine.json(ASK)
    codes = [code for _, code, _, _ in found["rows"]]
    assert set(said) <= set(codes)
    assert [n for n, times in Counter(codes).items() if times > 1] == []
    numbers = [number for _, _, number, _ in found["rows"]]
    assert numbers == list(range(1, len(numbers) + 1))  # none lost, none doubled
    assert [int(code[-4:]) for code in codes] == numbers
    taken = [last for key, last in found["counters"].items() if key.startswith("register/")]
    assert taken == [len(numbers)]
    assert found["without_start"] == found["without_tasks"] == []
    assert found["slips"] == sorted(pk for pk, *_ in found["rows"])
    assert found["chains"] == len(codes)
    assert "Nhật ký toàn vẹn." in machine.motcua("audit", "verify")
    assert "Mọi hạn trả kết quả khớp" in machine.motcua("dossiers", "verify-clock")
