"""The data of every printed form, field by field. Which form set holds (TT 01/2018/TT-VPCP until 30/06/2025,
TT 03/2025/TT-VPCP since) is the caller's choice by the dossier's date: title and number are data, never constants here.

A field left out or empty prints as a dotted line where the paper form has one. Text is printed as it is, never
interpreted. `Day`, `Moment`, `Dong`, `Count` are explained in `schema`.

Issued slips keep their data for ever: a field once published stays and keeps its meaning, new ones are optional.
"""

from typing import Literal, NotRequired, TypedDict

from motcua.printing.rules.applications import Application, StatutoryApplication
from motcua.printing.rules.common import Form, Matter, Person, Signer
from motcua.printing.rules.filed import FiledApplication
from motcua.printing.rules.reports import StatisticalReport
from motcua.printing.rules.schema import Count, Day, Dong, Moment, Phone


class Paper(TypedDict):
    """One required paper as handed in. 0 originals, copies and files means shown only."""

    name: str
    originals: NotRequired[Count]
    copies: NotRequired[Count]
    electronic: NotRequired[Count]
    note: NotRequired[str]  # "Chỉ xuất trình", "Khai thác từ CSDL quốc gia về dân cư"


class Fee(TypedDict):
    """One line of fees; phí and lệ phí are different things, so the name says which."""

    name: str
    amount: Dong


class ReceiptSlip(Form, Person, Matter):
    """Giấy tiếp nhận hồ sơ và hẹn trả kết quả (mẫu 01), A5. NĐ 118/2025/NĐ-CP; earlier NĐ 61/2018 Art. 17."""

    papers: list[Paper]
    case: NotRequired[str]  # the alternative that the papers are for; "" prints none
    sets: Count  # số lượng hồ sơ (bộ)
    time_limit: str  # "10 ngày làm việc", "8 ngày làm việc – Cần xác minh"; "" prints dots
    received_at: Moment
    due_at: Moment  # None: the procedure has no time limit or the day is not known
    due_note: NotRequired[str]  # after the due date: "Trả trong ngày", "Lịch nghỉ còn dự kiến"
    delivery: list[Literal["counter", "post", "electronic"]]  # boxes ticked: where the result is collected
    delivery_place: NotRequired[str]  # name of the counter or the postal address
    channel: NotRequired[Literal["", "counter", "post", "online"]]  # how it was handed in; "" prints no line
    fees: NotRequired[list[Fee]]
    fee_total: NotRequired[Dong]  # 0 without fees prints "không thu"
    fee_note: NotRequired[str]  # "Miễn lệ phí (người cao tuổi)", "Đã nộp, biên lai số 0000123"
    submitter_name: NotRequired[str]  # who stood at the counter
    submitter_capacity: NotRequired[str]  # when not the applicant: "Người được ủy quyền"
    officer_name: NotRequired[str]
    book: NotRequired[str]  # quyển số
    book_entry: NotRequired[str]  # số thứ tự
    contact: NotRequired[str]  # telephone of the office, address for feedback
    lookup_url: NotRequired[str]  # readable address where the dossier is followed
    copies: NotRequired[Literal[1, 2]]  # 2: one for the citizen, one kept with the dossier
    copy_labels: NotRequired[list[str]]  # default: "Liên 1: Giao người nộp hồ sơ", "Liên 2: Lưu kèm hồ sơ"


class MissingPaper(TypedDict):
    """One paper to add or correct."""

    name: str
    originals: NotRequired[Count]
    certified: NotRequired[Count]  # bản sao chứng thực
    photocopies: NotRequired[Count]
    note: NotRequired[str]  # what is wrong with it


class Contact(TypedDict):
    """Whom the citizen asks."""

    officer: NotRequired[str]
    phone: NotRequired[Phone]
    website: NotRequired[str]


class SupplementRequest(Form, Person, Matter):
    """Phiếu yêu cầu bổ sung, hoàn thiện hồ sơ (mẫu 02), A5. Once in the processing (NĐ 61/2018 Art. 11, 19)."""

    missing: list[MissingPaper]
    reason: str
    legal_basis: NotRequired[str]
    respond_by: NotRequired[Day]  # last day for the supplement
    contact: NotRequired[Contact]
    signer: Signer  # the officer who guides
    submitter_name: NotRequired[str]
    copies: NotRequired[Literal[1, 2]]


class RejectionNotice(Form, Person, Matter):
    """Phiếu từ chối tiếp nhận, giải quyết hồ sơ (mẫu 03), A5."""

    reason: str
    legal_basis: NotRequired[str]
    guidance: NotRequired[str]  # where to turn to: "Đề nghị liên hệ Sở Xây dựng …"
    received_on: NotRequired[Day]  # when refused after reception
    returned_papers: NotRequired[list[str]]
    contact: NotRequired[Contact]
    signer: Signer
    submitter_name: NotRequired[str]
    copies: NotRequired[Literal[1, 2]]


class ApologyNotice(Form, Person, Matter):
    """Phiếu xin lỗi và hẹn lại ngày trả kết quả / Văn bản xin lỗi và đề nghị gia hạn (mẫu 04), A5.

    Signed by the head of the resolving agency, not by the counter (NĐ 61/2018 Art. 19.9).
    """

    received_on: Day
    due_on: Day  # the day first promised
    reason: str
    new_due: Day  # the day now promised
    wording: NotRequired[Literal["apology", "extension"]]  # form set of 2018 or of 2025
    recipients: NotRequired[list[str]]  # nơi nhận; default: the addressee, the one-stop office, "Lưu: HS"
    signer: Signer


class WrongResult(TypedDict):
    """A result handed over with an error in it."""

    name: str
    number: NotRequired[str]
    signed_on: NotRequired[Day]


class ErrorApology(Form, Person, Matter):
    """Văn bản xin lỗi về sai sót trong kết quả, A5: no form set has one, so its words are ours.

    Signed by the head of the resolving agency (NĐ 61/2018 Art. 21).
    """

    received_on: Day
    returned_on: Day  # when the wrong result was handed over
    results: list[WrongResult]
    reason: str  # what is wrong
    caused_by: str  # the agency that erred
    new_due: Day  # the day by which the right result is there
    revoked: NotRequired[bool]  # the wrong result holds no longer
    recipients: NotRequired[list[str]]
    signer: Signer


class StopNotice(Form, Person, Matter):
    """Thông báo dừng giải quyết hồ sơ (mẫu 05 since TT 03/2025/TT-VPCP), A5."""

    received_on: Day
    reason: str
    legal_basis: NotRequired[str]
    returned_papers: NotRequired[list[str]]
    guidance: NotRequired[str]  # how to apply again, fees returned
    recipients: NotRequired[list[str]]
    signer: Signer


class Pass(TypedDict):
    """One hand-over on the control slip."""

    agency: str  # agency or unit that receives
    giver: NotRequired[str]
    given_at: NotRequired[Moment]
    receiver: NotRequired[str]
    received_at: NotRequired[Moment]
    outcome: NotRequired[Literal["", "early", "on_time", "late"]]
    note: NotRequired[str]  # reason when late


class ControlSlip(Form, Person, Matter):
    """Phiếu kiểm soát quá trình giải quyết hồ sơ (mẫu 05 of 2018, 06 of 2025), A4, one row for each pass in order."""

    resolving_agency: str
    received_at: Moment
    due_at: Moment
    time_limit: NotRequired[str]
    due_note: NotRequired[str]  # after the due date: "Lịch nghỉ còn dự kiến"
    passes: list[Pass]
    blank_rows: NotRequired[int]  # empty rows to fill in by hand


class RegisterRow(TypedDict):
    """One dossier in the register."""

    code: str
    procedure: str
    sets: NotRequired[Count]
    applicant: str
    contact: NotRequired[str]  # address, telephone
    agency: NotRequired[str]  # lead agency
    received_on: NotRequired[Day]
    due_on: NotRequired[Day]
    sent_on: NotRequired[Day]  # to the resolving agency
    sent_to: NotRequired[str]  # who signed for it
    result_on: NotRequired[Day]  # result back at the office
    returned_on: NotRequired[Day]
    returned_by: NotRequired[str]  # manner: "Trực tiếp", "Bưu chính", "Điện tử"
    signed_by: NotRequired[str]  # who collected
    note: NotRequired[str]


class Register(Form):
    """Sổ theo dõi hồ sơ (mẫu 06 of 2018, 07 of 2025), A4 landscape; one book a year, numbers continuous."""

    period: str  # "Năm 2026", "Từ ngày 01/01/2026 đến ngày 30/6/2026"
    book: NotRequired[str]  # quyển số
    field: NotRequired[str]  # lĩnh vực, when a book is kept per field
    first_number: NotRequired[int]  # TT of the first row, default 1
    rows: list[RegisterRow]
    closed: NotRequired[bool]  # prints the closing line "Sổ này có … hồ sơ" as closed on `date`
    keeper: NotRequired[Signer]
    signer: NotRequired[Signer]


class PaymentReceipt(Form):
    """Biên lai thu tiền phí, lệ phí, A5 landscape. Series and number come from a receipt book without gaps."""

    series: NotRequired[str]  # ký hiệu
    receipt_number: str
    payer: str
    payer_id: NotRequired[str]  # mã số thuế or số định danh
    address: NotRequired[str]
    items: list[Fee]
    total: Dong
    method: NotRequired[str]  # "Tiền mặt", "Chuyển khoản"
    paid_at: Moment
    note: NotRequired[str]
    payer_name: NotRequired[str]
    cashier: Signer
    cancelled: NotRequired[str]  # reason; prints ĐÃ HỦY across the receipt
    copies: NotRequired[Literal[1, 2]]
    copy_labels: NotRequired[list[str]]


class HandoverRow(TypedDict):
    """One dossier handed over."""

    code: str
    procedure: str
    applicant: str
    papers: NotRequired[Count]
    received_on: NotRequired[Day]
    due_on: NotRequired[Day]
    note: NotRequired[str]


class HandoverList(Form):
    """Danh sách bàn giao hồ sơ between the office and an agency, A4; signed on both sides (NĐ 61/2018 Art. 18)."""

    from_agency: str
    to_agency: str
    given_at: Moment
    received_at: NotRequired[Moment]
    rows: list[HandoverRow]
    giver: Signer
    receiver: Signer
    note: NotRequired[str]


class Article(TypedDict):
    """Điều of a decision."""

    text: str
    points: NotRequired[list[str]]


class ResultNotice(Form):
    """A result or decision to sign (văn bản kết quả), A4, full layout of NĐ 30/2020. `form_title` is the kind."""

    abstract: NotRequired[str]  # trích yếu: "Về việc …"
    authority: NotRequired[str]  # of a decision: "Chủ tịch Ủy ban nhân dân xã Kim Sơn"
    bases: NotRequired[list[str]]  # căn cứ, one paragraph each, in italics
    addressee: NotRequired[str]  # kính gửi
    body: NotRequired[list[str]]  # paragraphs
    details: NotRequired[list["Detail"]]  # label and value lines
    decides: NotRequired[str]  # "QUYẾT ĐỊNH:" before the articles
    articles: NotRequired[list[Article]]
    closing: NotRequired[list[str]]
    recipients: NotRequired[list[str]]
    signer: Signer


class Detail(TypedDict):
    """A labelled line of a result."""

    label: str
    value: str


class PostedProcedure(TypedDict):
    """A procedure on the board: paper, form, process, time, fee (NĐ 63/2010/NĐ-CP Art. 17)."""

    code: str
    name: str
    papers: NotRequired[list[str]]
    sets: NotRequired[Count]
    forms: NotRequired[list[str]]  # mẫu đơn, tờ khai
    steps: NotRequired[list[str]]  # trình tự thực hiện
    time_limit: NotRequired[str]
    fee: NotRequired[str]
    submit: NotRequired[str]  # how and where
    agency: NotRequired[str]  # resolving agency
    result: NotRequired[str]
    conditions: NotRequired[str]
    legal_bases: NotRequired[list[str]]
    online_level: NotRequired[str]  # "Toàn trình", "Một phần", "Mức độ 3"
    url: NotRequired[str]  # QR code beside the procedure


class PostingBoard(Form):
    """Bảng niêm yết công khai thủ tục hành chính: a table for a field, or a full sheet for each procedure."""

    layout: NotRequired[Literal["table", "sheet"]]
    paper: NotRequired[Literal["a4", "a3"]]  # the table is landscape, the sheet portrait
    field: NotRequired[str]  # lĩnh vực
    decision: NotRequired[str]  # quyết định công bố
    procedures: list[PostedProcedure]
    feedback: NotRequired[str]  # address for phản ánh, kiến nghị, obligatory on every board
    signer: NotRequired[Signer]


class QrItem(TypedDict):
    """One code on the QR sheet."""

    name: str
    url: str
    code: NotRequired[str]


class PostingQr(Form):
    """Bảng mã QR of procedures, A4: point a telephone, read the procedure."""

    intro: NotRequired[str]
    items: list[QrItem]
    columns: NotRequired[Literal[3, 1, 2, 4]]
    feedback: NotRequired[str]


class QueueTicket(Form):
    """A number of a queue, on the roll of a ticket printer (80 mm); bears no personal data. `verify_url`: where it is followed."""

    line: str  # "Tư pháp – hộ tịch"
    taken_at: Moment
    priority: NotRequired[bool]
    note: NotRequired[str]


FORMS: dict[str, type] = {
    "receipt_slip": ReceiptSlip,
    "supplement_request": SupplementRequest,
    "rejection_notice": RejectionNotice,
    "apology_notice": ApologyNotice,
    "error_apology": ErrorApology,
    "stop_notice": StopNotice,
    "control_slip": ControlSlip,
    "register": Register,
    "payment_receipt": PaymentReceipt,
    "handover_list": HandoverList,
    "result_notice": ResultNotice,
    "posting_board": PostingBoard,
    "posting_qr": PostingQr,
    "queue_ticket": QueueTicket,
    "statistical_report": StatisticalReport,
    "application": Application,
    "statutory_application": StatutoryApplication,
    "filed_application": FiledApplication,
}
