"""The screens: what each role gets, that every page renders, that pages and buttons do what they say."""

import pytest
import time_machine
from django.conf import settings
from django.urls import reverse

from motcua.files.actions import store
from motcua.procedures import actions, queries
from motcua.procedures.models import (
    Fee,
    Offering,
    Procedure,
    PublicationDecision,
)
from motcua.procedures.tests.conftest import AT, TODAY
from motcua.procedures.urls import urlpatterns

CODE = "1.001193"


@pytest.fixture(autouse=True)
def _day():
    with time_machine.travel(AT, tick=False):
        yield


def url(name: str, *args: object) -> str:
    return reverse(f"procedures:{name}", args=args)


@pytest.fixture
def prepared(catalogue):
    """One of everything, and the arguments of every address."""
    draft = actions.draft_version(CODE, actor=catalogue.system, at=AT)
    process = actions.draft_process(CODE, catalogue.commune, actor=catalogue.system, at=AT)
    process = queries.access_process(process.pk)
    stage = process.stages.all()[0]
    place = actions.add_place(catalogue.commune.pk, "board", "Bảng tin", actor=catalogue.system, at=AT)
    version = queries.version_in_force(Procedure.objects.get(code="1.000656"), TODAY)
    posting = actions.post_versions(place.pk, [version.pk], actor=catalogue.system, at=AT)[0]
    fee = Fee.objects.first()
    offering = Offering.objects.first()
    file = store(PDF, name="mau.pdf", actor=catalogue.system, at=AT, personal=False, made_here=True)
    decision = PublicationDecision.objects.create(
        number="1/QĐ", issued_on=TODAY, effective_on=TODAY, issuer="UBND tỉnh", file_id=file.pk
    )
    paper = version.papers.first()
    version.papers.update(form_file_id=file.pk)
    draft.papers.update(sample_file_id=file.pk)
    catalogue.args = {
        "code": CODE, "number": 1, "old": 1, "new": 2, "part": "giay-to", "form": "csv", "agency_id": catalogue.commune.pk,
        "stage_pk": stage.pk, "position": 2, "task_pk": stage.tasks.all()[0].pk,
        "settle": version.pk, "fee_end": fee.pk, "offering_end": offering.pk, "process": process.pk,
        "decision": decision.pk, "place": place.pk, "take_down": posting.pk,
        "paper": paper.pk, "draft_paper": draft.papers.first().pk, "form_kind": "mau", "sample_kind": "bai-mau",
    }  # fmt: skip
    catalogue.draft = draft
    return catalogue


GET = {
    "list": (), "new": (), "units": (), "settle": ("settle",), "import": (), "export": ("form",), "procedure": ("code",),
    "version": ("code", "number"), "compare": ("code", "old", "new"), "draft": ("code",), "draft_header": ("code",),
    "draft_part": ("code", "part"), "fee_add": ("code",), "fee_end": ("fee_end",), "offering_add": ("code",),
    "offering_end": ("offering_end",), "cuts": (), "cuts_of": ("agency_id",), "process_start": ("code",), "process": ("process",),
    "process_publish": ("process",), "stage_add": ("process",), "stage_edit": ("process", "stage_pk"),
    "task_add": ("process", "stage_pk"), "task_edit": ("process", "task_pk"), "decisions": (), "decision_new": (),
    "decision": ("decision",), "board": (), "place_new": (), "place": ("place",), "board_pdf": ("place",), "qr_pdf": ("place",),
    "file_attach": ("paper", "sample_kind"), "decision_attach": ("decision",), "place_end": ("place",),
}  # fmt: skip
POST = {
    "draft_start": ("code",), "draft_discard": ("code",), "process_discard": ("process",), "stage_remove": ("process", "stage_pk"),
    "stage_move": ("process", "stage_pk", "position"), "task_remove": ("process", "task_pk"), "post": ("place",),
    "take_down": ("take_down",), "file_remove": ("draft_paper", "sample_kind"),
}  # fmt: skip
# Doors to files: they lead on to a link of ten minutes.
FILES = {
    "paper_file": ("paper", "form_kind"),
    "decision_file": ("decision",),
    "public_file": ("paper", "form_kind"),
}
# Forms: who holds nothing finds nothing, as with the buttons.
FORMS = {
    "new", "settle", "import", "draft_header", "draft_part", "fee_add", "fee_end", "offering_add", "offering_end", "process_start",
    "process_publish", "stage_add", "stage_edit", "task_add", "task_edit", "decision_new", "place_new", "file_attach",
    "decision_attach", "place_end",
}  # fmt: skip
PDF = b"%PDF-1.7\n%%EOF\n"


def address(world, name: str, keys: tuple[str, ...]) -> str:
    return url(name, *(world.args[key] for key in keys))


# Plain words, guides and events of life are tried in test_guides.py and test_finding.py, templates of results in test_templates.py.
ELSEWHERE = ("words", "guide", "event", "template")


def test_no_address_is_missing_from_the_tables():
    named = {pattern.name for pattern in urlpatterns if not pattern.name.startswith(ELSEWHERE)}
    assert named == GET.keys() | POST.keys() | FILES.keys()


def test_every_page_opens_for_the_keeper_of_the_catalogue(prepared, client):
    client.force_login(prepared.controller)
    for name, keys in GET.items():
        response = client.get(address(prepared, name, keys))
        assert response.status_code == 200, name
        assert "style=" not in response.content.decode(errors="ignore") or name.endswith("pdf"), name


def test_a_clerk_reads_the_pages_but_finds_no_form(prepared, client):
    client.force_login(prepared.clerk)
    for name, keys in FILES.items():
        answer = client.get(client.get(address(prepared, name, keys)).url)
        assert b"".join(answer.streaming_content) == PDF, name
    for name, keys in GET.items():
        wanted = 404 if name in FORMS else 200
        assert client.get(address(prepared, name, keys)).status_code == wanted, name


def test_a_clerk_may_press_no_button(prepared, client):
    client.force_login(prepared.clerk)
    for name, keys in POST.items():
        assert client.post(address(prepared, name, keys)).status_code == 404, name


def test_a_stranger_is_sent_to_the_sign_in(prepared, client):
    sign_in = reverse(settings.LOGIN_URL)
    for name, keys in (GET | POST | FILES).items():
        answer = client.get(address(prepared, name, keys))
        assert answer.status_code == 302, name
        assert answer.url.startswith(sign_in) == (name != "public_file"), name


def test_a_citizen_is_a_stranger_here(prepared, client):
    prepared.clerk.kind = "citizen"
    prepared.clerk.save()
    client.force_login(prepared.clerk)
    assert client.get(url("list")).url.startswith(reverse(settings.LOGIN_URL))


def test_pages_refuse_other_methods_and_buttons_refuse_get(prepared, client):
    client.force_login(prepared.controller)
    for name, keys in GET.items():
        assert client.put(address(prepared, name, keys)).status_code == 405, name
    for name, keys in POST.items():
        assert client.get(address(prepared, name, keys)).status_code == 405, name
