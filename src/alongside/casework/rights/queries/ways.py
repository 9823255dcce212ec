"""Which tables hold something about a person, and through which columns a row leads to that person.

It is looked up in the models themselves, so that a table added later is found automatically.
"""

from collections.abc import Iterator
from functools import cache

from django.apps import apps
from django.db.models import ForeignKey, Model

from alongside.casework.access.privacy import Privacy
from alongside.casework.people.models import Person
from alongside.casework.rights.rules.tables import TABLES, Table

OURS = "alongside.casework."
TOLD = (Privacy.IDENTIFYING, Privacy.SENSITIVE, Privacy.FREE_TEXT)
"""In a table that nobody has put into words yet, columns of these classes are told."""


@cache
def tables_about_people() -> dict[str, tuple[type[Model], tuple[str, ...]]]:
    """Return, by label, each table that leads to a person, with the look-ups that find a person's rows."""
    found: dict[str, tuple[type[Model], tuple[str, ...]]] = {Person._meta.label: (Person, ("id",))}
    for model in apps.get_models():
        if model.__module__.startswith(OURS) and model is not Person and (ways := _ways(model)):
            found[model._meta.label] = (model, ways)
    in_order = [*(label for label in TABLES if label in found), *sorted(set(found) - set(TABLES))]
    return {label: found[label] for label in in_order}


def told_of(model: type[Model]) -> Table:
    """Return how a table is told; where nobody has put it into words, by the names in its model.

    Nothing that is held may be missing from an answer just because there was no word for it.
    """
    label = model._meta.label
    if label in TABLES:
        return TABLES[label]
    classes: dict[str, Privacy] = getattr(model, "privacy", {})
    columns = {
        each.name: str(each.verbose_name)
        for each in model._meta.concrete_fields
        if classes.get(each.name) in TOLD and not (each.is_relation and each.related_model is Person)
    }
    name = str(model._meta.verbose_name_plural)
    return Table(title=name, about=name, columns=columns)


@cache
def dated_by(label: str) -> tuple[str, ...]:
    """Return the path to the time at which a row was created: its own column, or one reached through others.

    A row without a time of its own was created with the row it hangs on. Empty where none on the way has one.
    """
    model, (way, *_others) = tables_about_people()[label]
    steps: list[str] = []
    for step in way.split("__"):
        if made := told_of(model).made:
            return (*steps, made)
        steps.append(step)
        model = model._meta.get_field(step).related_model  # type: ignore[assignment]
    return ()


def title_of(label: str) -> str:
    """Return what the rows of a table are, to the person."""
    return str(told_of(apps.get_model(label)).title)


def _ways(model: type[Model]) -> tuple[str, ...]:
    """The shortest look-ups from a model to a person, all of the same length."""
    seen, layer = {model}, [("", model)]
    while layer:
        reached = [
            (f"{before}{each.name}", each.related_model) for before, at in layer for each in _points_of(at)
        ]
        if ways := tuple(way for way, to in reached if to is Person):
            return ways
        layer = []
        for way, to in reached:
            if to not in seen:
                seen.add(to)
                layer.append((f"{way}__", to))
    return ()


def _points_of(model: type[Model]) -> Iterator[ForeignKey]:  # type: ignore[type-arg]
    for each in model._meta.concrete_fields:
        if isinstance(each, ForeignKey) and each.related_model.__module__.startswith(OURS):
            yield each
