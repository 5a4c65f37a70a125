"""A form's English words beside its Vietnamese: entered while it is a draft, only seen afterwards."""

from functools import partial

from django.http import HttpResponse
from django.shortcuts import render

from motcua.eforms import actions, queries
from motcua.eforms.forms import WordsForm
from motcua.eforms.models import FormVersion
from motcua.eforms.rules.english import missing, put_words, texts_of
from motcua.eforms.views.common import StaffRequest, data, done, form_view, went


@form_view
def words(request: StaffRequest, code: str, number: int) -> HttpResponse:
    """Every text of a version that a citizen reads, with its English; those that are missing counted."""
    version = queries.access_version(code, number)
    schema, _ = queries.draft_schema(version)
    is_draft, only = version.status == FormVersion.Status.DRAFT, "thieu" in request.GET
    form = WordsForm(data(request) if is_draft else None, schema=schema, only_missing=only)
    if form.is_bound and form.is_valid():
        change = partial(put_words, words=form.words())
        if done(request, form, actions.edit_draft, code, change, what="tiếng Anh"):
            return went(request, "Đã lưu chữ tiếng Anh.", "words", code, number)
    context = {
        "version": version,
        "form": form,
        "is_draft": is_draft,
        "only": only,
        "every": len(texts_of(schema)),
        "missing": len(missing(schema)),
    }
    return render(request, "eforms/words.html", context, status=422 if form.errors else 200)
