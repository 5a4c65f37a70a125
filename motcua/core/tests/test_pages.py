"""The shells and fragments, drawn for somebody unknown and for an officer."""

import io
import logging
import os
import subprocess
import sys
from datetime import date

import pytest
from django import forms
from django.core.management import CommandError, call_command
from django.template.loader import render_to_string
from django.test import Client, RequestFactory
from django.urls import path

from motcua.core import attempts, errors, middleware, navigation, views
from motcua.core.forms import DateField


class Sample(forms.Form):
    name = forms.CharField(label="Họ và tên", help_text="Ghi như trên giấy tờ")
    note = forms.CharField(label="Ghi chú", required=False, widget=forms.Textarea)
    channel = forms.ChoiceField(
        label="Cách nộp", choices=[("1", "Trực tiếp"), ("2", "Trực tuyến")], widget=forms.RadioSelect
    )
    sure = forms.BooleanField(label="Tôi cam đoan", required=False)


def drawn(form: forms.Form) -> str:
    return str(form)


def test_a_field_ties_label_hint_and_error_together():
    html = drawn(Sample({"channel": "1"}))
    assert '<label class="form-label" for="id_name">Họ và tên</label>' in html
    assert 'aria-describedby="id_name_helptext id_name_error"' in html
    assert 'id="id_name_error"' in html
    assert "form-control is-invalid" in html


def test_a_field_of_several_boxes_and_a_hidden_one_keep_their_own_classes():
    class Odd(forms.Form):
        moment = forms.SplitDateTimeField(label="Lúc")
        token = forms.CharField(widget=forms.HiddenInput)

    html = drawn(Odd())
    assert '<input type="hidden" name="token" id="id_token">' in html
    assert '<legend class="form-label">Lúc</legend>' in html
    assert html.count('class="form-control"') == 2


def test_a_check_of_a_field_speaks_through_the_form():
    def check(value):
        raise errors.RuleViolation("Số không đúng.")

    with pytest.raises(forms.ValidationError, match="Số không đúng"):
        attempts.checked(check, "1")
    assert attempts.checked(check, "") == ""


def test_optional_fields_say_so_and_lone_boxes_do_not():
    html = drawn(Sample())
    assert 'Ghi chú <span class="optional">(không bắt buộc)</span>' in html
    assert 'for="id_sure">Tôi cam đoan</label>' in html


def test_choices_are_a_fieldset_with_a_legend():
    html = drawn(Sample())
    assert "<fieldset" in html
    assert '<legend class="form-label">Cách nộp</legend>' in html
    assert html.count('class="form-check-input"') == 3


def test_the_error_summary_leads_to_each_field():
    html = render_to_string("core/_error_summary.html", {"form": Sample({})})
    assert "Cần sửa 2 chỗ" in html
    assert '<a href="#id_name">' in html
    assert '<a href="#id_channel_0">' in html


@pytest.fixture
def request_of_nobody(rf: RequestFactory):
    from django.contrib.auth.models import AnonymousUser

    request = rf.get("/")
    request.user = AnonymousUser()
    return request


@pytest.mark.parametrize("shell", ["core/base.html", "core/public.html", "core/staff.html"])
def test_shells_are_drawn_for_somebody_unknown(shell, request_of_nobody):
    html = render_to_string(shell, {}, request=request_of_nobody)
    assert '<main id="noi-dung" tabindex="-1">' in html
    assert "style=" not in html
    assert "<script>" not in html


@pytest.mark.parametrize(
    ("error", "status", "words"),
    [
        (errors.RuleViolation("Hồ sơ đã trả kết quả."), 422, "Hồ sơ đã trả kết quả."),
        (errors.NotFound(), 404, "Không tìm thấy nội dung này"),
    ],
)
def test_errors_of_rules_become_pages(error, status, words, request_of_nobody):
    response = middleware.errors_to_pages(lambda request: None).process_exception(request_of_nobody, error)
    assert response.status_code == status
    assert words in response.content.decode()


def test_for_htmx_a_refusal_is_put_among_the_messages(request_of_nobody):
    class Details:
        boosted = False

    request_of_nobody.htmx = Details()
    error = errors.RuleViolation("Không được.")
    response = middleware.errors_to_pages(lambda request: None).process_exception(request_of_nobody, error)
    assert response["HX-Retarget"] == "#messages"
    assert "<html" not in response.content.decode()


def test_other_errors_are_left_to_django(request_of_nobody):
    assert (
        middleware.errors_to_pages(lambda r: None).process_exception(request_of_nobody, ValueError()) is None
    )


@pytest.mark.django_db
def test_healthz_says_ok_when_the_database_is_ready(client):
    response = client.get("/healthz")
    assert (response.status_code, response.json()["status"]) == (200, "ok")


def test_the_menu_of_somebody_unknown_is_empty(request_of_nobody):
    assert navigation.entries(request_of_nobody) == []


@pytest.mark.django_db
def test_the_style_guide_shows_every_component_to_officers_only(client):
    from django.contrib.auth import get_user_model

    assert client.get("/mau-giao-dien/").status_code == 302
    user = get_user_model().objects.create_user("mau", full_name="Nguyễn Thị Mẫu")
    client.force_login(user)
    shown = client.get("/mau-giao-dien/").content.decode()
    assert "style=" not in shown
    assert "Quá hạn 4 ngày" in shown
    sent = client.post("/mau-giao-dien/", {"name": "Nguyễn Văn Mẫu"}).content.decode()
    assert "<title>Lỗi: Mẫu giao diện" in sent
    assert "Cần sửa 4 chỗ" in sent


@pytest.mark.django_db
def test_an_unknown_address_is_a_page_of_ours(client):
    response = client.get("/khong-co-trang-nay/")
    assert response.status_code == 404
    assert "Kiểm tra lại địa chỉ" in response.content.decode()


@pytest.mark.parametrize(
    ("view", "status"), [(views.forbidden, 403), (views.bad_request, 400), (views.not_found, 404)]
)
def test_errors_of_django_are_pages_of_ours(view, status, request_of_nobody):
    assert view(request_of_nobody, Exception()).status_code == status


def test_the_page_for_our_own_mistakes_needs_no_database(request_of_nobody):
    response = views.server_error(request_of_nobody)
    assert response.status_code == 500
    assert "Dữ liệu đã lưu không bị mất" in response.content.decode()


def _broken(request):
    raise RuntimeError("hỏng thử")


urlpatterns = [path("hong/", _broken)]


@pytest.mark.urls(__name__)
def test_a_fault_is_written_to_standard_error_with_its_trace(db, caplog, settings):
    response = Client(raise_request_exception=False).get("/hong/")
    assert response.status_code == 500
    assert b"RuntimeError" not in response.content
    [written] = [one for one in caplog.records if one.levelname == "ERROR"]
    assert "/hong/" in written.getMessage()
    assert "hỏng thử" in logging.Formatter().formatException(written.exc_info)
    assert settings.LOGGING["root"]["handlers"] == ["console"]
    assert settings.LOGGING["handlers"]["console"]["class"] == "logging.StreamHandler"  # standard error


@pytest.mark.parametrize("typed", ["5/1/2026", "05-01-2026", "05.01.2026", "05012026", "2026-01-05"])
def test_dates_are_understood_as_people_write_them(typed):
    assert DateField().clean(typed) == date(2026, 1, 5)


def test_a_wrong_date_is_answered_with_an_example():
    with pytest.raises(forms.ValidationError, match="ví dụ 05/01/2026"):
        DateField().clean("31/2/2026")


def test_what_a_rule_forbids_becomes_an_error_of_the_form():
    def act():
        raise errors.RuleViolation("Không được.", field="name")

    form = Sample({"name": "A", "channel": "1"})
    assert attempts.attempt(form, act) is None
    assert form.errors["name"] == ["Không được."]
    assert attempts.attempt(form, lambda: 7) == 7


def test_the_server_starts_only_with_a_database_that_fits(monkeypatch, settings):
    from motcua.core.management.commands import serve

    started = []
    monkeypatch.setattr(serve, "call_command", lambda *args, **kwargs: None)
    monkeypatch.setattr(serve.os, "execv", lambda program, arguments: started.append(arguments))
    monkeypatch.setattr(serve, "pending_migrations", lambda: 1)
    with pytest.raises(CommandError, match="motcua migrate"):
        call_command("serve")
    monkeypatch.setattr(serve, "pending_migrations", lambda: 0)
    monkeypatch.setenv("MOTCUA_COLLECTED", "")
    call_command("serve", workers=3, stdout=io.StringIO())
    assert started[0][started[0].index("--workers") + 1] == "3"


def test_the_program_itself_is_not_searched_for_garbage_once_it_is_served(tmp_path):
    """In a process of its own, as gunicorn makes one; the addresses too, which Django reads at the first request otherwise."""
    code = (
        "import gc, sys, motcua.config.wsgi\n"
        "print('motcua.config.urls' in sys.modules, gc.get_freeze_count() > 50_000, len(gc.get_objects()) < 5_000)"
    )
    env = {k: v for k, v in os.environ.items() if k in ("PATH", "HOME", "LANG", "PYTHONPATH")}
    done = subprocess.run([sys.executable, "-c", code], env={**env, "MOTCUA_HOME": str(tmp_path)}, capture_output=True, text=True, check=True)  # fmt: skip
    assert done.stdout.split() == ["True", "True", "True"]


def test_static_files_have_hashed_names_only_in_a_server_that_collected_them(tmp_path, monkeypatch, settings):
    from motcua.core.storage import Storage

    settings.DEBUG = False
    settings.STATIC_ROOT = tmp_path
    (tmp_path / "staticfiles.json").write_text(
        '{"paths": {"a.css": "a.123456789abc.css"}, "version": "1.1", "hash": ""}'
    )
    assert Storage(location=tmp_path).url("a.css") == "/static/a.css"
    monkeypatch.setenv("MOTCUA_COLLECTED", "1")
    assert Storage(location=tmp_path).url("a.css") == "/static/a.123456789abc.css"
    assert Storage(location=tmp_path).url("b.css") == "/static/b.css"


def test_every_static_file_of_every_app_can_be_collected(tmp_path):
    """What a style sheet names must be there, or `motcua serve` would not start."""
    from django.contrib.staticfiles.management.commands.collectstatic import Command

    from motcua.core.storage import Storage

    command = Command()
    command.storage = Storage(location=tmp_path, base_url="/static/")
    call_command(command, interactive=False, verbosity=0)
    assert list(tmp_path.glob("core/theme.????????????.css.gz"))
