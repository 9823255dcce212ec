"""A person, and the merging of two records of one person."""

from collections.abc import Callable, Iterable
from datetime import date, datetime
from typing import Any, ClassVar
from uuid import UUID, uuid4

from django.db import connection, models
from django.db.models import Case, F, Func, OuterRef, Q, Value, When
from django.db.models.expressions import Combinable, RawSQL
from django.db.models.functions import Coalesce, Replace

from alongside.casework.access.privacy import Privacy
from alongside.casework.accounts.models import Organisation
from alongside.casework.people.rules import search_words


class _RecordsOf(Func):
    """The ids of all records of the person this record belongs to."""

    function = "people_records_of"
    set_returning = True


class PersonQuerySet(models.QuerySet["Person"]):
    """People, with the filters that are used often."""

    def current(self) -> "PersonQuerySet":
        """Those that have not been merged into another record."""
        return self.filter(merged_into=None)

    def at_postcode(self, postcode: str) -> "PersonQuerySet":
        """Those at a postcode, however it is spaced; not those whose address is protected.

        Guessing a postcode must not reveal where somebody in hiding lives.
        """
        plain = Replace("postcode", Value(" "), Value(""))
        return (
            self.filter(address_protected=False)
            .alias(plain=plain)
            .filter(plain__iexact="".join(postcode.split()))
        )

    def named_like(self, names: str, *, least: float, most: int) -> dict[UUID, float]:
        """Return the people within reach whose names best match these words, and how well, best first.

        Args:
            names: words as ``search_words`` makes them.
            least: the lowest likeness, over all words, from 0 to 1.
            most: how many people at most.
        """
        with connection.cursor() as cursor:
            cursor.execute(
                "select named, likeness from people_named_like(%s::text[], %s::real, %s)",
                [names.split(), least, most],
            )
            return dict(cursor.fetchall())

    def records_of(self, person_id: UUID) -> frozenset[UUID]:
        """Return the ids of all records within reach of the person this one belongs to (migration 0003)."""
        with connection.cursor() as cursor:
            cursor.execute("select people_records_of(%s)", [person_id])
            return frozenset(record for (record,) in cursor.fetchall())

    def records_of_each(self, person_ids: Iterable[UUID]) -> dict[UUID, frozenset[UUID]]:
        """Return the same for each of several people, in one query; of those not within reach, no ids."""
        found: dict[UUID, set[UUID]] = {each: set() for each in person_ids}
        with connection.cursor() as cursor:
            cursor.execute("select one, people_records_of(one) from unnest(%s::uuid[]) one", [[*found]])
            for one, record in cursor.fetchall():
                found[one].add(record)
        return {one: frozenset(records) for one, records in found.items()}

    def all_of(self, person_id: UUID) -> RawSQL:
        """Return the same as part of another query, so that the database is asked once and not twice."""
        return RawSQL("select people_records_of(%s)", [person_id])

    def all_of_whom(self, whom: Any) -> Func:
        """Return the same as an array, for a value of the query, or the person its outer query's rows name.

        Args:
            whom: a value as ``composed_once`` hands it over, or the path from the outer query's rows.
        """
        of = OuterRef(whom) if isinstance(whom, str) else whom
        return Func(of, template="array(select people_records_of(%(expressions)s))")

    def has_died(self, path: str) -> Func:
        """Return, as part of a query, whether any record says that whoever a row is about died."""
        return Func(F(path), function="people_has_died", output_field=models.BooleanField())

    def day_died(self, path: str) -> Func:
        """Return, as part of a query, the earliest day any record says that whoever a row is about died."""
        return Func(
            F(path),
            template="(select min(p.died_on) from people_person p"
            " where p.id = any (array(select people_records_of(%(expressions)s))))",
            output_field=models.DateField(null=True),
        )

    def goes_by(self, path: str) -> Combinable:
        """Return, as part of a query, what the main record of whoever a row is about calls them.

        Where that record is not within reach, it is what the record that the row names calls them.
        """
        own = F(f"{path}__known_as")
        main = Func(F(path), function="people_goes_by", output_field=models.CharField())
        return Case(When(**{f"{path}__merged_into": None}, then=own), default=Coalesce(main, own))

    def whole(self) -> "PersonQuerySet":
        """Return every record of each person who has one among these, ready for ``together``."""
        theirs = self.annotate(theirs=_RecordsOf(F("id"))).order_by().values("theirs")
        return self.model.objects.filter(id__in=theirs)

    def who_is_read(self) -> Callable[[UUID], UUID]:
        """Return a function that maps a record within reach to its person's main record, for many lookups."""
        joined = dict(self.exclude(merged_into=None).values_list("id", "merged_into"))

        def root(record_id: UUID) -> UUID:
            while into := joined.get(record_id):
                record_id = into
            return record_id

        return root

    def locked(self, *ids: UUID) -> dict[UUID, "Person"]:
        """Return records by id, locked in a fixed order so that two transactions never deadlock over them."""
        return {
            each.id: each
            for each in self.filter(id__in=ids).order_by("id").select_for_update(of=("self",), no_key=True)
        }


class Person(models.Model):
    """A person, as they wish to be known. Rows are hidden from organisations without reach to them."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    known_as = models.CharField(max_length=200)
    forename = models.CharField(max_length=100, blank=True)
    surname = models.CharField(max_length=100, blank=True)
    other_names = models.CharField(max_length=300, blank=True)
    pronouns = models.CharField(max_length=60, blank=True)
    self_description = models.TextField(blank=True)
    date_of_birth = models.DateField(null=True, blank=True)
    nhs_number = models.CharField(max_length=10, blank=True)
    language = models.CharField(max_length=60, blank=True)
    interpreter = models.CharField(max_length=200, blank=True)
    how_to_communicate = models.TextField(blank=True)
    adjustments = models.TextField(blank=True)
    safe_contact = models.TextField(blank=True)
    telephone = models.CharField(max_length=40, blank=True)
    email = models.EmailField(blank=True)
    address = models.CharField(max_length=300, blank=True)
    postcode = models.CharField(max_length=10, blank=True)
    uprn = models.CharField(max_length=12, blank=True)
    address_protected = models.BooleanField(default=False)
    died_on = models.DateField(null=True, blank=True)
    search_text = models.CharField(max_length=800, editable=False)
    merged_into = models.ForeignKey("self", models.PROTECT, related_name="absorbed", null=True, blank=True)
    admitted_at = models.DateTimeField()
    admitted_why = models.CharField(max_length=80)
    insight_id = models.CharField(max_length=20, blank=True)
    """The pseudonym of the runs that released them; empty if somebody raised a concern."""
    version = models.PositiveIntegerField(default=1)

    objects = PersonQuerySet.as_manager()

    privacy: ClassVar[dict[str, Privacy]] = {
        **dict.fromkeys(
            [
                "known_as", "forename", "surname", "other_names", "date_of_birth", "nhs_number", "telephone",
                "email", "address", "postcode", "uprn", "search_text", "insight_id",
            ],
            Privacy.IDENTIFYING,
        ),
        **dict.fromkeys(
            ["pronouns", "language", "interpreter", "address_protected", "died_on"], Privacy.SENSITIVE
        ),
        **dict.fromkeys(
            ["self_description", "how_to_communicate", "adjustments", "safe_contact"], Privacy.FREE_TEXT
        ),
        **dict.fromkeys(
            ["id", "merged_into", "admitted_at", "admitted_why", "version"], Privacy.OPERATIONAL
        ),
    }  # fmt: skip

    class Meta:
        """A record is never merged into itself."""

        indexes: ClassVar[list[models.Index]] = [
            models.Index(name="person_by_birth", fields=["date_of_birth"]),
            models.Index(name="person_by_search_text", fields=["search_text"]),
            models.Index(name="person_by_surname", fields=["surname"]),
            models.Index(name="person_by_nhs_number", fields=["nhs_number"], condition=~Q(nhs_number="")),
        ]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=~Q(merged_into=F("id")), name="not_merged_into_itself"),
            models.UniqueConstraint(fields=["insight_id"], condition=~Q(insight_id=""), name="released_once"),
        ]

    def __str__(self) -> str:
        return f"person {self.id}"

    @property
    def goes_by(self) -> str:
        """What to call them: as their main record has it, as far as it is within reach.

        Somebody who changed their name must not be handed the former one because a case is about another
        record. A query loads the main record with this one.
        """
        head: Person = self
        try:
            while head.merged_into_id and (into := head.merged_into):
                head = into
        except Person.DoesNotExist:
            pass  # it is not within reach
        return head.known_as

    @property
    def full_name(self) -> str:
        """Forename and surname, as far as they are known."""
        return " ".join(filter(None, [self.forename, self.surname]))

    @property
    def whole_address(self) -> str:
        """Address and postcode in one line; ask ``Whole.protected`` first."""
        return ", ".join(filter(None, [self.address, self.postcode]))

    @property
    def told_to_others(self) -> str:
        """Name and date of birth on this record; to tell another agency, use ``Whole.told_to_others``."""
        return told_to_others([self.full_name], [self.known_as], self.date_of_birth)

    # Factories

    @classmethod
    def admit(cls, *, at: datetime, why: str, **known: Any) -> "Person":
        """Create a record. ``known`` is what is known about the person, by column name."""
        person = cls(admitted_at=at, admitted_why=why, **known)
        person.search_text = search_words(
            person.known_as, person.forename, person.surname, person.other_names
        )
        person.full_clean(exclude=["search_text"])
        person.save(force_insert=True)
        return person

    @classmethod
    def admit_many(cls, known: list[dict[str, Any]], *, at: datetime, why: str) -> list["Person"]:
        """Create records of many people at once, as ``admit`` does for one."""
        people = [cls(admitted_at=at, admitted_why=why, **each) for each in known]
        for person in people:
            person.search_text = search_words(
                person.known_as, person.forename, person.surname, person.other_names
            )
            person.clean_fields(exclude=["search_text"])
        return cls.objects.bulk_create(people, batch_size=2_000)

    # Mutators

    @classmethod
    def protect_addresses(cls, insight_ids: Iterable[str]) -> list[UUID]:
        """Protect the addresses of people whom runs released; return the ids of the records that changed."""
        records = cls.objects.filter(insight_id__in=list(insight_ids), address_protected=False)
        found = [each.id for each in records.order_by("id").select_for_update(of=("self",), no_key=True)]
        cls.objects.filter(id__in=found).update(address_protected=True, version=F("version") + 1)
        return found

    def tell(self, **changed: Any) -> None:
        """Change what is known about the person, by column name."""
        for name, value in changed.items():
            setattr(self, name, value)
        self.search_text = search_words(self.known_as, self.forename, self.surname, self.other_names)
        self.version += 1
        self.full_clean(exclude=["search_text", "merged_into"])
        self.save(update_fields=[*changed, "search_text", "version"])

    def point_to(self, other: "Person | None") -> None:
        """Set which record this one is now part of, or None if it stands alone again."""
        self.merged_into = other
        self.save(update_fields=["merged_into"])


def told_to_others(names: Iterable[str], called: Iterable[str], born: date | None) -> str:
    """Return names and date of birth, as an agency that does not see the record would look for them."""
    known_as = ", ".join(called)
    name = ", ".join(filter(None, names)) or known_as
    told = f", born {born:%-d %B %Y}" if born else ", date of birth not known"
    also = "" if known_as == name else f" (known as {known_as})"
    return f"{name}{also}{told}"[:400]


class PersonMerge(models.Model):
    """Somebody's decision that two records are one person, perhaps undone later. Never deleted."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    kept = models.ForeignKey(Person, models.PROTECT, related_name="+")
    absorbed = models.ForeignKey(Person, models.PROTECT, related_name="+")
    reason = models.TextField()
    by = models.UUIDField()
    by_organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    undone_at = models.DateTimeField(null=True)
    undone_by = models.UUIDField(null=True)
    undone_why = models.TextField(blank=True)
    changed = models.JSONField(default=dict, db_default={})
    """What undoing it changed, by the id of each organisation for which it did: whether it ``lost`` sight of
    one of the records, and how many of its rows ``moved`` to the other, by the label of their table."""

    privacy: ClassVar[dict[str, Privacy]] = {
        **dict.fromkeys(["by", "undone_by"], Privacy.STAFF),
        **dict.fromkeys(["reason", "undone_why"], Privacy.FREE_TEXT),
        **dict.fromkeys(
            ["id", "kept", "absorbed", "by_organisation", "at", "undone_at", "changed"], Privacy.OPERATIONAL
        ),
    }

    class Meta:
        """Undoing has a time and an author."""

        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(undone_at=None, undone_by=None)
                | Q(undone_at__gt=F("at"), undone_by__isnull=False),
                name="undone_when_and_by_whom",
            ),
            models.UniqueConstraint(
                fields=["absorbed"], condition=Q(undone_at=None), name="absorbed_once_at_a_time"
            ),
        ]

    # Factories

    @classmethod
    def join(
        cls,
        *,
        kept: Person,
        absorbed: Person,
        reason: str,
        by: UUID,
        by_organisation_id: UUID,
        at: datetime,
    ) -> "PersonMerge":
        """Say that two records are one person."""
        return cls.objects.create(
            kept=kept, absorbed=absorbed, reason=reason, by=by, by_organisation_id=by_organisation_id, at=at
        )

    # Mutators

    def undo(self, *, by: UUID, at: datetime, why: str) -> None:
        """Say that they are two people after all."""
        self.undone_by, self.undone_at, self.undone_why = by, at, why
        self.save(update_fields=["undone_by", "undone_at", "undone_why"])

    def note_changes(self, changed: dict[str, dict[str, Any]]) -> None:
        """Keep what undoing it changed, and for whom: they are told, and may read that it was undone."""
        self.changed = changed
        self.save(update_fields=["changed"])
