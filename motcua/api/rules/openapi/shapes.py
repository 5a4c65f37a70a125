"""Shapes (JSON Schema) of what is asked and answered."""

from typing import Any

from motcua.api.rules.open311 import MOST_PAGE, MOST_PAGES, PAGE

Shape = dict[str, Any]
TEXT: Shape = {"type": "string"}
MAYBE_TEXT: Shape = {"type": ["string", "null"]}
MAYBE_NUMBER: Shape = {"type": ["number", "null"]}
MOMENT: Shape = {"type": "string", "format": "date-time"}
MAYBE_MOMENT: Shape = {"type": ["string", "null"], "format": "date-time"}


def record(**fields: Shape) -> Shape:
    """An object with these fields and no others, all of them there."""
    return {
        "type": "object",
        "properties": fields,
        "required": list(fields),
        "additionalProperties": False,
    }


def several(of: Shape) -> Shape:
    """A list."""
    return {"type": "array", "items": of}


ERRORS = several(record(code={"type": "integer"}, description=TEXT))
DISCOVERY = record(
    changeset=MOMENT,
    contact=TEXT,
    key_service=TEXT,
    endpoints=several(
        record(specification=TEXT, url=TEXT, changeset=MOMENT, type=TEXT, formats=several(TEXT))
    ),
)
SERVICES = several(
    record(
        service_code=TEXT,
        service_name=TEXT,
        description=TEXT,
        metadata={"type": "boolean"},
        type={"enum": ["realtime"]},
        keywords=TEXT,
        group=TEXT,
    )
)
DEFINITION = record(service_code=TEXT, attributes={"type": "array", "maxItems": 0})
REQUESTS = several(
    record(
        service_request_id=TEXT,
        status={"enum": ["open", "closed"]},
        status_notes=MAYBE_TEXT,
        service_name=TEXT,
        service_code=TEXT,
        description=MAYBE_TEXT,
        agency_responsible=TEXT,
        service_notice=MAYBE_TEXT,
        requested_datetime=MOMENT,
        updated_datetime=MOMENT,
        expected_datetime=MAYBE_MOMENT,
        address=MAYBE_TEXT,
        address_id=MAYBE_TEXT,
        zipcode=MAYBE_TEXT,
        lat=MAYBE_NUMBER,
        long=MAYBE_NUMBER,
        media_url=MAYBE_TEXT,
    )
)
MADE = several(
    record(
        service_request_id=TEXT,
        token={"type": "string", "format": "uuid"},
        service_notice=TEXT,
        account_id=MAYBE_TEXT,
    )
)
TOKENS = several(record(service_request_id=TEXT, token={"type": "string", "format": "uuid"}))
# A figure, a mark for what is hidden ("<5", "*"), or nothing.
FIGURE: Shape = {"type": ["number", "string", "null"]}
ROW: Shape = {
    "type": "object",
    # The last: names of the columns whose share rests on few dossiers.
    "properties": {"code": TEXT, "name": TEXT, "ty_le_tren_it_ho_so": several(TEXT)},
    "required": ["code", "name", "ty_le_tren_it_ho_so"],
    "additionalProperties": FIGURE,
}
OPEN_DATA = record(
    title=TEXT,
    period=record(
        code=TEXT,
        **{"from": {"type": "string", "format": "date"}, "to": {"type": "string", "format": "date"}},
    ),
    licence=TEXT,
    definitions=several(
        record(
            column=TEXT,
            figure=TEXT,
            label=TEXT,
            formula=TEXT,
            unit=TEXT,
            law=TEXT,
            window=TEXT,
            denominator=TEXT,
        )
    ),
    marks={"type": "object", "additionalProperties": TEXT},
    rows=several(ROW),
    total=ROW,
)
UNITS = record(units=several({"type": "array", "items": TEXT, "minItems": 2, "maxItems": 2}))
# Asked. What is left empty counts as not given.
EMPTY: Shape = {"type": "string", "maxLength": 0}
# W3C's form, of which OpenAPI's "date-time" is only a part.
ASKED_MOMENT: Shape = {"type": "string", "maxLength": 40, "examples": ["2026-11-02T01:00:00Z"]}
FORM: Shape = {"enum": ["json", "xml"]}
KIND: Shape = {"enum": ["json", "csv"]}
CODE: Shape = {"type": "string", "pattern": "^[A-Za-z0-9_-]{1,70}$"}
MONTH: Shape = {"type": "string", "pattern": "^20[0-9]{2}-(0[1-9]|1[0-2])$"}
PAGE_NUMBER: Shape = {
    "anyOf": [{"type": "integer", "minimum": 1, "maximum": MOST_PAGES}, EMPTY],
    "default": 1,
}
PAGE_SIZE: Shape = {
    "anyOf": [{"type": "integer", "minimum": 1, "maximum": MOST_PAGE}, EMPTY],
    "default": PAGE,
}
STATUS: Shape = {"type": "string", "pattern": "^((open|closed)(,(open|closed))?)?$"}
POSTED: Shape = {
    "type": "object",
    "required": ["api_key", "service_code", "description"],
    "properties": {
        "api_key": {"type": "string", "minLength": 20, "maxLength": 100},
        "service_code": CODE,
        "description": {"type": "string", "minLength": 20, "maxLength": 5000},
        "jurisdiction_id": {"type": "string", "maxLength": 35},
        "lat": {"type": "number", "minimum": -90, "maximum": 90},
        "long": {"type": "number", "minimum": -180, "maximum": 180},
        "address_string": {"type": "string", "maxLength": 300},
        "address_id": {"type": "string", "maxLength": 300},
        "first_name": {"type": "string", "maxLength": 60},
        "last_name": {"type": "string", "maxLength": 60},
        "phone": {"type": "string", "maxLength": 20},
        "email": {"type": "string", "maxLength": 200},
    },
}
