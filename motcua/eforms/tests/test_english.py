"""Questions in English for who reads English; kept, checked and printed the form stays what it is."""

import json

import pytest
from django.template import Context, Template
from django.utils.translation import override

from motcua.core.errors import RuleViolation
from motcua.eforms.rules.english import in_english, is_english
from motcua.eforms.rules.reading import schema_of
from motcua.eforms.starting import text_of
from motcua.eforms.testing import SAMPLE
from motcua.eforms.words import in_language

ENGLISH = {"Người khai": "Who declares", "Họ và tên": "Full name", "Số định danh": "Identity number", "Khai thay người khác?": "For another?", "Quan hệ": "Relation"}  # fmt: skip


def form(words: object = ENGLISH):
    return schema_of({**SAMPLE, "english": words})


def test_words_come_with_the_form_and_leave_with_it():
    schema = form()
    assert schema.as_data()["english"] == dict(sorted(ENGLISH.items()))
    assert schema_of(schema.as_data()) == schema
    assert "english" not in schema_of(SAMPLE).as_data()


def test_what_has_words_is_said_by_them_and_keys_stay():
    shown = in_english(form())
    first, rest = shown.sections[0], shown.sections[1]
    assert (first.title, [one.label for one in first.fields][:2]) == (
        "Who declares",
        ["Full name", "Identity number"],
    )
    assert [one.key for one in first.fields] == [one.key for one in form().sections[0].fields]
    assert rest.title == "Nội dung"
    assert (is_english(form().sections[0]), is_english(form().sections[1])) == (True, False)
    assert not is_english(schema_of(SAMPLE).sections[0])


@pytest.mark.parametrize(
    "wrong", [["Họ và tên"], {"Họ và tên": 1}, {"": "x"}, {str(n): "x" for n in range(1001)}]
)
def test_other_shapes_are_faults(wrong):
    with pytest.raises(RuleViolation, match="Tiếng Anh"):
        form(wrong)


@pytest.mark.parametrize(("language", "label", "tag"), [("en", "Full name", "en"), ("vi", "Họ và tên", "vi")])
def test_a_page_asks_in_the_readers_language(db, language, label, tag):
    text = "{% load eforms %}{% eform_errors s e as rows %}{{ rows.0.1 }} {{ s|eform_language }}{% include 'eforms/_section.html' with section=s answers=a errors=e %}"
    page = {"s": form().sections[0], "a": {}, "e": {"nguoi_khai.ho_ten": "Chưa điền."}}
    with override(language):
        said = Template(text).render(Context(page))
    assert said.startswith(f"{label} {tag}")
    assert said.count(label) >= 2


def test_only_known_sentences_of_answers_are_translated():
    with override("vi"):
        assert (in_language("Có"), in_language("Có một câu khác")) == ("Có", "Có một câu khác")


def test_every_question_of_the_residence_form_has_english_words():
    schema = schema_of(json.loads(text_of("tam-tru")))
    assert all(is_english(section) for section in schema.sections)
    assert all(option.label in dict(schema.english) for section in schema.sections for one in section.every_field for option in one.options)  # fmt: skip
