"""What printed forms have in common: their heading and foot, whose matter it is, who signs."""

from typing import NotRequired, TypedDict

from motcua.printing.rules.schema import Day, Phone


class Form(TypedDict):
    """What stands on every form: heading, number, code and foot (NĐ 30/2020/NĐ-CP, Phụ lục I, scaled on A5)."""

    form_title: str  # "Giấy tiếp nhận hồ sơ và hẹn trả kết quả"; printed in capitals
    form_number: str  # top right, small: "Mẫu số 01 (Thông tư 03/2025/TT-VPCP)"; "" prints nothing
    agency: (
        str  # who issues it, in capitals with a line under: "Trung tâm Phục vụ hành chính công xã Kim Sơn"
    )
    parent_agency: NotRequired[str]  # the line above: "Ủy ban nhân dân xã Kim Sơn"
    number: NotRequired[str]  # "07"; empty prints dots
    symbol: NotRequired[
        str
    ]  # after the stroke: "TNHS"; with neither number nor symbol no "Số:" line is printed
    place: NotRequired[str]  # địa danh: "Kim Sơn"
    date: NotRequired[Day]  # the document's date; empty prints "ngày … tháng … năm …"
    code: NotRequired[str]  # dossier code in readable characters beside the QR code
    verify_url: NotRequired[
        str
    ]  # content of the QR code: the public verification page; empty prints no QR code
    barcode: NotRequired[bool]  # also a Code 128 bar code of `code`, for hand scanners
    template_version: NotRequired[str]  # small at the foot: "Mẫu số 01 – Thông tư 03/2025/TT-VPCP"


class Person(TypedDict):
    """Whose dossier it is."""

    applicant: str  # person or organisation
    address: NotRequired[str]
    phone: NotRequired[Phone]
    email: NotRequired[str]


class Matter(TypedDict):
    """What is asked for."""

    procedure: str  # name of the procedure
    procedure_code: NotRequired[str]  # "1.001193"


class Signer(TypedDict):
    """Who signs, in which quality (NĐ 30/2020 Phụ lục I, mục 7)."""

    titles: list[str]  # one line each, in capitals: ["TM. Ủy ban nhân dân", "KT. Chủ tịch", "Phó Chủ tịch"]
    name: str  # full name; "" leaves room to write it
    note: NotRequired[
        str
    ]  # under the titles, in italics; default "(Ký, ghi rõ họ tên)" on slips, none on documents
