"""The errors shown beside a form that was refused, so that nothing typed is lost."""

from collections.abc import Mapping

from django.forms import BaseForm

from alongside.casework.kernel.errors import AlreadyDoneError
from alongside.casework.sharing.commands.choices import NoChoiceError
from alongside.casework.sharing.commands.decisions import NoDecisionError


def say_beside(form: BaseForm, wrong: Mapping[str, str]) -> None:
    """Put each sentence beside the field it is about, or above the form if there is no such field."""
    for name, why in wrong.items():
        form.add_error(name if name in form.fields else None, why)


def say_refused(form: BaseForm, error: NoChoiceError | NoDecisionError | AlreadyDoneError) -> None:
    """Say what was wrong with what was typed, or that somebody else got there first."""
    say_beside(form, {"": str(error)} if isinstance(error, AlreadyDoneError) else error.wrong)
