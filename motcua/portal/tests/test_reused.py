"""What one has told already is not asked again: buttons of an earlier dossier and of the store; the form printed from answers."""

import re
from datetime import datetime
from uuid import uuid4

import pytest
import time_machine
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from motcua.dossiers.actions import accept
from motcua.dossiers.testing import moment
from motcua.eforms.testing import make_form
from motcua.files.actions import store
from motcua.filing import actions
from motcua.filing.models import Application
from motcua.filing.rules import steps
from motcua.filing.testing import PDF, Online, make_online
from motcua.holdings.actions import keep_paper
from motcua.printing.tests.tools import needs_poppler, text_of
from motcua.procedures.models import Paper

pytestmark = pytest.mark.django_db
TOLD = {
    "to-khai-nguoi_khai": {"ho_ten": "Nguyễn Thị Na", "so_dinh_danh": "001099000001", "uy_quyen": "no"},
    "to-khai-noi_dung": {"so_ban": "7"},
    "to-khai-ky": {"chu_ky": {"name": "Nguyễn Thị Na", "agree": "yes"}},
}


@pytest.fixture
def online(settings):
    settings.UPLOAD_UNSCANNED = "accept"
    cache.clear()
    with time_machine.travel(moment(hours=2), tick=False):
        yield make_online()


@pytest.fixture
def citizen(online: Online) -> Client:
    client = Client()
    client.force_login(online.citizen)
    return client


def at(name: str, made: Application, *args: object) -> str:
    return reverse(f"portal:{name}", args=[made.pk, *args])


def filed(online: Online, when: datetime):
    """A dossier sent with the answers told."""
    first = online.complete(at=when)
    for step, given in TOLD.items():
        online.save(first, step, at=when, **given)
    return actions.submit(first.pk, key=uuid4(), actor=online.citizen, at=when)


def test_the_button_fills_in_what_an_earlier_dossier_told(citizen: Client, online: Online) -> None:
    make_form(online.version, paper=Paper.objects.get(version=online.version, name="Tờ khai"))
    dossier = filed(online, moment(hours=1))
    made = online.begin(at=moment(hours=2))
    first = at("file_step", made, "to-khai-nguoi_khai")
    offered = re.search(
        rf'action="({at("file_reuse", made, dossier.pk)})"', citizen.get(first).content.decode()
    )
    assert offered
    done = citizen.post(offered[1], follow=True)
    assert "Đã điền sẵn từ hồ sơ trước" in done.content.decode()
    made.refresh_from_db()
    assert made.answers["noi_dung"]["so_ban"] == 7
    assert 'value="7"' in citizen.get(at("file_step", made, "to-khai-noi_dung")).content.decode()
    other = citizen.post(at("file_reuse", made, dossier.pk + 1))
    assert other.status_code == 404


def test_the_button_takes_a_paper_of_the_store(citizen: Client, online: Online) -> None:
    file = store(PDF + b"kho", actor=online.citizen, at=moment(), name="to-khai.pdf", made_here=True)
    held = keep_paper(file, name="Tờ khai", actor=online.citizen, at=moment())
    made = online.begin(at=moment(hours=2))
    papers = at("file_step", made, steps.PAPERS)
    body = citizen.get(papers).content.decode()
    form = body.split(f'action="{at("file_take_held", made, held.key)}"')[1].split("</form>")[0]
    slot = re.search(r'name="slot" value="([^"]+)"', form)
    assert slot
    done = citizen.post(at("file_take_held", made, held.key), {"slot": slot[1]})
    assert done["Location"] == papers
    assert made.uploads.get().held == str(held.key)
    after = citizen.get(papers).content.decode()
    assert "to-khai.pdf" in after
    assert at("file_take_held", made, held.key) not in after  # taken: not offered again


@needs_poppler
def test_citizen_and_officer_print_the_form_with_its_answers(citizen: Client, online: Online) -> None:
    make_form(online.version, paper=Paper.objects.get(version=online.version, name="Tờ khai"))
    dossier = filed(online, moment(hours=1))
    clerk = online.world.clerk
    accept(dossier.pk, actor=clerk, at=moment(hours=2))
    desk = Client()
    desk.force_login(clerk)
    mine = citizen.get(reverse("portal:mine_application", args=[dossier.pk]))
    theirs = desk.get(reverse("dossiers:application_pdf", args=[dossier.pk]))
    for answer in (mine, theirs):
        assert (answer.status_code, answer["Content-Type"]) == (200, "application/pdf")
        printed = text_of(answer.content)
        for told in ("Tờ khai thử", "Nguyễn Thị Na", "001099000001", "7", "56.000"):
            assert told.casefold() in printed.casefold()
