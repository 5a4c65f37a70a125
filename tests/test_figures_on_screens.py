"""One definition per figure, on every screen: no page of figures, surveys or the queue shows a number that is not in the registry."""

import re
from collections.abc import Iterator
from html.parser import HTMLParser

import pytest
from django.test import Client
from django.urls import reverse

from motcua.core import definitions
from motcua.core.definitions import Definition, definition, know
from motcua.core.moments import now
from motcua.statistics.rules.figures import REGISTRY
from motcua.surveys.rules.figures import FIGURES as OF_SURVEYS
from motcua.tickets.actions import take_ticket
from motcua.tickets.rules.figures import FIGURES as OF_QUEUE
from tests.addresses import POST_ONLY, arguments, names, spend
from tests.test_permissions import EXPECTED, QUERY
from tests.world import PERSONAS, Province

APPS = ("statistics:", "surveys:", "tickets:")
# Pages whose numbers are not figures of the registry, each with what defines them.
ELSEWHERE = {
    "statistics:index766": "points by the dated set of the index, whose page defines every component",
    "statistics:index766_ranking": "the same, agency by agency",
    "statistics:index_set": "the set itself: points and targets that somebody entered",
}
# Headings of columns that count nothing.
NO_FIGURE = {
    "Trước": "a number of a frozen report, whose column names its figure",
    "Nay": "the same, counted again",
}
VOID = {"input", "img", "br", "hr", "link", "meta", "source", "use", "path", "rect", "line", "circle", "col"}


class Numbers(HTMLParser):
    """Every number of a page that stands in a table, a tile or a chart: what it says, and the figures that it names."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, str, str]] = []  # kind, heading or label, figures
        self.stack: list[tuple[str, dict[str, str]]] = []
        self.heads: list[tuple[str, str]] = []
        self.column = 0
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        known = {name: value or "" for name, value in attrs}
        if tag == "table":
            self.heads = []
        if tag == "tr":
            self.column = 0
        if tag in ("td", "th") or "stat" in known.get("class", "").split() or tag == "figure":
            self.text = ""
        if tag == "figure" and "chart" in known.get("class", "").split():
            self.found.append(("chart", "chart", known.get("data-figures", "")))
        if tag not in VOID:
            self.stack.append((tag, known))

    def handle_data(self, data: str) -> None:
        self.text += data

    def handle_endtag(self, tag: str) -> None:
        while self.stack and tag not in VOID:
            name, known = self.stack.pop()
            if name == tag:
                self._ended(tag, known)
                return

    def _ended(self, tag: str, known: dict[str, str]) -> None:
        classes, said = known.get("class", "").split(), " ".join(self.text.split())
        if tag == "th" and any(name == "thead" for name, _ in self.stack):
            self.heads.append((said, known.get("data-figure", "")))
        elif tag in ("td", "th"):
            if "num" in classes and not any(name == "figure" for name, _ in self.stack):
                self._cell(known, said)
            self.column += 1
        elif "stat" in classes:
            self.found.append(("tile", said, known.get("data-figure", "")))

    def _cell(self, known: dict[str, str], said: str) -> None:
        head = self.heads[self.column] if self.column < len(self.heads) else ("", "")
        tables = [attrs.get("class", "").split() for name, attrs in self.stack if name == "table"]
        if "report" in tables[-1] and self.column == 0:
            return  # the mark of a row: a, 1, 1.1
        if re.search(r"\d", said):
            self.found.append(
                ("cell", known.get("data-label") or head[0], known.get("data-figure") or head[1])
            )


def numbers(html: str) -> list[tuple[str, str, str]]:
    reader = Numbers()
    reader.feed(html)
    return reader.found


def unnamed(html: str) -> Iterator[str]:
    """What a page shows that names no figure of the registry."""
    for kind, said, figures in numbers(html):
        if not figures and said in NO_FIGURE:
            continue
        if not figures or set(figures.split()) - set(REGISTRY):
            yield f"{kind} {said!r} names {figures!r}"


def more_pages(province: Province) -> Iterator[tuple[str, str]]:
    """What the story leaves empty: the day of a queue in which somebody waits, a survey that is being answered."""
    line = province.things["line"]
    take_ticket(line.pk, priority="", actor=None, at=now())
    client = Client()
    client.force_login(province.user("controller"))
    for name, pk in (
        ("tickets:office", line.office_id),
        ("surveys:survey", province.things["survey_open"].pk),
    ):
        yield f"{name}, full", client.get(reverse(name, args=[pk])).content.decode()


def pages(province: Province) -> Iterator[tuple[str, str]]:
    """Every page of the three apps, as the first of the cast who may read it sees it."""
    browsers = {}
    for name in sorted(names()):
        if not name.startswith(APPS) or name in POST_ONLY:
            continue
        who = next((one for one in PERSONAS if EXPECTED[name][one] == 200), None)
        if who is None:
            continue
        if who not in browsers:
            browsers[who] = Client()
            if user := province.user(who):
                browsers[who].force_login(user)
        query = QUERY[name](province) if name in QUERY else {}
        answer = browsers[who].get(reverse(name, args=arguments(province).get(name, [])), query)
        spend(answer)
        if answer["Content-Type"].startswith("text/html"):
            yield name, answer.content.decode()


def test_no_screen_shows_a_figure_that_is_not_in_the_registry(province: Province) -> None:
    seen = dict(pages(province)) | dict(more_pages(province))
    wrong = {name: list(unnamed(html)) for name, html in seen.items() if name not in ELSEWHERE}
    assert {name: what for name, what in wrong.items() if what} == {}
    shown = {key for html in seen.values() for _, _, figures in numbers(html) for key in figures.split()}
    assert {
        "received_new",
        "task_on_time_rate",
        "queue_taken",
        "queue_waiting",
        "survey_target",
        "survey_share",
        "rating_share",
    } <= shown
    assert ELSEWHERE.keys() <= seen.keys()


@pytest.mark.parametrize(
    ("html", "wrong"),
    [
        ('<table><thead><tr><th>A</th><th class="num">B</th></tr></thead><tr><th>x</th><td class="num">3</td></tr></table>', 1),
        ('<table><thead><tr><th>A</th><th class="num" data-figure="received">B</th></tr></thead><tr><th>x</th><td class="num">3</td></tr></table>', 0),
        ('<table><thead><tr><th>A</th></tr></thead><tr><td class="num" data-figure="nothing">3</td></tr></table>', 1),
        ('<table><thead><tr><th>A</th></tr></thead><tr><td class="num">–</td></tr></table>', 0),
        ('<a class="stat stat-late"><span class="stat-value">3</span></a>', 1),
        ('<div class="stat" data-figure="open"><span class="stat-value">3</span></div>', 0),
        ('<figure class="chart chart-own"><table><tr><td class="num">3</td></tr></table></figure>', 1),
        ('<figure class="chart" data-figures="open open_late"></figure>', 0),
    ],
)  # fmt: skip
def test_what_names_no_figure_is_found(html: str, wrong: int) -> None:
    """So that the test above can fail."""
    assert len(list(unnamed(html))) == wrong


def test_every_figure_of_surveys_and_of_the_queue_stands_in_the_registry_word_for_word() -> None:
    for one in (*OF_SURVEYS, *OF_QUEUE):
        assert REGISTRY[one.key].definition == one == definition(one.key)
        assert all((one.label, one.words, one.law, one.unit, one.window)), one.key
        assert one.whole or one.unit != "%", one.key


def test_a_key_has_one_meaning_and_what_is_not_defined_cannot_be_shown(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(definitions, "_KNOWN", dict(definitions._KNOWN))
    one = Definition("so_moi", "Số mới", "đếm", "luật", "hồ sơ", "trong kỳ")
    know([one, one])
    assert (definition("so_moi").heading, one.whole) == ("Số mới", "")
    with pytest.raises(ValueError, match="so_moi"):
        know([Definition("so_moi", "Số khác", "đếm", "luật", "hồ sơ", "trong kỳ")])
    with pytest.raises(KeyError):
        definition("khong_co")
