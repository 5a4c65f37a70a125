"""The registry: one definition per figure. Screens, reports, exports and indices name figures; nobody counts by himself.

A figure is a count of dossiers that meet one test (`Test`), a sum of other figures, or a share of two. `queries.facets` says
in SQL what each test means; the list of dossiers behind a figure uses the very same condition. Figures whose rows are not
dossiers (decisions, postings, procedures) are defined in `rules.things`, spans of time in `rules.times`; they stand in the same registry.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum

from motcua.core.definitions import Definition
from motcua.procedures.rules.hours import PARTS_AN_HOUR
from motcua.statistics.rules.points import POINT_FIGURES
from motcua.statistics.rules.shares import decimal_text, is_small, percent, signed_text
from motcua.statistics.rules.signals import SIGNAL_FIGURES
from motcua.statistics.rules.tasks import TASKS
from motcua.statistics.rules.things import THINGS, Subject, Thing
from motcua.statistics.rules.times import TIMES
from motcua.statistics.rules.work import WORK
from motcua.surveys.rules.figures import FIGURES as SURVEY_FIGURES
from motcua.tickets.rules.figures import FIGURES as QUEUE_FIGURES


class Test(StrEnum):
    """A condition on a dossier as it stood when the window closed."""

    __test__ = False  # no test of pytest's

    RECEIVED_ONLINE = "received_online"
    RECEIVED_COUNTER = "received_counter"
    RECEIVED_POST = "received_post"
    RECEIVED_WHOLE = "received_whole"
    RECEIVED_PARTIAL = "received_partial"
    RECEIVED_OTHER = "received_other"
    RECEIVED_AWAY = "received_away"
    CARRIED = "carried"
    RESOLVED_BEFORE = "resolved_before"
    RESOLVED_ON = "resolved_on"
    RESOLVED_LATE = "resolved_late"
    RESOLVED_LATE_APOLOGISED = "resolved_late_apologised"
    RESOLVED_LATE_PLAIN = "resolved_late_plain"
    REFUSED = "refused"
    OPEN_IN_TIME = "open_in_time"
    OPEN_LATE = "open_late"
    OPEN_LATE_APOLOGISED = "open_late_apologised"
    OPEN_LATE_PLAIN = "open_late_plain"
    STOPPED = "stopped"
    WITHDRAWN = "withdrawn"
    NOT_ACCEPTED = "not_accepted"
    WAITING = "waiting"
    WAITING_LATE = "waiting_late"
    WAITING_IN_TIME = "waiting_in_time"
    PAID_ONLINE = "paid_online"
    PAID_DIRECT = "paid_direct"
    UNCOLLECTED = "uncollected"
    LATE_A = "late_a"
    LATE_B = "late_b"
    LATE_C = "late_c"
    LATE_D = "late_d"
    OFFERED_ONLINE = "offered_online"
    FEE_OWED = "fee_owed"
    DIGITISED = "digitised"
    RESULT_ELECTRONIC = "result_electronic"
    ORIGINAL_BEFORE = "original_before"
    ORIGINAL_ON = "original_on"
    ORIGINAL_LATE = "original_late"
    ORIGINAL_OPEN_IN_TIME = "original_open_in_time"
    ORIGINAL_OPEN_LATE = "original_open_late"


class Span(StrEnum):
    """Whether a figure counts what happened in the window, or what stood when it closed."""

    DURING = "trong kỳ"
    CLOSING = "cuối kỳ"


@dataclass(frozen=True)
class Figure:
    """One figure. Of dossiers exactly one of `test`, `sum_of`, `share_of` says how it comes about; of other subjects one
    without sum or share is counted by `queries.things`.

    `words` is the formula in words, `law` where it comes from, `unit` of its value; `per` divides what was added up; `whole` is the
    denominator in words where it is no figure itself; `short` fits above a column; `window` is said where `span` does not say it.
    """

    key: str
    label: str
    words: str
    law: str
    unit: str = "hồ sơ"
    span: Span = Span.DURING
    test: Test | None = None
    sum_of: tuple[str, ...] = ()
    share_of: tuple[str, str] | None = None
    subject: Subject = Subject.DOSSIER
    per: int = 1
    whole: str = ""
    short: str = ""
    window: str = ""

    @property
    def heading(self) -> str:
        """Its name above a column."""
        return self.short or self.label

    @property
    def definition(self) -> Definition:
        """What every screen may know of it."""
        return Definition(self.key, self.label, self.words, self.law, self.unit, self.window or self.span.value, self.denominator, self.short)  # fmt: skip

    @property
    def denominator(self) -> str:
        """Of a share: what it is a share of, in words; "" for others."""
        return REGISTRY[self.share_of[1]].label if self.share_of else self.whole

    @property
    def is_counted(self) -> bool:
        """Whether it is counted itself, and not from other figures."""
        return not self.sum_of and self.share_of is None

    @property
    def is_share(self) -> bool:
        """Whether the value is per cent."""
        return self.share_of is not None


_06A = "Thông tư 01/2020/TT-VPCP, Biểu II.06a/VPCP/KSTT"
_07A = "Biểu 07a/BTP (2026)"
_766 = "Quyết định 766/QĐ-TTg năm 2022"
_07 = "Thông tư 01/2020/TT-VPCP, Biểu II.07/VPCP/KSTT"
_61 = "Nghị định 61/2018/NĐ-CP; Nghị định 118/2025/NĐ-CP"


def _count(test: Test, label: str, words: str, law: str, span: Span = Span.DURING) -> Figure:
    return Figure(test.value, label, words, law, span=span, test=test)


def _sum(key: str, label: str, words: str, law: str, *terms: str, span: Span = Span.DURING) -> Figure:
    return Figure(key, label, words, law, span=span, sum_of=terms)


def _share(key: str, label: str, words: str, law: str, part: str, whole: str) -> Figure:
    return Figure(key, label, words, law, unit="%", share_of=(part, whole))


_LIST: tuple[Figure, ...] = (
    _count(Test.RECEIVED_ONLINE, "Tiếp nhận trực tuyến", "hồ sơ nộp trực tuyến được tiếp nhận trong kỳ", f"{_06A}, cột 4"),
    _count(Test.RECEIVED_COUNTER, "Tiếp nhận trực tiếp", "hồ sơ nộp tại quầy được tiếp nhận trong kỳ", f"{_06A}, cột 5"),
    _count(Test.RECEIVED_POST, "Tiếp nhận qua bưu chính", "hồ sơ gửi qua bưu chính công ích được tiếp nhận trong kỳ", f"{_06A}, cột 5"),
    _count(Test.RECEIVED_WHOLE, "Trực tuyến toàn trình", "hồ sơ trực tuyến của thủ tục toàn trình (mức độ 4 trước năm 2022)", _07A),
    _count(Test.RECEIVED_PARTIAL, "Trực tuyến một phần", "hồ sơ trực tuyến của thủ tục một phần (mức độ 3 trước năm 2022)", _07A),
    _count(Test.RECEIVED_OTHER, "Trực tuyến, hình thức khác", "hồ sơ trực tuyến của thủ tục không xếp toàn trình, một phần", _07A),
    _count(Test.RECEIVED_AWAY, "Phi địa giới", "hồ sơ tiếp nhận ở nơi không thuộc cơ quan giải quyết", _07A),
    _count(Test.CARRIED, "Từ kỳ trước chuyển qua", "hồ sơ tiếp nhận trước kỳ, đầu kỳ chưa giải quyết xong", f"{_06A}, cột 6"),
    _sum("received_direct", "Trực tiếp, dịch vụ bưu chính", "tại quầy + bưu chính", f"{_06A}, cột 5", "received_counter", "received_post"),
    _sum("received_new", "Tiếp nhận trong kỳ", "trực tuyến + trực tiếp, bưu chính", _06A, "received_online", "received_direct"),
    _sum("received", "Tổng số tiếp nhận", "(4) + (5) + (6)", f"{_06A}, cột 3", "received_online", "received_direct", "carried"),
    _count(Test.RESOLVED_BEFORE, "Giải quyết trước hạn", "có kết quả (hoặc văn bản từ chối) trước ngày hẹn trả", f"{_06A}, cột 8"),
    _count(Test.RESOLVED_ON, "Giải quyết đúng hạn", "có kết quả trong ngày hẹn trả", f"{_06A}, cột 9"),
    _count(Test.RESOLVED_LATE, "Giải quyết quá hạn", "có kết quả sau ngày hẹn trả", f"{_06A}, cột 10"),
    _count(Test.RESOLVED_LATE_APOLOGISED, "Quá hạn có thư xin lỗi", "giải quyết quá hạn, đã có phiếu xin lỗi", _07A),
    _count(Test.REFUSED, "Từ chối giải quyết", "kết thúc bằng văn bản từ chối; tính là đã giải quyết", _61),
    _sum("resolved_in_time", "Trước và đúng hạn", "trước hạn + đúng hạn", _07A, "resolved_before", "resolved_on"),
    _sum("resolved", "Tổng số đã giải quyết", "(8) + (9) + (10)", f"{_06A}, cột 7", "resolved_before", "resolved_on", "resolved_late"),
    _count(Test.RESOLVED_LATE_PLAIN, "Quá hạn chưa có thư xin lỗi", "giải quyết quá hạn, chưa có phiếu xin lỗi", _07A),
    _count(Test.OPEN_IN_TIME, "Đang giải quyết trong hạn", "cuối kỳ chưa xong, chưa qua ngày hẹn trả", f"{_06A}, cột 12", Span.CLOSING),
    _count(Test.OPEN_LATE, "Đang giải quyết quá hạn", "cuối kỳ chưa xong, đã qua ngày hẹn trả", f"{_06A}, cột 13", Span.CLOSING),
    _count(Test.OPEN_LATE_APOLOGISED, "Đang quá hạn có thư xin lỗi", "đang quá hạn, đã có phiếu xin lỗi", _07A, Span.CLOSING),
    _sum("open", "Tổng số đang giải quyết", "(12) + (13)", f"{_06A}, cột 11", "open_in_time", "open_late", span=Span.CLOSING),
    _count(Test.OPEN_LATE_PLAIN, "Đang quá hạn chưa có thư xin lỗi", "đang quá hạn, chưa có phiếu xin lỗi", _07A, Span.CLOSING),
    _count(Test.STOPPED, "Dừng giải quyết", "hồ sơ đã tiếp nhận, dừng giải quyết trong kỳ; ngoài tỷ lệ đúng hạn", _07A),
    _count(Test.WITHDRAWN, "Rút hồ sơ", "hồ sơ đã tiếp nhận, công dân rút trong kỳ; ngoài tỷ lệ đúng hạn", _07A),
    _count(Test.NOT_ACCEPTED, "Không tiếp nhận", "hồ sơ nộp mà không được tiếp nhận trong kỳ; không tính vào số tiếp nhận", _07A),
    _count(Test.WAITING, "Chờ tiếp nhận", "cuối kỳ đã nộp, chưa được tiếp nhận", _07A, Span.CLOSING),
    _count(Test.WAITING_LATE, "Chờ tiếp nhận quá hạn", "chờ tiếp nhận quá 8 giờ làm việc", "Nghị định 45/2020/NĐ-CP", Span.CLOSING),
    _count(Test.WAITING_IN_TIME, "Chờ tiếp nhận trong hạn", "chờ tiếp nhận chưa quá 8 giờ làm việc", "Nghị định 45/2020/NĐ-CP", Span.CLOSING),
    _count(Test.UNCOLLECTED, "Kết quả chưa nhận", "cuối kỳ đã có kết quả, công dân chưa nhận; không làm hồ sơ quá hạn", _61, Span.CLOSING),
    _count(Test.PAID_ONLINE, "Thanh toán trực tuyến", "hồ sơ tiếp nhận trong kỳ, cuối kỳ đã nộp phí, lệ phí bằng chuyển khoản, VietQR", _07A),
    _count(Test.PAID_DIRECT, "Thanh toán trực tiếp", "hồ sơ tiếp nhận trong kỳ, cuối kỳ đã nộp phí, lệ phí chỉ bằng tiền mặt", _07A),
    _sum("paid", "Tổng số đã thanh toán", "trực tuyến + trực tiếp; không tính khoản đã hoàn trả, biên lai đã hủy", _07A, "paid_online", "paid_direct"),
    _count(Test.LATE_A, "Nguyên nhân a: quy định hành chính", "quá hạn do quy định, hồ sơ phức tạp", _07),
    _count(Test.LATE_B, "Nguyên nhân b: cơ quan phối hợp", "quá hạn do cơ quan phối hợp chậm", _07),
    _count(Test.LATE_C, "Nguyên nhân c: năng lực, cơ sở vật chất", "quá hạn do thiếu người, năng lực, hệ thống", _07),
    _count(Test.LATE_D, "Nguyên nhân d: khác", "quá hạn do nguyên nhân khác", _07),
    _share("on_time_rate", "Tỷ lệ đúng hạn", "(trước hạn + đúng hạn) / đã giải quyết", _61, "resolved_in_time", "resolved"),
    _share("before_rate", "Tỷ lệ trước hạn", "trước hạn / đã giải quyết", _61, "resolved_before", "resolved"),
    _share("late_rate", "Tỷ lệ quá hạn", "quá hạn / đã giải quyết", _61, "resolved_late", "resolved"),
    _share("paid_online_rate", "Tỷ lệ thanh toán trực tuyến", "thanh toán trực tuyến / đã thanh toán", _766, "paid_online", "paid"),
    _share("online_rate", "Tỷ lệ trực tuyến", "trực tuyến / tiếp nhận trong kỳ", _766, "received_online", "received_new"),
    _share("received_counter_rate", "Tỷ lệ tiếp nhận tại quầy", "tiếp nhận tại quầy / tiếp nhận trong kỳ", _06A, "received_counter", "received_new"),
    _share("received_post_rate", "Tỷ lệ tiếp nhận qua bưu chính", "tiếp nhận qua bưu chính / tiếp nhận trong kỳ", _06A, "received_post", "received_new"),
    _share("received_whole_rate", "Tỷ lệ trực tuyến toàn trình", "trực tuyến toàn trình / tiếp nhận trong kỳ", _07A, "received_whole", "received_new"),
    _share("received_partial_rate", "Tỷ lệ trực tuyến một phần", "trực tuyến một phần / tiếp nhận trong kỳ", _07A, "received_partial", "received_new"),
    _share("received_other_rate", "Tỷ lệ trực tuyến, hình thức khác", "trực tuyến hình thức khác / tiếp nhận trong kỳ", _07A, "received_other", "received_new"),
    _sum("left_outside", "Ngoài tỷ lệ", "dừng + rút", _07A, "stopped", "withdrawn"),
    _count(Test.OFFERED_ONLINE, "Tiếp nhận của thủ tục trực tuyến", "hồ sơ tiếp nhận trong kỳ, mọi kênh, của thủ tục toàn trình, một phần (mức độ 3, 4)", _766),
    _count(Test.FEE_OWED, "Hồ sơ có nghĩa vụ tài chính", "hồ sơ tiếp nhận trong kỳ có khoản phí, lệ phí phải nộp; không tính khoản được miễn, đã hủy, đã hoàn trả", _766),
    _count(Test.DIGITISED, "Số hóa thành phần khi tiếp nhận", "hồ sơ tiếp nhận trong kỳ, cuối kỳ mọi giấy tờ đã nộp, kể cả nộp bổ sung, đã có bản quét hoặc bản điện tử; không tính giấy tờ chỉ xuất trình hoặc không phải nộp", f"{_766}; Nghị định 107/2021/NĐ-CP"),
    _count(Test.RESULT_ELECTRONIC, "Cấp kết quả điện tử", "giải quyết trong kỳ, kết quả có bản điện tử ký số còn hiệu lực cuối kỳ", f"{_766}; Nghị định 45/2020/NĐ-CP"),
    _sum("online_of_offered", "Trực tuyến của thủ tục trực tuyến", "toàn trình + một phần", _766, "received_whole", "received_partial"),
    _sum("progress_base", "Đã giải quyết và đang quá hạn", "đã giải quyết + đang quá hạn cuối kỳ", _766, "resolved", "open_late"),
    _share("progress_rate", "Tiến độ giải quyết", "(trước hạn + đúng hạn) / (đã giải quyết + đang quá hạn cuối kỳ)", _766, "resolved_in_time", "progress_base"),
    _share("online_offered_rate", "Tỷ lệ hồ sơ trực tuyến", "trực tuyến / tiếp nhận của thủ tục trực tuyến", _766, "online_of_offered", "offered_online"),
    _share("fee_online_rate", "Tỷ lệ thanh toán trực tuyến trên nghĩa vụ", "thanh toán trực tuyến / hồ sơ có nghĩa vụ tài chính", _766, "paid_online", "fee_owed"),
    _share("digitised_rate", "Tỷ lệ số hóa khi tiếp nhận", "số hóa thành phần / tiếp nhận trong kỳ", _766, "digitised", "received_new"),
    _count(Test.ORIGINAL_BEFORE, "Trước hạn ban đầu", "đã giải quyết, có kết quả trước ngày hẹn trả ghi khi tiếp nhận", _61),
    _count(Test.ORIGINAL_ON, "Đúng hạn ban đầu", "đã giải quyết, có kết quả trong ngày hẹn trả ghi khi tiếp nhận", _61),
    _count(Test.ORIGINAL_LATE, "Quá hạn ban đầu", "đã giải quyết, có kết quả sau ngày hẹn trả ghi khi tiếp nhận, kể cả khi hạn đã được tính lại đúng quy định", _61),
    _count(Test.ORIGINAL_OPEN_IN_TIME, "Đang trong hạn ban đầu", "cuối kỳ chưa xong, chưa qua ngày hẹn trả ghi khi tiếp nhận", _61, Span.CLOSING),
    _count(Test.ORIGINAL_OPEN_LATE, "Đang quá hạn ban đầu", "cuối kỳ chưa xong, đã qua ngày hẹn trả ghi khi tiếp nhận", _61, Span.CLOSING),
    _sum("original_in_time", "Trước và đúng hạn ban đầu", "trước hạn ban đầu + đúng hạn ban đầu", _61, "original_before", "original_on"),
    _share("original_on_time_rate", "Tỷ lệ đúng hạn ban đầu", "(trước hạn + đúng hạn ban đầu) / đã giải quyết", _61, "original_in_time", "resolved"),
    _share("result_electronic_rate", "Tỷ lệ kết quả điện tử", "cấp kết quả điện tử / đã giải quyết", _766, "result_electronic", "resolved"),
)  # fmt: skip


# Names that fit above a column, where the whole name does not.
_SHORT: dict[str, str] = {
    "received_new": "Tiếp nhận",
    "resolved": "Đã giải quyết",
    "open": "Đang giải quyết",
    "open_late": "Đang quá hạn",
}


def _of_thing(thing: Thing) -> Figure:
    span = Span.CLOSING if thing.closing else Span.DURING
    return Figure(
        thing.key, thing.label, thing.words, thing.law, thing.unit, span, None, thing.sum_of, thing.share_of, thing.subject,
        thing.per, thing.whole, thing.short,
    )  # fmt: skip


def _from_below(one: Definition, subject: Subject) -> Figure:
    """A figure that an app below declares and reckons."""
    return Figure(one.key, one.label, one.words, one.law, one.unit, subject=subject, whole=one.whole, short=one.short, window=one.window)  # fmt: skip


REGISTRY: dict[str, Figure] = {
    figure.key: figure
    for figure in (
        *(replace(figure, short=_SHORT.get(figure.key, "")) for figure in _LIST),
        *map(_of_thing, (*THINGS, *POINT_FIGURES, *TIMES, *TASKS, *WORK, *SIGNAL_FIGURES)),
        *(_from_below(one, Subject.SURVEY) for one in SURVEY_FIGURES),
        *(_from_below(one, Subject.QUEUE) for one in QUEUE_FIGURES),
    )
}
TESTS: tuple[str, ...] = tuple(figure.key for figure in _LIST if figure.test)


def tests_behind(key: str) -> tuple[Test, ...]:
    """The tests whose dossiers stand behind a figure: its own, those of its terms, those of a share's numerator."""
    figure = REGISTRY[key]
    if figure.test:
        return (figure.test,)
    if figure.share_of:
        return tests_behind(figure.share_of[0])
    return tuple(t for term in figure.sum_of for t in tests_behind(term))


def required_tests(keys: Iterable[str]) -> tuple[str, ...]:
    """The tests that must be counted to know these figures, denominators included, in the order of the registry."""
    wanted = required(keys)
    return tuple(test for test in TESTS if test in wanted)


def required(keys: Iterable[str]) -> frozenset[str]:
    """The figures that must be counted themselves to know these, denominators included."""
    found: set[str] = set()
    for key in keys:
        figure = REGISTRY[key]
        found |= {key} if figure.is_counted else required(figure.sum_of or figure.share_of or ())
    return frozenset(found)


def value(key: str, counts: Mapping[str, int]) -> int | Decimal | None:
    """The value of a figure from what was counted; None for a share without denominator, and for what is no dossier's where
    nothing of it was counted: it is not known there, or does not apply.
    """
    figure = REGISTRY[key]
    if figure.share_of:
        return percent(number(figure.share_of[0], counts), number(figure.share_of[1], counts))
    if figure.subject is not Subject.DOSSIER and not required((key,)) & counts.keys():
        return None
    found = number(key, counts)
    return (
        found
        if figure.per == 1
        else (Decimal(found) / figure.per).quantize(_PLACES[figure.per], ROUND_HALF_UP)
    )


_PLACES = {10: Decimal("0.1"), PARTS_AN_HOUR: Decimal("0.01")}


def text(key: str, counts: Mapping[str, int]) -> str:
    """The value as a person reads it: "1.234", "98,35%"; a dash when there is none."""
    found = value(key, counts)
    return (
        signed_text(Decimal(found)) if REGISTRY[key].is_share and found is not None else decimal_text(found)
    )


def rests_on_few(key: str, counts: Mapping[str, int]) -> bool:
    """Whether it is a share with a denominator so small that it says little: it is marked."""
    share = REGISTRY[key].share_of
    return share is not None and is_small(number(share[1], counts))


def number(key: str, counts: Mapping[str, int]) -> int:
    """The value of a figure that counts."""
    figure = REGISTRY[key]
    if figure.is_counted:
        return counts.get(key, 0)
    return sum(number(term, counts) for term in figure.sum_of)


def broken_identities(counts: Mapping[str, int]) -> list[str]:
    """The identities of II.06a that these counts break, in words; none for any lawful history.

    (3) = (4)+(5)+(6), (7) and (11) hold by definition here; what has to be shown is that everything received is somewhere.
    """
    parts = ("resolved", "open", "stopped", "withdrawn")
    whole, there = number("received", counts), sum(number(part, counts) for part in parts)
    said = [] if whole == there else [f"(3) = {whole}, nhưng (7) + (11) + dừng + rút = {there}"]
    causes = sum(counts.get(f"late_{letter}", 0) for letter in "abcd")
    late = counts.get("resolved_late", 0)
    said += [] if causes == late else [f"(10) = {late}, nhưng nguyên nhân a–d = {causes}"]
    kinds = ("received_whole", "received_partial", "received_other")
    online = sum(counts.get(kind, 0) for kind in kinds)
    if all(kind in counts for kind in kinds) and online != counts["received_online"]:
        said.append(
            f"trực tuyến = {counts['received_online']}, nhưng toàn trình + một phần + khác = {online}"
        )
    return said
