"""What an attacker tries first: foreign addresses to go to, missing headers, forged forms, hostile input, dates."""

import os
import re
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlencode

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from motcua.dossiers.models import Dossier
from motcua.dossiers.rules.transitions import Act
from motcua.files.models import StoredFile
from tests.addresses import POST_ONLY, arguments, names, spend
from tests.hostile import HOSTILE, OPENERS, QUESTIONS, SCRIPT, as_sent, undone
from tests.test_permissions import QUERY
from tests.world import OUR_NUMBER, OUR_PHONE, OURS, PASSWORD, PDF, Province

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
ELSEWHERE = [
    "https://evil.example/",
    "//evil.example/",
    "/\\evil.example/",
    "javascript:alert(1)",
    "https:evil.example",
]


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is printed here."""
    monkeypatch.setattr("motcua.printing.actions.press", lambda *args, **options: (b"%PDF-1.7", []))


def enter(client: Client, province: Province, who: str) -> None:
    client.force_login(province.user(who), backend=BACKEND)


# --- going elsewhere ----------------------------------------------------------------------------------


@pytest.mark.parametrize("to", ELSEWHERE)
def test_signing_in_leads_nowhere_else(client: Client, province: Province, to: str) -> None:
    url = reverse("account_login")
    assert "evil.example" not in client.get(url, {"next": to}).content.decode().replace(f'value="{to}"', "")
    form = {"login": province.cast.clerk.username, "password": PASSWORD, "next": to}
    answer = client.post(url, form)
    assert answer.status_code == 302
    assert answer["Location"].startswith("/")
    assert not answer["Location"].startswith(("//", "/\\"))


@pytest.mark.parametrize("to", ELSEWHERE)
@pytest.mark.parametrize("name", ["counter:office", "dossiers:scan", "account_logout"])
def test_no_form_leads_elsewhere(client: Client, province: Province, name: str, to: str) -> None:
    enter(client, province, "clerk")
    url = reverse(name, args=arguments(province).get(name, []))
    answer = client.post(f"{url}?next={to}", {"next": to})
    assert "evil.example" not in answer.get("Location", "")
    assert "javascript" not in answer.get("Location", "")


# --- headers ------------------------------------------------------------------------------------------

PAGES = [
    ("portal:home", "anonymous"),
    ("portal:track", "anonymous"),
    ("portal:verify_token", "anonymous"),
    ("account_login", "anonymous"),
    ("core:healthz", "anonymous"),
    ("dossiers:inbox", "officer"),
    ("dossiers:dossier", "officer"),
    ("dossiers:notice_pdf", "clerk"),
    ("counter:receive", "clerk"),
    ("counter:register_xlsx", "clerk"),
    ("payments:receipt_pdf", "cashier"),
    ("files:open", "clerk"),
    ("audit:events", "auditor"),
    ("agencies:agency", "admin"),
    ("procedures:export", "controller"),
    ("dossiers:dossier", "nobody"),  # a page that says 404
]


@pytest.mark.parametrize(("name", "who"), PAGES)
def test_every_kind_of_answer_carries_its_security_headers(
    client: Client, province: Province, name: str, who: str
) -> None:
    if who != "anonymous":
        enter(client, province, who)
    answer = client.get(reverse(name, args=arguments(province).get(name, [])))
    spend(answer)
    policy = answer["Content-Security-Policy"]
    assert "default-src" in policy
    assert "unsafe" not in policy
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["X-Frame-Options"] == "DENY"
    assert answer["Referrer-Policy"] == "same-origin"
    assert "Permissions-Policy" in answer
    assert "Access-Control-Allow-Origin" not in answer


def test_only_what_is_public_may_be_read_by_other_sites() -> None:
    """Open data and the description of the API, which need no cookie; nothing takes another site's cookies."""
    source = {
        p: p.read_text(encoding="utf-8")
        for p in Path(settings.BASE_DIR).rglob("*.py")
        if "tests" not in p.parts
    }
    allowing = {p: text for p, text in source.items() if "access-control-" in text.lower()}
    assert {p.stem for p in allowing} == {"opendata", "openapi"}
    assert all('"Access-Control-Allow-Origin": "*"' in text for text in allowing.values())
    assert not [p for p, text in allowing.items() if "allow-credentials" in text.lower()]


@pytest.mark.parametrize("name", ["dossiers:notice_pdf", "dossiers:control_slip", "files:open"])
def test_papers_with_personal_data_are_kept_by_no_cache(
    client: Client, province: Province, name: str
) -> None:
    enter(client, province, "clerk")
    answer = client.get(reverse(name, args=arguments(province)[name]))
    spend(answer)
    assert "no-store" in answer["Cache-Control"]


# --- personal data in public --------------------------------------------------------------------------


def public_pages(client: Client, province: Province) -> dict[str, str]:
    """What anyone may read, by name."""
    args = arguments(province)
    names_ = ["portal:home", "portal:catalogue", "portal:procedure", "portal:track", "portal:verify", "portal:verify_token", "portal:help"]  # fmt: skip
    pages = {n: client.get(reverse(n, args=args.get(n, []))).content.decode() for n in names_}
    form = {"code": province.ours["review"].code, "last4": OUR_PHONE[-4:]}
    tracked = client.post(reverse("portal:track"), form)
    assert tracked.status_code == 200
    pages["tracked"] = tracked.content.decode()
    return pages


def test_no_public_page_tells_who_applied(client: Client, province: Province) -> None:
    for name, body in public_pages(client, province).items():
        for secret in (OURS, OUR_NUMBER, OUR_PHONE, f"+84{OUR_PHONE[1:]}", "Thôn Kín"):
            assert secret not in body, name


def test_tracking_says_the_same_of_a_wrong_number_and_of_a_wrong_code(
    client: Client, province: Province
) -> None:
    """Nobody learns from the answer which codes exist."""
    url, known = reverse("portal:track"), province.ours["review"].code
    answers = [client.post(url, {"code": code, "last4": "0000"}) for code in (known, known[:-4] + "9999")]
    assert len({a.status_code for a in answers}) == 1
    bodies = [
        re.sub(r"H40\.12-[0-9]{6}-[0-9]{4}|value=\"[^\"]{64}\"", "", a.content.decode()) for a in answers
    ]
    assert bodies[0] == bodies[1]


def test_tracking_cannot_be_guessed_for_long(client: Client, province: Province) -> None:
    form = {"code": province.ours["review"].code}
    answers = [
        client.post(reverse("portal:track"), {**form, "last4": f"{n:04}"}).status_code for n in range(40)
    ]
    assert answers[-1] == 429


# --- forged forms -------------------------------------------------------------------------------------


# Machines call these without a session; what they may do lies in a signed token or a signature, tried in their own tests.
OF_MACHINES = {"notifications:one_click", "notifications:report", "payments:callback", "api:requests"}
REFUSED = {"api:requests": 400}  # as Open311 says that the key is missing


@pytest.mark.parametrize("name", sorted(OF_MACHINES))
def test_what_machines_call_asks_for_their_own_proof_and_not_for_a_session(
    province: Province, name: str
) -> None:
    """Who is signed in here has no more power there than a stranger."""
    stranger, admin = (Client(enforce_csrf_checks=True, raise_request_exception=False) for _ in range(2))
    admin.force_login(province.cast.admin, backend=BACKEND)
    address = reverse(name, args=arguments(province)[name])
    refused = REFUSED.get(name, 404)
    assert [c.post(address, {"reason": "x"}).status_code for c in (stranger, admin)] == [refused, refused]


@pytest.mark.parametrize("who", ["admin", "citizen"])
def test_no_form_of_another_site_is_taken(province: Province, who: str) -> None:
    """Without the token a POST is refused, wherever a POST is taken at all."""
    client = Client(enforce_csrf_checks=True, raise_request_exception=False)
    client.force_login(province.user(who), backend=BACKEND)
    args, taken = arguments(province), {}
    ours = (n for n in names() if who == "admin" or n.startswith("portal:"))
    for name in sorted(set(ours) - {"core:healthz"} - OF_MACHINES):
        with undone():
            status = client.post(reverse(name, args=args.get(name, [])), {"reason": "x"}).status_code
        if status not in (403, 405):
            taken[name] = status
    assert taken == {}


def test_a_session_is_a_new_one_after_signing_in(client: Client, province: Province) -> None:
    client.get(reverse("portal:track"))
    client.session["before"] = 1
    session = client.session
    session.save()
    before = session.session_key
    client.cookies["sessionid"] = before
    client.post(reverse("account_login"), {"login": province.cast.clerk.username, "password": PASSWORD})
    assert client.session.session_key != before
    assert client.session["_auth_user_id"] == str(province.cast.clerk.pk)


def test_signing_out_forgets_the_session(client: Client, province: Province) -> None:
    enter(client, province, "clerk")
    old = client.cookies["sessionid"].value
    assert client.get(reverse("dossiers:inbox"))["Cache-Control"] == "private, no-cache"
    assert client.post(reverse("account_logout"))["Clear-Site-Data"] == '"cache"'
    stolen = Client()
    stolen.cookies["sessionid"] = old
    assert stolen.get(reverse("dossiers:inbox")).status_code == 302


@pytest.mark.parametrize("method", ["TRACE", "TRACK", "CONNECT"])
def test_trace_is_not_answered(client: Client, method: str) -> None:
    assert client.generic(method, "/").status_code == 405


def test_behind_tls_cookies_and_transport_are_strict(tmp_path: Path) -> None:
    """In a process of its own, which reads the settings as an installation behind nginx does."""
    code = (
        "import django; django.setup()\n"
        "from django.conf import settings as s; from django.test import Client\n"
        "answer = Client(headers={'host': '127.0.0.1', 'x-forwarded-proto': 'https'}).get('/khong-co/')\n"
        "print(answer['Strict-Transport-Security'], s.DEBUG, s.SESSION_COOKIE_NAME, s.CSRF_COOKIE_NAME,\n"
        "    s.SESSION_COOKIE_SECURE, s.CSRF_COOKIE_SECURE, s.SESSION_COOKIE_HTTPONLY, s.SESSION_COOKIE_SAMESITE,\n"
        "    s.SESSION_COOKIE_DOMAIN, s.SESSION_COOKIE_PATH, sep='|')"
    )
    kept = {k: v for k, v in os.environ.items() if k in ("PATH", "HOME", "LANG")}
    env = {**kept, "MOTCUA_HTTPS": "1", "MOTCUA_HOME": str(tmp_path), "DJANGO_SETTINGS_MODULE": "motcua.config.settings"}  # fmt: skip
    done = subprocess.run([sys.executable, "-c", code], env=env, capture_output=True, text=True, check=True)
    assert done.stdout.strip().splitlines()[-1] == (
        "max-age=31536000; includeSubDomains|False|__Host-session|__Host-csrf|True|True|True|Lax|None|/"
    )


# --- hostile input ------------------------------------------------------------------------------------


@pytest.mark.parametrize(("who", "name", "fields"), QUESTIONS, ids=lambda part: str(part)[:40])
def test_no_question_breaks_a_page(
    client: Client, province: Province, who: str, name: str, fields: tuple[str, ...]
) -> None:
    if who != "anonymous":
        enter(client, province, who)
    client.raise_request_exception = False
    url, broken = reverse(name, args=arguments(province).get(name, [])), {}
    for kind, value in HOSTILE.items():
        with undone():
            answer = client.get(url, dict.fromkeys(fields, as_sent(value)), follow=True)
            body = b"".join(answer) if answer.streaming else answer.content
        if answer.status_code >= 500 or (SCRIPT.encode() in body and "html" in answer["Content-Type"]):
            broken[kind] = answer.status_code
    assert broken == {}


def test_the_pages_that_are_asked_are_open_to_who_asks(province: Province) -> None:
    """So that the test above can fail: a page that sends its reader away is asked nothing."""
    browsers, shut = {who: Client() for who, *_ in QUESTIONS}, {}
    for who, browser in browsers.items():
        if who != "anonymous":
            enter(browser, province, who)
    for who, name, _ in QUESTIONS:
        query = QUERY[name](province) if name in QUERY else {}
        answer = browsers[who].get(reverse(name, args=arguments(province).get(name, [])), query)
        spend(answer)
        if answer.status_code != 200:
            shut[name] = answer.status_code
    assert shut == {}


@pytest.mark.parametrize("app", sorted({name.rpartition(":")[0] for name in names("<int:")}))
def test_no_number_in_an_address_breaks_a_page(client: Client, province: Province, app: str) -> None:
    """Beyond what 32 bits, 64 bits and any database can hold."""
    enter(client, province, OPENERS.get(app, "admin"))
    client.raise_request_exception = False
    args, wrong = arguments(province), {}
    for name in (n for n in names("<int:") if n.rpartition(":")[0] == app):
        send = client.post if name in POST_ONLY | {"portal:file_reuse"} else client.get
        for number in (2**31, 2**63, 10**40):
            tried = [number if isinstance(a, int) else a for a in args[name]]
            with undone():
                status = send(reverse(name, args=tried), {"body": "x"}).status_code
            if status not in (404, 422) and (name, status) != (
                "portal:account_unlink",
                302,
            ):  # undone already
                wrong[name, number] = status
    assert wrong == {}


def test_the_character_nul_is_refused_however_it_is_sent(client: Client, province: Province) -> None:
    """PostgreSQL cannot keep it, and what a citizen types into a draft is kept as typed."""
    enter(client, province, "citizen")
    url = reverse("portal:account_edit")
    sent = urlencode({"address": "Thôn\x00"})
    assert client.post(url, {"address": "Thôn\x00"}).status_code == 400  # with files
    assert client.post(url, sent, content_type="application/x-www-form-urlencoded").status_code == 400
    assert client.get(url, {"q": "\x00"}).status_code == 400
    assert client.post(url, {"address": "Thôn"}).status_code != 400
    assert client.post(reverse("api:requests", args=["json"]), {"api_key": "x\x00"}).status_code == 400


@pytest.mark.parametrize("code", ["", "../../etc/passwd", "x" * 3000, "%00", "'; --", "１２"])
def test_no_code_in_an_address_breaks_a_page(client: Client, province: Province, code: str) -> None:
    enter(client, province, "controller")
    for base in ("/thu-tuc/", "/xac-minh/", "/danh-muc/thu-tuc/", "/tep/"):
        assert client.get(f"{base}{code}/").status_code in (200, 301, 302, 404)


@pytest.mark.parametrize(
    "name", ["../../../etc/cron.d/x.pdf", "..\\..\\x.pdf", "/etc/x.pdf", "a\x00.pdf", "x" * 300 + ".pdf"]
)
def test_the_name_of_a_file_leads_to_no_other_place(client: Client, province: Province, name: str) -> None:
    enter(client, province, "officer")
    upload = SimpleUploadedFile("a.pdf", PDF + name.encode(), "application/pdf")
    upload.name = name
    upload._name = name
    client.post(reverse("dossiers:scan", args=arguments(province)["dossiers:scan"]), {"file": upload})
    kept = StoredFile.objects.latest("pk")
    assert not re.search(r"[/\\\x00]|\.\.", kept.name)


def test_a_web_page_is_not_taken_for_a_scan(client: Client, province: Province) -> None:
    enter(client, province, "officer")
    before = StoredFile.objects.count()
    page = SimpleUploadedFile("to-khai.pdf", b"<html><script>alert(1)</script></html>", "application/pdf")
    client.post(reverse("dossiers:scan", args=arguments(province)["dossiers:scan"]), {"file": page})
    assert StoredFile.objects.count() == before


# --- nobody sets a due date ---------------------------------------------------------------------------

DUE = {"due_at": "2030-01-01T00:00", "original_due_at": "2030-01-01T00:00", "acceptance_due_at": "2030-01-01", "due": "2030-01-01", "due_date": "01/01/2030", "ngay_hen": "01/01/2030"}  # fmt: skip
FILLED = {"reason": "Thử", "items": "Tờ khai", "note": "x", "number": "1", "legal_basis": "Điều 1", "extra_working_days": "2", "answer_by": "11/11/2026", "body": "x", "answer": "x", "document": "1"}  # fmt: skip
ACTING = {
    "officer": ("review", "supplement", "chain"),
    "leader": ("sign", "late"),
    "head": ("received", "submitted", "ready"),
}
FAR = datetime(2029, 1, 1, tzinfo=UTC)


def dates(province: Province) -> dict[int, tuple[object, ...]]:
    found = Dossier.objects.values_list("pk", "due_at", "original_due_at", "acceptance_due_at")
    return {pk: tuple(rest) for pk, *rest in found}


@pytest.mark.parametrize("act", [a.value for a in Act])
def test_no_act_takes_a_due_date_from_the_form(client: Client, province: Province, act: str) -> None:
    """Whatever an act does to the clock, it computes itself."""
    for who, states in ACTING.items():
        enter(client, province, who)
        for state in states:
            client.post(reverse("dossiers:act", args=[province.ours[state].pk, act]), {**DUE, **FILLED})
    assert not [row for row in dates(province).values() if any(value and value > FAR for value in row)]


TOUCHING = ["counter:receive", "counter:check", "counter:hand_over", "counter:return_one", "counter:preview", "dossiers:batch", "dossiers:sign_batch", "dossiers:message", "dossiers:reveal", "dossiers:save_filter"]  # fmt: skip


@pytest.mark.parametrize("name", TOUCHING)
def test_no_page_takes_a_due_date_from_the_form(client: Client, province: Province, name: str) -> None:
    before = dates(province)
    for who in ("officer", "leader", "head", "clerk"):
        enter(client, province, who)
        everything = {"task": list(range(1, 60)), "dossier": list(before), "act": "claim"}
        client.post(reverse(name, args=arguments(province).get(name, [])), {**DUE, **FILLED, **everything})
    assert {pk: dates(province)[pk] for pk in before} == before
