"""Citizens of Tân Lam with accounts, a company and an authorisation; and the codes by which visitors sign in as them."""

from datetime import datetime, timedelta

from motcua.accounts import actions
from motcua.accounts.models import Profile, User
from motcua.accounts.rules.codes import Address
from motcua.core.moments import legal_date
from motcua.files.actions import store
from motcua.holdings.actions import keep_paper
from motcua.notifications.models import Message

# Phone numbers that visitors may sign in with: who, and what there is to see.
CITIZENS = (
    (
        "0900000001",
        "Nguyễn Thị Na",
        "hồ sơ phải sửa, phải nộp phí, đã có kết quả; kho giấy tờ, đại diện một doanh nghiệp",
    ),
    (
        "0900000002",
        "Trần Văn Ba",
        "được bà Na ủy quyền; hồ sơ thu phí ngay khi nộp: chờ nộp, đã nộp, được hoàn bớt",
    ),
    ("0900000003", "Lê Thị Sáu", "chưa xác minh số định danh"),
)
COMPANY = ("Công ty TNHH Chè Tân Lam", "9900000048")
PAPER = b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"


def add_citizens(clerk: User, at: datetime) -> None:
    """Three people with accounts, as the demonstration's page names them."""
    na, ba, _ = (_citizen(number, name, phone, at) for number, (phone, name, _) in enumerate(CITIZENS, 1))
    for user, number in ((na, "001099000001"), (ba, "001099000002")):
        actions.prove_identity(user, number, Profile.Assurance.SUBSTANTIAL, by="counter", actor=clerk, at=at)
    name, tax_code = COMPANY
    company = actions.declare_organisation(name=name, tax_code=tax_code, kind="enterprise", actor=na, at=at)
    actions.confirm_organisation(company.pk, actor=clerk, at=at)
    day = legal_date(at)
    terms = actions.Terms(day, day + timedelta(days=365), document="Giấy ủy quyền số 12/2026")
    actions.authorise(Address("phone", "+84900000002"), "001099000002", terms, actor=na, at=at)
    file = store(PAPER, actor=na, at=at, name="giay-khai-sinh.pdf", made_here=True)
    keep_paper(file, name="Giấy khai sinh (bản chụp)", actor=na, at=at)


def _citizen(number: int, name: str, phone: str, at: datetime) -> User:
    address = Address("phone", f"+84{phone[1:]}")
    return actions.sign_up(name, address, actor=None, at=at + timedelta(seconds=number))


def recent_codes(at: datetime) -> list[Message]:
    """The sign-in messages of the last five minutes: the demonstration's telephone."""
    rows = Message.objects.filter(kind="sign_in_code", created_at__gt=at - timedelta(minutes=5))
    return list(rows.order_by("-pk")[:10])
