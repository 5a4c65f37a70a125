"""`motcua demo`: once, all or nothing, and never into somebody's data."""

import fcntl
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from motcua.agencies.models import Agency
from motcua.agencies.testing import make_agency
from motcua.scenarios.demo import people, structure
from motcua.scenarios.management.commands import demo

pytestmark = pytest.mark.django_db


@pytest.fixture
def home(tmp_path, settings, monkeypatch):
    """An empty folder, and a story that takes no time: it founds the province."""
    settings.HOME, settings.DEMONSTRATION = tmp_path, tmp_path / "demonstration"
    province = structure.PROVINCE[0]
    monkeypatch.setattr(
        demo, "tell", lambda now, say: make_agency(province.name, level="province", code=province.code)
    )
    monkeypatch.setattr(demo, "seal", lambda at: None)
    return tmp_path


def run() -> str:
    out = StringIO()
    call_command("demo", "--no-serve", stdout=out)
    return out.getvalue()


def test_the_first_run_loads_and_prints_address_password_and_everybody(home, settings):
    said = run()
    assert "Đã nạp" in said
    assert f"http://127.0.0.1:{settings.PORT}" in said
    assert people.PASSWORD in said
    assert all(f"  {person.username} " in said and person.full_name in said for person in people.TODAY)
    assert settings.DEMONSTRATION.exists()
    assert not (home / "demonstration.loading").exists()


def test_names_and_posts_stand_under_each_other(home):
    lines = [line for line in run().splitlines() if line.startswith("  ")]
    of = {line.split()[0]: line for line in reversed(lines)}
    starts = {of[p.username].index(p.posts[0][1]) for p in people.TODAY}
    assert starts == {31}


def test_the_second_run_keeps_what_there_is(home, monkeypatch):
    run()
    monkeypatch.setattr(demo, "tell", lambda now, say: pytest.fail("loaded twice"))
    assert "không nạp lại" in run()
    assert Agency.objects.count() == 1


def test_other_data_are_never_mixed_with_the_demonstration(home):
    make_agency("UBND xã Thật")
    with pytest.raises(CommandError, match="dữ liệu khác"):
        run()
    assert Agency.objects.count() == 1
    assert not list(home.iterdir())


@pytest.mark.parametrize(
    ("error", "seen"), [(OSError("hết chỗ"), OSError), (KeyboardInterrupt(), CommandError)]
)
def test_a_load_cut_off_leaves_nothing_and_the_next_run_says_so(home, monkeypatch, error, seen):
    whole = demo.tell

    def cut_off(now, say):
        whole(now, say)
        raise error

    monkeypatch.setattr(demo, "tell", cut_off)
    with pytest.raises(seen):
        run()
    assert not Agency.objects.exists()
    monkeypatch.setattr(demo, "tell", whole)
    assert "dừng giữa chừng" in run()
    assert Agency.objects.count() == 1
    assert "dừng" not in run().replace("Dừng:", "")


def test_a_load_cut_off_before_its_seal_is_sealed_by_the_next_run(home, monkeypatch):
    run()
    (home / "demonstration.loading").touch()
    sealed = []
    monkeypatch.setattr(demo, "seal", lambda at: sealed.append(at))
    assert "niêm phong" in run()
    assert len(sealed) == 1


def test_two_loads_at_once_are_one(home):
    with (home / "demonstration.loading").open("w") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        with pytest.raises(CommandError, match="đang chạy"):
            run()
    assert not Agency.objects.exists()
