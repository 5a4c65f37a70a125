"""Which form a procedure is filed with, and that nobody changed it since."""

import pytest
from django.template.loader import render_to_string

from motcua.core.errors import RuleViolation
from motcua.eforms import queries
from motcua.eforms.models import FormBinding, FormVersion
from motcua.eforms.testing import ANSWERS, make_form
from motcua.procedures.testing import make_version

pytestmark = pytest.mark.django_db


@pytest.fixture
def version():
    return make_version()


def test_a_procedure_without_a_binding_has_no_form(version):
    assert queries.form_for(version) is None
    assert queries.replaced_paper(version) is None


def test_a_form_holds_for_later_versions_until_another_is_bound(version, django_assert_num_queries):
    paper = version.papers.get()
    made = make_form(version, paper=paper)
    later, last = make_version(number=2), make_version(number=3)
    with django_assert_num_queries(1):
        assert queries.form_for(later) == made
    assert queries.replaced_paper(version) == paper
    assert queries.replaced_paper(later) == later.papers.get()
    FormBinding.objects.create(version=last, form_version=None, bound_at=made.changed_at)
    assert queries.form_for(last) is None
    assert queries.form_for(later) == made
    assert queries.replaced_paper(last) is None


def test_a_published_form_that_was_changed_behind_our_back_is_not_used(version):
    made = make_form(version)
    assert queries.schema_for(made).title == "Tờ khai thử"
    FormVersion.objects.update(schema={**made.schema, "title": "Khác"})
    made.refresh_from_db()
    with pytest.raises(RuleViolation, match="không còn đúng"):
        queries.schema_for(made)


def test_a_section_draws_what_the_answers_ask_for_and_nothing_else(version):
    schema = queries.schema_for(make_form(version))
    answers = {"nguoi_khai": {**ANSWERS["nguoi_khai"], "ho_ten": "<script>alert(1)</script>"}}
    section = schema.sections[0]
    text = render_to_string(
        "eforms/_section.html",
        {"section": section, "answers": answers, "errors": {"nguoi_khai.ho_ten": "Sai."}},
    )
    assert "&lt;script&gt;" in text
    assert "<script>" not in text
    assert 'name="nguoi_khai.ho_ten"' in text
    assert "Sai." in text
    assert "quan_he" not in text
    answers["nguoi_khai"]["uy_quyen"] = "yes"
    assert "quan_he" in render_to_string(
        "eforms/_section.html", {"section": section, "answers": answers, "errors": {}}
    )
