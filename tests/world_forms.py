"""An electronic form of the cast: published, with a draft of its next version."""

from datetime import datetime
from functools import partial
from typing import Any

from motcua.accounts.models import User
from motcua.eforms import actions
from motcua.eforms.rules.editing import put_field
from motcua.eforms.rules.schema import Field, Option
from motcua.eforms.rules.types import FieldType
from motcua.eforms.testing import make_form_version
from motcua.places.testing import make_units

FORM = "to-khai-thu"
OPTIONS = (Option("a", "Một"), Option("b", "Hai"))


def add_forms(things: dict[str, Any], *, keeper: User, at: datetime) -> None:
    """What the pages of the builder open; the draft has every type of question that a section may have."""
    make_units(at)
    things["form_version"] = make_form_version(FORM)
    things["form_draft"] = actions.start_draft(FORM, actor=keeper, at=at)
    change = partial(actions.edit_draft, FORM, what="nguoi_khai.cu_tru", actor=keeper, at=at)
    for type_ in (
        FieldType.ADDRESS,
        FieldType.FILE,
        FieldType.CHOICES,
        FieldType.DECLARATION,
        FieldType.GROUP,
    ):
        values: dict[str, Any] = {"type": type_, "label": f"Câu hỏi {type_}"}
        if type_ is FieldType.CHOICES:
            values["options"] = OPTIONS
        if type_ is FieldType.GROUP:
            values["fields"] = (Field("hang", FieldType.TEXT, "Hạng"),)
        change(partial(put_field, place="nguoi_khai", key="", values=values))
