"""The printed paper of a draft, laid out as the law fixes it."""

from functools import partial

from django.http import HttpResponse
from django.shortcuts import render

from motcua.eforms import actions, queries
from motcua.eforms.forms import LayoutForm
from motcua.eforms.rules.editing import put_layout
from motcua.eforms.rules.schema import Schema
from motcua.eforms.rules.types import LABELS
from motcua.eforms.views.common import StaffRequest, data, done, draft_of, form_view, went


@form_view
def layout(request: StaffRequest, code: str) -> HttpResponse:
    """The lines of the printed form, beside the keys that they may name."""
    version = draft_of(code)
    schema, _ = queries.draft_schema(version)
    form = LayoutForm(data(request), schema=schema)
    if form.is_bound and form.is_valid():
        change = partial(put_layout, layout=form.layout)
        if done(request, form, actions.edit_draft, code, change, what="mẫu in"):
            return went(
                request, "Đã lưu mẫu in. Mở “Mẫu in” để xem tờ giấy.", "version", code, version.number
            )
    context = {"form": form, "version": version, "known": _known(schema)}
    return render(request, "eforms/layout.html", context, status=422 if form.errors else 200)


def _known(schema: Schema) -> list[tuple[str, str, str]]:
    """(key, label, type) of every field, those of groups after their group."""
    fields = [one for section in schema.sections for one in section.every_field]
    return [(one.key, one.label[:80], LABELS[one.type]) for one in fields]
