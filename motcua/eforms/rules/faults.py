"""What makes a form unfit to be filled in: keys, choices, groups, and expressions that do not fit what stands before them."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace

from motcua.eforms.rules.expressions import ExpressionError, Kind, parse
from motcua.eforms.rules.layout import ADDRESSEE, DOTS, NUMBER, every_piece, rows_of
from motcua.eforms.rules.schema import KEY, Field, Schema, Section, keys_of
from motcua.eforms.rules.syntax import RESERVED
from motcua.eforms.rules.types import LABELS, FieldType, kind_of

# The most steps that one pass over a form may take when every group is full: some tenths of a second.
STEPS = 100_000
PREFILLS: Mapping[str, str] = {
    "full_name": "Họ và tên người khai",
    "identity_number": "Số định danh người khai",
    "birth_date": "Ngày sinh người khai",
    "gender": "Giới tính người khai",
    "phone": "Số điện thoại người khai",
    "email": "Thư điện tử người khai",
    "address": "Nơi cư trú người khai",
    "organisation_name": "Tên tổ chức",
    "tax_code": "Mã số thuế của tổ chức",
}
PARTS: Mapping[str, str] = {
    "show_if": "điều kiện hiện",
    "required_if": "điều kiện bắt buộc",
    "value": "công thức tính",
    "minimum": "giá trị nhỏ nhất",
    "maximum": "giá trị lớn nhất",
    "as_of": "ngày của địa chỉ",
    "box": "điều kiện của ô đánh dấu",
}
CALCULATED = (
    FieldType.TEXT, FieldType.LONG_TEXT, FieldType.NUMBER, FieldType.MONEY, FieldType.DATE, FieldType.YES_NO,
)  # fmt: skip
IN_GROUP = frozenset(FieldType) - {
    FieldType.GROUP,
    FieldType.FILE,
    FieldType.DECLARATION,
    FieldType.SIGNATURE,
}
BOUNDED = (FieldType.NUMBER, FieldType.MONEY, FieldType.DATE)


def faults_of(schema: Schema) -> list[str]:
    """Every fault of a form, each beginning with its place."""
    found = [] if schema.title else ["Tờ khai: nhập tiêu đề."]
    if not schema.sections:
        found.append("Tờ khai: thêm ít nhất một mục.")
    walk = _Walk()
    for number, section in enumerate(schema.sections, 1):
        found += walk.section(section, f"Mục {number} “{section.title}”")
    found += walk.layout(schema)
    if walk.count > 300:
        found.append(f"Tờ khai: có {walk.count} trường, nhiều nhất được 300.")
    if walk.cost > STEPS:
        found.append("Tờ khai: quá nhiều phép tính. Bớt công thức hoặc bớt số dòng của nhóm lặp.")
    return found


def fault_at(
    schema: Schema, place: str, key: str, part: str, text: str, type_: FieldType | None = None
) -> str:
    """What is wrong with one expression where it would stand: in the section or group `place`, at the field `key` (empty:
    after the last one), or with an empty place as the condition of the section `key`. Empty when nothing is wrong.
    """
    walk = _Walk()
    above, _, group = place.partition(".")
    found: Field | None = None
    for section in schema.sections:
        if section.key == (above or key):
            if above:
                found = walk.up_to(section, group or key)
            break
        for one in section.fields:
            walk.known(one)
    kinds = walk.kinds
    if group and found is not None:
        kinds, found = _row_kinds(walk.kinds, found, key)
    one = found or Field("x", type_ or FieldType.TEXT, "x")
    wanted = _wanted(part, replace(one, type=type_) if type_ else one)
    return next(walk.expression(part, text, wanted, "", kinds=kinds), "").removeprefix(": ")


def _row_kinds(above: Mapping[str, Kind], group: Field, key: str) -> tuple[dict[str, Kind], Field | None]:
    """What a field of a group sees: what stands before the group and before it in the row."""
    kinds = dict(above)
    for inner in group.fields:
        if inner.key == key:
            return kinds, inner
        if inner.type is not FieldType.STATIC:
            kinds[inner.key] = kind_of(inner.type)
    return kinds, None


class _Walk:
    """Goes through a form in order, knowing what stands before each field."""

    def __init__(self) -> None:
        self.kinds: dict[str, Kind] = {}
        self.rows: dict[str, dict[str, Kind]] = {}
        self.most_rows: dict[str, int] = {}
        self.keys: set[str] = set()
        self.cost = self.count = 0

    def section(self, section: Section, place: str) -> Iterator[str]:
        yield from self.key(section.key, place)
        if not section.title:
            yield f"{place}: nhập tên mục."
        if not section.fields:
            yield f"{place}: thêm ít nhất một trường."
        yield from self.expression("show_if", section.show_if, (Kind.TRUTH,), place)
        for number, one in enumerate(section.fields, 1):
            yield from self.field(one, f"{place}, trường {number} “{one.label[:60]}”")
            self.known(one)

    def up_to(self, section: Section, key: str) -> Field | None:
        """Know the fields of a section that stand before one, and give that one."""
        for one in section.fields:
            if one.key == key:
                return one
            self.known(one)
        return None

    def key(self, key: str, place: str) -> Iterator[str]:
        if not KEY.fullmatch(key) or key in RESERVED:
            yield f"{place}: mã “{key}” phải bắt đầu bằng chữ thường không dấu, chỉ gồm chữ, số và gạch dưới."
        elif key in self.keys:
            yield f"{place}: mã “{key}” đã dùng ở chỗ khác."
        self.keys.add(key)

    def known(self, one: Field) -> None:
        """What later expressions may say of a field."""
        if one.type is FieldType.STATIC or one.paper:
            return
        self.kinds[one.key] = kind_of(one.type)
        if one.type is FieldType.GROUP:
            self.rows[one.key] = {
                inner.key: kind_of(inner.type) for inner in one.fields if inner.type is not FieldType.STATIC
            }
            self.most_rows[one.key] = one.max_rows

    def field(
        self, one: Field, place: str, times: int = 1, kinds: Mapping[str, Kind] | None = None
    ) -> Iterator[str]:
        self.count += 1
        yield from self.key(one.key, place)
        yield from _plain_faults(one, place)
        for part, text in one.expressions.items():
            yield from self.expression(part, text, _wanted(part, one), place, times, kinds)
        if one.type is FieldType.GROUP:
            yield from self.group(one, place)

    def group(self, one: Field, place: str) -> Iterator[str]:
        """The fields of a row see what stands before the group, and before them in the row."""
        kinds = dict(self.kinds)
        for number, inner in enumerate(one.fields, 1):
            where = f"{place}, trường {number} “{inner.label[:60]}”"
            if inner.type not in IN_GROUP:
                yield f"{where}: loại “{LABELS[inner.type]}” không dùng được trong nhóm lặp."
            yield from self.field(inner, where, one.max_rows, kinds)
            if inner.type is not FieldType.STATIC:
                kinds[inner.key] = kind_of(inner.type)

    def expression(
        self,
        part: str,
        text: str,
        wanted: tuple[Kind, ...],
        place: str,
        times: int = 1,
        kinds: Mapping[str, Kind] | None = None,
    ) -> Iterator[str]:
        if not text:
            return
        try:
            found = parse(text)
            gives = found.check(self.kinds if kinds is None else kinds, self.rows)
        except ExpressionError as error:
            yield f"{place}: {PARTS[part]}, {error.message[0].lower()}{error.message[1:]}"
            return
        self.cost += times * found.cost(self.most_rows)
        if gives not in wanted:
            yield f"{place}: {PARTS[part]} phải cho ra {' hoặc '.join(wanted)}, không phải {gives}."

    def layout(self, schema: Schema) -> Iterator[str]:
        """What the lines of the printed form name must be there."""
        if schema.layout is None:
            return
        faults: list[str] = []
        before, after = rows_of(schema.layout, faults)
        yield from faults
        fields = {one.key: one for _, one in schema}
        for row in (*before, *after):
            place, group = f"Mẫu in, dòng {row.number}", fields.get(row.group)
            if row.group and (group is None or group.type is not FieldType.GROUP):
                yield f"{place}: không có nhóm lặp “{row.group}”."
                continue
            inner = group.fields if group else ()
            kinds = {**self.kinds, **{one.key: kind_of(one.type) for one in inner}}
            known = {*fields, *(one.key for one in inner), ADDRESSEE, NUMBER, DOTS}
            for piece in every_piece(row):
                if piece.key and piece.key not in known:
                    yield f"{place}: không có trường “{piece.key}”."
                times = group.max_rows if group else 1
                yield from self.expression("box", piece.condition, (Kind.TRUTH,), place, times, kinds)
        for key in schema.layout.silent:
            if key not in keys_of(schema):
                yield f"Mẫu in, mã không in: không có trường “{key}”."


def _wanted(part: str, one: Field) -> tuple[Kind, ...]:
    if part in ("show_if", "required_if"):
        return (Kind.TRUTH,)
    return (Kind.DATE,) if part == "as_of" else (kind_of(one.type),)


def _plain_faults(one: Field, place: str) -> Iterator[str]:
    """What needs no expression to be seen."""
    yield from (f"{place}: {words}" for wrong, words in PLAIN_FAULTS if wrong(one))
    if one.type in CHOSEN:
        yield from _option_faults(one, place)


CHOSEN = (FieldType.CHOICE, FieldType.CHOICES)
PLAIN_FAULTS: tuple[tuple[Callable[[Field], object], str], ...] = (
    (lambda one: not one.label, "nhập tên trường."),
    (
        lambda one: one.type not in (FieldType.STATIC, FieldType.DECLARATION) and len(one.label) > 300,
        "tên trường dài quá 300 ký tự.",
    ),
    (
        lambda one: one.options and one.type not in CHOSEN,
        "chỉ “Chọn một” và “Chọn nhiều” có danh sách lựa chọn.",
    ),
    (lambda one: one.type is FieldType.GROUP and not one.fields, "nhóm lặp cần ít nhất một trường."),
    (lambda one: one.min_rows > one.max_rows, "số dòng ít nhất phải không quá số dòng nhiều nhất."),
    (lambda one: one.fields and one.type is not FieldType.GROUP, "chỉ nhóm lặp chứa trường khác."),
    (lambda one: one.value and one.type not in CALCULATED, "loại trường này không tính tự động được."),
    (
        lambda one: (one.minimum or one.maximum) and one.type not in BOUNDED,
        "chỉ số, số tiền và ngày có giá trị nhỏ nhất, lớn nhất.",
    ),
    (
        lambda one: one.paper and one.type is not FieldType.FILE,
        "chỉ tệp đính kèm trỏ đến giấy tờ của thủ tục.",
    ),
    (lambda one: one.prefill and one.prefill not in PREFILLS, "không có dữ liệu điền sẵn như vậy."),
)


def _option_faults(one: Field, place: str) -> Iterator[str]:
    values = [option.value for option in one.options]
    if len(values) < 2:
        yield f"{place}: cần ít nhất hai lựa chọn."
    if len(set(values)) < len(values):
        yield f"{place}: mã của các lựa chọn phải khác nhau."
    if not all(option.value and option.label for option in one.options):
        yield f"{place}: mỗi lựa chọn cần mã và chữ hiện ra."
