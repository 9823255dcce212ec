"""Forms with boxes about each of several things, which others may add to or take from while one is open."""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, ClassVar
from uuid import UUID

from django import forms
from django.forms.utils import ErrorDict
from django.utils.functional import Promise
from django.utils.translation import gettext as _

OPENED_WITH = "opened_with"


def opened_with(typed: Mapping[str, Any]) -> set[UUID] | None:
    """Return what a form that was sent had boxes about when it was opened; None if it does not say."""
    if OPENED_WITH not in typed:
        return None
    found = set()
    for key in str(typed[OPENED_WITH]).split(","):
        with suppress(ValueError):
            found.add(UUID(key))
    return found


@dataclass(frozen=True)
class Gone:
    """One thing that a form asked about and no longer asks about, and what was typed about it."""

    sentence: str
    words: list[str]


@dataclass(frozen=True)
class Changes:
    """What changed while a form was open: nothing was saved, and nothing typed is lost."""

    sentence: str
    gone: list[Gone]
    new: list[str]


class BoxesByIdForm(forms.Form):
    """A form with boxes about each of several things, such as the agencies that take part.

    Each box is named by the id of its thing: were it named by its place, what was typed about one would be
    saved for another as soon as one is gone. If there are others than when the form was opened, it is not
    validated, and the page says what changed.
    """

    BOXES: ClassVar[Mapping[str, Mapping[Any, Promise]]]
    """The boxes about each thing, by name (``{}`` is its id), with the words of what can be chosen."""
    CHANGED: ClassVar[Promise]
    """What is said when there are others now."""
    NO_LONGER: ClassVar[Promise]
    """What is said about one that is gone, by its ``name``."""
    things: Sequence[tuple[UUID, str]] = ()
    """The id and name of each that is asked about now."""

    @property
    def opened_with(self) -> str:
        """What the form asks about, as its page sends it back."""
        return ",".join(sorted(str(key) for key, _name in self.things))

    @property
    def changed(self) -> bool:
        """Whether there are others now than when the form was opened."""
        before = opened_with(self.data)
        return before is not None and before != {key for key, _name in self.things}

    def full_clean(self) -> None:
        """Validate nothing if there are others now: somebody has to look at it first."""
        if self.changed:
            self._errors, self.cleaned_data = ErrorDict(), {}
        else:
            super().full_clean()

    def names_about(self, key: UUID) -> list[str]:
        """Return the names of the boxes about one thing."""
        return [box.format(key) for box in self.BOXES]

    def changes(self, gone: Mapping[UUID, str]) -> Changes:
        """Return what changed since the form was opened, with what was typed about what is gone.

        Args:
            gone: the name of each thing that is no longer asked about.
        """
        before = opened_with(self.data) or set()
        return Changes(
            sentence=str(self.CHANGED),
            gone=[
                Gone(str(self.NO_LONGER) % {"name": name}, self._typed_about(key))
                for key, name in gone.items()
                if key in before
            ],
            new=[
                _("New since you opened this form: %(name)s") % {"name": name}
                for key, name in self.things
                if key not in before
            ],
        )

    def _typed_about(self, key: UUID) -> list[str]:
        typed = [
            (words, self.data.get(name, "").strip())
            for name, words in zip(self.names_about(key), self.BOXES.values(), strict=True)
        ]
        return [str(words.get(said, said)) for words, said in typed if said]
