"""The papers of reports against the text that they had when somebody last looked at them, line by line (pdftotext -layout).

After a wanted change: MOTCUA_GOLDEN=write pytest motcua/statistics/tests/test_golden.py, then read what changed.
"""

import os
from datetime import date
from pathlib import Path

import pytest

from motcua.agencies.testing import make_system_user
from motcua.dossiers.testing import World, moment
from motcua.printing.tests.tools import needs_poppler, text_of
from motcua.procedures.models import LegalBasis, PublicationChange, PublicationDecision
from motcua.statistics.actions import install_index
from motcua.statistics.output import write
from motcua.statistics.output.index766 import Made, write_index
from motcua.statistics.queries import Scope, build
from motcua.statistics.queries.index766 import board
from motcua.statistics.queries.index766_ranking import ranking
from motcua.statistics.rules.periods import Window
from motcua.statistics.rules.reports import form_on

INDEX = {"chi-so-766": board, "chi-so-766-xep-hang": ranking}
GOLDEN = Path(__file__).parent / "golden"
NOVEMBER = Window(date(2026, 11, 1), date(2026, 11, 30), "tháng 11 năm 2026")
PAPERS = {
    "ii-06a": lambda form: form,
    "ii-06a-original": lambda form: form.with_original(),
    "ii-06b": lambda form: form,
    "ii-06c": lambda form: form,
    "ii-07": lambda form: form,
    "07a-btp": lambda form: form,
    "ii-01": lambda form: form,
    "ii-02": lambda form: form,
    "ii-03": lambda form: form,
    "ii-04": lambda form: form,
    "ii-05": lambda form: form,
    "ii-08": lambda form: form,
    "tt01-2018": lambda form: form,
    "tt01-2018-cb": lambda form: form,
}
ENACTED = {"ii-02", "ii-04"}  # these would be all noughts without a decision and a shorter time
PROVINCIAL = {"ii-06b", "ii-06c", "07a-btp"}  # these have their rows from the agencies below


def enact(world: World) -> None:
    """A decision of the commune that amends one procedure and repeals another, the decree behind it, and a shorter time."""
    decision = PublicationDecision.objects.create(
        number="1/QĐ-UBND", issued_on=date(2026, 11, 2), effective_on=date(2026, 11, 9), issuer="UBND xã An Phú"
    )  # fmt: skip
    version = world.procedure.versions.get()
    land = world.others["land"]
    PublicationChange.objects.create(
        decision=decision, procedure=world.procedure, kind="amended", version=version
    )
    PublicationChange.objects.create(decision=decision, procedure=land, kind="repealed")
    LegalBasis.objects.create(version=version, number="9/2026/NĐ-CP", issued_on=date(2026, 11, 1))
    world.procedure.offerings.filter(agency=world.commune).update(
        reduced_amount=3, reduced_unit="working_day"
    )


def lines_of(world: World, name: str) -> list[str]:
    if name in ENACTED:
        enact(world)
    form = PAPERS[name](form_on(name.removesuffix("-original"), NOVEMBER.end))
    scope = Scope(world.province, below=True) if name in PROVINCIAL else Scope(world.commune)
    table = build(form, scope, NOVEMBER, moment(days=90), period="2026-11", basis="calendar")
    return read(write(table, "pdf").content)


def read(paper: bytes) -> list[str]:
    text = text_of(paper, "-layout")
    return [" ".join(line.split()) for line in text.splitlines() if line.strip()]


def hold(name: str, found: list[str]) -> None:
    path = GOLDEN / f"{name}.txt"
    if os.environ.get("MOTCUA_GOLDEN") == "write":
        path.parent.mkdir(exist_ok=True)
        path.write_text("\n".join(found) + "\n", encoding="utf-8")
    assert found == path.read_text(encoding="utf-8").splitlines()


@needs_poppler
@pytest.mark.parametrize("name", PAPERS)
def test_a_paper_reads_as_it_was_approved(world: World, name: str) -> None:
    hold(name, lines_of(world, name))


@needs_poppler
@pytest.mark.parametrize("name", INDEX)
def test_the_index_reads_as_it_was_approved(world: World, name: str) -> None:
    install_index(actor=make_system_user(), at=moment())
    found = INDEX[name](Scope(world.province, below=True), NOVEMBER, moment(days=90))
    hold(name, read(write_index(Made(found, "2026-11", "calendar"), "pdf").content))


def test_golden_texts_belong_to_papers() -> None:
    assert {path.stem for path in GOLDEN.glob("*.txt")} == {*PAPERS, *INDEX}
