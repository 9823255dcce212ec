"""A language made up for tests, which puts each message in brackets, and what of a page stands outside them.

What people wrote, the partnership's own words (the area pack, the run) and names are not ours to translate.
"""

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from html.parser import HTMLParser

from django.apps import apps
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils import translation

from alongside.casework.access.actors import system_actor
from alongside.casework.accounts.models import Organisation
from alongside.casework.kernel.area import area_pack
from alongside.casework.operations.running import tell_database
from alongside.casework.rights.models import Withheld

OPEN, CLOSE = "⟦", "⟧"
ALOUD = re.compile(r"aria-label|aria-description|alt|title|placeholder|data-autosave-\w+|data-i18n.*")
OURS = re.compile(r"Alongside|English|Cymraeg|NHS|UPRN")
"""Names that are the same in every language."""
GIVEN_OUT = re.compile(r"\b[0-9a-f]{32}\b|\b[A-Z2-7]{4}( [A-Z2-7]{4}){7}\b")
"""The number of a request, and the secret for an authenticator app."""
DJANGOS = ("This password is too short. It must contain at least 12 characters.",)
"""What Django says itself: in its own Welsh, where it has any."""
LETTERS = re.compile(r"[^\W\d_]{2,}")


class Words(HTMLParser):
    """Collects the letters of a page outside brackets, and those of attributes that are read aloud."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.depth, self.silent = 0, 0
        self.outside: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.silent += tag in ("script", "style")
        for name, value in attrs:
            if value and ALOUD.fullmatch(name):
                self.outside.append(re.sub(f"{OPEN}.*{CLOSE}", " ", value, flags=re.DOTALL))

    def handle_endtag(self, tag: str) -> None:
        self.silent -= tag in ("script", "style")

    def handle_data(self, data: str) -> None:
        if self.silent:
            return
        for part in re.split(f"([{OPEN}{CLOSE}])", data):
            if part in (OPEN, CLOSE):
                self.depth += 1 if part == OPEN else -1
            elif not self.depth and LETTERS.search(part):
                self.outside.append(" ".join(part.split()))


def strings_in(value: object) -> Iterator[str]:
    if isinstance(value, dict):
        for each in value.values():
            yield from strings_in(each)
    elif isinstance(value, list | tuple | set):
        for each in value:
            yield from strings_in(each)
    elif isinstance(value, str):
        yield value


def data_of_people() -> set[str]:
    """Every text that stands in a row of ours, and every line of it."""
    tell_database(system_actor("tests"))
    found: set[str] = set()
    tell_database(system_actor("whoever reads all"))  # whatever the last command told: all rows are data
    for model in apps.get_models():
        if not model.__module__.startswith("alongside.casework"):
            continue
        columns = [
            field.attname
            for field in model._meta.concrete_fields
            if isinstance(field, models.TextField | models.CharField | models.JSONField | ArrayField)
        ]
        for row in model._default_manager.values_list(*columns) if columns else ():
            for text in strings_in(row):
                found |= {text.strip(), text.replace("_", " "), *(line.strip() for line in text.splitlines())}
                found.add(re.split(r"[.:]", text)[-1].replace("_", " "))  # as a refusal tells it
    for words in filter(None, Withheld.objects.values_list("words", flat=True)):
        found |= {each.strip() for text in list(found) if words in text for each in text.split(words)}
    for name in Organisation.objects.values_list("name", flat=True):
        found |= set(name.split())  # a drawing breaks a long name over lines
    return found


def left_over(page: str, data: re.Pattern[str]) -> list[str]:
    """What of a page's words is neither in brackets, nor somebody's data, nor a name, nor a day."""
    reader = Words()
    reader.feed(page)
    reader.close()
    assert reader.depth == 0
    months = "|".join(
        str(translation.gettext(datetime(2026, m, 1, tzinfo=UTC).strftime("%B"))) for m in range(1, 13)
    )
    left = []
    for text in reader.outside:
        plain = GIVEN_OUT.sub(" ", OURS.sub(" ", data.sub(" ", text)))
        plain = re.sub(rf"\b\d{{1,2}} ({months})( \d{{4}})?", " ", plain)
        if LETTERS.search(plain):
            left.append(text)
    return left


def words_of_the_pack() -> set[str]:
    """Every text of the area pack, which is the partnership's."""
    pack = area_pack()
    parts = [pack.area, *pack.sources.values(), *pack.policies.values(), *pack.conversations.values()]
    parts += [pack.marm] if pack.marm else []
    return set(strings_in([each.model_dump(mode="json") for each in parts]))


def of_data(data: set[str]) -> re.Pattern[str]:
    longest_first = sorted((each for each in data if LETTERS.search(each)), key=len, reverse=True)
    return re.compile(r"(?<!\w)(" + "|".join(re.escape(each) for each in longest_first) + r")(?!\w)")
