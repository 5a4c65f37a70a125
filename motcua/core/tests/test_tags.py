"""What templates can say: dates, money, icons, due dates, charts."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.template import Context, Template

MOMENT = datetime(2026, 11, 22, 7, 5, tzinfo=UTC)


def drawn(source: str, **context) -> str:
    return Template("{% load motcua %}" + source).render(Context(context))


@pytest.mark.parametrize(
    ("source", "value", "shown"),
    [
        ("{{ v|vn_date }}", MOMENT, "22/11/2026"),
        ("{{ v|vn_date }}", datetime(2026, 11, 22, 18, 0, tzinfo=UTC), "23/11/2026"),
        ("{{ v|vn_date }}", date(2026, 1, 5), "05/01/2026"),
        ("{{ v|vn_date }}", None, ""),
        ("{{ v|vn_time }}", MOMENT, "14:05"),
        ("{{ v|vn_datetime }}", MOMENT, "14:05 ngày 22/11/2026"),
        ("{{ v|vn_datetime }}", date(2026, 1, 5), "05/01/2026"),
        ("{{ v|vn_datetime }}", None, ""),
        ("{{ v|vn_short }}", MOMENT, "14:05 22/11/2026"),
        ("{{ v|vn_short }}", None, ""),
        ("{{ v|iso }}", date(2026, 1, 5), "2026-01-05"),
        ("{{ v|dong }}", 1_000_000, "1.000.000 đ"),
        ("{{ v|dong }}", None, "–"),
        ("{{ v|in_words }}", Decimal(8000), "tám nghìn đồng"),
        ("{{ v|percent }}", Decimal("98.3487"), "98,35%"),
        ("{{ v|percent }}", 100, "100,00%"),
        ("{{ v|percent }}", None, "–"),
        ("{{ v|thousands }}", 272000, "272.000"),
        ("{{ v|thousands }}", None, "–"),
        ("{{ v|figure }}", 1234.5, "1.234,5"),
        ("{{ v|figure }}", 1234, "1.234"),
        ("{{ v|figure }}", 5.9999, "6"),
        ("{{ v|figure }}", None, "–"),
        ("{{ v|mask_phone }}", "+84912345621", "09••••••21"),
    ],
)
def test_filters(source, value, shown):
    assert drawn(source, v=value) == shown


@pytest.mark.parametrize(
    ("text", "query", "shown"),
    [
        ("Đăng ký khai sinh", "khai", "Đăng ký <mark>khai</mark> sinh"),
        ("<b>Đất</b>", "dat", "&lt;b&gt;<mark>Đất</mark>&lt;/b&gt;"),
        ("<b>", "", "&lt;b&gt;"),
    ],
)
def test_highlighting_marks_and_escapes(text, query, shown):
    assert drawn("{{ t|highlight:q }}", t=text, q=query) == shown


def test_an_icon_is_silent_unless_it_has_a_label():
    assert 'aria-hidden="true"' in drawn('{% icon "search" %}')
    assert 'role="img" aria-label="Tìm &quot;x&quot;"' in drawn("{% icon 'search' label %}", label='Tìm "x"')


def test_an_unknown_icon_is_an_error():
    with pytest.raises(KeyError):
        drawn('{% icon "no-such-icon" %}')


def test_a_due_date_shows_word_icon_and_time():
    html = drawn("{% due_badge due now %}", due=MOMENT, now=MOMENT)
    assert "due due-soon" in html
    assert "Đến hạn hôm nay, 14:05" in html
    assert "<svg" in html
    assert 'datetime="2026-11-22T07:05:00+00:00"' in html
    assert "<details" not in html


def test_a_due_date_opens_its_derivation():
    html = drawn(
        "{% due_badge due now explain=lines provisional=True short=True %}",
        due=MOMENT,
        now=MOMENT,
        lines="Ngày 1 < 2",
    )
    assert "<details" in html
    assert "Ngày 1 &lt; 2" in html
    assert "tạm tính" in html
    assert "<time" not in html


def test_a_due_date_may_fetch_its_derivation():
    html = drawn('{% due_badge due explain_url="/ho-so/1/han/" %}', due=MOMENT)
    assert 'hx-get="/ho-so/1/han/"' in html


def test_bars_are_drawn_to_scale_with_their_figures_below():
    html = drawn(
        '{% bar_chart rows "Hồ sơ" "hồ sơ" %}', rows=[("Hộ tịch", 10), ("Đất đai", 5, "late"), ("Không", 0)]
    )
    assert 'width="380"' in html
    assert 'class="bar-late" x="190" y="32" width="190"' in html
    assert '<td class="num">10</td>' in html
    assert "style=" not in html


def test_a_long_label_is_shortened_but_whole_on_hover():
    html = drawn('{% bar_chart rows "x" %}', rows=[("Đất đai, đo đạc và bản đồ địa chính", 1)])
    assert "<title>Đất đai, đo đạc và bản đồ địa chính</title>" in html


def test_a_line_runs_from_the_left_edge_to_the_right():
    html = drawn('{% line_chart rows "x" %}', rows=[(f"T{month}", month) for month in range(1, 13)])
    assert 'points="48.0,' in html
    assert "628.0," in html
    assert html.count("<circle") == 12
    assert html.count('text-anchor="middle"') == 6


@pytest.mark.parametrize("tag", ["bar_chart", "line_chart"])
def test_a_chart_of_nothing_says_so(tag):
    assert "Chưa có số liệu." in drawn("{% " + tag + ' rows "x" %}', rows=[])


def test_an_address_of_a_page_that_is_not_there_is_empty():
    assert drawn('{% url_or_none "no:page" %}|{% url_or_none "core:healthz" %}') == "|/healthz"


def test_an_address_with_arguments_is_looked_up_too():
    assert drawn('{% url_or_none "no:page" 7 %}|{% url_or_none "core:healthz" nr=7 %}') == "|"


def test_the_pages_of_a_list_keep_its_filter(rf):
    from django.template.loader import render_to_string

    from motcua.core.web import Page

    page = Page(rows=[1], next="abc", previous="xyz")
    request = rf.get("/?q=khai+sinh&after=old")
    html = render_to_string("core/_pagination.html", {"page": page}, request=request)
    assert 'href="?q=khai+sinh&amp;after=abc"' in html
    assert 'href="?q=khai+sinh&amp;before=xyz"' in html
    assert render_to_string("core/_pagination.html", {"page": Page(rows=[])}, request=request).strip() == ""


@pytest.mark.parametrize(
    ("template", "context", "words"),
    [
        (
            "core/_empty.html",
            {"title": "Không có hồ sơ", "href": "/x/", "action": "Tiếp nhận", "icon": "inbox"},
            'href="/x/"',
        ),
        ("core/_empty.html", {}, "Chưa có gì ở đây"),
        (
            "core/_stat.html",
            {"label": "Quá hạn", "value": 2, "tone": "late", "href": "/x/"},
            '<a href="/x/" class="stat stat-late">',
        ),
        ("core/_stat.html", {"label": "Tất cả", "value": 2}, '<div class="stat">'),
        (
            "core/_tabs.html",
            {"tabs": [{"label": "A", "href": "?", "count": "0", "tone": "late", "active": True}]},
            'aria-current="page"',
        ),
        ("core/_summary.html", {"rows": [{"label": "Người nộp", "lines": ["a", "b"]}]}, "<li>a</li>"),
        ("core/_summary.html", {"rows": [{"label": "Người nộp", "value": ""}]}, "<dd>–</dd>"),
        ("core/_timeline.html", {"steps": [{"title": "Ký", "state": "now"}]}, 'aria-current="step"'),
    ],
)
def test_fragments(template, context, words):
    from django.template.loader import render_to_string

    assert words in render_to_string(template, context)
