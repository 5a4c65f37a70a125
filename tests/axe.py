"""What axe finds on a page that is open: one way to ask for all tests of pages (WCAG 2.2 AA)."""

from pathlib import Path

from playwright.sync_api import Page

SOURCE = (Path(__file__).parent / "vendor/axe/axe.min.js").read_text(encoding="utf-8")
STANDARDS = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa")
# Only what is wrong is described and carried over: the rest of a long page is long, and costs two thirds of the time.
RUN = "async names => (await axe.run(document, {runOnly: names, resultTypes: ['violations']})).violations"


def violations(page: Page, *more: str) -> list[str]:
    """Each rule of the standards (and of `more` of axe's sets) that is broken, with two of the elements that break it at most."""
    page.wait_for_load_state()
    if page.evaluate("typeof axe") == "undefined":  # once: it is long, and outlasts widths and fragments
        page.evaluate(SOURCE)
    return [
        f"{broken['id']}: {node['html'][:160]}"
        for broken in page.evaluate(RUN, [*STANDARDS, *more])
        for node in broken["nodes"][:2]
    ]


def faults(page: Page, what: str, widths: tuple[int, ...] = (1280, 390)) -> list[str]:
    """The same at each width of the screen, and whether the page is wider than it."""
    found = []
    for width in widths:
        page.set_viewport_size({"width": width, "height": 844 if width < 600 else 900})
        found += [f"{what} {width}: {fault}" for fault in violations(page)]
        if page.evaluate("document.documentElement.scrollWidth") > width:
            found.append(f"{what} {width}: wider than the screen")
    return found
