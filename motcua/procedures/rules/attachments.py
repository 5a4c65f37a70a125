"""Files of a version: the blank form of a paper and a sample that is filled in (Nghị định 63/2010/NĐ-CP, Điều 8: mẫu đơn)."""

from enum import StrEnum

from motcua.core.errors import RuleViolation

# States of a stored file in which it may be handed to the public: scanned and clean, or let out by a person.
CLEAN = frozenset({"safe", "released"})
# States in which it never will be: what lies there may be replaced even in a published version.
DEAD = frozenset({"infected", "refused", "unscanned"})


class FileKind(StrEnum):
    """What a file of a paper is; the words stand in addresses."""

    FORM = "mau"
    SAMPLE = "bai-mau"

    @property
    def label(self) -> str:
        """In words for pages."""
        return LABELS[self]


LABELS = {FileKind.FORM: "Mẫu đơn", FileKind.SAMPLE: "Mẫu đã điền"}


def check_attach(*, is_draft: bool, note_only: bool, state: str = "") -> None:
    """Raise RuleViolation unless a file may be attached. `state`: of the file that is there, "" without one.

    What a published version says never changes, so a form that it lacks may be added, a form that it shows may not be
    exchanged: that is a new version.
    """
    if note_only:
        raise RuleViolation("Dòng này là ghi chú, không phải giấy tờ nên không có tệp mẫu.")
    if not is_draft and state and state not in DEAD:
        raise RuleViolation("Phiên bản đã công bố giữ nguyên tệp đã có. Lập dự thảo sửa đổi để thay tệp.")


def check_remove(*, is_draft: bool, state: str) -> None:
    """Raise RuleViolation unless there is a file and it may be taken away."""
    if not state:
        raise RuleViolation("Không có tệp nào để gỡ.")
    if not is_draft:
        raise RuleViolation("Phiên bản đã công bố giữ nguyên tệp đã có. Lập dự thảo sửa đổi để gỡ tệp.")
