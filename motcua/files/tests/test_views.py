"""Links to files: whose, how long, what they carry."""

from datetime import UTC, datetime

import pytest
import time_machine
from django.contrib.auth import get_user_model
from django.urls import reverse

from motcua.audit.models import Event
from motcua.files import actions, queries
from motcua.files.tests.conftest import pdf

AT = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)


@pytest.fixture
def clerk(db):
    return get_user_model().objects.create_user("tiep.nhan", full_name="Trần Thị Mẫu")


@pytest.fixture
def admin(db):
    """The system's own account has every power; agencies, which give powers, stand above this app."""
    return get_user_model().objects.create_user("quan.tri", kind="system")


@pytest.fixture
def file(clerk, clamd):
    return actions.store(pdf(), name='Đơn "xin" cấp.pdf', actor=clerk, at=AT)


@pytest.fixture(autouse=True)
def _no_readers(monkeypatch):
    monkeypatch.setattr(queries, "_readers", [])


def test_the_uploader_gets_a_download_that_no_browser_runs(client, clerk, file):
    client.force_login(clerk)
    answer = client.get(queries.url_for(file, clerk))
    assert answer.status_code == 200
    assert b"".join(answer.streaming_content) == pdf()
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"].startswith("attachment; filename*=utf-8''%C4%90%C6%A1n")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answer["Content-Security-Policy"]
    assert "no-store" in answer["Cache-Control"]


def test_opening_personal_data_is_logged(client, clerk, file):
    client.force_login(clerk)
    client.get(queries.url_for(file, clerk))
    event = Event.objects.get(chain=f"views/{clerk.pk}")
    assert event.data["record"] == f"file/{file.pk}"
    assert event.data["ip"] == "127.0.0.1"


def test_opening_what_is_not_personal_is_not_logged(client, clerk, clamd):
    file = actions.store(pdf(), name="mẫu.pdf", personal=False, actor=clerk, at=AT)
    client.force_login(clerk)
    assert client.get(queries.url_for(file, clerk)).status_code == 200
    assert not Event.objects.filter(chain__startswith="views/").exists()


def test_a_link_works_for_its_person_only(client, clerk, admin, file):
    link = queries.url_for(file, clerk)
    assert client.get(link).status_code == 404
    client.force_login(admin)
    assert client.get(link).status_code == 404
    assert client.get(queries.url_for(file, admin)).status_code == 404


def test_an_app_above_may_vouch_for_a_reader(client, admin, file):
    reader = queries.register_reader(lambda found, user, authority: found == file and user == admin)
    assert queries.register_reader(reader) is reader
    assert queries._readers == [reader]
    client.force_login(admin)
    assert client.get(queries.url_for(file, admin)).status_code == 200


def test_an_app_above_may_open_a_file_to_everybody(client, file):
    link = queries.url_for(file, None)
    assert client.get(link).status_code == 404
    queries.register_reader(lambda found, user, authority: True)
    assert client.get(link).status_code == 200
    assert not Event.objects.filter(chain__startswith="views/").exists()


@pytest.mark.parametrize("token", ["rubbish", "WzEsMV0:1abc:xyz"])
def test_a_made_up_link_is_not_found(client, clerk, token):
    client.force_login(clerk)
    assert client.get(reverse("files:open", args=[token])).status_code == 404


def test_an_old_link_is_not_found(client, clerk, file):
    with time_machine.travel(datetime(2026, 1, 5, tzinfo=UTC), tick=False):
        link = queries.url_for(file, clerk)
    client.force_login(clerk)
    assert client.get(link).status_code == 404


def test_a_link_to_a_file_that_is_gone_is_not_found(client, clerk, file):
    link = queries.url_for(file, clerk)
    Event.objects.none()
    file.delete()
    client.force_login(clerk)
    assert client.get(link).status_code == 404


def test_a_file_in_quarantine_does_not_open_until_somebody_lets_it_out(client, clerk, admin, no_clamd):
    file = actions.store(pdf(), name="a.pdf", actor=clerk, at=AT)
    client.force_login(clerk)
    assert client.get(queries.url_for(file, clerk)).status_code == 404
    assert client.get(reverse("files:quarantine")).status_code == 404
    assert client.get(reverse("files:release", args=[file.pk])).status_code == 404
    client.force_login(admin)
    assert "a.pdf" in client.get(reverse("files:quarantine")).content.decode()
    page = reverse("files:release", args=[file.pk])
    assert file.sha256 in client.get(page).content.decode()
    assert client.post(page, {"reason": ""}).status_code == 422
    assert client.post(page, {"reason": "Đã kiểm tra"}).status_code == 302
    assert client.get(page).status_code == 404
    assert "Không có tệp nào" in client.get(reverse("files:quarantine")).content.decode()
    client.force_login(clerk)
    assert client.get(queries.url_for(file, clerk)).status_code == 200


def test_the_quarantine_is_for_those_signed_in(client, db):
    assert client.get(reverse("files:quarantine")).status_code == 302
