"""The OpenAPI document written from the table."""

from collections.abc import Mapping
from typing import Any

from motcua.api.rules.openapi.table import REFUSED, TABLE, Answer, Operation

ABOUT = (
    "Mọi dữ liệu ở đây là công khai và không có dữ liệu cá nhân. Chỉ việc gửi phản ánh cần khóa, do cơ quan cấp. "
    "Không dùng cookie."
)


def document(addresses: Mapping[str, str], server: str, site: str) -> dict[str, Any]:
    """The whole description. `addresses`: the path of each address by name, with its parameters in braces."""
    paths: dict[str, dict[str, Any]] = {}
    for operation in TABLE:
        paths.setdefault(addresses[operation.name], {})[operation.method] = _operation(operation)
    return {
        "openapi": "3.1.0",
        "info": {"title": site, "version": "1", "description": ABOUT},
        "servers": [{"url": server}],
        "tags": [{"name": tag} for tag in dict.fromkeys(operation.tag for operation in TABLE)],
        "paths": paths,
    }


def _operation(operation: Operation) -> dict[str, Any]:
    made: dict[str, Any] = {
        "operationId": f"{operation.method}-{operation.name.replace(':', '-')}",
        "tags": [operation.tag],
        "summary": operation.summary,
        "parameters": [
            {"name": name, "in": place, "required": place == "path", "schema": shape, "description": words}
            for place, given in (("path", operation.path), ("query", operation.query))
            for name, (shape, words) in given.items()
        ],
        "responses": {
            str(status): _answer(one) for status, one in (REFUSED | dict(operation.answers)).items()
        },
    }
    if operation.body is not None:
        content = {"application/x-www-form-urlencoded": {"schema": operation.body}}
        made["requestBody"] = {"required": True, "content": content}
    return made


def _answer(answer: Answer) -> dict[str, Any]:
    contents = answer.contents.items()
    return {
        "description": answer.words,
        "content": {kind: {"schema": shape} if shape is not None else {} for kind, shape in contents},
    }
