"""Markup that can hold no script, who counts as a reader, by when documents must be public."""

import re
from datetime import date
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.news.rules.deadlines import due_on, is_told_in_time, stays_until, working_days_between
from motcua.news.rules.markup import to_html, to_plain
from motcua.news.rules.readers import is_person
from motcua.workdays.rules.calendar import DayEntry, Layer, Plan, WorkCalendar

WEEK = tuple(Plan(day, ((450, 690), (810, 1050))) for day in range(5))
CALENDAR = WorkCalendar([Layer(WEEK, {date(2026, 11, 24): DayEntry(False, None, "Nghỉ", "QĐ")})])

OUR_TAGS = {"p", "br", "h2", "h3", "ul", "ol", "li", "blockquote", "strong", "em", "a"}


class Tags(HTMLParser):
    """Collects what a browser would make of a text."""

    def __init__(self, text):
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.found.append((tag, dict(attrs)))


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("Một đoạn", "<p>Một đoạn</p>"),
        ("Một\nhai\n\nba", "<p>Một<br>hai</p>\n<p>ba</p>"),
        ("## Đầu đề", "<h2>Đầu đề</h2>"),
        ("### Nhỏ **đậm**", "<h3>Nhỏ <strong>đậm</strong></h3>"),
        ("- một\n- hai", "<ul><li>một</li><li>hai</li></ul>"),
        ("1. một\n2) hai", "<ol><li>một</li><li>hai</li></ol>"),
        ("> lời", "<blockquote><p>lời</p></blockquote>"),
        ("*nghiêng* và 2*3*4", "<p><em>nghiêng</em> và 2<em>3</em>4</p>"),
        ("[thủ tục](/thu-tuc/)", '<p><a href="/thu-tuc/">thủ tục</a></p>'),
        ("[**a**](https://x.vn/?a=1&b=2)", '<p><a href="https://x.vn/?a=1&amp;b=2" rel="noopener nofollow"><strong>a</strong></a></p>'),
        ("[x](javascript:alert(1))", "<p>[x](javascript:alert(1))</p>"),
        ("[x](//evil.test)", "<p>x</p>"),
        ("[x](/\\evil.test)", "<p>x</p>"),
        ("[x](data:text/html,1)", "<p>x</p>"),
        ("a < b & c", "<p>a &lt; b &amp; c</p>"),
        ("#không phải", "<p>#không phải</p>"),
        ("", ""),
    ],
)  # fmt: skip
def test_markup_becomes_html(text, html):
    assert to_html(text) == html


ATTACKS = [
    "<script>alert(1)</script>", '<img src=x onerror="alert(1)">', "**<b onmouseover=alert(1)>**", '[x](https://a"onmouseover="alert(1))',
    "[<script>](https://x.vn)", '[x](/a"><script>alert(1)</script>)', "[x](https://x.vn'onclick='1)", "<<script>script>", "&lt;script&gt;",
    "- <svg/onload=alert(1)>", "## <iframe src=//x>", "> </blockquote><script>", "[a](jav\tascript:x)", "[a](\x01javascript:x)",
]  # fmt: skip


@pytest.mark.parametrize("text", ATTACKS)
def test_no_text_becomes_a_tag_or_an_attribute_of_its_own(text):
    assert_harmless(to_html(text))


@given(st.text(alphabet="<>\"'&[]()*#->/:ahjst \n=.1", max_size=60))
def test_nothing_that_can_be_typed_is_more_than_our_own_tags(text):
    assert_harmless(to_html(text))


def assert_harmless(html):
    for tag, attributes in Tags(html).found:
        assert tag in OUR_TAGS
        assert set(attributes) <= ({"href", "rel"} if tag == "a" else set())
        assert re.match(r"https?://|/(?!/)|mailto:|tel:", attributes.get("href") or "/x")


def test_the_renderer_takes_time_in_proportion_to_the_text():
    for hard in ("*" * 60_000, "[" * 60_000, "**a" * 20_000, "[a](" * 15_000, "> " * 30_000):
        assert len(to_html(hard)) < 1_000_000


def test_plain_text_has_no_marks():
    assert to_plain("## Đầu\n- **một**\n[hai](/x)\n> ba\n1. bốn") == "Đầu một hai ba bốn"


@pytest.mark.parametrize(
    ("agent", "person"),
    [
        ("Mozilla/5.0 (X11; Linux x86_64; rv:130.0) Gecko/20100101 Firefox/130.0", True),
        ("Mozilla/5.0 (Linux; Android 9; SM-J400F) AppleWebKit/537.36 Chrome/120 Mobile Safari/537.36", True),
        ("Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)", False),
        ("coccocbot-web/1.0", False),
        ("curl/8.1", False),
        ("python-requests/2", False),
        ("Mozilla/5.0 HeadlessChrome/120", False),
        ("", False),
    ],
)
def test_programs_are_no_readers(agent, person):
    assert is_person(agent) is person


@pytest.mark.parametrize(
    ("event", "amount", "unit", "due"),
    [
        (date(2026, 11, 20), 30, "calendar_day", date(2026, 12, 20)),
        (date(2026, 11, 20), 5, "working_day", date(2026, 11, 30)),  # a weekend and a holiday between
        (date(2026, 11, 20), 0, "working_day", date(2026, 11, 20)),
    ],
)
def test_a_document_is_due_after_its_days(event, amount, unit, due):
    assert due_on(event, amount, unit, CALENDAR) == due


def test_a_document_stays_for_its_days_the_first_counted():
    assert stays_until(date(2026, 11, 1), 30) == date(2026, 11, 30)
    assert stays_until(date(2026, 11, 1), 0) is None


@pytest.mark.parametrize(
    ("begins", "days"),
    [(date(2026, 11, 2), 0), (date(2026, 11, 3), 0), (date(2026, 11, 12), 7), (date(2026, 11, 11), 6)],
)
def test_working_days_between_leave_out_both_ends(begins, days):
    assert working_days_between(date(2026, 11, 2), begins, CALENDAR) == days
    assert is_told_in_time(date(2026, 11, 2), begins, CALENDAR) is (days >= 7)
