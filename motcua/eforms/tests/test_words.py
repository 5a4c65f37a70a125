"""The English of a form: entered on a screen beside its Vietnamese, counted, carried by the file; whole in the forms that ship."""

import json
import re

import pytest
from django.urls import reverse
from django.utils.translation import override

from motcua.eforms import actions, queries
from motcua.eforms.forms import WordsForm
from motcua.eforms.models import Form, FormVersion
from motcua.eforms.rules.english import in_english, missing, parts_of, put_words, texts_of
from motcua.eforms.rules.reading import schema_of
from motcua.eforms.starting import FILES, text_of
from motcua.eforms.testing import SAMPLE, make_form_version
from motcua.eforms.tests.conftest import AT

CODE = "to-khai-thu"


def url(name, *args):
    return reverse(f"eforms:{name}", args=args)


def page(answer, status=200):
    assert answer.status_code == status
    return answer.content.decode()


def posted(schema, words):
    """What a browser sends when these texts are given these words; the others stand as they were."""
    form = WordsForm(schema=schema)
    return {name: words.get(text, form.fields[name].initial) for name, text in form.texts.items()}


@pytest.mark.parametrize("name", [name for name, _ in FILES])
def test_a_form_that_ships_says_everything_in_english(name):
    schema = schema_of(json.loads(text_of(name)))
    assert missing(schema) == []
    assert set(dict(schema.english)) == set(texts_of(schema)), "chữ tiếng Anh của câu không còn trong tờ khai"
    assert not set(texts_of(schema)) & set(texts_of(in_english(schema)))


@pytest.mark.parametrize("name", [name for name, _ in FILES])
def test_a_form_that_ships_leaves_nothing_in_vietnamese_on_a_page_in_english(db, name):
    from django.template import Context, Template

    schema = schema_of(json.loads(text_of(name)))
    drawn = Template(
        "{% load eforms %}{{ s|eform_language }}{% include 'eforms/_section.html' with section=s answers=a errors=e %}"
    )
    said = set(texts_of(schema))
    for section in schema.sections:
        errors = {section.path(one.key): one.message for one in section.fields if one.message}
        with override("en"):
            html = drawn.render(Context({"s": section, "a": {}, "e": errors}))
        assert html.startswith("en")
        plain = re.sub(r'<span lang="vi">[^<]*</span>', "", html)
        found = [text for text in said if f">{text}<" in plain or f'"{text}' in plain]
        assert found == [], section.key


def test_each_text_is_asked_for_once_where_it_stands_first():
    twice = {**SAMPLE, "sections": [*SAMPLE["sections"], {"key": "them", "title": "Người khai", "fields": [{"key": "ten_2", "type": "text", "label": "Họ và tên"}]}]}  # fmt: skip
    parts = parts_of(schema_of(twice))
    assert [part.title for part in parts] == ["", "Người khai", "Nội dung", "Ký"]
    assert [part.texts for part in parts][-1] == ("Ký", "Chữ ký")


def test_words_are_added_taken_away_and_forgotten_with_their_text():
    schema = put_words(
        schema_of({**SAMPLE, "english": {"Câu cũ": "Old", "Ký": "Sign"}}), {"Chữ ký": "Signature"}
    )
    assert dict(schema.english) == {"Chữ ký": "Signature", "Ký": "Sign"}
    assert dict(put_words(schema, {"Ký": ""}).english) == {"Chữ ký": "Signature"}
    assert len(missing(schema)) == len(texts_of(schema)) - 2


@pytest.fixture
def draft(keeper):
    make_form_version()
    keeper.post(url("draft", CODE))
    return FormVersion.objects.get(number=2)


def test_words_are_entered_beside_the_vietnamese_and_what_is_missing_is_counted(keeper, draft):
    schema = queries.draft_schema(draft)[0]
    every = len(texts_of(schema))
    assert f"còn thiếu {every} trên {every} câu chữ" in page(keeper.get(url("version", CODE, 2)))
    html = page(keeper.get(url("words", CODE, 2)))
    assert f"Còn thiếu {every} trên {every} câu chữ" in html
    sent = posted(schema, {"Họ và tên": "Full name", "Chữ ký": "Signature"})
    assert keeper.post(url("words", CODE, 2), sent).url == url("words", CODE, 2)
    draft.refresh_from_db()
    assert draft.schema["english"] == {"Chữ ký": "Signature", "Họ và tên": "Full name"}
    html = page(keeper.get(url("words", CODE, 2)))
    assert 'value="Full name"' in html
    html = page(keeper.get(url("words", CODE, 2), {"thieu": "1"}))
    assert 'value="Full name"' not in html
    assert "Số định danh" in html


def test_saving_what_is_missing_keeps_what_is_there(keeper, draft):
    schema = queries.draft_schema(draft)[0]
    keeper.post(url("words", CODE, 2), posted(schema, {"Họ và tên": "Full name"}))
    draft.refresh_from_db()
    form = WordsForm(schema=queries.draft_schema(draft)[0], only_missing=True)
    sent = {name: f"In English {n}" for n, name in enumerate(form.texts)}
    keeper.post(url("words", CODE, 2) + "?thieu=1", sent)
    draft.refresh_from_db()
    assert draft.schema["english"]["Họ và tên"] == "Full name"
    assert missing(queries.draft_schema(draft)[0]) == []
    assert "Đủ " in page(keeper.get(url("words", CODE, 2)))
    assert "Không còn chỗ nào thiếu" in page(keeper.get(url("words", CODE, 2), {"thieu": "1"}))


def test_words_that_are_too_long_are_refused_and_kept_on_the_page(keeper, draft):
    sent = posted(queries.draft_schema(draft)[0], {"Họ và tên": "x" * 3001})
    assert "x" * 3001 in page(keeper.post(url("words", CODE, 2), sent), 422)
    draft.refresh_from_db()
    assert "english" not in draft.schema


def test_a_published_version_only_shows_its_words(keeper):
    made = make_form_version(data={**SAMPLE, "english": {"Họ và tên": "Full name"}})
    html = page(keeper.post(url("words", CODE, 1), {}))
    assert "Full name" in html
    assert "<textarea" not in html
    made.refresh_from_db()
    assert made.schema["english"] == {"Họ và tên": "Full name"}


def test_words_travel_with_the_file(world):
    made = make_form_version(data={**SAMPLE, "english": {"Họ và tên": "Full name"}})
    content = queries.file_of(made).encode()
    Form.objects.filter(pk=made.form_id).update(code="khac")
    again = actions.import_form(content, actor=world.keeper, at=AT)
    assert again.schema["english"] == {"Họ và tên": "Full name"}


def test_a_page_holds_no_more_boxes_than_a_browser_may_send(monkeypatch):
    monkeypatch.setattr("motcua.eforms.forms.BOXES", 3)
    form = WordsForm(schema=schema_of(SAMPLE))
    assert (len(form.texts), form.left) == (3, len(texts_of(schema_of(SAMPLE))) - 3)
