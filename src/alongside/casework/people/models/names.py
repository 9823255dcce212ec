"""The words of people's names, kept apart so that a search that tolerates misspelling can use an index.

No role that serves pages may read these tables: the database fills and searches them itself (migration 0004),
and its answers have been through row-level security.
"""

from typing import ClassVar

from django.contrib.postgres.indexes import GinIndex
from django.db import connection, models

from alongside.casework.access.privacy import Privacy
from alongside.casework.people.models.person import Person


class NameWord(models.Model):
    """A word that occurs in somebody's name."""

    word = models.CharField(max_length=800, primary_key=True)

    privacy: ClassVar[dict[str, Privacy]] = {"word": Privacy.IDENTIFYING}

    class Meta:
        """Looked up by its trigrams."""

        indexes: ClassVar[list[models.Index]] = [
            GinIndex(name="name_word_like", fields=["word"], opclasses=["gin_trgm_ops"]),
        ]

    def __str__(self) -> str:
        return "a word of a name"

    @staticmethod
    def forget_unused() -> int:
        """Forget the words that are no longer in anybody's name, and return how many."""
        with connection.cursor() as cursor:
            cursor.execute("select people_forget_unused_names()")
            return int(cursor.fetchone()[0])


class PersonName(models.Model):
    """A word that is one of a person's names."""

    pk = models.CompositePrimaryKey("person_id", "word")
    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    word = models.CharField(max_length=800)

    privacy: ClassVar[dict[str, Privacy]] = {
        "person": Privacy.IDENTIFYING,
        "word": Privacy.IDENTIFYING,
    }

    class Meta:
        """Looked up by the word."""

        indexes: ClassVar[list[models.Index]] = [
            models.Index(name="person_by_name", fields=["word"], include=["person"]),
        ]

    def __str__(self) -> str:
        return "a name of a person"
