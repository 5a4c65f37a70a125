"""Help for tests: a small published form, bound to a version of a procedure, written straight into the tables."""

from typing import Any

from motcua.core.moments import now
from motcua.eforms.models import Form, FormBinding, FormVersion
from motcua.eforms.rules.content import hash_of
from motcua.eforms.rules.reading import schema_of
from motcua.procedures.models import Paper, ProcedureVersion

SAMPLE: dict[str, Any] = {
    "title": "Tờ khai thử",
    "number": "Mẫu thử",
    "addressed": "Ủy ban nhân dân xã An Phú",
    "sections": [
        {
            "key": "nguoi_khai",
            "title": "Người khai",
            "fields": [
                {"key": "ho_ten", "type": "text", "label": "Họ và tên", "prefill": "full_name"},
                {
                    "key": "so_dinh_danh",
                    "type": "identity",
                    "label": "Số định danh",
                    "prefill": "identity_number",
                },
                {"key": "uy_quyen", "type": "yes_no", "label": "Khai thay người khác?"},
                {"key": "quan_he", "type": "text", "label": "Quan hệ", "show_if": "uy_quyen"},
            ],
        },
        {
            "key": "noi_dung",
            "title": "Nội dung",
            "fields": [
                {"key": "so_ban", "type": "number", "label": "Số bản", "minimum": "1", "maximum": "20"},
                {"key": "tien", "type": "money", "label": "Lệ phí", "value": "so_ban * 8000"},
            ],
        },
        {"key": "ky", "title": "Ký", "fields": [{"key": "chu_ky", "type": "signature", "label": "Chữ ký"}]},
    ],
}
ANSWERS: dict[str, Any] = {
    "nguoi_khai": {"ho_ten": "Nguyễn Thị Na", "so_dinh_danh": "001199000001", "uy_quyen": "no"},
    "noi_dung": {"so_ban": 2},
    "ky": {"chu_ky": {"name": "Nguyễn Thị Na", "agree": "yes"}},
}


def make_form_version(
    code: str = "to-khai-thu", data: dict[str, Any] | None = None, *, number: int = 1
) -> FormVersion:
    """A published version of a form, its data checked."""
    content = schema_of(data or SAMPLE).as_data()
    form = Form.objects.get_or_create(code=code, defaults={"name": content["title"]})[0]
    return FormVersion.objects.create(
        form=form,
        number=number,
        status="published",
        schema=content,
        content_hash=hash_of(content),
        changed_at=now(),
    )


def make_form(
    procedure_version: ProcedureVersion, data: dict[str, Any] | None = None, paper: Paper | None = None
) -> FormVersion:
    """A published form with which a version of a procedure is filed."""
    made = make_form_version(f"to-khai-{procedure_version.pk}", data)
    FormBinding.objects.create(version=procedure_version, form_version=made, paper=paper, bound_at=now())
    return made
