"""The papers of one filing: which must be handed in as files, which come otherwise, what is still missing."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from motcua.dossiers.rules.intake import PaperData, Requirement

PRESENTED = "nộp trực tuyến: xuất trình bản chính khi đến nhận kết quả"


@dataclass(frozen=True)
class PaperLine:
    """One paper with the files handed in for it. `by_form`: the electronic form stands in its place."""

    requirement: Requirement
    files: tuple[Any, ...] = field(default=())
    by_form: bool = False

    @property
    def name(self) -> str:
        """As the procedure names it."""
        return self.requirement.name

    @property
    def is_note(self) -> bool:
        """Whether nothing can be handed in for it: a note, or the form itself."""
        return self.requirement.note_only or self.by_form

    @property
    def must_be_filed(self) -> bool:
        """Whether a file must be there: asked for, not by the form, not merely to be shown."""
        return self.requirement.asks and not self.by_form and not self.requirement.presented_only

    @property
    def is_whole(self) -> bool:
        """Whether every file of it has come in whole."""
        return all(one.file_id for one in self.files)

    @property
    def problem(self) -> str:
        """What must be put right; empty when all is well."""
        if not self.is_whole:
            return "Có tệp đang tải dở. Tải tiếp, hoặc bỏ tệp đó."
        if self.must_be_filed and not self.files:
            return "Chưa có tệp. Chụp ảnh hoặc chọn tệp."
        return ""


def lines_of(
    wanted: Sequence[Requirement], by_form: Collection[int], filed: Mapping[int, Sequence[Any]]
) -> tuple[PaperLine, ...]:
    """The papers in their order. `by_form`: ids that the form replaces; `filed`: files by the paper's id."""
    return tuple(PaperLine(one, tuple(filed.get(one.id, ())), one.id in by_form) for one in wanted)


def handed_in(lines: Sequence[PaperLine]) -> tuple[PaperData, ...]:
    """The papers as the dossier takes them: one row a file, the form, and what will be shown at the counter."""
    rows: list[PaperData] = []
    for line in lines:
        asked = line.requirement
        rows += [
            PaperData(asked.name, asked.id or None, electronic=1, file_id=one.file_id)
            for one in line.files
            if one.file_id
        ]
        if line.by_form:
            rows.append(PaperData(asked.name, asked.id, electronic=1))
        elif asked.presented_only and asked.asks and not line.files:
            rows.append(PaperData(asked.name, asked.id, waiver=PRESENTED))
    return tuple(rows)
