"""What every installation begins with: levels, standard roles, the national calendar, the starting catalogue,
events of life, boards of the site, the index of Decision 766, the topics that citizens rate."""

from datetime import datetime

from motcua.accounts.models import User
from motcua.agencies.actions import install_standards
from motcua.news.actions import load_starting_boards
from motcua.procedures.actions import load_life_events, load_starting_catalogue
from motcua.statistics.actions import install_index
from motcua.surveys.actions import install_topics
from motcua.workdays.actions import load_national_calendar

SYSTEM_NAME = "he-thong"


def system_account() -> User:
    """The system's own account: it may do everything and cannot sign in."""
    found = User.objects.filter(username=SYSTEM_NAME).first()
    if found is None:
        found = User.objects.create_user(SYSTEM_NAME, None, full_name="Hệ thống", kind=User.Kind.SYSTEM)
    return found


def install(at: datetime) -> User:
    """Put in what is missing and return the system's account. Doing it again changes nothing."""
    system = system_account()
    install_standards(actor=system, at=at)
    load_national_calendar(actor=system, at=at)
    load_starting_catalogue(actor=system, at=at)
    load_life_events(actor=system, at=at)
    load_starting_boards(actor=system, at=at)
    install_index(actor=system, at=at)
    install_topics(actor=system, at=at)
    return system
