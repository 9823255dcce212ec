"""What is said when something was refused, so that nothing typed is lost, or when a colleague was first."""

from collections.abc import Callable, Mapping

from django.contrib import messages
from django.forms import BaseForm
from django.http import HttpRequest

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


def say_done(request: HttpRequest, act: Callable[[], object], done: str) -> None:
    """Act and say that it is done, or say which colleague had already done it: nothing is wrong then."""
    try:
        act()
    except AlreadyDoneError as first:
        messages.info(request, str(first))
    else:
        messages.success(request, done)
