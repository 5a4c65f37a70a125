"""The queue of a one-stop office: its lines, the tickets of a day, the dossiers that came of them. No personal data."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from motcua.agencies.models import Dated, OneStopOffice
from motcua.dossiers.models import Dossier
from motcua.procedures.models import Field
from motcua.tickets.rules.marks import number_text
from motcua.tickets.rules.priority import LABELS, Priority
from motcua.tickets.rules.states import OUTCOMES, Outcome, State, state_of


class QueueLine(Dated):
    """A line of a one-stop office: those who come for the same fields wait in it together."""

    office = models.ForeignKey(
        OneStopOffice, models.PROTECT, related_name="queue_lines", verbose_name="bộ phận một cửa"
    )
    name = models.CharField("tên hàng chờ", max_length=80)
    prefix = models.CharField("ký hiệu", max_length=2)
    position = models.PositiveSmallIntegerField("thứ tự")
    fields = models.ManyToManyField(Field, related_name="+", blank=True, verbose_name="lĩnh vực")

    class Meta:
        verbose_name = "hàng chờ"
        verbose_name_plural = "hàng chờ"
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["office", "prefix", "valid_from"], name="line_prefix_from_day"),
            models.CheckConstraint(
                condition=Q(valid_to=None) | Q(valid_to__gte=F("valid_from")), name="line_ends_after_start"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.prefix} – {self.name}"


class Ticket(models.Model):
    """A number of one line and one day (Asia/Ho_Chi_Minh). Where it stands is told by its moments (`state`), never stored.

    `called_at` is the first call since the person stands in the line: who was absent and came back waits anew.
    """

    line = models.ForeignKey(QueueLine, models.PROTECT, related_name="tickets", verbose_name="hàng chờ")
    day = models.DateField("ngày")
    number = models.PositiveSmallIntegerField("số")
    priority = models.CharField(
        "diện ưu tiên", max_length=8, blank=True, choices=[(p.value, text) for p, text in LABELS.items()]
    )
    taken_at = models.DateTimeField("lúc lấy số")
    put_back_at = models.DateTimeField("lúc trở lại hàng chờ", null=True)
    called_at = models.DateTimeField("lúc gọi", null=True)
    last_called_at = models.DateTimeField("lúc gọi gần nhất", null=True)
    desk = models.CharField("quầy", max_length=30, blank=True)
    officer = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name="cán bộ gọi"
    )
    served_at = models.DateTimeField("lúc bắt đầu phục vụ", null=True)
    ended_at = models.DateTimeField("lúc xong", null=True)
    outcome = models.CharField(
        "kết cục", max_length=6, blank=True, choices=[(o.value, text) for o, text in OUTCOMES.items()]
    )

    class Meta:
        verbose_name = "số thứ tự"
        verbose_name_plural = "số thứ tự"
        ordering = ["line", "day", "number"]
        constraints = [
            models.UniqueConstraint(fields=["line", "day", "number"], name="ticket_number_of_day"),
            models.UniqueConstraint(
                fields=["officer", "day"],
                condition=Q(called_at__isnull=False, ended_at=None),
                name="ticket_one_at_a_desk",
            ),
            models.CheckConstraint(condition=Q(number__gte=1), name="ticket_number_from_one"),
            models.CheckConstraint(
                condition=Q(called_at=None, last_called_at=None, served_at=None, ended_at=None, officer=None, desk="")
                | Q(called_at__isnull=False, last_called_at__gte=F("called_at"), officer__isnull=False),
                name="ticket_called_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(ended_at=None, outcome="")
                | Q(ended_at__isnull=False, outcome=Outcome.DONE.value)
                | Q(ended_at__isnull=False, outcome=Outcome.ABSENT.value, served_at=None),
                name="ticket_ends_with_outcome",
            ),
        ]  # fmt: skip
        indexes = [
            models.Index(fields=["day", "line"], condition=Q(ended_at=None), name="ticket_open_of_day")
        ]

    def __str__(self) -> str:
        return number_text(self.line.prefix, self.number)

    @property
    def state(self) -> State:
        """Where it stands."""
        return state_of(self.called_at, self.served_at, self.ended_at, self.outcome)

    @property
    def since(self) -> datetime:
        """Since when the person stands in the line."""
        return self.put_back_at or self.taken_at

    @property
    def is_priority(self) -> bool:
        """Whether it goes before others."""
        return self.priority != Priority.NONE

    @property
    def wait(self) -> timedelta | None:
        """How long the person waited to be called; None while nobody has called them."""
        return None if self.called_at is None else self.called_at - self.since


class TicketDossier(models.Model):
    """A dossier that was taken in while a ticket was served. A ticket may lead to several, a dossier comes of one at most."""

    ticket = models.ForeignKey(Ticket, models.PROTECT, related_name="dossiers", verbose_name="số thứ tự")
    dossier = models.OneToOneField(Dossier, models.PROTECT, related_name="+", verbose_name="hồ sơ")
    at = models.DateTimeField("lúc ghi hồ sơ")

    class Meta:
        verbose_name = "hồ sơ của số thứ tự"
        verbose_name_plural = "hồ sơ của số thứ tự"

    def __str__(self) -> str:
        return f"{self.ticket}: {self.dossier}"
