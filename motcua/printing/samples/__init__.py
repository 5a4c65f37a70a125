"""Synthetic data for previews and golden images: one usual form, one with long texts, one with what is required only.

Persons, places and numbers are invented.
"""

from typing import Any

from motcua.printing.samples.applications import APPLICATION
from motcua.printing.samples.boards import BOARD, QR_SHEET, QUEUE_TICKET, SHEETS
from motcua.printing.samples.common import CHAIR, LONG_MATTER, LONG_PERSON, MATTER
from motcua.printing.samples.letters import (
    APOLOGY,
    CERTIFICATE,
    ERROR_APOLOGY,
    LONG_PAPERS,
    RECEIPT,
    REJECTION,
    RESULT,
    STOP,
    SUPPLEMENT,
)
from motcua.printing.samples.lists import CONTROL, FILED, HANDOVER, PAYMENT, register, register_row
from motcua.printing.samples.reports import REPORT
from motcua.printing.samples.statutory import STATUTORY

SAMPLES: dict[str, tuple[str, dict[str, Any]]] = {
    "receipt_slip": ("receipt_slip", RECEIPT),
    "receipt_slip_copies": ("receipt_slip", {**RECEIPT, "copies": 2, "barcode": False}),
    "receipt_slip_long": (
        "receipt_slip",
        {
            **RECEIPT,
            **LONG_PERSON,
            **LONG_MATTER,
            "papers": LONG_PAPERS,
            "copies": 2,
            "submitter_capacity": "Người được ủy quyền",
        },
    ),
    "receipt_slip_blank": (
        "receipt_slip",
        {
            **{key: RECEIPT[key] for key in ("form_title", "form_number", "agency", "symbol")},
            **{"applicant": "", "procedure": "", "papers": [], "sets": 0, "time_limit": "", "delivery": []},
            "received_at": None,
            "due_at": None,
        },
    ),
    "filed_application": ("filed_application", FILED),
    "application": ("application", APPLICATION),
    "application_by_hand": (
        "application",
        {**APPLICATION, "signatures": [], "code": "", "verify_url": "", "date": None, "place": ""},
    ),
    "statutory_application": ("statutory_application", STATUTORY),
    "statutory_application_by_hand": (
        "statutory_application",
        {
            **STATUTORY,
            "signatures": [],
            "code": "",
            "verify_url": "",
            "date": None,
            "place": "",
            "subtitle": "",
        },
    ),
    "supplement_request": ("supplement_request", SUPPLEMENT),
    "supplement_request_long": ("supplement_request", {**SUPPLEMENT, **LONG_PERSON, **LONG_MATTER}),
    "rejection_notice": ("rejection_notice", REJECTION),
    "apology_notice": ("apology_notice", APOLOGY),
    "apology_notice_2018": (
        "apology_notice",
        {
            **APOLOGY,
            **MATTER,
            "form_title": "Phiếu xin lỗi và hẹn lại ngày trả kết quả",
            "form_number": "Mẫu số 04 (Thông tư số 01/2018/TT-VPCP)",
            "template_version": "Mẫu số 04 – Thông tư 01/2018/TT-VPCP",
            "wording": "apology",
            "signer": CHAIR,
        },
    ),
    "error_apology": ("error_apology", ERROR_APOLOGY),
    "stop_notice": ("stop_notice", STOP),
    "control_slip": ("control_slip", CONTROL),
    "register": ("register", register(40)),
    "payment_receipt": ("payment_receipt", PAYMENT),
    "payment_receipt_cancelled": (
        "payment_receipt",
        {**PAYMENT, "cancelled": "ghi sai số tiền", "copies": 2},
    ),
    "handover_list": ("handover_list", HANDOVER),
    "result_notice": ("result_notice", RESULT),
    "result_notice_certificate": ("result_notice", CERTIFICATE),
    "posting_board": ("posting_board", BOARD),
    "posting_board_a3": ("posting_board", {**BOARD, "paper": "a3"}),
    "posting_board_sheet": ("posting_board", SHEETS),
    "posting_qr": ("posting_qr", QR_SHEET),
    "queue_ticket": ("queue_ticket", QUEUE_TICKET),
    "statistical_report": ("statistical_report", REPORT),
}

__all__ = [
    "APOLOGY",
    "BOARD",
    "CERTIFICATE",
    "CHAIR",
    "CONTROL",
    "HANDOVER",
    "LONG_MATTER",
    "LONG_PAPERS",
    "LONG_PERSON",
    "MATTER",
    "PAYMENT",
    "QR_SHEET",
    "RECEIPT",
    "REJECTION",
    "REPORT",
    "RESULT",
    "SAMPLES",
    "SHEETS",
    "STOP",
    "SUPPLEMENT",
    "register",
    "register_row",
]
