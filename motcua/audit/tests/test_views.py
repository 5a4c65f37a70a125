"""The auditor's pages."""

from datetime import UTC, date, datetime

import pytest
from django.contrib.auth import get_user_model
from django.urls import reverse

from motcua.audit import actions, queries
from motcua.audit.models import Event, Seal
from motcua.audit.queries import Search, names, registry
from motcua.audit.rules import words
from motcua.audit.tests.forge import forge

AT = datetime(2026, 11, 22, 18, 30, tzinfo=UTC)  # 01:30 on 23 November in Viet Nam


class Powers:
    """Stands for what agencies say of a person."""

    def __init__(self, *held):
        self.held = held

    def has(self, code):
        return code in self.held

    def agency_ids(self, code):
        return frozenset({1}) if self.has(code) else frozenset()

    def require_any(self, code):
        from motcua.core.errors import NotFound

        if not self.has(code):
            raise NotFound()

    def __getattr__(self, name):
        return ""


@pytest.fixture
def log(db):
    for number in range(1, 4):
        actions.append("dossier/1", f"dossier.act{number}", actor=None, at=AT, data={"lý do": "Thử"})
    actions.append("user/9", "user.changed", actor=None, at=AT)


@pytest.fixture
def auditor(client, db, monkeypatch):
    """Signed in, with the powers to read and to seal."""
    user = get_user_model().objects.create_user("kiem.toan", full_name="Phạm Thị Mẫu Soát")
    client.force_login(user)
    _give(monkeypatch, "audit.read", "audit.seal")
    return client


def _give(monkeypatch, *codes):
    from django.contrib.auth.middleware import AuthenticationMiddleware
    from django.core.handlers.wsgi import WSGIRequest

    assert AuthenticationMiddleware
    powers = property(lambda request: Powers(*codes), lambda request, value: None)
    monkeypatch.setattr(WSGIRequest, "authority", powers, raising=False)


def _text(answer):
    return answer.content.decode()


@pytest.mark.parametrize(
    ("search", "found"),
    [
        (Search(), 4),
        (Search(chain="dossier/1"), 3),
        (Search(chain="dossier/"), 3),
        (Search(chain="dossier/2"), 0),
        (Search(chain="H40-1"), 3),
        (Search(kind="dossier.act"), 3),
        (Search(kind="dossier.act2"), 1),
        (Search(kind="sửa tài khoản"), 1),
        (Search(kind="SUA TAI"), 1),
        (Search(kind="không ai làm"), 0),
        (Search(person="999999"), 0),
        (Search(person="9" * 30), 0),
        (Search(person="nobody"), 0),
        (Search(first_day=date(2026, 11, 23)), 4),
        (Search(first_day=date(2026, 11, 24)), 0),
        (Search(last_day=date(2026, 11, 23)), 4),
        (Search(last_day=date(2026, 11, 22)), 0),
    ],
)
def test_events_are_found_by_chain_code_kind_person_and_legal_day(log, monkeypatch, search, found):
    monkeypatch.setattr(registry, "_resolvers", [lambda code: "dossier/1" if code == "H40-1" else None])
    assert queries.search_events(search).count() == found


@pytest.mark.parametrize("words", ["an.thu", "AN.THU", "văn thứ", "Trần Văn Thứ", "h-code"])
def test_acts_are_found_by_the_name_of_who_did_them(log, monkeypatch, words):
    user = get_user_model().objects.create_user("an.thu", full_name="Trần Văn Thứ")
    actions.append("dossier/1", "dossier.done", actor=user, at=AT)
    monkeypatch.setattr(
        registry, "_resolvers", [lambda code: f"user/{user.pk}" if code == "h-code" else None]
    )
    assert [event.kind for event in queries.search_events(Search(person=words))] == ["dossier.done"]
    assert queries.search_events(Search(person=str(user.pk))).count() == 1


def test_records_are_shown_by_the_name_that_their_app_gives_them(log, auditor, monkeypatch):
    monkeypatch.setattr(registry, "_records", {"dossier": Event.objects.all})
    monkeypatch.setattr(names, "_namers", {"user": lambda rests: {"9": "Trần Văn Thứ (an.thu)"}})
    first = Event.objects.earliest("id")
    actions.append(f"dossier/{first.pk}", "dossier.seen", actor=None, at=AT)
    actions.append("calendar/0", "calendar.loaded", actor=None, at=AT)
    actions.append("dossier/none", "x", actor=None, at=AT)
    actions.append("strange/1", "x", actor=None, at=AT)
    said = queries.names_of(Event.objects.values_list("chain", flat=True))
    assert said[f"dossier/{first.pk}"] == f"hồ sơ {first}"
    assert said["user/9"] == "tài khoản Trần Văn Thứ (an.thu)"
    assert said["calendar/0"] == "lịch làm việc toàn quốc"
    assert said["dossier/none"] == "hồ sơ none"
    assert said["strange/1"] == "strange/1"
    assert "Tài khoản Trần Văn Thứ (an.thu)" in _text(auditor.get(reverse("audit:events")))


def test_the_log_is_read_and_searched(log, auditor):
    shown = _text(auditor.get(reverse("audit:events")))
    assert "dossier.act3" in shown
    assert "user.changed" in shown
    shown = _text(auditor.get(reverse("audit:events") + "?chain=dossier/1&first_day=23/11/2026"))
    assert "user.changed" not in shown
    assert "Không có sự kiện nào" in _text(auditor.get(reverse("audit:events") + "?kind=x"))
    assert auditor.get(reverse("audit:events") + "?first_day=x").status_code == 200


def test_one_event_shows_its_content_its_chain_and_its_seal(log, auditor):
    event = Event.objects.get(kind="dossier.act2")
    page = reverse("audit:event", args=[event.pk])
    shown = _text(auditor.get(page))
    assert "lý do" in shown
    assert "Khớp mã băm" in shown
    assert "chưa niêm phong" in shown
    actions.seal(at=AT)
    assert "niêm phong 1" in _text(auditor.get(page))
    forge("UPDATE audit_event SET kind = 'forged' WHERE id = %s", event.pk)
    assert "không khớp mã băm" in _text(auditor.get(page))
    forge("DELETE FROM audit_event WHERE id = %s", Event.objects.get(kind="dossier.act1").pk)
    assert "không nối" in _text(auditor.get(page))
    assert auditor.get(reverse("audit:event", args=[404])).status_code == 404


def test_seals_are_made_listed_and_checked(log, auditor):
    assert "Chưa có niêm phong" in _text(auditor.get(reverse("audit:seals")))
    shown = _text(auditor.post(reverse("audit:seal"), follow=True))
    assert "Đã niêm phong 4 sự kiện" in shown
    assert "Không có sự kiện mới" in _text(auditor.post(reverse("audit:seal"), follow=True))
    assert Seal.objects.count() == 1
    checked = _text(auditor.post(reverse("audit:check"), {"last": 5}))
    assert "Toàn vẹn" in checked
    forge("DELETE FROM audit_event WHERE kind = 'dossier.act2'")
    checked = _text(auditor.post(reverse("audit:check"), {"last": "x"}))
    assert "Không toàn vẹn" in checked
    assert "Mắt xích hỏng đầu tiên: niêm phong 1" in checked


@pytest.mark.parametrize(
    ("kind", "said"),
    [
        ("receipt.issued", "Lập biên lai"),
        ("user.signed_in", "Đăng nhập"),
        ("nobody.knows", "nobody.knows"),
        ("user.flew", "user.flew"),
        ("plain", "plain"),
    ],
)
def test_kinds_are_said_in_words(kind, said):
    assert words.say(kind) == said
    assert Event(kind=kind).title == said


def test_an_app_above_names_its_own_kinds(monkeypatch):
    monkeypatch.setattr(words, "_WHOLE", {})
    words.teach({"dossier.receive": "Tiếp nhận hồ sơ"})
    assert words.say("dossier.receive") == "Tiếp nhận hồ sơ"


@pytest.mark.parametrize("name", ["events", "event", "seals"])
def test_the_log_is_for_who_may_read_it(log, client, monkeypatch, name):
    address = reverse(f"audit:{name}", args=[Event.objects.earliest("id").pk] if name == "event" else [])
    assert client.get(address).status_code == 302
    client.force_login(get_user_model().objects.create_user("khac"))
    _give(monkeypatch, "dossier.view")
    assert client.get(address).status_code == 404


def test_sealing_needs_its_own_permission(log, auditor, monkeypatch):
    _give(monkeypatch, "audit.read")
    assert "Niêm phong ngay" not in _text(auditor.get(reverse("audit:seals")))
    assert auditor.post(reverse("audit:seal")).status_code == 404
    _give(monkeypatch)
    assert auditor.post(reverse("audit:check")).status_code == 404
    assert auditor.get(reverse("audit:seal")).status_code == 405


def test_the_page_of_the_log_costs_the_same_for_any_number_of_events(
    log, auditor, django_assert_max_num_queries
):
    for number in range(60):
        actions.append("dossier/2", f"a{number}", actor=None, at=AT)
    with django_assert_max_num_queries(6):
        auditor.get(reverse("audit:events"))


def test_who_answers_for_personal_data_sees_the_looks_and_nothing_else(log, auditor, monkeypatch):
    _give(monkeypatch, "privacy.manage")
    look = actions.record_view(get_user_model().objects.get(), "dossier/1", ["name"], at=AT)
    shown = _text(auditor.get(reverse("audit:events")))
    assert "view.personal_data" in shown
    assert "dossier.act3" not in shown
    assert "Niêm phong</a>" not in shown
    assert auditor.get(reverse("audit:event", args=[look.pk])).status_code == 200
    assert auditor.get(reverse("audit:event", args=[Event.objects.earliest("id").pk])).status_code == 404
    assert auditor.get(reverse("audit:seals")).status_code == 404
    assert "dossier.act3" not in _text(auditor.get(reverse("audit:events") + "?chain=dossier/1"))
