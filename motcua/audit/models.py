"""The log of acts: append-only, hash-chained per record, sealed at intervals. Triggers forbid changes."""

from django.db import models

from motcua.audit.rules.words import say


class Event(models.Model):
    """One act on one record. `chain` names the record, e.g. "dossier/17"; chains share no lock.

    `actor_id` is a number and not a foreign key: the log stands on its own, whatever becomes of the account.
    """

    chain = models.CharField("chuỗi", max_length=80)
    seq = models.PositiveIntegerField("số thứ tự trong chuỗi")
    kind = models.CharField("hành động", max_length=60)
    at = models.DateTimeField("thời điểm")
    actor_id = models.BigIntegerField("mã tài khoản người làm", null=True)
    actor_label = models.CharField("người làm", max_length=200)
    data = models.JSONField("nội dung", default=dict)
    previous_hash = models.CharField("mã băm trước", max_length=64)
    hash = models.CharField("mã băm", max_length=64)

    class Meta:
        verbose_name = "sự kiện"
        verbose_name_plural = "sự kiện"
        constraints = [models.UniqueConstraint(fields=["chain", "seq"], name="event_chain_seq")]
        indexes = [
            models.Index(fields=["actor_id", "id"], name="event_actor"),
            models.Index(fields=["at"], name="event_at"),
        ]

    def __str__(self) -> str:
        return f"{self.chain}#{self.seq} {self.kind}"

    @property
    def title(self) -> str:
        """What a person reads for the kind."""
        return say(self.kind)


class Seal(models.Model):
    """The Merkle root of all events since the last seal, chained to it and signed with the office's key.

    Covers the events with id after the previous seal's `last_event_id` up to its own, in the order of id.
    """

    number = models.PositiveIntegerField("số niêm phong", unique=True)
    first_event_id = models.BigIntegerField("sự kiện đầu")
    last_event_id = models.BigIntegerField("sự kiện cuối")
    event_count = models.PositiveIntegerField("số sự kiện")
    merkle_root = models.CharField("gốc Merkle", max_length=64)
    previous_hash = models.CharField("mã băm niêm phong trước", max_length=64)
    hash = models.CharField("mã băm", max_length=64)
    public_key = models.CharField("khóa công khai Ed25519", max_length=64)
    signature = models.CharField("chữ ký Ed25519", max_length=128)
    sealed_at = models.DateTimeField("lúc niêm phong")

    class Meta:
        verbose_name = "niêm phong"
        verbose_name_plural = "niêm phong"
        ordering = ["number"]

    def __str__(self) -> str:
        return f"niêm phong {self.number}"


class SealStamp(models.Model):
    """The RFC 3161 time stamp of a seal, in a row of its own: it comes later, and seals never change."""

    seal = models.OneToOneField(Seal, models.PROTECT, related_name="stamp", verbose_name="niêm phong")
    token = models.BinaryField("dấu thời gian RFC 3161")
    stamped_at = models.DateTimeField("lúc đóng dấu thời gian")
    authority = models.CharField("nơi cấp dấu thời gian", max_length=200)

    class Meta:
        verbose_name = "dấu thời gian"
        verbose_name_plural = "dấu thời gian"

    def __str__(self) -> str:
        return f"dấu thời gian của {self.seal}"
