"""The table of public interfaces: one line per address and method. A test holds it equal to the map of addresses."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from motcua.api.rules.openapi import shapes
from motcua.api.rules.openapi.shapes import Shape

REPORTS, DATA, FEEDS, PLACES = "Open311 GeoReport v2", "Dữ liệu mở", "Tin RSS, Atom", "Địa danh"


@dataclass(frozen=True)
class Answer:
    """What is answered with a status: words, and the shape of each kind of content (None: anything of that kind)."""

    words: str
    contents: Mapping[str, Shape | None]


@dataclass(frozen=True)
class Operation:
    """One method of one address. `name` is that of the address; `path` and `query` say what each parameter is."""

    name: str
    tag: str
    summary: str
    answers: Mapping[int, Answer]
    path: Mapping[str, tuple[Shape, str]] = field(default_factory=dict)
    query: Mapping[str, tuple[Shape, str]] = field(default_factory=dict)
    method: str = "get"
    body: Shape | None = None


def _both(words: str, shape: Shape) -> Answer:
    """An answer of Open311 in both formats."""
    return Answer(words, {"application/json": shape, "application/xml": None})


def _or_page(words: str) -> Answer:
    """Errors of Open311, or the page that whoever asks elsewhere or sends the character NUL gets."""
    return Answer(words, {**_both(words, shapes.ERRORS).contents, "text/html": None})


# Holds for every address: the whole site refuses it.
REFUSED = {400: Answer("Yêu cầu có ký tự NUL", {"text/html": None})}
_WRONG = _or_page("Tham số sai, hoặc yêu cầu có ký tự NUL")
_GONE = _or_page("Không có")
_KEY = _both("Khóa không dùng được, hoặc không được gửi tới cơ quan ấy", shapes.ERRORS)
_SLOW = _both("Hỏi quá nhanh: mỗi địa chỉ 120 lần một phút", shapes.ERRORS)
_NO_PAGE = Answer("Không có", {"text/html": None})
_FORM = {"form": (shapes.FORM, "Dạng của câu trả lời")}
_PLACE = (shapes.TEXT, "Mã định danh của cơ quan; bỏ trống là mọi cơ quan")
_OWN = (shapes.TEXT, "Khóa nối phần mềm: cũng cho biết những phản ánh do khóa này gửi mà chưa công khai")
_FILE = {
    "month": (shapes.MONTH, "Tháng đã công bố, ví dụ 2026-10"),
    "kind": (shapes.KIND, "Dạng tệp"),
}
_DATA = Answer("Số liệu của tháng; số nhỏ được che", {"application/json": shapes.OPEN_DATA, "text/csv": None})
_RSS = {200: Answer("RSS 2.0", {"application/rss+xml": None})}
_LISTED = {
    "jurisdiction_id": _PLACE,
    "service_request_id": (shapes.TEXT, "Các mã phản ánh, cách nhau bằng dấu phẩy; khi có thì không lọc theo gì khác"),
    "service_code": (shapes.TEXT, "Các loại, cách nhau bằng dấu phẩy"),
    "start_date": (shapes.ASKED_MOMENT, "Nhận từ lúc; cả khoảng nhiều nhất 90 ngày"),
    "end_date": (shapes.ASKED_MOMENT, "Nhận đến lúc"),
    "status": (shapes.STATUS, "open: còn phải trả lời; closed: đã xong"),
    "page": (shapes.PAGE_NUMBER, "Trang"),
    "page_size": (shapes.PAGE_SIZE, "Số dòng một trang"),
    "api_key": _OWN,
}  # fmt: skip

TABLE: tuple[Operation, ...] = (
    Operation(
        "api:discovery",
        REPORTS,
        "Nơi đặt dịch vụ",
        {200: _both("Các địa chỉ và dạng", shapes.DISCOVERY), 404: _GONE, 429: _SLOW},
        _FORM,
    ),
    Operation(
        "api:services",
        REPORTS,
        "Các loại phản ánh, kiến nghị",
        {200: _both("Danh sách", shapes.SERVICES), 404: _GONE, 429: _SLOW},
        _FORM,
        {"jurisdiction_id": _PLACE},
    ),
    Operation(
        "api:service",
        REPORTS,
        "Một loại, với các câu hỏi riêng (không có)",
        {200: _both("Định nghĩa", shapes.DEFINITION), 404: _GONE, 429: _SLOW},
        _FORM | {"code": (shapes.CODE, "Mã loại")},
    ),
    Operation(
        "api:requests",
        REPORTS,
        "Phản ánh, kiến nghị đã công khai, mới nhất trước",
        {200: _both("Danh sách", shapes.REQUESTS), 400: _WRONG, 404: _GONE, 429: _SLOW},
        _FORM,
        _LISTED,
    ),
    Operation(
        "api:requests",
        REPORTS,
        "Gửi một phản ánh, kiến nghị (cần khóa; phải có tọa độ hoặc địa chỉ)",
        {201: _both("Đã nhận", shapes.MADE), 400: _WRONG, 403: _KEY, 404: _GONE, 429: _SLOW},
        _FORM,
        method="post",
        body=shapes.POSTED,
    ),
    Operation(
        "api:request",
        REPORTS,
        "Một phản ánh, kiến nghị",
        {200: _both("Một dòng", shapes.REQUESTS), 404: _GONE, 429: _SLOW},
        _FORM | {"code": (shapes.CODE, "Mã phản ánh")},
        {"api_key": _OWN},
    ),
    Operation(
        "api:token",
        REPORTS,
        "Mã phản ánh của một lần gửi",
        {200: _both("Mã", shapes.TOKENS), 404: _GONE, 429: _SLOW},
        _FORM | {"token": ({"type": "string", "format": "uuid"}, "Trả về khi gửi")},
    ),
    Operation(
        "api:openapi",
        REPORTS,
        "Bản mô tả này",
        {200: Answer("OpenAPI 3.1", {"application/json": {"type": "object"}})},
    ),
    Operation(
        "statistics:opendata_file",
        DATA,
        "Giải quyết thủ tục trong tháng, theo cơ quan",
        {200: _DATA, 404: _NO_PAGE},
        _FILE,
    ),
    Operation(
        "statistics:opendata_agency_file",
        DATA,
        "Giải quyết thủ tục trong tháng của một cơ quan, theo thủ tục",
        {200: _DATA, 404: _NO_PAGE},
        _FILE | {"agency_id": ({"type": "integer", "minimum": 1}, "Số của cơ quan trong bảng theo cơ quan")},
    ),
    Operation("portal:news_rss", FEEDS, "Tin tức, thông báo mới", _RSS),
    Operation(
        "portal:news_atom",
        FEEDS,
        "Tin tức, thông báo mới",
        {200: Answer("Atom", {"application/atom+xml": None})},
    ),
    Operation("portal:feedback_rss", FEEDS, "Trả lời phản ánh, kiến nghị mới công khai", _RSS),
    Operation(
        "eforms:units",
        PLACES,
        "Các đơn vị hành chính thuộc một tỉnh hoặc một huyện",
        {200: Answer("Mã và tên", {"application/json": shapes.UNITS})},
        query={
            "trong": (shapes.TEXT, "Mã tỉnh, huyện"),
            "bo": (shapes.TEXT, "before: bộ đơn vị đến hết ngày 30-6-2025; giá trị khác: từ ngày 1-7-2025"),
        },
    ),
)
