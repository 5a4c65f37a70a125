"""A sample statistical report: II.06a of a commune, with invented figures."""

from typing import Any

_HEAD: list[list[dict[str, Any]]] = [
    [
        {"title": "STT", "start": 0, "columns": 1, "rows": 3},
        {"title": "Lĩnh vực giải quyết", "start": 1, "columns": 1, "rows": 3},
        {"title": "Số hồ sơ tiếp nhận", "start": 2, "columns": 4, "rows": 1},
        {"title": "Số lượng hồ sơ đã giải quyết", "start": 6, "columns": 4, "rows": 1},
        {"title": "Số lượng hồ sơ đang giải quyết", "start": 10, "columns": 3, "rows": 1},
    ],
    [
        {"title": "Tổng số", "start": 2, "columns": 1, "rows": 2},
        {"title": "Trong kỳ", "start": 3, "columns": 2, "rows": 1},
        {"title": "Từ kỳ trước", "start": 5, "columns": 1, "rows": 2},
        *(
            {"title": title, "start": start, "columns": 1, "rows": 2}
            for start, title in enumerate(
                ("Tổng số", "Trước hạn", "Đúng hạn", "Quá hạn", "Tổng số", "Trong hạn", "Quá hạn"), 6
            )
        ),
    ],
    [
        {"title": "Trực tuyến", "start": 3, "columns": 1, "rows": 1},
        {"title": "Trực tiếp, dịch vụ bưu chính", "start": 4, "columns": 1, "rows": 1},
    ],
]


def _row(kind: str, mark: str, label: str, numbers: str) -> dict[str, Any]:
    return {"kind": kind, "mark": mark, "label": label, "cells": numbers.split()}


REPORT: dict[str, Any] = {
    "form_title": "Tình hình, kết quả giải quyết thủ tục hành chính tại cơ quan, đơn vị trực tiếp giải quyết",
    "form_number": "Biểu số II.06a/VPCP/KSTT (Thông tư 01/2020/TT-VPCP)",
    "agency": "Ủy ban nhân dân xã Kim Sơn",
    "template_version": "Biểu số II.06a/VPCP/KSTT – Thông tư 01/2020/TT-VPCP",
    "period": "Kỳ báo cáo: quý I năm 2026 (từ ngày 15-12-2025 đến ngày 14-03-2026)",
    "scope": "Phạm vi: Ủy ban nhân dân xã Kim Sơn",
    "head": _HEAD,
    "numbers": [
        "(1)", "(2)", "(3) = (4) + (5) + (6)", "(4)", "(5)", "(6)", "(7) = (8) + (9) + (10)", "(8)", "(9)", "(10)",
        "(11) = (12) + (13)", "(12)", "(13)",
    ],
    "rows": [
        _row("section", "III", "Thủ tục hành chính thuộc thẩm quyền giải quyết của cấp xã", "1.226 400 805 21 1.202 1.110 90 2 20 19 1"),
        _row("row", "1", "Chứng thực", "700 180 520 0 700 700 0 0 0 0 0"),
        _row("row", "2", "Đất đai", "26 5 0 21 6 2 2 2 20 19 1"),
        _row("row", "3", "Hộ tịch", "500 215 285 0 496 408 88 0 0 0 0"),
        _row("total", "", "Tổng cộng", "1.226 400 805 21 1.202 1.110 90 2 20 19 1"),
    ],
    "notes": [
        "Tổng số tiếp nhận 1.226 = đã giải quyết 1.202 + đang giải quyết 20 + dừng giải quyết 3 + rút hồ sơ 1.",
        "Số liệu như khi kỳ kết thúc, lập lúc 08:30 ngày 16-03-2026.",
    ],
    "maker": {"titles": ["Người lập biểu"], "name": ""},
    "signer": {"titles": ["Thủ trưởng đơn vị"], "name": "", "note": "(Ký, đóng dấu, ghi rõ họ tên)"},
}  # fmt: skip
