"""Whatever people are called: no name, reason or note runs as a script on any page, or as a formula in any sheet."""

import re
from collections.abc import Iterator

import pytest
from django.apps import apps
from django.db import DatabaseError, models, transaction
from django.test import Client
from django.urls import reverse
from django.utils.html import escape

from motcua.core.text import as_written, harmless
from motcua.filing.rules import steps
from tests.addresses import POST_ONLY, arguments, names, spend
from tests.test_permissions import EXPECTED
from tests.world import NOW, Province
from tests.world_citizen import add_citizen

ATTACK = "\"'><svg onload=alert(1)>{{7*7}}"
# What people type, in whatever table it is kept.
TYPED = {
    "name", "full_name", "title", "short_name", "address", "content", "reason", "note", "body", "text", "stage_name", "purpose",
    "payer_name", "receiver_name", "receiver", "conditions", "steps_text", "reception_address", "state_note", "case", "authorisation",
    "legal_basis", "guidance", "answer", "question", "document", "source", "cause", "description", "label", "place", "agency_text",
    # the citizen's side: guides, news, feedback, ratings, payment
    "help", "help_en", "summary", "summary_en", "name_en", "title_en", "text_en", "body_en", "label_en", "reason_en", "words", "said", "spoken",
    "officer_words", "published_content", "published_answer", "published_text", "published_title", "review_note", "picture_words", "law", "memo",
    "holder", "bank_name", "cancel_reason", "exemption_reason", "excess_note", "late_note", "revoked_reason", "withdrawal_reason", "people",
    "keywords", "hint", "subject", "competent_authority", "coordinating_agencies",
}  # fmt: skip
LINK = re.compile(r'\b(?:href|src|action|hx-get|hx-post)="([^"]*)"')
# Anonymous last: staff see more of a page that both may open.
OPENERS = ("head", "controller", "admin", "auditor", "cashier", "officer", "clerk", "leader", "anonymous")


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is printed here; tests of printing see to markup in forms."""
    monkeypatch.setattr("motcua.printing.actions.press", lambda *args, **options: (b"%PDF-1.7", []))


def rename_everything() -> set[str]:
    """Put the attack into every text that people type; tables that the database guards are left. Gives the tables."""
    done = set()
    for model in apps.get_models():
        if not model.__module__.startswith("motcua."):
            continue
        for field in model._meta.concrete_fields:
            if field.name not in TYPED or field.unique or not isinstance(field, models.CharField | models.TextField) or field.choices:  # fmt: skip
                continue
            try:
                with transaction.atomic():
                    model._default_manager.update(**{field.name: ATTACK[: field.max_length or 500]})
                    done.add(model._meta.label)
            except DatabaseError:
                continue
    return done


def pages(client: Client, province: Province) -> Iterator[tuple[str, str]]:
    """Every page that somebody may open, as that person sees it."""
    args = arguments(province)
    for name in sorted(set(names()) - POST_ONLY):
        who = next((one for one in OPENERS if EXPECTED[name][one] == 200), None)
        if who is None:
            continue
        client.logout()
        if who != "anonymous":
            client.force_login(province.user(who))
        answer = client.get(reverse(name, args=args.get(name, [])))
        spend(answer)
        if answer.status_code == 200 and answer["Content-Type"].startswith("text/html"):
            yield name, answer.content.decode()


def test_no_link_on_any_page_is_broken_over_lines(client: Client, province: Province) -> None:
    bad = [
        (name, link)
        for name, body in pages(client, province)
        for link in LINK.findall(body)
        if set(link) & set("\n\r\t ")
    ]
    assert bad == []


def test_no_name_becomes_markup_on_any_page(client: Client, province: Province) -> None:
    changed = rename_everything()
    assert {"agencies.Agency", "dossiers.Party", "procedures.ProcedureVersion", "accounts.User"} <= changed
    assert {"news.Article", "feedback.Feedback", "procedures.GuideQuestion", "surveys.Survey"} <= changed
    shown, broken = set(), set()
    for name, body in pages(client, province):
        if "<svg onload" in body or "&gt;49" in body:
            broken.add(name)
        if escape(ATTACK[:12]) in body or "&lt;svg onload" in body:
            shown.add(name)
    assert broken == set()
    assert len(shown) > 60  # the attack did reach the pages


def test_no_name_becomes_markup_on_the_pages_of_a_citizen_who_has_signed_in(
    client: Client, province: Province
) -> None:
    """Drafts, every step of filing, one's own dossiers, store, account, companies, data: with what is typed into forms too."""
    citizen = add_citizen(province, NOW)
    rename_everything()
    told = {"nguoi_khai": {"ho_ten": ATTACK, "uy_quyen": "yes", "quan_he": ATTACK}}
    party = {**citizen.draft.party, "name": ATTACK, "address": ATTACK, "email": ATTACK}
    delivery = {"way": "post", "address": ATTACK, "receiver": ATTACK}
    for state in ("draft", "sent"):
        getattr(citizen, state).__class__.objects.filter(pk=getattr(citizen, state).pk).update(
            answers=told, party=party, delivery=delivery
        )
    client.force_login(citizen.user)
    shown, broken, looked = set(), set(), set()
    for name, address in citizen.pages():
        answer = client.get(address)
        body = answer.content.decode()
        assert answer.status_code == 200, name
        looked.add(name)
        if "<svg onload" in body or "&gt;49" in body:
            broken.add(name)
        if escape(ATTACK[:12]) in body or "&lt;svg onload" in body:
            shown.add(name)
    assert broken == set()
    assert {f"step {steps.PARTY}", "step to-khai-nguoi_khai", "step giay-to", "step kiem-tra"} <= shown
    assert {"mine", "mine_dossier", "mine_messages", "mine_reply", "held_paper", "organisation"} <= shown
    assert {"account", "drafts", "held", "my_data"} <= shown
    assert len(looked) > 30


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1:80@evil.example", "localhost.evil.example", ""])
@pytest.mark.parametrize("path", ["/", "/tai-khoan/dang-nhap/", "/khong-co-trang-nay/"])
def test_a_host_that_is_not_ours_gets_nothing(
    client: Client, province: Province, host: str, path: str
) -> None:
    """No link, no cookie and no redirect is ever made from a host name that a stranger sent."""
    client.raise_request_exception = False
    answer = client.get(
        path, headers={"host": host, "x-forwarded-host": "evil.example", "referer": "https://evil.example/"}
    )
    assert answer.status_code == 400
    assert "evil.example" not in answer.content.decode() + answer.get("Location", "")
    assert not answer.cookies


@pytest.mark.parametrize("text", ["=1+1", "+84", "-cmd|' /C calc'!A0", "@SUM(A1)", "\t=1", "\r=1"])
def test_text_that_would_be_a_formula_is_made_harmless_and_read_back(text: str) -> None:
    assert harmless(text) == f"'{text}"
    assert as_written(harmless(text)) == text


@pytest.mark.parametrize("text", ["", "Nguyễn", "'Thôn", "1.000", "a=b", "'"])
def test_usual_text_is_written_as_it_is(text: str) -> None:
    assert harmless(text) == text
    assert as_written(text) == text
