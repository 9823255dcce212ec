"""Two people changed one thing at once: neither undoes what only the other changed, and nothing is lost.

A form for changing something has a hidden field that says how each of its boxes was when it was opened: no
words, only hashes of them. This shows which boxes the second person to save has changed: those keep their
words. The others show what was saved meanwhile, and only what both changed is shown side by side.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, time
from hashlib import blake2b
from typing import Any, TypeVar

from django import forms
from django.utils.translation import gettext as _

from alongside.casework.design.dates import day_in_words

AnyForm = TypeVar("AnyForm", bound=forms.Form)
LONGEST = 20_000
"""Characters of all marks together: 17 for each box, and hundreds may be invited to a meeting."""


@dataclass(frozen=True)
class Clash:
    """One field that two people changed at once: what each of them wrote."""

    name: str
    label: str
    theirs: str
    yours: str


@dataclass(frozen=True)
class Beside:
    """What the second person to save is shown.

    Attributes:
        sentence: who changed it, and when.
        clashes: what both changed: the form holds what this person wrote.
        taken: labels of what only the other person changed: the form holds what that person saved.
        initial: what the form holds now.
    """

    sentence: str
    clashes: list[Clash]
    taken: list[str]
    initial: dict[str, Any]

    @property
    def said_at(self) -> dict[str, str]:
        """What to say at each box that both changed, by its name."""
        said = _("You both changed this. Your words are here, and will replace theirs if you save.")
        return {clash.name: said for clash in self.clashes}

    def told_in(self, form: AnyForm) -> AnyForm:
        """Return the form to send again: it says so at each box that both changed."""
        for name, said in self.said_at.items():
            box = form.fields[name]
            box.help_text = f"{box.help_text} {said}" if box.help_text else said
        return form


class ChangeableForm(forms.Form):
    """A form for something that somebody else may change meanwhile; ``initial`` is how it is now.

    ``opened_as`` holds marks of what its boxes held when it was opened.
    """

    opened_as = forms.CharField(required=False, max_length=LONGEST, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.initial = {"opened_as": _marks_of(self.initial), **self.initial}

    def given(self) -> dict[str, Any]:
        """Return what is in the boxes of a valid form, without hidden fields."""
        return {name: self.cleaned_data[name] for name, _box in self._boxes()}

    def is_as_opened(self, name: str) -> bool:
        """Whether a box of a valid form holds what it held when the form was opened."""
        return _mark(name, self.cleaned_data[name]) in self.cleaned_data["opened_as"].split()

    def beside(self, sentence: str) -> Beside:
        """Return what to show if somebody else has saved since this form, which is valid, was opened.

        Args:
            sentence: who did, and what to do about it.
        """
        opened, yours = set(self.cleaned_data["opened_as"].split()), self.given()
        clashes, taken = [], []
        for name, box in self._boxes():
            if name not in self.initial or _plain(self.initial[name]) == _plain(yours[name]):
                continue
            theirs, label = self.initial[name], str(box.label or name.capitalize())
            if _mark(name, yours[name]) in opened:
                yours[name] = theirs
                taken.append(label)
            elif _mark(name, theirs) not in opened:
                clashes.append(Clash(name, label, said_in(box, theirs), said_in(box, yours[name])))
        shown = {name: f"{each:%H:%M}" if isinstance(each, time) else each for name, each in yours.items()}
        held = {**self.initial, **shown, "opened_as": _marks_of(self.initial)}
        return Beside(sentence, clashes, taken, held)

    def _boxes(self) -> Iterator[tuple[str, forms.Field]]:
        return ((name, box) for name, box in self.fields.items() if not box.widget.is_hidden)


def labels_of(form: type[forms.Form]) -> dict[str, str]:
    """Return the label of each box of a form, by its name; hidden ones hold nobody's words."""
    return {
        name: str(field.label or name.capitalize())
        for name, field in form.base_fields.items()
        if not field.widget.is_hidden
    }


def said_in(box: forms.Field, value: Any) -> str:
    """Return what is in a box, in words: for a choice, its label."""
    choices: Any = getattr(box, "choices", ())
    words = {str(code): str(said) for code, said in choices}
    match value:
        case bool():
            return _("Yes") if value else _("No")
        case time():
            return f"{value:%H:%M}"
        case date():
            return day_in_words(value)
        case list() | tuple() | set() | frozenset():
            return ", ".join(words.get(str(each), str(each)) for each in value) or _("Nothing")
        case None | "":
            return _("Nothing")
        case _:
            return words.get(str(value), str(value))


def _marks_of(stands: Mapping[str, Any]) -> str:
    return " ".join(_mark(name, value) for name, value in stands.items() if name != "opened_as")


def _mark(name: str, value: Any) -> str:
    """A mark that only this box with these words has."""
    return blake2b(f"{name}\n{_plain(value)}".encode(), digest_size=8).hexdigest()


def _plain(value: Any) -> str:
    """One form for what is stored, what a form starts with, and what a browser sends back unchanged."""
    match value:
        case bool() | None:
            return "on" if value else ""
        case time():
            return f"{value:%H:%M}"
        case list() | tuple() | set() | frozenset():
            return "\n".join(sorted(map(str, value)))
        case _:
            return str(value).replace("\r\n", "\n").strip()
