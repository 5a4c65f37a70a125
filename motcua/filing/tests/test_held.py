"""What a person has here already is offered again, and counted when it is asked for all the same."""

from datetime import date
from uuid import uuid4

import pytest

from motcua.accounts.testing import make_citizen
from motcua.core.errors import NotFound
from motcua.dossiers.models import DossierPaper
from motcua.dossiers.testing import moment
from motcua.files.actions import store
from motcua.filing import actions
from motcua.filing.testing import PDF, Online
from motcua.holdings.models import AskedAgain, HeldPaper
from motcua.procedures.models import Paper


@pytest.fixture
def held(online: Online) -> HeldPaper:
    """A paper of the same name as the required one, in the citizen's store."""
    file = store(PDF + b"kho", name="to-khai-cu.pdf", actor=online.citizen, at=moment())
    return HeldPaper.objects.create(
        kind="paper", holder=online.citizen, name="Tờ khai", file=file, issued_on=date(2026, 1, 5), kept_at=moment()
    )  # fmt: skip


def slot_of(online: Online) -> tuple[int, str]:
    paper = Paper.objects.get(version=online.version, name="Tờ khai")
    return paper.pk, f"paper/{paper.pk}"


def test_a_held_paper_is_offered_and_taken_instead_of_asked_again(online: Online, held: HeldPaper) -> None:
    made = online.complete()
    made.uploads.all().delete()
    paper, slot = slot_of(online)
    assert online.journey(made).offers[paper] == [held]
    kept = [actions.take_held(made.pk, slot, held.key, actor=online.citizen, at=moment()) for _ in range(2)]
    assert kept[0].pk == kept[1].pk
    assert online.journey(made).offers[paper] == []
    dossier = actions.submit(made.pk, key=uuid4(), actor=online.citizen, at=moment())
    assert DossierPaper.objects.get(dossier=dossier).file == held.file
    assert not AskedAgain.objects.exists()


def test_a_paper_given_anew_although_held_is_counted(online: Online, held: HeldPaper) -> None:
    _made, dossier = online.sent()
    row = AskedAgain.objects.get()
    assert (row.paper, row.reference, row.procedure_code) == (held, f"dossier/{dossier.pk}", "1.000001")


def test_taking_it_out_of_a_draft_leaves_it_in_the_store(online: Online, held: HeldPaper) -> None:
    made = online.begin()
    taken = actions.take_held(made.pk, slot_of(online)[1], held.key, actor=online.citizen, at=moment())
    actions.remove_upload(made.pk, taken.pk, actor=online.citizen, at=moment())
    held.file.refresh_from_db()
    assert held.file.can_open


def test_anothers_paper_is_not_taken(online: Online, held: HeldPaper) -> None:
    other = Online(online.world, make_citizen("Trần Văn Lạ", "001099000009", "0900000009"), online.version)
    with pytest.raises(NotFound):
        actions.take_held(other.begin().pk, slot_of(online)[1], held.key, actor=other.citizen, at=moment())
