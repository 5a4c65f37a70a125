"""Huyện Thuận Bắc, tỉnh Ninh Thuận, 2019 and the first half of 2020: Nghị định 61/2018/NĐ-CP, forms and codes of Thông tư
01/2018/TT-VPCP, online level 3.

Published: 1,510 dossiers resolved in 2019, all on time; the mechanism in 6 of 6 communes; procedures of the police and of social
insurance at the district's counter from 1-3-2020 (Quyết định 1291/QĐ-TTg năm 2019). Made up here: how many were received, the
spread, the communes' own traffic, everything after 2019.
"""

from datetime import date, datetime

from motcua.core.moments import to_utc
from motcua.scenarios.demo.structure import OfficeNode
from motcua.scenarios.localities.people import Staff
from motcua.scenarios.localities.places import DISTRICT_DIVISIONS, communes, counters, district
from motcua.scenarios.localities.plan import Attempt, Locality, Offer, SeatLater, Stream

SINCE = date(2018, 7, 2)
VERTICAL_SINCE = date(2020, 3, 1)
DOCUMENT_1291 = "Quyết định 1291/QĐ-TTg ngày 07-10-2019; tiếp nhận tại Bộ phận Một cửa huyện từ 01-03-2020"
TOWNS = ("xã Bắc Phong", "xã Bắc Sơn", "xã Công Hải", "xã Lợi Hải", "xã Phước Chiến", "xã Phước Kháng")
DISTRICT = {
    "T-HUYEN-000101-TT": 22, "T-HUYEN-000102-TT": 8, "T-HUYEN-000103-TT": 5, "T-HUYEN-000105-TT": 5, "T-HUYEN-000106-TT": 7,
    "T-HUYEN-000201-TT": 8, "T-HUYEN-000203-TT": 7, "T-HUYEN-000204-TT": 4, "2.000806": 0.6, "1.001612": 8, "2.000720": 2,
    "1.001266": 1, "T-HUYEN-000301-TT": 4, "T-HUYEN-000304-TT": 4, "T-HUYEN-000305-TT": 5,
}  # fmt: skip
COMMUNE = {
    "2.000815": 30, "2.000884": 8, "1.001193": 8, "1.000656": 3, "1.000894": 4, "1.004873": 7, "2.000635": 6, "1.004859": 2,
    "T-XA-000103-TT": 5, "T-XA-000101-TT": 4, "T-XA-000102-TT": 4, "2.001023": 4,
}  # fmt: skip
POLICE = {"T-HUYEN-000401-TT": 6, "T-HUYEN-000402-TT": 4}
INSURANCE = {"1.001613": 4, "2.000693": 4, "1.001667": 2, "1.002759": 2}
_STAFF = Staff(2019)
_YEAR = (date(2019, 1, 2), date(2019, 12, 31))
_SPRING = (date(2020, 1, 2), date(2020, 2, 28))
_AFTER = (date(2020, 3, 2), date(2020, 6, 30))

LOCALITY = Locality(
    name="thuan-bac-2019",
    title="Huyện Thuận Bắc, tỉnh Ninh Thuận, năm 2019 và 6 tháng đầu năm 2020",
    root="district",
    seed=20190102,
    founded=SINCE,
    until=to_utc(datetime(2020, 7, 15, 17)),
    identity_prefix="264",
    place="huyện Thuận Bắc, tỉnh Ninh Thuận",
    sessions=("07:00-11:30", "13:30-17:00"),
    nodes=(
        *district(("tỉnh Ninh Thuận", "H43"), "huyện Thuận Bắc", "H43.06", SINCE),
        *communes(TOWNS, "H43.06", SINCE),
    ),
    offices=(
        OfficeNode(
            "desk",
            "district",
            "Bộ phận Tiếp nhận và Trả kết quả hiện đại huyện Thuận Bắc",
            "office",
            (("district", SINCE), ("land", SINCE), ("tax", SINCE)),
            SINCE,
        ),
        *counters(TOWNS, "Bộ phận Một cửa", SINCE),
    ),
    seats=tuple(SeatLater("desk", key, VERTICAL_SINCE, DOCUMENT_1291) for key in ("police", "insurance")),
    people=(
        *_STAFF.counter("district", 3, officers=2),
        *_STAFF.divisions(*DISTRICT_DIVISIONS),
        *_STAFF.branch("land", "land_desk"),
        *_STAFF.branch("tax", "tax_desk"),
        *_STAFF.branch("police", "police_desk"),
        *_STAFF.branch("insurance", "insurance_desk"),
        *(p for n in range(1, len(TOWNS) + 1) for p in _STAFF.counter(f"xa{n:02d}", 1)),
    ),
    offers=(
        *(Offer(code, "district", SINCE) for code in DISTRICT),
        *(Offer(code, f"xa{n:02d}", SINCE) for n in range(1, len(TOWNS) + 1) for code in COMMUNE),
        *(Offer(code, "police", SINCE) for code in POLICE),
        *(Offer(code, "insurance", SINCE) for code in INSURANCE),
    ),
    streams=(
        Stream(
            "district",
            "desk",
            *_YEAR,
            in_time=1510,
            open=38,
            weights=DISTRICT,
            online=0.035,
            refused=0.01,
            supplemented=0.02,
            pace=0.65,
        ),
        Stream("spring", "desk", *_SPRING, in_time=190, weights=DISTRICT, online=0.05, pace=0.6),
        Stream("after", "desk", *_AFTER, in_time=460, weights=DISTRICT, online=0.06, pace=0.6),
        Stream("vertical", "desk", *_AFTER, in_time=240, weights=POLICE | INSURANCE, pace=0.6),
        *(
            Stream(f"communes/{n:02d}", f"q{n:02d}", *_YEAR, in_time=420 + 90 * n, weights=COMMUNE, pace=0.7)
            for n in range(1, len(TOWNS) + 1)
        ),
    ),
    attempts=(
        Attempt("desk", "T-HUYEN-000401-TT", datetime(2020, 2, 28, 9, 15)),
        Attempt("desk", "1.001613", datetime(2020, 2, 28, 14, 20)),
    ),
    cash_years=(2019, 2020),
    source="Báo cáo của Ủy ban nhân dân huyện Thuận Bắc về cải cách hành chính năm 2019 và phương hướng năm 2020",
    invented="38 hồ sơ đang giải quyết cuối năm 2019, số hồ sơ của xã và của năm 2020, cơ cấu thủ tục, cán bộ, cỡ mẫu và từng phiếu khảo sát",
)
