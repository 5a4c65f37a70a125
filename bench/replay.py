"""Histories replayed through the acts, in batches, by some processes: dossiers per second and the peak of memory.

Eight offices; each dossier goes the ordinary ways of the demonstration (supplements, refusals, withdrawals, apologies among
them), by the simulation's clock. Needs DATABASE_URL on PostgreSQL.
PYTHONPATH=. python bench/replay.py [dossiers] [processes]
"""

import json
import os
import resource
import subprocess
import sys
from datetime import date, timedelta
from functools import partial
from itertools import count
from pathlib import Path
from random import Random
from time import perf_counter, process_time

from bench import world as stage
from bench.machine import name
from motcua.agencies.models import OneStopOffice
from motcua.agencies.rules.permissions import Permission
from motcua.agencies.testing import give_role, make_user_with
from motcua.core import store
from motcua.core.moments import to_utc
from motcua.dossiers.models import Dossier
from motcua.dossiers.rules.intake import Intake, PaperData
from motcua.procedures.models import Paper, Procedure, ProcedureVersion
from motcua.scenarios.demo.names import People
from motcua.scenarios.engine import Simulation
from motcua.scenarios.journey import Journey
from motcua.scenarios.turns import Fate

A_DAY = 40
FIRST = date(2025, 2, 3)
FATES = {
    "plain": 0.9,
    "supplement": 0.04,
    "refused": 0.01,
    "stopped": 0.01,
    "withdrawn": 0.02,
    "declined": 0.01,
    "pre_supplement": 0.01,
}


class Office:
    """What one office is asked for, and its rounds of hand-over."""

    def __init__(self, office: OneStopOffice, amount: int) -> None:
        self.office, self.left = office, amount
        self.random = Random(office.pk)
        until = to_utc(date_time(FIRST + timedelta(days=amount * 3)))
        self.simulation = Simulation(office.pk, until)
        self.people = People(self.random, office.name, count(office.pk * 100_000 % 900_000))
        self.procedure = Procedure.objects.first()
        version = ProcedureVersion.objects.get(procedure=self.procedure)
        self.papers = [
            PaperData(p.name, p.pk, originals=p.originals, copies=p.copies)
            for p in Paper.objects.filter(version=version)
        ]
        self.waiting: list[Journey] = []

    def day(self, day: date, moment: object = None) -> None:
        """The arrivals of a day, two rounds, and the next day. Days are put on the clock one after another: memory stays flat."""
        agency = self.office.agency
        opening = self.simulation.office_hours(day, agency)
        if opening is not None:
            for _ in range(min(A_DAY, self.left)):
                at = self.simulation.office_hours(day, agency)
                self.simulation.schedule(at, self.come)
            self.left -= min(A_DAY, self.left)
            start = opening.replace(hour=1, minute=0)
            for hours in (3.4, 7.0):
                self.simulation.schedule(self.simulation.worked(start, hours, agency), self.hand_over)
        if self.left:
            following = day + timedelta(days=1)
            self.simulation.schedule(to_utc(date_time(following)), partial(self.day, following))

    def come(self, at) -> None:
        clerk = self.simulation.someone(Permission.DOSSIER_RECEIVE, self.office.agency, at)
        online = self.random.random() < 0.1
        kind = self.random.choices(list(FATES), list(FATES.values()))[0]
        if not online and kind in ("declined", "pre_supplement"):
            kind = "plain"
        intake = Intake(
            office_id=self.office.pk, procedure_id=self.procedure.pk, channel="online" if online else "counter",
            applicant=self.people.citizen(), papers=tuple(self.papers),
        )  # fmt: skip
        journey = Journey(self.simulation, clerk, Fate(kind, pace=self.random.uniform(0.3, 0.9)))
        journey.arrive(intake, at)
        self.waiting.append(journey)

    def hand_over(self, at) -> None:
        from motcua.dossiers import actions

        ready = [j for j in self.waiting if j.status() == "received"]
        self.waiting = [j for j in self.waiting if j.status() in ("submitted", "pre_supplement")]
        if ready:
            clerk = self.simulation.someone(Permission.DOSSIER_RECEIVE, self.office.agency, at)
            actions.hand_over([j.dossier.pk for j in ready], actor=clerk, at=at)
            for journey in ready:
                journey.look(at)


def date_time(day: date):
    from datetime import datetime, time

    return datetime.combine(day, time(0, 5))


def work(number: int, processes: int, amount: int) -> None:
    """One process: its offices, one after another. Prints what it did."""
    offices = list(OneStopOffice.objects.select_related("agency").order_by("pk"))[number::processes]
    start, processor = perf_counter(), process_time()
    early, refused, flushes = 0, 0, 0
    for place, office in enumerate(offices):
        one = Office(office, amount)
        with store.batch() as batch:
            one.day(FIRST)
            one.simulation.run(batch=batch)
        refused += len(one.simulation.refused)
        flushes += sum(batch.flushes.values())
        for sql in batch.flushes:
            print(sql[:300], file=sys.stderr)
        if place == 0:
            early = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    print(json.dumps({
        "seconds": perf_counter() - start, "processor": process_time() - processor, "first_peak": early // 1024,
        "peak": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024, "refused": refused, "flushes": flushes,
    }))  # fmt: skip


def server_seconds() -> float:
    """Processor time that the server's processes have used so far, when it runs on this machine and may be looked at."""
    ((folder,),) = stage.rows("SHOW data_directory")
    try:
        postmaster = int(Path(folder, "postmaster.pid").read_text(encoding="utf-8").split()[0])
        found = [Path(f"/proc/{postmaster}/stat"), *_children(postmaster)]
        ticks = [path.read_text(encoding="utf-8").rpartition(")")[2].split()[11:15] for path in found]
    except OSError:
        return float("nan")
    own = sum(int(t[0]) + int(t[1]) for t in ticks) + int(ticks[0][2]) + int(ticks[0][3])
    return own / os.sysconf("SC_CLK_TCK")


def _children(parent: int) -> list[Path]:
    listed = Path(f"/proc/{parent}/task/{parent}/children").read_text(encoding="utf-8").split()
    return [Path(f"/proc/{pid}/stat") for pid in listed]


def staff(worlds: list[stage.World]) -> None:
    """Enough people in each commune that whoever resolves, signs and hands over is somebody else each time."""
    for world in worlds:
        give_role(world.clerk, "office_head", world.commune, is_main=False)
        for role in ("officer", "officer", "leader", "leader", "leader"):
            make_user_with(role, world.commune)


def main() -> None:
    amount = int(sys.argv[1]) if len(sys.argv) > 1 else 5000
    processes = int(sys.argv[2]) if len(sys.argv) > 2 else 2
    staff(stage.build())
    each = amount // stage.COMMUNES
    command = [sys.executable, __file__, "--worker"]
    start, server = perf_counter(), server_seconds()
    crowd = [
        subprocess.Popen(
            [*command, str(n), str(processes), str(each)],
            stdout=subprocess.PIPE,
            text=True,
            env={**os.environ},
        )
        for n in range(processes)
    ]
    told = [json.loads(one.communicate()[0]) for one in crowd]
    whole, server = perf_counter() - start, server_seconds() - server
    made = Dossier.objects.count()
    ((events,),) = stage.rows("SELECT count(*) FROM audit_event WHERE chain LIKE 'dossier/%'")
    slowest = max(t["seconds"] for t in told)
    print(f"{name()}")
    print(
        f"{made} hồ sơ, {events / made:.1f} sự kiện mỗi hồ sơ, {processes} tiến trình: {slowest:.1f} s = {made / slowest:,.0f} hồ sơ/s (mục tiêu 400); kể cả khởi động {whole:.1f} s"
    )
    print(
        f"thời gian bộ xử lý của các tiến trình: {1000 * sum(t['processor'] for t in told) / made:.2f} ms mỗi hồ sơ; của PostgreSQL: {1000 * server / made:.2f} ms"
    )
    print(
        f"bộ nhớ cao nhất: {max(t['peak'] for t in told)} MB (sau bộ phận đầu: {max(t['first_peak'] for t in told)} MB); bị từ chối {sum(t['refused'] for t in told)}; ghi sớm {sum(t['flushes'] for t in told)}"
    )


if __name__ == "__main__":
    if "--worker" in sys.argv:
        work(*(int(value) for value in sys.argv[2:5]))
    else:
        main()
