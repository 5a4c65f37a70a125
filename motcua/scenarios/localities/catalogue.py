"""Procedures of 2012 to 2020 that the starting catalogue lacks: those of the old district, and a few of the commune.

Codes are invented in the form of the national database of 2010 to 2018 ("T-HUYEN-000101-TT"); limits, papers and fees are what
was usual then [likely]. Every version carries that note; nothing here is law to be relied on. Copies certified at a commune have no
fee here: it was taken by page against paper receipts of the justice officer, outside of the one-stop software of then [likely].
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from motcua.procedures.rules.starting import DATA, ProcedureData, procedure

NOTE = "Thủ tục lập lại cho kịch bản địa phương; mã hư cấu, thời hạn, thành phần hồ sơ theo mức thường gặp khi đó [likely]"
PAPER = "Đơn đề nghị theo mẫu"


@dataclass(frozen=True)
class Row:
    """One procedure. `limit` as in the starting catalogue, "10 working_day"; `fee` in đồng per case, 0: none."""

    code: str
    name: str
    field: str
    level: str
    limit: str
    process: str
    result: str
    papers: tuple[str, ...] = (PAPER,)
    online: str = "none"
    fee: int = 0


def _steps(
    name: str, first: tuple[tuple[str, str, str, int], ...], signer: str = "resolving"
) -> list[dict[str, Any]]:
    """A template of stages: reviews (name, place or division, role, share), then signature and result at the resolver."""
    stages: list[dict[str, Any]] = []
    for title, place, role, part in first:
        where = {"place": place} if place in ("land", "tax", "parent", "police", "insurance", "office") else {
            "place": "division", "division": place,
        }  # fmt: skip
        stages.append(
            {
                "name": title,
                "kind": "review",
                "tasks": [{"name": title, "role": role, "share": part, **where}],
            }
        )
    return [
        *stages,
        {"name": "Trình ký", "kind": "signature", "tasks": [{"name": f"Ký {name}", "place": signer, "role": "leader", "share": 6}]},
        {"name": "Chuyển kết quả", "kind": "result", "tasks": [
            {"name": "Đóng dấu, chuyển Bộ phận Tiếp nhận và Trả kết quả", "place": "resolving", "role": "clerk", "share": 2}]},
    ]  # fmt: skip


PROCESSES: dict[str, list[dict[str, Any]]] = {
    "old_justice": _steps("giấy tờ hộ tịch, chứng thực", (("Thẩm tra của Phòng Tư pháp", "Tư pháp", "officer", 12),)),
    "old_land": _steps("Giấy chứng nhận", (
        ("Thẩm tra của Chi nhánh Văn phòng Đăng ký đất đai", "land", "land_desk", 24),
        ("Xác định nghĩa vụ tài chính của Chi cục Thuế", "tax", "tax_desk", 12),
        ("Kiểm tra của Phòng Tài nguyên và Môi trường", "Tài nguyên và Môi trường", "officer", 8),
    )),
    "old_land_office": _steps("xác nhận đăng ký", (("Kiểm tra, ghi sổ địa chính", "land", "land_desk", 8),)),
    "old_labour": _steps("quyết định trợ cấp", (
        ("Thẩm định của Phòng Lao động - Thương binh và Xã hội", "Lao động", "officer", 20),
        ("Kiểm tra của trưởng phòng", "Lao động", "division_head", 6),
    )),
    "old_finance": _steps("giấy chứng nhận đăng ký", (("Thẩm định của Phòng Tài chính - Kế hoạch", "Tài chính", "officer", 10),)),
    "old_infrastructure": _steps("giấy phép", (("Thẩm định của Phòng Kinh tế và Hạ tầng", "Hạ tầng", "officer", 20),)),
    "old_culture": _steps("giấy phép", (("Thẩm định của Phòng Văn hóa và Thông tin", "Văn hóa và Thông tin", "officer", 14),)),
    "old_education": _steps("quyết định", (("Thẩm định của Phòng Giáo dục và Đào tạo", "Giáo dục", "officer", 14),)),
    "old_home": _steps("quyết định", (("Thẩm định của Phòng Nội vụ", "Nội vụ", "officer", 20),)),
    "old_police": [
        {"name": "Thẩm định", "kind": "review", "tasks": [{"name": "Thẩm định hồ sơ", "place": "police", "role": "police_desk", "share": 5}]},
        {"name": "Phê duyệt", "kind": "signature", "tasks": [{"name": "Ký của chỉ huy Công an huyện", "place": "police", "role": "leader", "share": 2}]},
        {"name": "Chuyển kết quả", "kind": "result", "tasks": [{"name": "Chuyển quầy", "place": "police", "role": "police_desk", "share": 1}]},
    ],
    "commune_up": [
        {"name": "Thẩm tra tại xã", "kind": "review", "tasks": [{"name": "Xác nhận, lập hồ sơ trình huyện", "place": "resolving", "role": "officer", "share": 12}]},
        {"name": "Giải quyết ở cấp huyện", "kind": "review", "tasks": [{"name": "Thẩm định, ban hành quyết định", "place": "parent", "role": "officer", "share": 28}]},
        {"name": "Ký", "kind": "signature", "tasks": [{"name": "Ký văn bản trả kết quả", "place": "resolving", "role": "leader", "share": 6}]},
        {"name": "Chuyển kết quả", "kind": "result", "tasks": [{"name": "Nhận kết quả của huyện, chuyển quầy", "place": "resolving", "role": "clerk", "share": 4}]},
    ],
}  # fmt: skip

LAND, JUSTICE, CIVIL = "Đất đai", "Chứng thực", "Hộ tịch"
BUILDING, LABOUR, TRADE = "Hoạt động xây dựng", "Bảo trợ xã hội", "Lưu thông hàng hóa trong nước"
BUSINESS = "Thành lập và hoạt động doanh nghiệp (hộ kinh doanh)"
HEROES, EDUCATION, CULTURE = "Người có công", "Giáo dục và đào tạo", "Văn hóa"
IDENTITY = "Cấp, quản lý căn cước"

ROWS: tuple[Row, ...] = (
    # Land, district.
    Row("T-HUYEN-000101-TT", "Đăng ký biến động do chuyển nhượng, thừa kế, tặng cho quyền sử dụng đất", LAND, "district", "10 working_day", "old_land", "Giấy chứng nhận đã chỉnh lý", ("Đơn đăng ký biến động", "Hợp đồng đã chứng thực", "Bản gốc Giấy chứng nhận"), "partial", 28000),
    Row("T-HUYEN-000102-TT", "Cấp đổi Giấy chứng nhận quyền sử dụng đất", LAND, "district", "10 working_day", "old_land_office", "Giấy chứng nhận", ("Đơn đề nghị cấp đổi", "Bản gốc Giấy chứng nhận"), "none", 50000),
    Row("T-HUYEN-000103-TT", "Tách thửa hoặc hợp thửa đất", LAND, "district", "15 working_day", "old_land", "Giấy chứng nhận", ("Đơn đề nghị tách thửa", "Bản gốc Giấy chứng nhận")),
    Row("T-HUYEN-000104-TT", "Chuyển mục đích sử dụng đất của hộ gia đình, cá nhân", LAND, "district", "15 working_day", "old_land", "Quyết định cho phép chuyển mục đích", ("Đơn xin chuyển mục đích", "Bản gốc Giấy chứng nhận")),
    Row("T-HUYEN-000105-TT", "Cấp Giấy chứng nhận quyền sử dụng đất lần đầu cho hộ gia đình, cá nhân", LAND, "district", "30 working_day", "old_land", "Giấy chứng nhận", ("Đơn đề nghị cấp Giấy chứng nhận", "Giấy tờ về quyền sử dụng đất"), "none", 100000),
    Row("T-HUYEN-000106-TT", "Đăng ký thế chấp, xóa đăng ký thế chấp quyền sử dụng đất", LAND, "district", "1 same_day", "old_land_office", "Đơn đăng ký có chứng nhận", ("Đơn yêu cầu đăng ký", "Hợp đồng thế chấp")),
    Row("T-HUYEN-000107-TT", "Cấp lại Giấy chứng nhận do bị mất", LAND, "district", "30 working_day", "old_land", "Giấy chứng nhận", ("Đơn đề nghị cấp lại",)),
    Row("T-HUYEN-000108-TT", "Gia hạn sử dụng đất nông nghiệp của hộ gia đình, cá nhân", LAND, "district", "10 working_day", "old_land", "Giấy chứng nhận đã xác nhận gia hạn", ("Đơn đề nghị gia hạn",)),
    # Justice, district.
    Row("T-HUYEN-000201-TT", "Chứng thực bản sao từ bản chính giấy tờ tại Phòng Tư pháp", JUSTICE, "district", "1 same_day", "old_justice", "Bản sao có chứng thực", ("Bản chính giấy tờ",), "none", 2000),
    Row("T-HUYEN-000202-TT", "Chứng thực chữ ký, chữ ký người dịch tại Phòng Tư pháp", JUSTICE, "district", "1 same_day", "old_justice", "Giấy tờ có chứng thực chữ ký", ("Giấy tờ tùy thân", "Văn bản cần chứng thực"), "none", 10000),
    Row("T-HUYEN-000203-TT", "Thay đổi, cải chính hộ tịch cho người từ đủ 14 tuổi, xác định lại dân tộc", CIVIL, "district", "3 working_day", "old_justice", "Trích lục, quyết định thay đổi hộ tịch", ("Tờ khai", "Giấy tờ làm căn cứ"), "partial", 25000),
    Row("T-HUYEN-000204-TT", "Cấp bản sao trích lục hộ tịch từ sổ của huyện", CIVIL, "district", "1 same_day", "old_justice", "Trích lục hộ tịch", ("Tờ khai",), "partial", 3000),
    Row("T-HUYEN-000205-TT", "Cấp lại bản chính Giấy khai sinh", CIVIL, "district", "5 working_day", "old_justice", "Giấy khai sinh", ("Tờ khai", "Bản sao Giấy khai sinh"), "none", 10000),
    # Other fields, district.
    Row("T-HUYEN-000301-TT", "Cấp giấy phép xây dựng nhà ở riêng lẻ", BUILDING, "district", "15 working_day", "old_infrastructure", "Giấy phép xây dựng", ("Đơn đề nghị", "Giấy tờ về đất", "Bản vẽ thiết kế"), "partial", 50000),
    Row("T-HUYEN-000302-TT", "Cấp giấy phép kinh doanh bán lẻ rượu, thuốc lá", TRADE, "district", "10 working_day", "old_infrastructure", "Giấy phép", (PAPER, "Bản sao Giấy chứng nhận đăng ký hộ kinh doanh")),
    Row("T-HUYEN-000303-TT", "Đăng ký hộ kinh doanh", BUSINESS, "district", "5 working_day", "old_finance", "Giấy chứng nhận đăng ký hộ kinh doanh", ("Giấy đề nghị đăng ký",), "partial", 30000),
    Row("T-HUYEN-000304-TT", "Trợ cấp một lần, mai táng phí khi người có công từ trần", HEROES, "district", "10 working_day", "old_labour", "Quyết định trợ cấp", ("Bản khai", "Giấy chứng tử")),
    Row("T-HUYEN-000305-TT", "Trợ cấp xã hội hằng tháng tại cộng đồng", LABOUR, "district", "20 working_day", "old_labour", "Quyết định trợ cấp", ("Tờ khai", "Biên bản của hội đồng xét duyệt cấp xã")),
    Row("T-HUYEN-000306-TT", "Cấp giấy phép hoạt động karaoke, văn hóa", CULTURE, "district", "10 working_day", "old_culture", "Giấy phép", (PAPER,)),
    Row("T-HUYEN-000307-TT", "Chuyển trường đối với học sinh trung học cơ sở", EDUCATION, "district", "3 working_day", "old_education", "Giấy giới thiệu chuyển trường", ("Đơn xin chuyển trường", "Học bạ")),
    Row("T-HUYEN-000308-TT", "Tặng danh hiệu, giấy khen của Chủ tịch Ủy ban nhân dân huyện", "Thi đua - khen thưởng", "district", "20 working_day", "old_home", "Quyết định khen thưởng", ("Tờ trình", "Báo cáo thành tích")),
    # Police and social insurance of the district.
    Row("T-HUYEN-000401-TT", "Cấp, cấp đổi, cấp lại Chứng minh nhân dân tại Công an huyện", IDENTITY, "district", "10 working_day", "old_police", "Chứng minh nhân dân", ("Sổ hộ khẩu", "Tờ khai")),
    Row("T-HUYEN-000402-TT", "Đăng ký, cấp biển số xe mô tô tại Công an huyện", IDENTITY, "district", "2 working_day", "old_police", "Giấy chứng nhận đăng ký xe", ("Giấy khai đăng ký xe", "Chứng từ lệ phí trước bạ")),
    # Communes.
    Row("T-XA-000101-TT", "Xác nhận hồ sơ đăng ký đất đai, tình trạng sử dụng đất", LAND, "commune", "10 working_day", "commune_up", "Văn bản xác nhận", ("Đơn đề nghị xác nhận",)),
    Row("T-XA-000102-TT", "Đề nghị trợ cấp xã hội, mai táng phí (xã tiếp nhận, huyện quyết định)", LABOUR, "commune", "12 working_day", "commune_up", "Quyết định trợ cấp", ("Tờ khai",)),
    Row("T-XA-000103-TT", "Chứng thực hợp đồng, giao dịch về quyền sử dụng đất tại xã", JUSTICE, "commune", "3 working_day", "certification", "Hợp đồng có chứng thực", ("Dự thảo hợp đồng", "Bản gốc Giấy chứng nhận"), "none", 40000),
    Row("T-XA-000104-TT", "Xác nhận đơn, hồ sơ về lao động, việc làm, vay vốn", LABOUR, "commune", "2 working_day", "same_day", "Đơn có xác nhận"),
    Row("T-XA-000105-TT", "Chứng thực bản sao từ bản chính tại xã, thị trấn", JUSTICE, "commune", "1 same_day", "certification", "Bản sao có chứng thực", ("Bản chính giấy tờ",)),
)  # fmt: skip


def further(codes: Iterable[str]) -> tuple[ProcedureData, ...]:
    """Those of the procedures here that are named, as the loader of the starting catalogue takes them: in the one era in which
    the scenarios play.
    """
    common = json.loads((DATA / "common.json").read_text(encoding="utf-8"))
    templates = json.loads((DATA / "processes.json").read_text(encoding="utf-8")) | PROCESSES
    wanted = set(codes)
    made = (procedure(_entry(row), {"papers": []}, common, templates) for row in ROWS if row.code in wanted)
    return tuple(replace(one, versions=one.versions[:1]) for one in made)


def _entry(row: Row) -> dict[str, Any]:
    fees = [
        {
            "kind": "le_phi",
            "name": "Lệ phí",
            "amount": row.fee,
            "basis": "Nghị quyết của Hội đồng nhân dân tỉnh",
            "note": "[likely]",
        }
    ]
    where = {"district": "Ủy ban nhân dân cấp huyện", "commune": "Ủy ban nhân dân cấp xã"}[row.level]
    return {
        "code": row.code, "name": row.name, "field": row.field, "levels": [row.level], "agency": where, "authority": f"Chủ tịch {where}",
        "audiences": ["Công dân Việt Nam"], "online": row.online, "process": row.process, "limit": row.limit, "note": NOTE,
        "results": [[row.result, ""]], "papers": list(row.papers), "fees": fees if row.fee else [],
    }  # fmt: skip
