"""Citizens' ratings of finished dossiers that have come out with the months of a window: one row a vote, whose nobody can tell."""

from collections.abc import Iterator

from motcua.statistics.queries.looks import Fact, Look
from motcua.surveys.queries.ratings import visible_of
from motcua.surveys.rules.ratings import HIGH, LOW, OVERALL

RATING_FIGURES = ("ratings_satisfied", "ratings_neutral", "ratings_dissatisfied")


def votes(look: Look) -> Iterator[Fact]:
    """Every vote about an agency of the scope by its overall mark. One statement; no date, no dossier, in nobody's order."""
    rows = visible_of(look.scope.agencies, look.window.start, look.window.end)
    for pk, agency, marks in rows.values_list("pk", "agency_id", "marks"):
        mark = int(marks[OVERALL])
        figure = (
            "ratings_satisfied"
            if mark >= HIGH
            else "ratings_dissatisfied"
            if mark <= LOW
            else "ratings_neutral"
        )
        yield Fact(
            figure,
            ("ballot", pk),
            {"agency": look.scope.houses[agency]},
            "Phiếu đánh giá",
            f"mức hài lòng chung: {mark} trên 5",
        )


RATING_SOURCES = dict.fromkeys(RATING_FIGURES, votes)
