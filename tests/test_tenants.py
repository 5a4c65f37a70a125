"""Two communes on one installation: neither sees, finds, counts, exports or opens anything of the other."""

import io
import zipfile
from collections.abc import Iterator

import pytest
from django.test import Client
from django.urls import reverse

from motcua.dossiers.models import Dossier
from tests.addresses import POST_ONLY, arguments, names
from tests.hostile import undone
from tests.test_permissions import EXPECTED
from tests.world import OUR_MAIL, OUR_NUMBER, OUR_PHONE, OURS, THEIR_NUMBER, THEIRS, Province

OTHERS = ("other_clerk", "other_officer", "other_leader", "other_admin")
SEATED = ("policeman", "insurer")

# Every list, search, count and export that shows dossiers, money or events, with words that would find ours.
LISTS = [
    ("counter:receive", {}),
    ("counter:waiting", {}),
    ("counter:hand_over", {}),
    ("counter:return_desk", {}),
    ("counter:return_desk", {"ma": OURS}),
    ("counter:return_desk", {"ma": OUR_PHONE}),
    ("counter:register", {"nam": "2026"}),
    *(("dossiers:inbox", {"tab": tab}) for tab in ("mine", "hand", "unit", "soon", "late", "supplement", "opinion", "sign", "done")),
    ("dossiers:inbox", {"tab": "late", "text": OURS}),
    ("dossiers:search", {"q": OURS}),
    ("dossiers:search", {"q": OUR_NUMBER}),
    ("dossiers:search", {"q": OUR_PHONE}),
    ("dossiers:leader", {}),
    ("payments:today", {}),
    ("payments:register", {}),
    ("payments:register", {"q": OURS}),
    ("payments:days", {}),
    ("payments:books", {}),
    ("payments:accounts", {}),
    ("payments:transfers", {}),
    ("agencies:people", {"q": "Trần Thị Tiếp Nhận"}),
    ("audit:events", {}),
    ("notifications:outbox", {}),
    ("notifications:mine", {}),
    ("payments:orders", {}),
    ("payments:orders", {"xem": "tat-ca"}),
    ("payments:statements", {}),
    ("payments:reconciliation", {}),
    ("payments:gateways", {}),
    ("feedback:register", {}),
    ("feedback:register", {"xem": "tat-ca"}),
    ("feedback:register", {"q": "PAKN"}),
    ("feedback:export", {}),
    ("surveys:surveys", {}),
    ("tickets:offices", {}),
    ("surveys:ratings", {}),
    ("news:articles", {}),
    ("news:boards", {}),
    ("holdings:results", {"q": OURS}),
]  # fmt: skip
# What must never be in an answer to a stranger. The phrase sought may be repeated in its own field; so not that.
WORDS = (
    "AP-26",
    "FT26111001",
    "0000000001",
    "Cổng Mẫu",
    "sao-ke.csv",
    "Khảo sát plan",
    "Khảo sát open",
    "Bản nháp chưa ai",
    "Dự toán năm 2027",
)
FEEDBACK = ("feedback", "feedback_answered", "feedback_posted")


def traces(province: Province, body: str, *sought: str) -> list[str]:
    """Codes, names and numbers of our commune found in a page."""
    codes = [d.code for d in province.ours.values() if d.code]
    codes += [province.things[name].code for name in FEEDBACK]
    words = [w for w in (*codes, *WORDS, OURS, OUR_NUMBER, OUR_PHONE, OUR_MAIL) if w not in sought]
    return [word for word in words if word in body]


@pytest.fixture
def visit(client: Client, province: Province) -> Iterator[object]:
    def visit(who: str, name: str, query: dict[str, str]) -> str:
        client.force_login(province.user(who))
        return client.get(reverse(name), query, follow=True).content.decode()

    return visit


@pytest.mark.parametrize("who", OTHERS)
def test_the_neighbours_find_nothing_of_ours(province: Province, visit, who: str) -> None:
    found = {}
    for name, query in LISTS:
        if seen := traces(province, visit(who, name, query), *query.values()):
            found[name, str(query)] = seen
    assert found == {}


def test_the_lists_do_show_our_people_what_is_ours(province: Province, visit) -> None:
    """So that the test above can fail."""
    assert province.ours["received"].code in visit("clerk", "counter:hand_over", {})
    assert province.ours["late"].code in visit("officer", "dossiers:inbox", {"tab": "late"})
    assert province.ours["ready"].code in visit("returner", "counter:return_desk", {})
    assert province.ours["late"].code in visit("clerk", "counter:register", {"nam": "2026"})
    assert "AP-26" in visit("cashier", "payments:register", {})
    assert "Cổng Mẫu" in visit("local_admin", "payments:gateways", {})
    assert "sao-ke.csv" in visit("cashier", "payments:statements", {})
    for name in ("feedback:register", "feedback:export"):
        assert province.things["feedback"].code in visit("head", name, {})
    assert "Khảo sát plan" in visit("controller", "surveys:surveys", {})
    assert "Bản nháp chưa ai" in visit("controller", "news:articles", {})
    assert province.theirs["review"].code in visit("other_clerk", "counter:register", {"nam": "2026"})


@pytest.mark.parametrize("who", SEATED)
def test_a_desk_seated_at_our_counter_sees_only_what_it_works_on(province: Province, visit, who: str) -> None:
    """The liên thông dossier is planned through police and insurance: the one that they may know."""
    codes, found = {d.code for label, d in province.ours.items() if d.code and label != "chain"}, {}
    for name, query in LISTS:
        if name.startswith(("counter:", "dossiers:")):
            body = visit(who, name, query)
            found[name, str(query)] = {code for code in codes if code in body}
    assert {where: seen for where, seen in found.items() if seen} == {}


@pytest.mark.parametrize("kind", ["counter:register_xlsx", "counter:register_pdf"])
def test_a_register_that_leaves_the_house_is_of_ones_own_office(
    client: Client, province: Province, monkeypatch, kind: str
) -> None:
    printed: list[str] = []
    monkeypatch.setattr(
        "motcua.printing.actions.press", lambda form, data, **o: (printed.append(repr(data)) or b"%PDF", [])
    )
    client.force_login(province.cast.other_clerk)
    answer = client.get(reverse(kind, args=[2026]))
    content = b"".join(answer) if answer.streaming else answer.content
    text = "".join(printed) or sheet_text(content)
    assert THEIRS in text
    assert traces(province, text) == []


def sheet_text(content: bytes) -> str:
    """All text of a spreadsheet."""
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        return "".join(book.read(n).decode() for n in book.namelist() if n.endswith(".xml"))


# Addresses with an object of our commune in them that a stranger must not even find to exist.
OF_OURS = [
    name
    for name in names("<")
    if name.startswith(
        ("counter:", "dossiers:", "payments:", "files:", "notifications:", "feedback:", "news:")
    )
    and name
    not in {
        "counter:register_pdf",
        "counter:register_xlsx",
        "files:release",
        "payments:reconciliation_file",  # the number is a file's form; the agency is in the question
        "notifications:template",
        "notifications:provider",
        "notifications:choices",
    }
]


@pytest.mark.parametrize("who", OTHERS)
def test_the_neighbours_open_nothing_of_ours_by_its_number(
    client: Client, province: Province, who: str
) -> None:
    args, opened = arguments(province), {}
    client.force_login(province.user(who))
    for name in OF_OURS:
        send = client.post if name in POST_ONLY else client.get
        with undone():
            status = send(reverse(name, args=args[name]), {"body": "x"}).status_code
        if status != 404:
            opened[name] = status
    assert opened == {}


@pytest.mark.parametrize("who", ["other_leader", "clerk"])
def test_who_may_not_open_a_page_may_not_send_its_form_either(
    client: Client, province: Province, who: str
) -> None:
    """The table of tests/test_permissions.py says who opens what; a form that is sent without being opened finds the same door."""
    args, taken = arguments(province), {}
    client.force_login(province.user(who))
    client.raise_request_exception = False
    for name in (n for n in names() if EXPECTED[n][who] == 404):
        with undone():
            status = client.post(reverse(name, args=args.get(name, [])), {"reason": "x"}).status_code
        if status not in (404, 405):
            taken[name] = status
    assert taken == {}


@pytest.mark.parametrize("name", ["dossiers:notice_pdf", "dossiers:scan_file", "dossiers:result_pdf"])
def test_a_paper_of_another_dossier_is_not_reached_through_ones_own(
    client: Client, province: Province, name: str
) -> None:
    """The pair of numbers in the address must belong together."""
    own = province.theirs["review"].pk
    paper = arguments(province)[name][1]
    client.force_login(province.cast.other_clerk)
    assert client.get(reverse(name, args=[own, paper])).status_code == 404


def test_a_scanned_slip_of_ours_opens_nothing_for_the_neighbours(client: Client, province: Province) -> None:
    token = arguments(province)["portal:verify_token"][0]
    client.force_login(province.cast.other_clerk)
    answer = client.get(reverse("dossiers:search"), {"q": token})
    assert answer.status_code == 200
    assert traces(province, answer.content.decode(), token) == []


@pytest.mark.parametrize("who", OTHERS)
def test_people_of_earlier_dossiers_are_offered_only_where_they_came(
    client: Client, province: Province, who: str
) -> None:
    party = Dossier.objects.get(pk=province.ours["review"].pk).applicant_id
    client.force_login(province.user(who))
    assert client.post(reverse("counter:person"), {"party": party}).status_code == 404
    form = {"applicant-identity_number": OUR_NUMBER, "applicant-kind": "citizen", "applicant-name": "X"}
    answer = client.post(
        reverse("counter:preview"), form | {"papers-TOTAL_FORMS": 0, "papers-INITIAL_FORMS": 0}
    )
    assert OURS not in answer.content.decode()


def test_both_communes_number_their_dossiers_for_themselves(province: Province) -> None:
    assert province.theirs["received"].code.startswith("H40.13-")
    assert province.theirs["received"].applicant.identity_number == THEIR_NUMBER
