"""Builds the agencies, offices and officers of the demonstration through the ordinary acts."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cache
from itertools import count

from django.contrib.auth.hashers import make_password

from motcua.accounts.models import User
from motcua.agencies.actions import (
    assign,
    create_agency,
    create_post,
    end_agency,
    grant_role,
    open_office,
    seat_agency,
)
from motcua.agencies.models import Agency, Level, OneStopOffice, Role
from motcua.scenarios.demo.people import PASSWORD, Person
from motcua.scenarios.demo.structure import (
    DISTRICT_END,
    REFORM,
    SEATING,
    SUCCESSORS,
    Node,
    OfficeNode,
)


@cache
def demo_password() -> str:
    """The hash of the demonstration's password, made once: hashing is slow on purpose."""
    return make_password(PASSWORD)


@dataclass
class World:
    """What has been built so far, by the keys of the plan."""

    system: User
    agencies: dict[str, Agency] = field(default_factory=dict)
    offices: dict[str, OneStopOffice] = field(default_factory=dict)
    people: dict[str, User] = field(default_factory=dict)
    refused: list[tuple[datetime, str]] = field(default_factory=list)
    numbers: Iterator[int] = field(default_factory=lambda: count(1))

    def add_agencies(self, nodes: tuple[Node, ...], at: datetime) -> None:
        """Found the agencies of a plan, parents before children."""
        levels = {level.code: level for level in Level.objects.all()}
        for node in nodes:
            self.agencies[node.key] = create_agency(
                name=node.name,
                kind=node.kind,
                valid_from=node.valid_from,
                parent=self.agencies.get(node.parent),
                level=levels.get(node.level),
                code=node.code,
                sector=node.sector,
                address=node.address,
                place_name=node.place_name,
                phone=node.phone,
                actor=self.system,
                at=at,
            )

    def add_office(self, plan: OfficeNode, at: datetime) -> None:
        """Open a one-stop office and seat its agencies, each from its own date."""
        keeper = self.agencies[plan.agency]
        office = open_office(
            agency=keeper,
            name=plan.name,
            kind=plan.kind,
            address=keeper.address,
            phone=keeper.phone,
            valid_from=plan.valid_from,
            actor=self.system,
            at=at,
        )
        self.offices[plan.key] = office
        for key, day in plan.seats:
            if key != plan.agency:
                seat_agency(
                    office, self.agencies[key], valid_from=day, document=SEATING, actor=self.system, at=at
                )

    def add_people(self, people: tuple[Person, ...], from_day: date, at: datetime) -> None:
        """Give each officer an account, posts and the roles of those posts."""
        roles = {role.code: role for role in Role.objects.all()}
        for person in people:
            user = self.people[person.username] = self._account(person)
            for number, (key, title, codes, subtree) in enumerate(person.posts):
                post = create_post(
                    agency=self.agencies[key], title=title, valid_from=from_day, actor=self.system, at=at
                )
                for code in codes:
                    grant_role(post, roles[code], subtree=subtree, actor=self.system, at=at)
                assign(user, post, valid_from=from_day, is_main=number == 0, actor=self.system, at=at)

    def _account(self, person: Person) -> User:
        """An account with the password that the demonstration prints."""
        user = User.objects.create_user(person.username, None, full_name=person.full_name)
        user.password = demo_password()
        user.save(update_fields=["password"])
        return user

    def end_district(self, at: datetime) -> None:
        """The district tier ends on 30-6-2025; each of its agencies has a successor."""
        for key, heir in SUCCESSORS.items():
            end_agency(
                self.agencies[key],
                successor=self.agencies[heir],
                last_day=DISTRICT_END,
                document=REFORM,
                carry_posts=False,
                actor=self.system,
                at=at,
            )
