"""The shells and fragments, drawn for somebody unknown and for an officer."""

import pytest
from django import forms
from django.template.loader import render_to_string
from django.test import RequestFactory

from motcua.core import errors, middleware, navigation


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
