"""Pages with one form: opened, badly filled in, refused by a rule, gone through."""

import pytest
from django import forms
from django.contrib.auth.models import AnonymousUser
from django.contrib.messages.storage.cookie import CookieStorage
from django.test import RequestFactory

from motcua.core.errors import RuleViolation
from motcua.core.pages import FormPage, act_page, data, done, form_page


class NameForm(forms.Form):
    name = forms.CharField(label="Tên")


PAGE = FormPage(
    "Đặt tên", "Đã đặt tên.", to="/xong/", back="/thoi/", submit="Đặt", note="Tên không đổi được."
)


@pytest.fixture
def asked():
    def make(typed=None):
        made = RequestFactory().get("/") if typed is None else RequestFactory().post("/", typed)
        made.user, made.authority, made.htmx, made.session = AnonymousUser(), None, None, {}
        made._messages = CookieStorage(made)
        return made

    return make


def _page(request, act, **fixed):
    return act_page(request, NameForm(data(request)), PAGE, act, "first", **fixed)


def test_opened_it_shows_the_form_and_does_nothing(asked):
    answer = _page(asked(), pytest.fail)
    text = answer.content.decode()
    assert answer.status_code == 200
    for words in ("<h1>Đặt tên</h1>", "Tên không đổi được.", 'href="/thoi/"', ">Đặt</button>"):
        assert words in text


def test_badly_filled_in_or_forbidden_it_says_why_and_stays(asked):
    assert _page(asked({}), pytest.fail).status_code == 422

    def refuse(*args, **given):
        raise RuleViolation("Tên này đã có.", field="name")

    answer = _page(asked({"name": "x"}), refuse)
    assert answer.status_code == 422
    assert "Tên này đã có." in answer.content.decode()


def test_gone_through_it_says_so_and_leads_on(asked):
    seen = {}

    def act(*args, **given):
        seen.update(given, args=args)

    request = asked({"name": "Lan"})
    answer = _page(request, act, extra=5)
    assert (answer.status_code, answer.url) == (302, "/xong/")
    assert (seen["args"], seen["name"], seen["extra"]) == (("first",), "Lan", 5)
    assert seen["actor"] is request.user
    assert seen["at"].utcoffset() is not None
    assert [str(message) for message in request._messages] == ["Đã đặt tên."]


@pytest.mark.parametrize(("given", "told"), [(None, True), (0, True), ("made", "made")])
def test_an_act_that_gives_nothing_is_done_all_the_same(asked, given, told):
    request = asked({"name": "x"})
    assert done(request, NameForm(data(request)), lambda **_: given, at=None) == told


def test_without_more_words_the_button_saves(asked):
    request = asked()
    assert "Lưu</button>" in form_page(request, NameForm(), "T", back="/").content.decode()
