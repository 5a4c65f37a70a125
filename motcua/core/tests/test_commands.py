"""Commands say what is wrong in one Vietnamese sentence."""

import pytest
from django.core.management import CommandError, get_commands, load_command_class

from motcua.core.commands import PlainCommand
from motcua.core.errors import NotFound, RuleViolation

OURS = sorted(name for name, app in get_commands().items() if app.startswith("motcua."))
AS_DJANGO_DOES = {"migrate"}  # its own, with a word of ours at the end


@pytest.mark.parametrize("name", sorted(set(OURS) - AS_DJANGO_DOES))
def test_every_command_of_ours_is_plain(name: str) -> None:
    assert isinstance(load_command_class(get_commands()[name], name), PlainCommand)


def refusing(error: Exception, *, at_the_line: bool) -> PlainCommand:
    class Command(PlainCommand):
        requires_system_checks = []

        def handle(self, *args: object, **options: object) -> None:
            raise error

    made = Command()
    made._called_from_command_line = at_the_line
    return made


REFUSALS = [
    (CommandError("Sai kỳ."), 1),
    (RuleViolation("Sai kỳ."), 1),
    (NotFound("Sai kỳ."), 1),
    (CommandError("Sai kỳ.", returncode=2), 2),
]
OPTIONS = {"force_color": False, "no_color": True, "skip_checks": True}


@pytest.mark.parametrize(("error", "status"), REFUSALS)
def test_at_the_command_line_only_the_sentence_is_printed(
    error: Exception, status: int, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        refusing(error, at_the_line=True).execute(**OPTIONS)
    assert (ended.value.code, capsys.readouterr().err) == (status, "Sai kỳ.\n")


@pytest.mark.parametrize(("error", "status"), REFUSALS)
def test_called_from_code_it_raises_as_every_command_does(error: Exception, status: int) -> None:
    with pytest.raises(CommandError, match="Sai kỳ") as raised:
        refusing(error, at_the_line=False).execute(**OPTIONS)
    assert raised.value.returncode == status
