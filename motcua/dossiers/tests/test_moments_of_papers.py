"""Papers of before their moments were kept get those that the acts would have written, as far as anything tells of them."""

from dataclasses import replace
from importlib import import_module

import pytest
from django.apps import apps

from motcua.dossiers import actions
from motcua.dossiers.models import Dossier, DossierPaper, SupplementRequest
from motcua.dossiers.rules.intake import PaperData
from motcua.dossiers.testing import World, in_review, make_intake, moment, receive
from motcua.files.models import StoredFile

NEVER = moment(days=999)
ITEMS = [{"name": "Bản vẽ", "reason": "Thiếu"}]


def a_file(at) -> StoredFile:
    return StoredFile.objects.create(
        name="a.pdf", sha256="0" * 64, size=1, media_type="application/pdf", state="clean", uploaded_at=at
    )


def moments() -> dict[int, tuple]:
    rows = DossierPaper.objects.order_by("pk").values_list("pk", "handed_in_at", "electronic_at")
    return {pk: tuple(kept) for pk, *kept in rows}


def filled() -> dict[int, tuple]:
    """The moments as the migration finds them."""
    DossierPaper.objects.update(handed_in_at=NEVER, electronic_at=NEVER)
    DossierPaper.objects.filter(electronic=0, file=None).update(electronic_at=None)
    import_module("motcua.dossiers.migrations.0022_moments_of_papers").fill(apps, None)
    return moments()


def scan(world: World, paper: DossierPaper, **at) -> None:
    file = a_file(moment(**at))
    actions.attach_scan(paper.pk, file.pk, actor=world.clerk, at=moment(**at))


def bring(world: World, dossier: Dossier, *papers: PaperData, day: int, before: bool = False) -> None:
    ask, answer = actions.request_supplement, actions.complete_supplement
    if before:
        ask, answer = actions.request_supplement_before, actions.complete_presupplement
    asker = world.clerk if before else world.officer
    ask(dossier.pk, reason="Thiếu", items=ITEMS, actor=asker, at=moment(days=day))
    answer(dossier.pk, papers, actor=world.clerk, at=moment(days=day, hours=1))


@pytest.fixture
def supplemented(world) -> Dossier:
    """Filed, two papers brought before acceptance, then one, and one in another's place after it."""
    (paper,) = make_intake(world).papers
    filed = actions.submit(make_intake(world, channel="online"), actor=world.clerk, at=moment())
    more = PaperData("Bản vẽ", electronic=1)
    bring(world, filed, more, replace(more, name="Ảnh"), day=1, before=True)
    in_review(world, actions.accept(filed.pk, actor=world.clerk, at=moment(days=2)), at=moment(days=2))
    place = filed.papers.order_by("pk").first()
    bring(world, filed, PaperData("Đơn"), replace(paper, replaces_id=place.pk), more, day=3)
    return filed


def test_papers_scans_and_files_that_came_with_a_paper(world):
    (paper,) = make_intake(world).papers
    sent = replace(paper, originals=0, electronic=1)
    twice = receive(world, received_at=moment(hours=-0.4)).papers.get()
    for day in (1, 40):
        scan(world, twice, days=day)
    scan(world, receive(world, papers=(sent,)).papers.get(), days=40)
    own = a_file(moment(days=-5))
    for form in ({"electronic": 1}, {"copies": 1}, {}):
        receive(world, papers=(replace(paper, originals=0, file_id=own.pk, **form),))
    receive(world)
    written = moments()
    assert written[twice.pk] == (moment(hours=-0.4), moment(days=1))
    assert filled() == written


def test_a_scan_of_which_the_log_is_silent_is_as_old_as_its_file_and_no_older_than_the_paper(world):
    early, late = receive(world).papers.get(), receive(world).papers.get()
    for paper, day in ((early, -3), (late, 3)):
        DossierPaper.objects.filter(pk=paper.pk).update(
            file=a_file(moment(days=day)), electronic=1, electronic_at=NEVER
        )
    assert filled() == {early.pk: (moment(), moment()), late.pk: (moment(), moment(days=3))}


def test_papers_of_several_supplements(world, supplemented):
    written = moments()
    assert [kept[0] for kept in written.values()] == [
        moment(), *[moment(days=1, hours=1)] * 2, *[moment(days=3, hours=1)] * 2
    ]  # fmt: skip


def test_where_the_log_does_not_agree_with_the_papers_the_last_supplement_brought_them(world, supplemented):
    """One that was named and not there (a row is not made of it) spoils the order."""
    assert {kept[0] for kept in list(filled().values())[1:]} == {moment(days=3, hours=1)}
    SupplementRequest.objects.update(completed_at=None)
    assert {kept[0] for kept in filled().values()} == {moment()}


def test_where_the_log_agrees_each_supplement_brought_its_own(world):
    filed = actions.submit(make_intake(world, channel="online"), actor=world.clerk, at=moment())
    more = PaperData("Bản vẽ", electronic=1)
    bring(world, filed, more, replace(more, name="Ảnh"), day=1, before=True)
    in_review(world, actions.accept(filed.pk, actor=world.clerk, at=moment(days=2)), at=moment(days=2))
    bring(world, filed, PaperData("Đơn", originals=1), day=3)
    written = moments()
    assert len({kept[0] for kept in written.values()}) == 3
    assert filled() == written
