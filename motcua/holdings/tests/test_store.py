"""A person's store: filled by signed results, seen by nobody else, shared by the holder, revoked by the agency."""

from datetime import UTC, date, datetime, timedelta

import pytest

from motcua.accounts.models import User
from motcua.accounts.testing import make_citizen
from motcua.audit.models import Event
from motcua.core.errors import NotFound, RuleViolation
from motcua.dossiers import actions as dossiers
from motcua.dossiers.models import Party, ResultPaper
from motcua.dossiers.queries import verify_token
from motcua.dossiers.testing import World, for_signature, make_world, moment
from motcua.files.actions import store
from motcua.holdings import actions, queries
from motcua.holdings.models import AskedAgain, HeldPaper
from motcua.holdings.rules.states import Kept, State, matching, share_until, state

DAY = date(2026, 11, 23)
AT = datetime(2026, 11, 23, 2, tzinfo=UTC)
NUMBER = "001099000001"


@pytest.mark.parametrize(
    ("revoked", "replaced", "valid_to", "wanted"),
    [
        (None, False, None, State.VALID),
        (None, False, DAY, State.VALID),
        (None, False, DAY - timedelta(days=1), State.EXPIRED),
        (AT, False, DAY, State.REVOKED),
        (AT, False, DAY - timedelta(days=1), State.REVOKED),
        (AT, True, None, State.REPLACED),
    ],
)
def test_what_a_paper_is_worth(
    revoked: datetime | None, replaced: bool, valid_to: date | None, wanted: State
) -> None:
    assert state(revoked, replaced, valid_to, DAY) is wanted


@pytest.mark.parametrize(
    ("days", "fine"), [(1, True), (90, True), (2, False), (0, False), (-1, False), (365, False)]
)
def test_a_link_lives_as_long_as_one_of_the_choices(days: int, fine: bool) -> None:
    if fine:
        assert share_until(days, AT) == AT + timedelta(days=days)
    else:
        with pytest.raises(RuleViolation):
            share_until(days, AT)


@pytest.mark.parametrize(
    ("wanted", "code", "found"),
    [
        ("giay khai sinh", "", [1]),
        ("Giấy khai sinh (bản sao)", "", [1]),
        ("Khác hẳn", "KQ.2", [2]),
        ("Sổ hộ khẩu", "", []),
        ("", "", []),
    ],
)
def test_which_held_papers_may_stand_for_a_required_one(wanted: str, code: str, found: list[int]) -> None:
    kept = [Kept(1, "Giấy khai sinh"), Kept(2, "Quyết định", "KQ.2"), Kept(3, "")]
    assert matching(wanted, code, kept) == found


@pytest.fixture
def world(db: None) -> World:
    return make_world()


@pytest.fixture
def me(world: World) -> User:
    return make_citizen()


def result_for(
    world: World, number: str = "12/QĐ-UBND", identity: str = NUMBER, *, ready: bool = True
) -> ResultPaper:
    """An electronic result, signed and, as a rule, ready."""
    dossier = for_signature(world)
    Party.objects.filter(pk=dossier.applicant_id).update(identity_number=identity)
    signed = dossiers.sign_result(dossier.pk, number=number, actor=world.boss, at=moment(hours=4))
    signed = dossiers.sign_electronically(signed.pk, actor=world.boss, at=moment(hours=4))
    if ready:
        type(dossier).objects.filter(pk=dossier.pk).update(ready_at=moment(hours=5))
    return signed


@pytest.fixture
def paper(world: World) -> HeldPaper:
    return HeldPaper.objects.get(result=result_for(world))


def day() -> date:
    return moment(hours=6).date()


def test_a_signed_result_comes_into_the_store_of_who_bears_the_number(me: User, paper: HeldPaper) -> None:
    assert list(queries.papers_of(me, day())) == [paper]
    assert (paper.number, paper.token, paper.kind) == ("12/QĐ-UBND", paper.result.token, "result")
    assert queries.held_for(me, day()) == [paper]
    assert actions.keep_result(paper.result, actor=me, at=AT) == paper
    assert HeldPaper.objects.count() == 1


def test_before_it_is_ready_the_holder_sees_nothing(world: World, me: User) -> None:
    result_for(world, ready=False)
    assert HeldPaper.objects.exists()
    assert queries.held_for(me, day()) == []


def test_a_number_that_was_only_typed_in_opens_nothing(paper: HeldPaper) -> None:
    for user in (make_citizen(assurance="low"), make_citizen("Lạ", "001099000002", "0900000002")):
        assert list(queries.papers_of(user, day())) == []
        assert not queries.may_open(paper.file, user, None)
        with pytest.raises(NotFound):
            queries.access_held_paper(user, paper.key, day())
        with pytest.raises(NotFound):
            actions.share(paper.key, 7, actor=user, at=moment(hours=6))


def test_staff_have_no_store(world: World, paper: HeldPaper) -> None:
    assert not queries.may_open(paper.file, world.clerk, None)


def test_a_result_without_a_file_is_not_kept(world: World, me: User) -> None:
    dossier = for_signature(world)
    signed = dossiers.sign_result(dossier.pk, number="1/QĐ", actor=world.boss, at=moment(hours=4))
    assert actions.keep_result(signed, actor=me, at=AT) is None


def test_a_link_shows_one_paper_until_it_ends_or_is_revoked(me: User, paper: HeldPaper) -> None:
    at = moment(hours=6)
    row, secret = actions.share(paper.key, 1, "cho ngân hàng", actor=me, at=at)
    assert secret not in str(vars(row))
    assert actions.open_share(secret, actor=None, at=at).paper == paper
    row.refresh_from_db()
    assert (row.opened, row.opened_at) == (1, at)
    for wrong, moment_ in ((secret + "x", at), (secret, at + timedelta(days=1))):
        with pytest.raises(NotFound):
            actions.open_share(wrong, actor=None, at=moment_)
    assert queries.shares_of(paper, at) == [row]
    actions.end_share(paper.key, row.pk, actor=me, at=at)
    with pytest.raises(NotFound):
        actions.open_share(secret, actor=None, at=at)
    with pytest.raises(NotFound):
        actions.end_share(paper.key, row.pk, actor=me, at=at)


def test_twenty_links_are_enough(me: User, paper: HeldPaper) -> None:
    for _ in range(20):
        actions.share(paper.key, 1, actor=me, at=moment(hours=6))
    with pytest.raises(RuleViolation, match="quá nhiều"):
        actions.share(paper.key, 1, actor=me, at=moment(hours=6))


def test_a_revoked_result_says_so_to_anyone_and_its_links_end(
    world: World, me: User, paper: HeldPaper
) -> None:
    at = moment(hours=6)
    _, secret = actions.share(paper.key, 7, actor=me, at=at)
    with pytest.raises(NotFound):
        actions.revoke_result(paper.pk, "Sai", actor=world.policeman, at=at)
    with pytest.raises(RuleViolation, match="lý do"):
        actions.revoke_result(paper.pk, " ", actor=world.officer, at=at)
    actions.revoke_result(paper.pk, "QĐ 5/2026", actor=world.officer, at=at)
    with pytest.raises(RuleViolation, match="đã bị thu hồi"):
        actions.revoke_result(paper.pk, "Lần nữa", actor=world.officer, at=at)
    with pytest.raises(NotFound):
        actions.open_share(secret, actor=None, at=at)
    seen = queries.with_standing(verify_token(paper.token), paper.token, day())
    assert (seen.valid, seen.state) == (False, "revoked")
    assert "Đã thu hồi ngày" in seen.note
    assert queries.held_for(me, day()) == []
    with pytest.raises(RuleViolation, match="không còn giá trị"):
        actions.share(paper.key, 7, actor=me, at=at)


def test_a_replaced_result_names_the_new_one_without_naming_anybody(
    world: World, me: User, paper: HeldPaper
) -> None:
    new = HeldPaper.objects.get(result=result_for(world, "13/QĐ-UBND"))
    other = HeldPaper.objects.get(result=result_for(world, "14/QĐ-UBND", "001099000002"))
    assert list(queries.successors_of(paper)) == [new]
    at = moment(hours=6)
    with pytest.raises(RuleViolation, match="cùng người giữ"):
        actions.replace_result(paper.pk, other.pk, "Nhầm", actor=world.officer, at=at)
    actions.replace_result(paper.pk, new.pk, "Cấp lại", actor=world.officer, at=at)
    seen = queries.with_standing(verify_token(paper.token), paper.token, day())
    assert (seen.state, "13/QĐ-UBND" in seen.note, NUMBER in str(seen)) == ("replaced", True, False)
    fresh = queries.with_standing(verify_token(new.token), new.token, day())
    assert fresh.valid
    assert queries.held_for(me, day()) == [new]


def test_an_expired_result_says_until_when_it_was_good(paper: HeldPaper) -> None:
    HeldPaper.objects.update(valid_to=date(2020, 1, 2))
    seen = queries.with_standing(verify_token(paper.token), paper.token, day())
    assert (seen.valid, seen.note) == (False, "Có giá trị đến hết ngày 02/01/2020.")


def test_a_token_that_never_came_into_a_store_changes_nothing(paper: HeldPaper) -> None:
    seen = verify_token(paper.token)
    assert queries.standing_of("", day()) is None
    assert queries.with_standing(seen, "khác", day()) == seen


def test_a_paper_of_ones_own_is_kept_once_and_offered_again(me: User) -> None:
    file = store(b"%PDF-1.7\n%%EOF\n", actor=me, at=AT, name="a.pdf", made_here=True)
    kept = actions.keep_paper(file, name="Giấy khai sinh", actor=me, at=AT)
    assert actions.keep_paper(file, name="Giấy khai sinh", actor=me, at=AT) == kept
    assert queries.offers(me, "Giấy khai sinh (bản sao)", DAY) == [kept]
    assert queries.may_open(file, me, None)
    with pytest.raises(RuleViolation):
        actions.keep_paper(file, name=" ", actor=me, at=AT)
    with pytest.raises(NotFound):
        actions.keep_paper(file, name="Giấy", actor=make_citizen("Lạ", "", "0900000009"), at=AT)


def test_asked_again_although_held_is_counted_once_for_each_record(me: User) -> None:
    file = store(b"%PDF-1.7\n%%EOF\n", actor=me, at=AT, name="a.pdf", made_here=True)
    actions.keep_paper(file, name="Giấy khai sinh", actor=me, at=AT)
    for reference in ("dossier/1", "dossier/1", "dossier/2"):
        actions.note_asked_again(
            me, name="Giấy khai sinh", procedure_code="1.001", reference=reference, actor=me, at=AT
        )
    none = actions.note_asked_again(
        me, name="Sổ đỏ", procedure_code="1.001", reference="dossier/3", actor=me, at=AT
    )
    assert none is None
    assert queries.asked_again(DAY, DAY) == [{"procedure_code": "1.001", "count": 2}]
    assert queries.asked_again(DAY + timedelta(days=1), DAY + timedelta(days=2)) == []
    assert AskedAgain.objects.count() == 2


def test_who_is_forgotten_leaves_no_link_behind_and_each_paper_says_so(me: User, paper: HeldPaper) -> None:
    at = moment(hours=6)
    _, secret = actions.share(paper.key, 7, actor=me, at=at)
    assert actions.forget_shares_of(me, actor=me, at=at) == 1
    with pytest.raises(NotFound):
        actions.open_share(secret, actor=None, at=at)
    assert Event.objects.filter(chain=f"held/{paper.pk}").order_by("seq").last().kind == "held.share_ended"
    assert actions.forget_shares_of(me, actor=me, at=at) == 0
