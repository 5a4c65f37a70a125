"""Forms as files: read whole and checked before anything is written."""

import json
from typing import Any

from motcua.core.errors import RuleViolation
from motcua.eforms.rules.reading import schema_of

FILE_BYTES = 500_000


def read_file(content: bytes) -> dict[str, Any]:
    """The form in a JSON file, checked. Raises RuleViolation that says what is wrong with it."""
    if len(content) > FILE_BYTES:
        raise RuleViolation("Tệp lớn quá 500 KB, không phải tờ khai.", field="file")
    try:
        data = json.loads(content.decode("utf-8-sig"), parse_constant=_no_constant)
    except (ValueError, RecursionError):
        raise RuleViolation(
            "Tệp không phải JSON đúng dạng. Dùng tệp xuất ra từ hệ thống này.", field="file"
        ) from None
    return schema_of(data).as_data()


def _no_constant(name: str) -> Any:
    raise ValueError(name)
