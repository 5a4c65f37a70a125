"""Reads a form's data by its TypedDict: refuses what is missing, misspelt or of the wrong kind, and words the values.

The result holds only strings, booleans, lists and dictionaries, ready for the layout: a day becomes
`{"short", "long", "iso"}`, a moment also `{"clock", "full"}`, an amount `{"digits", "words"}`, a count its written form.
"""

from collections.abc import Callable
from datetime import date, datetime
from functools import cache
from typing import Annotated, Any, Literal, NotRequired, get_args, get_origin, get_type_hints, is_typeddict
from zoneinfo import ZoneInfo

from motcua.core.identity import phone_text
from motcua.printing.rules import words

VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")

Day = Annotated[date | str | None, "day"]
"""A legal date (Asia/Ho_Chi_Minh): `date`, "2026-01-05", or None/"" for a dotted line."""
Moment = Annotated[datetime | str | None, "moment"]
"""A moment: aware (turned into Vietnamese time) or naive local `datetime`, ISO text, or None/"" for a dotted line."""
Dong = Annotated[int, "dong"]
"""Whole đồng, not negative; printed with digits and in words."""
Count = Annotated[int, "count"]
"""A count, not negative; below 10 printed with a leading zero."""
Phone = Annotated[str, "phone"]
"""A telephone number; one stored as +84… is printed as people write it, 0912 345 678."""

Reader = Callable[[Any, str, list[str]], Any]


class FormDataError(ValueError):
    """The data given to a form do not fit its schema; the message names every field at fault."""


def read_form(name: str, schema: type, data: Any) -> dict[str, Any]:
    """`data` read by the TypedDict `schema`, every missing optional field filled with an empty value.

    Raises FormDataError naming the form and each wrong field, as in "receipt_slip: thiếu trường papers[2].name".
    """
    faults: list[str] = []
    result: dict[str, Any] = reader_of(schema)(data, "", faults)
    if faults:
        raise FormDataError(f"{name}: " + "; ".join(faults))
    return result


@cache
def reader_of(hint: Any) -> Reader:
    """The function that reads a value of the annotated type `hint`."""
    if is_typeddict(hint):
        return _dict_reader(hint)
    origin = get_origin(hint)
    if origin is Annotated:
        return _KINDS[get_args(hint)[1]]
    if origin is list:
        return _list_reader(reader_of(get_args(hint)[0]))
    if origin is Literal:
        return _choice_reader(get_args(hint))
    return _SIMPLE[hint]


def _dict_reader(schema: type) -> Reader:
    hints = get_type_hints(schema, include_extras=True)
    fields = {key: _unwrapped(hint) for key, hint in hints.items()}
    readers = {key: reader_of(hint) for key, hint in fields.items()}
    required = schema.__required_keys__  # type: ignore[attr-defined]  # every TypedDict has them
    defaults = {key: _default(hint) for key, hint in fields.items() if key not in required}

    def read(value: Any, path: str, faults: list[str]) -> Any:
        if not isinstance(value, dict):
            return faults.append(f"{path or 'dữ liệu'} phải là một bảng tên trường và giá trị")
        prefix = f"{path}." if path else ""
        faults.extend(f"thiếu trường {prefix}{key}" for key in sorted(required - value.keys()))
        faults.extend(
            f"không có trường {prefix}{key} trong mẫu" for key in sorted(value.keys() - fields.keys())
        )
        result = {key: default() for key, default in defaults.items() if value.get(key) is None}
        for key in fields.keys() & value.keys() - result.keys():
            result[key] = readers[key](value[key], prefix + key, faults)
        return result

    return read


def _unwrapped(hint: Any) -> Any:
    """The type inside NotRequired[...]."""
    return get_args(hint)[0] if get_origin(hint) is NotRequired else hint


def _default(hint: Any) -> Callable[[], Any]:
    """What an absent optional field of this type becomes."""
    if get_origin(hint) is list:
        return list
    if get_origin(hint) is Literal:
        first = get_args(hint)[0]
        return lambda: first
    return {str: str, Phone: str, bool: bool, int: int}.get(hint, lambda: None)


def _list_reader(item: Reader) -> Reader:
    def read(value: Any, path: str, faults: list[str]) -> Any:
        if not isinstance(value, list | tuple):
            return faults.append(f"{path} phải là một danh sách")
        return [item(entry, f"{path}[{index}]", faults) for index, entry in enumerate(value)]

    return read


def _choice_reader(choices: tuple[Any, ...]) -> Reader:
    def read(value: Any, path: str, faults: list[str]) -> Any:
        if value not in choices:
            return faults.append(f"{path} phải là một trong: {', '.join(map(repr, choices))}")
        return value

    return read


def _text(value: Any, path: str, faults: list[str]) -> Any:
    if not isinstance(value, str):
        return faults.append(f"{path} phải là chữ, không phải {type(value).__name__}")
    return words.printable(value)


def _phone(value: Any, path: str, faults: list[str]) -> Any:
    text = _text(value, path, faults)
    return None if text is None else phone_text(text)


def _flag(value: Any, path: str, faults: list[str]) -> Any:
    return value if isinstance(value, bool) else faults.append(f"{path} phải là đúng hoặc sai")


def _number(value: Any, path: str, faults: list[str]) -> Any:
    if isinstance(value, bool) or not isinstance(value, int) or value < 0:
        return faults.append(f"{path} phải là số nguyên không âm")
    return value


def _count(value: Any, path: str, faults: list[str]) -> Any:
    number = _number(value, path, faults)
    return None if number is None else words.count(number)


def _dong(value: Any, path: str, faults: list[str]) -> Any:
    number = _number(value, path, faults)
    return (
        None
        if number is None
        else {"digits": words.thousands(number), "words": words.amount_in_words(number)}
    )


def _day(value: Any, path: str, faults: list[str]) -> Any:
    if value is None or value == "":
        return None
    try:
        day = date.fromisoformat(value) if isinstance(value, str) else value
    except ValueError:
        day = None
    if isinstance(day, datetime) or not isinstance(day, date):
        return faults.append(f"{path} phải là ngày dạng 2026-01-05")
    return {"short": words.short_date(day), "long": words.long_date(day), "iso": day.isoformat()}


def _moment(value: Any, path: str, faults: list[str]) -> Any:
    if value is None or value == "":
        return None
    try:
        moment = datetime.fromisoformat(value) if isinstance(value, str) else value
    except ValueError:
        moment = None
    if not isinstance(moment, datetime):
        return faults.append(f"{path} phải là thời điểm dạng 2026-01-05T08:30")
    local = moment.astimezone(VIETNAM) if moment.tzinfo else moment
    return {
        "short": words.short_date(local),
        "long": words.long_date(local),
        "clock": words.clock(local),
        "full": f"{words.clock(local)}, {words.long_date(local)}",
    }


_KINDS: dict[str, Reader] = {"day": _day, "moment": _moment, "dong": _dong, "count": _count, "phone": _phone}
_SIMPLE: dict[Any, Reader] = {str: _text, bool: _flag, int: _number}
