"""Huyện Quế Sơn, tỉnh Quảng Nam, 2017: one-stop under Quyết định 09/2015/QĐ-TTg, code and forms of before Thông tư 01/2018.

Published (the district's account of 2017): 2,604 dossiers received, 2,561 on time, land and justice the busiest, total time of
the procedures cut by at least 30 %, a public administration centre planned for the second quarter of 2018. Not published, and
made up here: what became of the other 43 (late), the spread over procedures and months, who works there.
"""

from datetime import date, datetime

from motcua.core.moments import to_utc
from motcua.scenarios.demo.structure import OfficeNode
from motcua.scenarios.localities.people import Staff
from motcua.scenarios.localities.places import DISTRICT_DIVISIONS, communes, counters, district
from motcua.scenarios.localities.plan import Locality, Offer, Stream

SINCE = date(2016, 7, 1)
TOWNS = (
    "thị trấn Đông Phú", "xã Quế Xuân 1", "xã Quế Xuân 2", "xã Quế Phú", "xã Hương An", "xã Quế Cường", "xã Quế Hiệp",
    "xã Quế Thuận", "xã Quế Châu", "xã Quế Minh", "xã Quế An", "xã Quế Long", "xã Quế Phong", "xã Phú Thọ",
)  # fmt: skip
WEIGHTS = {
    "T-HUYEN-000101-TT": 24, "T-HUYEN-000102-TT": 8, "T-HUYEN-000103-TT": 4, "T-HUYEN-000104-TT": 3, "T-HUYEN-000105-TT": 4,
    "T-HUYEN-000106-TT": 6, "T-HUYEN-000201-TT": 8, "T-HUYEN-000202-TT": 5, "T-HUYEN-000203-TT": 8, "T-HUYEN-000204-TT": 5,
    "2.000528": 0.6, "2.000806": 0.6, "1.001612": 7, "2.000720": 1.5, "1.001266": 1, "T-HUYEN-000301-TT": 4,
    "T-HUYEN-000302-TT": 1.5, "T-HUYEN-000304-TT": 4, "T-HUYEN-000305-TT": 3, "T-HUYEN-000306-TT": 0.4, "T-HUYEN-000307-TT": 1,
    "T-HUYEN-000308-TT": 0.4,
}  # fmt: skip
# The district's own shorter times: 30 % of the whole and more. What is answered on the same day cannot be cut.
CUT = {
    "T-HUYEN-000101-TT": "7", "T-HUYEN-000102-TT": "7", "T-HUYEN-000103-TT": "10", "T-HUYEN-000104-TT": "10",
    "T-HUYEN-000105-TT": "21", "T-HUYEN-000203-TT": "2", "2.000806": "7", "1.001612": "2", "2.000720": "2", "1.001266": "2",
    "T-HUYEN-000301-TT": "10", "T-HUYEN-000302-TT": "7", "T-HUYEN-000304-TT": "6", "T-HUYEN-000305-TT": "13",
    "T-HUYEN-000306-TT": "7", "T-HUYEN-000307-TT": "2", "T-HUYEN-000308-TT": "13",
}  # fmt: skip
DOCUMENT = (
    "Quyết định cắt giảm thời gian giải quyết thủ tục hành chính của Ủy ban nhân dân huyện (số hiệu minh họa)"
)
_STAFF = Staff(2017)

LOCALITY = Locality(
    name="que-son-2017",
    title="Huyện Quế Sơn, tỉnh Quảng Nam, năm 2017",
    root="district",
    seed=20170102,
    founded=SINCE,
    until=to_utc(datetime(2018, 1, 12, 17)),
    identity_prefix="205",
    place="huyện Quế Sơn, tỉnh Quảng Nam",
    sessions=("07:00-11:30", "13:30-17:00"),
    nodes=(
        *district(("tỉnh Quảng Nam", "H47"), "huyện Quế Sơn", "H47.15", SINCE),
        *communes(TOWNS, "H47.15", SINCE),
    ),
    offices=(
        OfficeNode(
            "desk",
            "district",
            "Bộ phận Tiếp nhận và Trả kết quả huyện Quế Sơn",
            "office",
            (("district", SINCE), ("land", SINCE), ("tax", SINCE)),
            SINCE,
        ),
        *counters(TOWNS, "Bộ phận Tiếp nhận và Trả kết quả", SINCE),
    ),
    people=(
        *_STAFF.counter("district", 3, officers=2),
        *_STAFF.divisions(*DISTRICT_DIVISIONS, "culture", "education", "home"),
        *_STAFF.branch("land", "land_desk"),
        *_STAFF.branch("tax", "tax_desk"),
    ),
    offers=tuple(
        Offer(
            code,
            "district",
            SINCE,
            f"{CUT[code]} working_day" if code in CUT else "",
            DOCUMENT if code in CUT else "",
        )
        for code in WEIGHTS
    ),
    streams=(
        Stream(
            "district",
            "desk",
            date(2017, 1, 3),
            date(2017, 12, 29),
            in_time=2561,
            late=43,
            weights=WEIGHTS,
            online=0.012,
            post=0.006,
            refused=0.012,
            supplemented=0.03,
            pace=0.75,
        ),
    ),
    cash_years=(2017, 2018),
    source="Báo cáo của Ủy ban nhân dân huyện Quế Sơn về cải cách hành chính năm 2017",
    invented="43 hồ sơ còn lại là hồ sơ quá hạn; cơ cấu thủ tục, phân bố theo tháng, cán bộ, mức cắt giảm từng thủ tục",
)
