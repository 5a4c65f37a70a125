"""Huyện Cư M'gar, tỉnh Đắk Lắk, 1-1-2018 to 30-6-2019, as the province's inspection team 1798 found it on 27-9-2019.

Published: "just over 272,000" dossiers received by the district and 17 communes and towns, almost all resolved on time, 129 in
progress, none overdue; the mechanism in 17 of 17; few filed online. The number chosen here is 272,129: 272,000 resolved on time
and 129 in progress. Made up: the spread over counters and procedures (most of a commune's work is certification and civil status
on the same day), the online share of about 0.4 %.
"""

from datetime import date, datetime

from motcua.core.moments import to_utc
from motcua.scenarios.demo.structure import OfficeNode
from motcua.scenarios.localities.people import Staff
from motcua.scenarios.localities.places import DISTRICT_DIVISIONS, communes, counters, district
from motcua.scenarios.localities.plan import Locality, Offer, Stream, share

SINCE = date(2017, 7, 3)
RECEIVED, OPEN = 272_129, 129
# Communes and towns by the share of their traffic.
TOWNS = {
    "thị trấn Quảng Phú": 11.5, "thị trấn Ea Pốk": 8.6, "xã Quảng Tiến": 5.4, "xã Ea M'nang": 4.6, "xã Cuôr Đăng": 5.6,
    "xã Cư Suê": 5.2, "xã Quảng Hiệp": 6.1, "xã Ea M'Droh": 5.0, "xã Ea Kiết": 6.0, "xã Ea Kuêh": 4.9, "xã Ea Tar": 4.4,
    "xã Ea H'đing": 5.0, "xã Cư M'gar": 4.9, "xã Ea Drơng": 5.7, "xã Ea Tul": 5.1, "xã Cư Dliê M'nông": 5.4, "xã Ea Kpam": 4.8,
}  # fmt: skip
DISTRICT_SHARE = 3.6  # per cent of everything
DISTRICT = {
    "T-HUYEN-000101-TT": 26, "T-HUYEN-000102-TT": 9, "T-HUYEN-000103-TT": 5, "T-HUYEN-000104-TT": 3, "T-HUYEN-000105-TT": 5,
    "T-HUYEN-000106-TT": 16, "T-HUYEN-000108-TT": 2, "T-HUYEN-000201-TT": 7, "T-HUYEN-000203-TT": 5, "T-HUYEN-000204-TT": 3,
    "2.000806": 0.5, "1.001612": 7, "2.000720": 2, "1.001266": 1.5, "T-HUYEN-000301-TT": 4, "T-HUYEN-000304-TT": 3,
    "T-HUYEN-000305-TT": 4,
}  # fmt: skip
COMMUNE = {
    "T-XA-000105-TT": 66, "2.000884": 10, "1.001193": 5, "1.000656": 1, "1.000894": 1.6, "2.000635": 6.6, "1.004873": 2.2,
    "1.004859": 0.5, "T-XA-000103-TT": 4, "T-XA-000101-TT": 0.8, "T-XA-000102-TT": 0.7, "T-XA-000104-TT": 0.9, "2.001023": 0.7,
}  # fmt: skip
# What was offered online at level 3 then: the rest is at level 2, forms to download.
ONLINE = {
    "1.001612",
    "2.000720",
    "T-HUYEN-000101-TT",
    "T-HUYEN-000203-TT",
    "1.001193",
    "1.004873",
    "2.000635",
}
_SPAN = (date(2018, 1, 2), date(2019, 6, 28))
_STAFF = Staff(2018_2019)
_PARTS = [DISTRICT_SHARE * sum(TOWNS.values()) / (100 - DISTRICT_SHARE), *TOWNS.values()]
_IN_TIME, _OPEN = share(RECEIVED - OPEN, _PARTS), share(OPEN, [60.0, *(69 * t / 100 for t in TOWNS.values())])


def _level(code: str) -> str:
    return "level_3" if code in ONLINE else "level_2"


LOCALITY = Locality(
    name="cu-mgar-2019",
    title="Huyện Cư M'gar, tỉnh Đắk Lắk, từ 01-01-2018 đến 30-6-2019",
    root="district",
    seed=20190927,
    founded=SINCE,
    until=to_utc(datetime(2019, 6, 30, 23)),
    identity_prefix="241",
    place="huyện Cư M'gar, tỉnh Đắk Lắk",
    sessions=("07:00-11:00", "13:00-17:00"),
    nodes=(
        *district(("tỉnh Đắk Lắk", "H15"), "huyện Cư M'gar", "H15.09", SINCE),
        *communes(tuple(TOWNS), "H15.09", SINCE),
    ),
    offices=(
        OfficeNode(
            "desk",
            "district",
            "Bộ phận Tiếp nhận và Trả kết quả huyện Cư M'gar",
            "office",
            (("district", SINCE), ("land", SINCE), ("tax", SINCE)),
            SINCE,
        ),
        *counters(tuple(TOWNS), "Bộ phận Tiếp nhận và Trả kết quả", SINCE),
    ),
    people=(
        *_STAFF.counter("district", 5, officers=3, leaders=3),
        *_STAFF.divisions(*DISTRICT_DIVISIONS, officers=3),
        *_STAFF.branch("land", "land_desk"),
        *_STAFF.branch("tax", "tax_desk"),
        *_STAFF.branch("insurance", "insurance_desk"),
        *(p for n in range(1, len(TOWNS) + 1) for p in _STAFF.counter(f"xa{n:02d}", 2, officers=2)),
    ),
    offers=(
        *(Offer(code, "district", SINCE, online=_level(code)) for code in DISTRICT),
        *(
            Offer(code, f"xa{n:02d}", SINCE, online=_level(code))
            for n in range(1, len(TOWNS) + 1)
            for code in COMMUNE
        ),
    ),
    streams=(
        Stream(
            "all/district",
            "desk",
            *_SPAN,
            in_time=_IN_TIME[0],
            open=_OPEN[0],
            weights=DISTRICT,
            online=0.02,
            supplemented=0.01,
            pace=0.7,
        ),
        *(
            Stream(
                f"all/{n:02d}",
                f"q{n:02d}",
                *_SPAN,
                in_time=_IN_TIME[n],
                open=_OPEN[n],
                weights=COMMUNE,
                online=0.0033,
                pace=0.7,
            )
            for n in range(1, len(TOWNS) + 1)
        ),
    ),
    cash_years=(2018, 2019),
    source="Kết quả kiểm tra cải cách hành chính tại huyện Cư M'gar, Đoàn kiểm tra 1798, 27-09-2019",
    invented="con số chính xác 272.129 (272.000 đúng hạn + 129 đang giải quyết), phân bố theo nơi và thủ tục, tỷ lệ trực tuyến",
)
