"""Huyện Thanh Bình, tỉnh Đồng Tháp, first half of 2012: one-stop under Quyết định 93/2007/QĐ-TTg, online levels 1 to 4 of Nghị
định 43/2011/NĐ-CP (nothing filed online yet), the calendar of 2012.

Published (report of 8-6-2012): no counts of dossiers; ISO certificates of 8 offices and of the town; the kinds of limits. The
counts are made up here, so that the half-year's report can be drawn up from rows.
"""

from datetime import date, datetime

from motcua.core.moments import to_utc
from motcua.scenarios.demo.structure import OfficeNode
from motcua.scenarios.localities.people import Staff
from motcua.scenarios.localities.places import DISTRICT_DIVISIONS, communes, counters, district
from motcua.scenarios.localities.plan import Locality, Offer, Stream

SINCE = date(2011, 7, 1)
TOWNS = (
    "thị trấn Thanh Bình", "xã An Phong", "xã Bình Tấn", "xã Bình Thành", "xã Phú Lợi", "xã Tân Bình", "xã Tân Hòa",
    "xã Tân Huề", "xã Tân Long", "xã Tân Mỹ", "xã Tân Phú", "xã Tân Quới", "xã Tân Thạnh",
)  # fmt: skip
DISTRICT = {
    "T-HUYEN-000101-TT": 20, "T-HUYEN-000102-TT": 7, "T-HUYEN-000103-TT": 4, "T-HUYEN-000105-TT": 10, "T-HUYEN-000106-TT": 9,
    "T-HUYEN-000107-TT": 1, "T-HUYEN-000201-TT": 12, "T-HUYEN-000202-TT": 4, "T-HUYEN-000203-TT": 6, "T-HUYEN-000204-TT": 6,
    "T-HUYEN-000205-TT": 3, "T-HUYEN-000301-TT": 4, "T-HUYEN-000303-TT": 9, "T-HUYEN-000304-TT": 5, "T-HUYEN-000305-TT": 4,
}  # fmt: skip
TOWN = {
    "2.000815": 40,
    "2.000884": 12,
    "1.001193": 9,
    "1.000656": 3,
    "1.000894": 4,
    "1.004873": 6,
    "2.000635": 7,
    "T-XA-000103-TT": 6,
}
RECEIPT = "Giấy biên nhận hồ sơ và hẹn trả kết quả"
_STAFF = Staff(2012)
_HALF = (date(2012, 1, 3), date(2012, 6, 29))

LOCALITY = Locality(
    name="thanh-binh-2012",
    title="Huyện Thanh Bình, tỉnh Đồng Tháp, 6 tháng đầu năm 2012",
    root="district",
    seed=20120608,
    founded=SINCE,
    until=to_utc(datetime(2012, 7, 13, 17)),
    identity_prefix="341",
    place="huyện Thanh Bình, tỉnh Đồng Tháp",
    sessions=("07:00-11:00", "13:00-17:00"),
    nodes=(
        *district(
            ("tỉnh Đồng Tháp", "H20"),
            "huyện Thanh Bình",
            "H20.09",
            SINCE,
            land="Văn phòng Đăng ký quyền sử dụng đất",
        ),
        *communes(TOWNS, "H20.09", SINCE),
    ),
    offices=(
        OfficeNode(
            "desk",
            "district",
            "Bộ phận Tiếp nhận và Trả kết quả theo cơ chế một cửa huyện Thanh Bình",
            "office",
            (("district", SINCE), ("land", SINCE)),
            SINCE,
        ),
        *counters(TOWNS, "Bộ phận Tiếp nhận và Trả kết quả", SINCE),
    ),
    people=(
        *_STAFF.counter("district", 3, officers=2),
        *_STAFF.divisions(*DISTRICT_DIVISIONS),
        *_STAFF.branch("land", "land_desk"),
        *_STAFF.branch("tax", "tax_desk"),
        *_STAFF.counter("xa01", 1),
    ),
    offers=(
        *(Offer(code, "district", SINCE, online="level_2") for code in DISTRICT),
        *(Offer(code, "xa01", SINCE, online="level_1") for code in TOWN),
    ),
    streams=(
        Stream(
            "district",
            "desk",
            *_HALF,
            in_time=1846,
            late=71,
            open=133,
            weights=DISTRICT,
            refused=0.01,
            pace=0.85,
        ),
        Stream("town", "q01", *_HALF, in_time=1430, weights=TOWN, pace=0.8),
    ),
    cash_years=(2012,),
    source="Báo cáo công tác cải cách hành chính 6 tháng đầu năm 2012 của Ủy ban nhân dân huyện Thanh Bình, 08-06-2012",
    invented="mọi số đếm hồ sơ (2.050 hồ sơ của huyện, 1.430 của thị trấn), cơ cấu thủ tục, cán bộ",
)
