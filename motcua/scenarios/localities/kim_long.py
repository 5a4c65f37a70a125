"""Xã Kim Long, 2018: the commune's corrective plan of 2-5-2018 after the index of 2017 (công văn 185, 30-3-2018).

Published: the aim that more than half of the dossiers be resolved before the due date; "xã Kim Long" with thôn and officers of
non-specialised posts, which makes it the commune of huyện Châu Đức, tỉnh Bà Rịa - Vũng Tàu [likely], not a ward of Huế. Made up
here: every count. Copies certified while one waits (most of a commune's work) are booked elsewhere, and not part of this share.
"""

from datetime import date, datetime

from motcua.core.moments import to_utc
from motcua.scenarios.localities.people import Staff
from motcua.scenarios.localities.places import communes, counters, district
from motcua.scenarios.localities.plan import Locality, Offer, Stream

SINCE = date(2017, 7, 3)
PLAN_DAY = date(2018, 5, 2)
TOWN = ("xã Kim Long",)
WEIGHTS = {
    "1.004873": 22, "1.004859": 8, "1.001022": 2, "1.004884": 6, "T-XA-000101-TT": 14, "T-XA-000102-TT": 10,
    "T-XA-000103-TT": 14, "T-XA-000104-TT": 8, "2.001023": 5, "1.001193": 5, "1.000656": 2, "1.000894": 4,
}  # fmt: skip
_STAFF = Staff(2018)

LOCALITY = Locality(
    name="kim-long-2018",
    title="Xã Kim Long, huyện Châu Đức, tỉnh Bà Rịa - Vũng Tàu, năm 2018",
    root="xa01",
    seed=20180502,
    founded=SINCE,
    until=to_utc(datetime(2019, 1, 11, 17)),
    identity_prefix="273",
    place="xã Kim Long, huyện Châu Đức, tỉnh Bà Rịa - Vũng Tàu",
    sessions=("07:30-11:30", "13:30-17:30"),
    nodes=(
        *district(("tỉnh Bà Rịa - Vũng Tàu", "H06"), "huyện Châu Đức", "H06.05", SINCE),
        *communes(TOWN, "H06.05", SINCE),
    ),
    offices=counters(TOWN, "Bộ phận Tiếp nhận và Trả kết quả", SINCE),
    people=(
        *_STAFF.counter("district", 1),
        *_STAFF.branch("insurance", "insurance_desk"),
        *_STAFF.counter("xa01", 2, officers=3),
    ),
    offers=tuple(Offer(code, "xa01", SINCE) for code in WEIGHTS),
    streams=(
        Stream(
            "before",
            "q01",
            date(2018, 1, 2),
            date(2018, 4, 27),
            in_time=402,
            late=8,
            before=164,
            weights=WEIGHTS,
            pace=0.95,
        ),
        Stream(
            "after",
            "q01",
            PLAN_DAY,
            date(2018, 12, 28),
            in_time=880,
            before=523,
            weights=WEIGHTS,
            online=0.02,
            pace=0.55,
        ),
    ),
    cash_years=(2018, 2019),
    source="Kế hoạch khắc phục tồn tại, hạn chế trong công tác cải cách hành chính của xã Kim Long, 02-05-2018",
    invented="mọi số đếm: 410 hồ sơ trước ngày có kế hoạch (40 % trước hạn), 880 hồ sơ sau đó (59 % trước hạn)",
)
