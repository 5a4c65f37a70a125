"""Comparing a link with the one before it, and putting what is wrong into words."""

from dataclasses import dataclass, field

from motcua.audit.rules.chain import Link


@dataclass(frozen=True, slots=True)
class Break:
    """One thing found wrong. `where` names chain, number and id, or the seal; `text` is for a person."""

    code: str
    where: str
    text: str
    expected: str = ""
    found: str = ""

    def __str__(self) -> str:
        detail = f" (phải là {self.expected}, thấy {self.found})" if self.expected or self.found else ""
        return f"{self.where}: {self.text}{detail}"


def link_break(link: Link, stored: str, event_id: int, seq: int, previous: str) -> Break | None:
    """What is wrong with a link that should have number `seq` and stand on `previous`; None if whole."""
    where = f"chuỗi {link.chain}, sự kiện số {link.seq}, mã {event_id}"
    if link.seq != seq:
        return Break("gap", where, f"thiếu sự kiện số {seq} của chuỗi", str(seq), str(link.seq))
    if link.previous_hash != previous:
        text = "không nối với sự kiện đứng trước"
        return Break("unlinked", where, text, previous, link.previous_hash)
    if (computed := link.hash()) != stored:
        return Break("changed", where, "nội dung không khớp mã băm đã ghi", stored, computed)
    return None


@dataclass(slots=True)
class Report:
    """What a verification saw. Whole means: no break; warnings do not break it."""

    limit: int = 20
    chains: int = 0
    events: int = 0
    seals: int = 0
    unsealed: int = 0
    break_count: int = 0
    breaks: list[Break] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)

    @property
    def is_whole(self) -> bool:
        return self.break_count == 0

    def add(self, found: Break | None) -> None:
        """Count a break; only the first `limit` are kept."""
        if found is None:
            return
        self.break_count += 1
        if len(self.breaks) < self.limit:
            self.breaks.append(found)

    def lines(self) -> list[str]:
        """The report in Vietnamese, line by line; the first broken link first."""
        made = [f"Mắt xích hỏng đầu tiên: {self.breaks[0]}"] if self.breaks else []
        made += [f"Hỏng: {found}" for found in self.breaks[1:]]
        if self.break_count > len(self.breaks):
            made.append(f"… và {self.break_count - len(self.breaks)} chỗ hỏng khác.")
        made += [f"Lưu ý: {text}" for text in self.warnings]
        made.append(
            f"Đã kiểm {self.chains} chuỗi, {self.events} sự kiện, {self.seals} niêm phong; "
            f"{self.unsealed} sự kiện chưa niêm phong."
        )
        made.append("Nhật ký toàn vẹn." if self.is_whole else "Nhật ký KHÔNG toàn vẹn.")
        return made
