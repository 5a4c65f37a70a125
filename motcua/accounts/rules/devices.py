"""What a browser calls itself, in words by which its owner recognises it."""

BROWSERS = (("Edg/", "Edge"), ("coc_coc", "Cốc Cốc"), ("OPR/", "Opera"), ("Firefox/", "Firefox"), ("Chrome/", "Chrome"), ("Safari/", "Safari"))  # fmt: skip
SYSTEMS = (("Android", "Android"), ("iPhone", "iPhone"), ("iPad", "iPad"), ("Windows", "Windows"), ("Mac OS X", "macOS"), ("Linux", "Linux"))  # fmt: skip


def device(user_agent: str) -> str:
    """ "Chrome trên Windows"; what is not known is left out."""
    browser, system = parts(user_agent)
    browser = browser or "Trình duyệt"
    return f"{browser} trên {system}" if system else browser


def parts(user_agent: str) -> tuple[str, str]:
    """The browser and the system it runs on, by their names in every language; empty for what is not known."""
    return _first(BROWSERS, user_agent), _first(SYSTEMS, user_agent)


def _first(known: tuple[tuple[str, str], ...], user_agent: str) -> str:
    """More particular marks come first: Edge says that it is Chrome, Chrome that it is Safari."""
    return next((name for mark, name in known if mark in user_agent), "")
