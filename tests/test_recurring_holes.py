"""Holes that systems of this kind keep having (docs/security.md, "Recurring holes"), tried at every page that could have them."""

import re
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import lxml.html
import pytest
from django.conf import settings
from django.db.models import BooleanField, DateField, Field, ForeignKey, IntegerField, JSONField, Model
from django.test import Client
from django.urls import reverse

from motcua.accounts.models import Profile
from motcua.files.models import StoredFile
from motcua.notifications.models import Provider
from tests.addresses import arguments
from tests.hostile import HOSTILE, SCRIPT, TYPED, undone
from tests.world import PDF, Province


def page_of(client: Client, province: Province, name: str) -> tuple[str, Any]:
    """An address and the largest form on its page."""
    url = reverse(name, args=arguments(province).get(name, []))
    answer = client.get(url)
    assert answer.status_code == 200, name
    forms = [f for f in lxml.html.fromstring(answer.content.decode()).forms if f.method == "POST"]
    return url, max((f for f in forms if "dang-xuat" not in (f.action or "")), key=lambda f: len(f.fields))


# --- more than the form asks ---------------------------------------------------------------------------

EDITED = {
    "news:article_edit": ("controller", lambda p: p.things["draft_article"]),
    "news:document_edit": ("controller", lambda p: p.things["draft_document"]),
    "eforms:header": ("controller", lambda p: p.things["form_draft"]),
    "procedures:draft_header": ("controller", lambda p: p.things["draft"]),
    "procedures:guide_question": ("controller", lambda p: p.things["guide_question"]),
    "agencies:edit_person": ("local_admin", lambda p: p.cast.clerk),
    "agencies:edit": ("local_admin", lambda p: p.base.commune),
    "workdays:edit_day": ("local_admin", lambda p: p.things["day"]),
    "payments:edit_gateway": ("local_admin", lambda p: p.things["gateway"]),
    "notifications:provider": ("admin", lambda p: Provider.objects.get(adapter="mail")),
    "dossiers:reason": ("head", lambda p: p.things["reason"]),
    "dossiers:reply": ("head", lambda p: p.things["reply"]),
    "portal:account_edit": ("citizen", lambda p: Profile.objects.get(user=p.user("citizen"))),
}


def forged_value(column: Field, now: Any) -> Any:
    """Something else than what stands there, as a form would send it."""
    if column.choices:
        return next(str(key) for key, _ in column.flatchoices if key != now)
    if isinstance(column, BooleanField):
        return "" if now else "on"
    if isinstance(column, ForeignKey | IntegerField):
        return "424242"
    if isinstance(column, DateField):
        return "2031-02-03"
    return "[]" if isinstance(column, JSONField) else "ke-gian"[: column.max_length or 9]


def columns(thing: Model, asked: set[str]) -> Iterator[Field]:
    """What the form does not ask."""
    for column in thing._meta.concrete_fields:
        if column.name not in asked and not column.primary_key:
            yield column


@pytest.mark.parametrize("name", EDITED)
def test_a_form_takes_nothing_that_it_does_not_ask(client: Client, province: Province, name: str) -> None:
    """Every other column of the record is sent along: state, owner, agency, rights. The form itself must be accepted."""
    who, find = EDITED[name]
    client.force_login(province.user(who))
    thing = find(province)
    url, form = page_of(client, province, name)
    sent = {key: form.fields[key] for key, _ in form.form_values() if key != "csrfmiddlewaretoken"}
    sent = {key: list(value) if isinstance(value, set) else value for key, value in sent.items()}
    before = {c.attname: getattr(thing, c.attname) for c in columns(thing, set(form.fields))}
    forged = {c.name: forged_value(c, before[c.attname]) for c in columns(thing, set(form.fields))}
    ids = {f"{key}_id": value for key, value in forged.items()}
    extra = {"is_superuser": "on", "is_staff": "on", "kind": "staff", "roles": "1"}
    answer = client.post(
        url, {**{k: v for k, v in extra.items() if k not in form.fields}, **ids, **forged, **sent}
    )
    assert forged
    assert answer.status_code in (200, 204, 302), answer.content.decode()[-3000:]
    now = type(thing)._default_manager.get(pk=thing.pk)
    taken = {
        c.name
        for c in columns(thing, set(form.fields))
        if getattr(now, c.attname) != before[c.attname] and str(getattr(now, c.attname)) in (forged[c.name], str(forged[c.name] == "on"))
    }  # fmt: skip
    assert taken == set()


# --- what breaks a form -------------------------------------------------------------------------------------

FILLED_IN = {
    "anonymous": (
        "portal:track", "portal:verify", "portal:feedback_track", "portal:feedback_topic", "portal:sign_in", "portal:rate_start",
        "portal:rate", "portal:kiosk", "portal:kiosk_faces", "portal:survey", "account_login",
    ),
    "citizen": ("portal:account_edit", "portal:account_address", "portal:organisation_new", "portal:authorise", "portal:file_start"),
    "clerk": ("feedback:new", "holdings:assist"),
    "officer": ("dossiers:demand_fee",),
    "head": ("payments:new_transfer", "payments:resolve_transfer", "feedback:publish"),
    "controller": ("eforms:new", "eforms:header", "eforms:section_new", "eforms:field_new", "surveys:survey_new", "surveys:question_new", "news:article_edit", "news:document_edit", "procedures:guide_answer_add"),
    "local_admin": ("payments:edit_gateway",),
    "admin": (
        "agencies:assign", "agencies:create_person", "agencies:create_post", "agencies:create_role", "agencies:create_under",
        "agencies:deactivate", "agencies:delegations", "agencies:edit", "agencies:edit_person", "agencies:identity_provider_new", "agencies:move",
        "agencies:open_office", "agencies:reset_password", "agencies:role", "agencies:setting", "agencies:setting_of", "notifications:provider",
        "notifications:provider_new", "notifications:template", "notifications:test", "payments:end_use", "payments:new_gateway", "payments:use_gateway",
        "privacy:rule", "statistics:index_band", "statistics:index_colours", "statistics:index_component", "statistics:index_set_new",
        "statistics:template_new", "workdays:add_day", "workdays:announce", "workdays:edit_day", "workdays:remove_day", "workdays:sessions",
    ),
}  # fmt: skip


@pytest.mark.parametrize("who", FILLED_IN)
def test_no_form_breaks_on_what_is_typed(client: Client, province: Province, who: str) -> None:
    """Every field of a form filled with the same nonsense: an answer, never a fault."""
    if who != "anonymous":
        client.force_login(province.user(who))
    client.raise_request_exception = False
    broken = {}
    for name in FILLED_IN[who]:
        url, form = page_of(client, province, name)
        for kind in TYPED:
            with undone():
                answer = client.post(url, dict.fromkeys(form.fields, HOSTILE[kind]), follow=True)
                text = b"".join(answer) if answer.streaming else answer.content
            if answer.status_code >= 500 or SCRIPT.encode() in text:
                broken[name, kind] = answer.status_code
    assert broken == {}


# --- names of files that lead elsewhere -------------------------------------------------------------------

TAKING = {
    "eforms:import": "controller",
    "procedures:import": "controller",
    "payments:import_statement": "cashier",
    "news:article_picture": "controller",
    "news:document_file": "controller",
    "procedures:decision_attach": "controller",
}
EVIL = "motcua-evil-7f3a"
HOSTILE_NAMES = [
    f"../../../../../../../tmp/{EVIL}.pdf",
    f"/tmp/{EVIL}.pdf",
    f"..\\..\\{EVIL}.json",
    f"{EVIL}/../../{EVIL}.csv",
]
BOUNDARY = "----a-boundary"


def body(fields: dict[str, str], file_field: str, file_name: str, content: bytes) -> bytes:
    """A form as a program sends it: Django's own client would clean the file's name."""
    parts = [
        f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{key}"\r\n\r\n{value}\r\n'.encode()
        for key, value in fields.items()
    ]
    head = f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{file_field}"; filename="{file_name}"\r\nContent-Type: application/pdf\r\n\r\n'
    return b"".join([*parts, head.encode(), content, f"\r\n--{BOUNDARY}--\r\n".encode()])


@pytest.mark.parametrize("name", TAKING)
def test_no_import_and_no_upload_writes_where_its_file_says(
    client: Client, province: Province, name: str
) -> None:
    client.force_login(province.user(TAKING[name]))
    url, form = page_of(client, province, name)
    wanted = next(f.name for f in form.inputs if getattr(f, "type", "") == "file")
    fields = {k: str(v) for k, v in form.form_values() if k not in (wanted, "csrfmiddlewaretoken")}
    for file_name in HOSTILE_NAMES:
        with undone():
            sent = body(fields, wanted, file_name, PDF)
            answer = client.post(url, sent, content_type=f"multipart/form-data; boundary={BOUNDARY}")
            assert answer.status_code < 500, file_name
            assert not [
                n for n in StoredFile.objects.values_list("name", flat=True) if re.search(r"[/\\]|\.\.", n)
            ]
    written = [
        p for folder in (Path("/tmp"), Path(settings.HOME), Path.cwd()) for p in folder.glob(f"*{EVIL}*")
    ]
    assert written == []
    assert not [p for p in Path(settings.HOME).rglob("*") if EVIL in p.name]


# --- patterns and what they cost -----------------------------------------------------------------------

PIECES = (
    "a",
    "A",
    "0",
    " ",
    ".",
    "-",
    "@",
    "/",
    "*",
    "[",
    "(",
    ":",
    ",",
    "\t",
    "ế",
    "a.",
    "0 ",
    "0,",
    "a@",
    "*a",
    "Ông ",
    "\n",
    "00",
    "-0",
)


def patterns() -> dict[str, re.Pattern[str]]:
    """Every pattern of ours that stands in a module."""
    found: dict[str, re.Pattern[str]] = {}
    for name, module in sorted(sys.modules.items()):
        if name.startswith("motcua.") and module is not None and ".tests" not in name:
            for _name, value in list(vars(module).items()):
                for one in _flat(value):
                    if isinstance(one, re.Pattern) and isinstance(one.pattern, str):
                        found[one.pattern] = one
    return found


def _flat(value: Any) -> Iterator[Any]:
    if isinstance(value, list | tuple):
        for one in value:
            yield from _flat(one)
    elif isinstance(value, dict):
        yield from _flat(list(value.values()))
    else:
        yield value


def seconds(pattern: re.Pattern[str], text: str) -> float:
    start = time.process_time()
    pattern.search(text)
    pattern.fullmatch(text)
    return time.process_time() - start


def test_no_pattern_of_ours_takes_long_on_any_text() -> None:
    """First short texts, on which a pattern that doubles its work with every letter is found out, then long ones."""
    slow = {}
    ours = patterns()
    assert len(ours) > 40
    for length, most in ((26, 0.2), (1500, 0.5)):
        for source, pattern in ours.items():
            if source in slow:
                continue
            for piece in PIECES:
                text = (piece * length)[:length]
                if max(seconds(pattern, text + "\x01"), seconds(pattern, f"0{text}!")) > most:
                    slow[source] = piece
    assert slow == {}


def test_the_check_of_patterns_finds_a_slow_one() -> None:
    slow = re.compile(r"(a+)+b")
    assert seconds(slow, "a" * 18 + "\x01") > 10 * seconds(slow, "a" * 12 + "\x01")


# What reads XML in the standard library and beside it; building it and writing it harms nobody.
READS_XML = re.compile(
    r"\b(?:ET|ElementTree|etree)\.(?:parse|fromstring|fromstringlist|iterparse|XML|XMLParser)\b"
    r"|^\s*(?:from|import) (?:xml\.(?:sax(?!\.saxutils)|dom)|lxml|defusedxml|openpyxl)\b|\bminidom\b|\bexpat\b|\bread_excel\b",
    re.M,
)


def test_no_xml_of_others_is_read() -> None:
    files = [path for path in Path(settings.BASE_DIR).rglob("*.py") if "tests" not in path.parts]
    assert len(files) > 300
    assert [str(path) for path in files if READS_XML.search(path.read_text(encoding="utf-8"))] == []
    assert READS_XML.search("import x\nfrom lxml import etree\n")
    assert READS_XML.search("tree = ET.fromstring(body)")
