"""Tags and filters for every page: icons, dates, money, masks, due dates, menu."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache
from typing import Any

from django import template
from django.template import Context
from django.template.loader import render_to_string
from django.urls import NoReverseMatch, reverse
from django.utils.html import conditional_escape, escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext

from motcua.core import charts, definitions, icons, identity, masks, moments, money, navigation, percent, text
from motcua.core import due as due_rules

register = template.Library()
register.filter("phone_text", identity.phone_text)
register.filter("mask_identity", masks.mask_identity)
register.filter("mask_phone", masks.mask_phone)
register.filter("mask_name", masks.mask_name)
register.filter("source_note", text.source_note)


def _local(value: date | datetime) -> date | datetime:
    """An aware moment as local time; anything else as it is."""
    return moments.to_local(value) if isinstance(value, datetime) and value.tzinfo else value


@register.filter
def vn_date(value: date | datetime | None) -> str:
    """22/11/2026, in English 22 November 2026; empty for nothing."""
    return f"{_local(value):{gettext('%d/%m/%Y')}}" if value else ""


@register.filter
def vn_time(value: datetime | None) -> str:
    """14:05; empty for nothing."""
    return f"{_local(value):%H:%M}" if value else ""


@register.filter
def vn_datetime(value: datetime | None) -> str:
    """14:05 ngày 22/11/2026, in English 14:05 on 22 November 2026; a plain date has no time; empty for nothing."""
    if not isinstance(value, datetime):
        return vn_date(value)
    return f"{_local(value):{gettext('%H:%M ngày %d/%m/%Y')}}"


@register.filter
def vn_short(value: datetime | None) -> str:
    """14:05 22/11/2026, for tables; empty for nothing."""
    return f"{_local(value):%H:%M %d/%m/%Y}" if value else ""


@register.filter
def iso(value: date | datetime | None) -> str:
    """For <time datetime="…">."""
    return value.isoformat() if value else ""


@register.filter
def dong(value: int | Decimal | None) -> str:
    """1.000.000 đ; a dash for nothing."""
    return "–" if value is None else money.dong(int(value))


@register.filter
def in_words(value: int) -> str:
    """tám nghìn đồng."""
    return money.in_words(int(value))


@register.filter("percent")
def percent_text(value: Any) -> str:
    """98,35%; a dash for nothing."""
    return percent.signed_text(value)


@register.simple_tag
def share(value: Decimal | None, whole: int, few: str = "ít hồ sơ") -> SafeString:
    """A percentage, marked when its denominator is so small that it says little; `few` says so to who does not see the mark."""
    shown = conditional_escape(percent.signed_text(value))
    if value is None or not percent.is_small(whole):
        return shown
    mark = '<span class="small-share" title="Tính trên {}: tỷ lệ nói lên ít">{}</span><span aria-hidden="true">*</span><span class="visually-hidden"> ({})</span>'
    return format_html(mark, few, shown, few)


@register.simple_tag
def figure_th(key: str) -> SafeString:
    """The heading of a column of numbers: the figure's name, as its one definition has it."""
    return format_html(
        '<th scope="col" class="num" data-figure="{}">{}</th>', key, definitions.definition(key).heading
    )


@register.filter
def figure_heading(key: str) -> str:
    """The name of a figure above a column, as its one definition has it."""
    return definitions.definition(key).heading


@register.filter
def figure_label(key: str) -> str:
    """The whole name of a figure, as its one definition has it."""
    return definitions.definition(key).label


@register.filter
def figure_words(key: str) -> str:
    """The formula of a figure in words, as its one definition has it."""
    return definitions.definition(key).words


@register.filter
def thousands(value: int | None) -> str:
    """1.234.567; a dash for nothing."""
    return "–" if value is None else f"{value:,}".replace(",", ".")


@register.filter
def figure(value: float | Decimal | None) -> str:
    """A figure as Vietnamese writes it: 1.234,5; whole numbers without a comma; a dash for nothing."""
    if value is None:
        return "–"
    whole = f"{value:,.0f}" if value == int(value) else f"{value:,.2f}".rstrip("0").rstrip(".")
    return whole.translate(str.maketrans(",.", ".,"))


@register.filter
def unlocalise(value: float) -> str:
    """A number as SVG wants it, with a point."""
    return f"{value:g}"


@register.filter
def highlight(value: str, query: str) -> SafeString:
    """The text with what was searched for in <mark>; marks and case make no difference."""
    start, end = text.find_folded(str(value or ""), query or "")
    whole = str(value or "")
    if start == end:
        return conditional_escape(whole)
    return format_html("{}<mark>{}</mark>{}", whole[:start], whole[start:end], whole[end:])


@register.simple_tag
def icon(name: str, label: str = "", extra: str = "") -> SafeString:
    """One icon; give `label` only when no word beside it says the same."""
    return mark_safe(icons.svg(name, escape(label), extra))  # noqa: S308 - our own drawing, label escaped


@register.simple_tag
def brand_mark() -> SafeString:
    """The product's sign: a doorway."""
    return mark_safe(
        '<svg class="brand-mark" viewBox="0 0 32 32" width="28" height="28" aria-hidden="true">'
        '<path class="brand-frame" d="M5 29V13a11 11 0 0 1 22 0v16z"/>'
        '<path class="brand-door" d="M11 29V14a5 5 0 0 1 10 0v15z"/>'
        '<path class="brand-step" d="M2 28.5h28v2H2z"/></svg>'
    )


@register.simple_tag
def url_or_none(name: str, *args: Any, **kwargs: Any) -> str:
    """The address of a page of an app that may not be there; empty when it is not."""
    if not args and not kwargs:
        return navigation.path_of(name)
    try:
        return reverse(name, args=args, kwargs=kwargs)
    except NoReverseMatch:
        return ""


@register.simple_tag(takes_context=True)
def menu(context: Context) -> str:
    """The menu of the person who looks; drawn once for all who see the same."""
    request = context.get("request")
    return _menu(tuple(navigation.entries(request))) if request else ""


@lru_cache(maxsize=256)
def _menu(entries: tuple[navigation.Entry, ...]) -> SafeString:
    return render_to_string("core/_nav.html", {"groups": navigation.by_group(entries)})


@register.simple_tag
def due_badge(
    due: datetime | None,
    now: datetime | None = None,
    *,
    finished_at: datetime | None = None,
    paused: bool = False,
    working_days: int | None = None,
    soon: int = 3,
    by_minute: bool = False,
    provisional: bool = False,
    explain: str = "",
    explain_url: str = "",
    short: bool = False,
) -> SafeString:
    """A due date with word and icon; `explain` (text) or `explain_url` (fragment) opens its derivation.

    `now` defaults to the present; pass the view's own so that one page tells one time. Drawn here and not in a
    template, since a list shows dozens.
    """
    shown = due_rules.badge(
        due,
        now or moments.now(),
        finished_at=finished_at,
        paused=paused,
        working_days=working_days,
        soon=soon,
        by_minute=by_minute,
    )
    line = format_html("{}{}", _due_word(shown, provisional), "" if short else _due_time(due))
    return _due_details(line, explain, explain_url) if explain or explain_url else line


PROVISIONAL = mark_safe(
    '<span class="due-provisional" title="Hạn dựa trên lịch nghỉ tạm tính">tạm tính</span>'
)


def _due_word(badge: due_rules.Badge, provisional: bool) -> SafeString:
    return format_html(
        '<span class="due due-{}">{}<span class="due-word">{}</span>{}</span>',
        badge.kind,
        icon(badge.icon),
        badge.word,
        PROVISIONAL if provisional else "",
    )


def _due_time(due: datetime | None) -> SafeString | str:
    if not due:
        return ""
    return format_html(' <time class="due-date" datetime="{}">{}</time>', due.isoformat(), vn_short(due))


DUE_DETAILS = (
    '<details class="due-more" data-popover><summary>{}<span class="visually-hidden"> Xem cách tính hạn</span></summary>'
    '<div class="due-lines"{}>{}</div></details>'
)


def _due_details(line: SafeString, explain: str, explain_url: str) -> SafeString:
    """The line as a summary that opens: onto the given text, or onto what the address answers."""
    if explain:
        title = mark_safe('<p class="due-lines-title">Cách tính hạn</p>')
        return format_html(
            DUE_DETAILS, line, "", format_html('{}<div class="prewrap">{}</div>', title, explain)
        )
    fetch = format_html(' hx-get="{}" hx-trigger="toggle from:closest details once"', explain_url)
    return format_html(DUE_DETAILS, line, fetch, "Đang tải cách tính hạn…")


@register.inclusion_tag("core/_bars.html")
def bar_chart(
    rows: Iterable[Sequence[Any]], title: str, unit: str = "", label: str = "Mục"
) -> dict[str, Any]:
    """Bars for rows of (label, value[, tone]); tones: on-time, soon, late, done. The figures follow as a table."""
    drawn = charts.bars(rows)
    return {
        "bars": drawn,
        "title": title,
        "unit": unit,
        "label": label,
        "width": charts.WIDTH,
        "height": max(len(drawn), 1) * charts.ROW,
        "start": charts.LABEL_WIDTH,
        "thick": charts.ROW - 8,
    }


@register.inclusion_tag("core/_line.html")
def line_chart(
    rows: Iterable[Sequence[Any]], title: str, unit: str = "", label: str = "Kỳ"
) -> dict[str, Any]:
    """A line through rows of (label, value) in order. The figures follow as a table."""
    points, grid = charts.line(rows)
    return {
        "points": points,
        "grid": grid,
        "title": title,
        "unit": unit,
        "label": label,
        "path": " ".join(f"{point.x},{point.y}" for point in points),
        "width": charts.WIDTH,
        "height": charts.LINE_HEIGHT,
        "left": charts.LEFT,
        "right": charts.WIDTH - charts.RIGHT,
        "floor": charts.LINE_HEIGHT - 8,
    }


@register.simple_tag(takes_context=True)
def work_place(context: Context) -> str:
    """The agency of the officer's main post; empty for anyone else."""
    authority = getattr(context.get("request"), "authority", None)
    main = getattr(authority, "main_agency_id", None)
    return next((post.agency_name for post in getattr(authority, "posts", ()) if post.agency_id == main), "")
