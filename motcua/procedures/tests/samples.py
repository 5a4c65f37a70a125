"""Rows in the two forms of file, made up for the tests."""

import csv
import io
import json
from typing import Any

from motcua.procedures.rules import portal_csv, portal_json
from motcua.procedures.rules.portal import Row
from motcua.procedures.rules.portal_csv import COLUMNS

ROW = {
    "ma_tthc": "1.900001", "ten_tthc": "Cấp giấy thử", "linh_vuc": "Lĩnh vực thử", "cap_thuc_hien": "Cấp tỉnh, Cấp xã",
    "loai_tthc": "Loại khác", "so_quyet_dinh": "1/QĐ-BTP", "nguon_bo": "bo-tu-phap",
    "doi_tuong": "Công dân Việt Nam, Tổ chức (không bao gồm doanh nghiệp, HTX), Cán bộ, công chức, viên chức",
    "co_quan_thuc_hien": "Ủy ban nhân dân cấp xã", "truc_tuyen_thoi_gian": "3", "truc_tuyen_don_vi": "Ngày làm việc",
    "truc_tuyen_phi_vnd": "0", "buu_chinh_thoi_gian": "", "buu_chinh_don_vi": "", "buu_chinh_phi_vnd": "",
    "truc_tiep_thoi_gian": "5", "truc_tiep_don_vi": "Ngày", "truc_tiep_phi_vnd": "8000", "so_dong_cach_thuc": "2",
    "so_giay_to": "2", "ma_ket_qua": "KQ.G15.900001|KQ.G15.900002", "so_van_ban": "1", "portal_id": "abc",
}  # fmt: skip
ENTRY: dict[str, Any] = {
    "ma": "1.900001",
    "ten": "Cấp giấy thử",
    "linh_vuc": "Lĩnh vực thử",
    "cach_thuc": [["truc_tuyen", 3.0, "Ngày làm việc", 0], ["truc_tiep", 5.0, "Ngày", 8000]],
    "thanh_phan": [{"nhom": "", "giay_to": [["Tờ khai", 1, 0], ["Lưu ý: mang bản chính", 0, 0]]}],
    "ket_qua": [["Giấy thử", "KQ.G15.900001"], ["Thông báo", "KQ.G15.900002"]],
    "can_cu": ["1/2020/NĐ-CP"],
}


def row(**changes: str) -> dict[str, str]:
    """A good row of the CSV form with some cells changed."""
    return ROW | changes


def csv_text(*rows: dict[str, str], columns: tuple[str, ...] = COLUMNS, delimiter: str = ",") -> str:
    """Rows as a file of the CSV form."""
    buffer = io.StringIO(newline="")
    writer = csv.DictWriter(buffer, columns, delimiter=delimiter, extrasaction="ignore")
    writer.writeheader()
    writer.writerows(rows)
    return buffer.getvalue()


def json_text(*entries: Any) -> str:
    """Entries as a file of the JSON form, one a line."""
    return "[\n" + ",\n".join(json.dumps(entry, ensure_ascii=False) for entry in entries) + "\n]\n"


def entry(**changes: Any) -> dict[str, Any]:
    """A good entry of the JSON form with some keys changed."""
    return ENTRY | changes


def read_row(**changes: str) -> Row:
    """A changed row as it is read."""
    return portal_csv.parse(csv_text(row(**changes))).rows[0]


def read_entry(**changes: Any) -> Row:
    """A changed entry as it is read."""
    return portal_json.parse(json_text(entry(**changes))).rows[0]


def said(one: Row) -> str:
    """Everything that is noted on a row."""
    return " | ".join(str(note) for note in one.notes)
