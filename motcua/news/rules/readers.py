"""Which requests count as somebody reading: people do, programs and the page's own editors do not."""

import re

_PROGRAM = re.compile(
    r"bot\b|bot/|crawl|spider|slurp|curl|wget|python|java/|go-http|okhttp|libwww|headless|preview|facebookexternalhit|"
    r"monitor|scan|feed|fetch|archiv|lighthouse|pingdom|uptime",
    re.IGNORECASE,
)


def is_person(agent: str) -> bool:
    """Whether a browser's name is that of a person's browser; one without a name is not."""
    return bool(agent.strip()) and not _PROGRAM.search(agent)
