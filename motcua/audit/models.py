"""The log of acts: append-only, hash-chained per record, sealed at intervals. Triggers refuse UPDATE and DELETE."""

from django.db import models


class Event(models.Model):
    """One act on one record. `chain` names the record, e.g. "dossier/17"; no chain shares a lock with another."""

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

    def __str__(self) -> str:
        return f"{self.chain}#{self.seq} {self.kind}"


class Seal(models.Model):
    """The Merkle root of all events since the last seal, chained to it and signed with the office's key."""

    number = models.PositiveIntegerField("số niêm phong", unique=True)
    first_event_id = models.BigIntegerField("sự kiện đầu")
    last_event_id = models.BigIntegerField("sự kiện cuối")
    event_count = models.PositiveIntegerField("số sự kiện")
    merkle_root = models.CharField("gốc Merkle", max_length=64)
    previous_hash = models.CharField("mã băm niêm phong trước", max_length=64)
    hash = models.CharField("mã băm", max_length=64)
    signature = models.TextField("chữ ký", blank=True)
    timestamp_token = models.BinaryField("dấu thời gian RFC 3161", null=True)
    sealed_at = models.DateTimeField("lúc niêm phong")

    class Meta:
        verbose_name = "niêm phong"
        verbose_name_plural = "niêm phong"
        ordering = ["number"]

    def __str__(self) -> str:
        return f"niêm phong {self.number}"
