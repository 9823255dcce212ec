"""Choices that are known only when a form is shown."""

from django import forms


def offer(form: forms.Form, field: str, choices: list[tuple[str, str]]) -> None:
    """Let a field of a form offer these choices: what is kept, and what is read.

    Raises:
        TypeError: the field offers no choice; it is a fault of whoever wrote the form.
    """
    offered = form.fields[field]
    if not isinstance(offered, forms.ChoiceField):
        raise TypeError(f"{field} offers no choice")
    offered.choices = choices
