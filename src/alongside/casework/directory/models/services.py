"""Services: the entries of the directory."""

from collections.abc import Iterable
from datetime import date, datetime
from math import cos, radians
from typing import Any, ClassVar, cast
from uuid import uuid4

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchQuery, SearchRank, SearchVector, SearchVectorField
from django.contrib.postgres.search import TrigramWordSimilarity as Likeness
from django.db import models
from django.db.models import Case, F, Min, Prefetch, Q, Value, When
from django.db.models.expressions import Combinable
from django.db.models.functions import Cast
from django.db.models.lookups import GreaterThan, LessThanOrEqual
from django.utils import timezone

from alongside.casework.access.privacy import Privacy
from alongside.casework.directory.models.feeds import Feed
from alongside.casework.directory.models.organizations import DirectoryOrganization
from alongside.casework.directory.postcodes import ANY, asked_for, in_area, in_district
from alongside.casework.directory.rules import Nearness, Status

LIKE_ENOUGH = 0.5
"""Out of 1: how much of the words' letter triplets an entry must share, to allow for misspelling."""
A_DEGREE = 111_195.0
"""Metres along a meridian."""
LOCATION = "service_at_locations__location"


class ServiceQuerySet(models.QuerySet["Service"]):
    """Queries about services."""

    def own(self) -> "ServiceQuerySet":
        """Those that members of the partnership keep themselves; these are published."""
        return self.filter(feed=None)

    def offered(self) -> "ServiceQuerySet":
        """Those that can be offered, or soon may be again; not closed ones, or ones their feed dropped."""
        return self.filter(gone_since=None, status__in=[Status.ACTIVE, Status.TEMPORARILY_CLOSED])

    def like(self, words: str) -> "ServiceQuerySet":
        """Those that have all the words, in any of their forms or nearly spelt the same; best first."""
        asked = SearchQuery(words, config="english", search_type="websearch")
        return (
            self.annotate(rank=SearchRank(F("search"), asked), likeness=Likeness(words, "search_text"))
            .filter(Q(search=asked) | Q(likeness__gte=LIKE_ENOUGH))
            .order_by("-rank", "-likeness", "name", "id")
        )

    def for_age(self, years: int) -> "ServiceQuerySet":
        """Those that are for somebody of this age, or give no age."""
        return self.filter(
            Q(minimum_age=None) | Q(minimum_age__lte=years), Q(maximum_age=None) | Q(maximum_age__gte=years)
        )

    def at_postcode(self, pattern: str) -> "ServiceQuerySet":
        """Those with a place to go to whose postcode fits a pattern."""
        return self.filter(_goes_to(pattern))

    def near(
        self, postcode: str, where: tuple[float, float] | None, *, metres: float, unmeasured: bool = False
    ) -> "ServiceQuerySet":
        """Those near a postcode or the first half of one, nearest first; addresses count as distances do.

        Few who keep an entry put it on a map. So what is at the postcode asked for is near by its address,
        and so is what is in the same district and not on the map. Each has its ``nearness``, and ``square``:
        the square of the metres to its nearest place. The earth is treated as flat, which over the length of
        a county is wrong by less than a hundredth.

        Args:
            postcode: in capitals, without spaces.
            where: its latitude and longitude, if they are known.
            metres: how far is near.
            unmeasured: also, after them, those at a distance that nobody can tell: not on the map but in the
                same postcode area, or with no place that is known, such as a helpline.
        """
        told = {Nearness.ASKED_FOR, Nearness.MEASURED, Nearness.DISTRICT}
        if unmeasured:
            told |= {Nearness.AREA, Nearness.NOT_KNOWN}
        square = _square(where)
        return (
            self.annotate(square=Min(square), nearness=Min(_nearness(postcode, square, metres)))
            .filter(nearness__in=told)
            .order_by("nearness", F("square").asc(nulls_last=True), "name", "id")
        )

    def listed(self) -> "ServiceQuerySet":
        """With what a line of results shows: who offers it, when, and where the entry comes from."""
        return self.select_related("organization", "feed").prefetch_related(
            Prefetch("schedules", _in_order("schedules"))
        )

    def whole(self) -> "ServiceQuerySet":
        """With everything about them, in a fixed number of statements."""
        return self.select_related("organization__member", "feed").prefetch_related(
            *(Prefetch(name, _in_order(name))
              for name in ("phones", "schedules", "service_areas", "languages", "cost_options")),
            Prefetch("attributes", _details("attributes").select_related("term__taxonomy")),
            Prefetch(
                "service_at_locations",
                _details("service_at_locations").select_related("location")
                .prefetch_related("location__addresses"),
            ),
        )  # fmt: skip


class Service(models.Model):
    """One entry: what is offered, by whom and to whom. Its fields are the standard's, except these.

    ``feed`` is where it comes from (None: it is a member's own entry), ``source_id`` the id it has there;
    ours is made from both, so that no feed can replace another's entry. ``gone_since`` is when its
    feed stopped listing it, ``contact_role`` who to ask for (a role, never a name), ``extra`` local fields.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    organization = models.ForeignKey(DirectoryOrganization, models.PROTECT, related_name="services")
    feed = models.ForeignKey(Feed, models.PROTECT, null=True, blank=True, related_name="services")
    source_id = models.UUIDField(null=True, blank=True)
    name = models.CharField(max_length=250)
    description = models.TextField(blank=True)
    url = models.URLField(max_length=500, blank=True)
    email = models.EmailField(blank=True)
    status = models.CharField(max_length=20, choices=[(each.value, each.value) for each in Status])
    fees = models.TextField(blank=True)
    minimum_age = models.PositiveSmallIntegerField(null=True, blank=True)
    maximum_age = models.PositiveSmallIntegerField(null=True, blank=True)
    assured_date = models.DateField(null=True, blank=True)
    alert = models.TextField(blank=True)
    contact_role = models.CharField(max_length=150, blank=True)
    last_modified = models.DateTimeField()
    gone_since = models.DateTimeField(null=True, blank=True)
    extra = models.JSONField(default=dict, blank=True)
    search_text = models.TextField(blank=True)
    search = models.GeneratedField(
        expression=SearchVector("search_text", config="english"),
        output_field=SearchVectorField(),
        db_persist=True,
    )

    objects = ServiceQuerySet.as_manager()

    privacy: ClassVar[dict[str, Privacy]] = dict.fromkeys(
        [
            "id", "organization", "feed", "source_id", "name", "url", "status", "fees", "minimum_age",
            "maximum_age", "assured_date", "last_modified", "gone_since", "contact_role",
        ],
        Privacy.OPERATIONAL,
    ) | {
        "email": Privacy.STAFF,
        "description": Privacy.FREE_TEXT,
        "alert": Privacy.FREE_TEXT,
        "extra": Privacy.FREE_TEXT,
        "search_text": Privacy.FREE_TEXT,
        "search": Privacy.FREE_TEXT,
    }  # fmt: skip

    class Meta:
        """What must be true, whatever writes to the table."""

        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(status__in=[each.value for each in Status]), name="directory_service_status"
            ),
            models.CheckConstraint(
                condition=Q(minimum_age=None) | Q(maximum_age=None) | Q(minimum_age__lte=F("maximum_age")),
                name="directory_service_ages",
            ),
            models.CheckConstraint(
                condition=Q(feed=None, source_id=None, gone_since=None)
                | Q(feed__isnull=False, source_id__isnull=False),
                name="directory_service_one_origin",
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            GinIndex(fields=["search"], name="directory_service_words"),
            models.Index(fields=["last_modified"], name="directory_service_modified"),
        ]

    def __str__(self) -> str:
        return self.name

    # Factories

    @classmethod
    def publish(cls, *, organization: DirectoryOrganization, at: datetime, **told: Any) -> "Service":
        """Make an own entry; publishing it confirms that it is right today."""
        return cls.objects.create(
            organization=organization, last_modified=at, assured_date=local_day(at), **told
        )

    # Mutators

    def change(self, *, at: datetime, **told: Any) -> None:
        """Change what it says; doing so confirms that it is right today."""
        for name, value in told.items():
            setattr(self, name, value)
        self.last_modified, self.assured_date = at, local_day(at)
        self.save(update_fields=[*told, "last_modified", "assured_date"])

    def close(self, *, at: datetime) -> None:
        """Close it: it is no longer offered, but stays for those who were once referred to it."""
        self.status, self.last_modified = Status.DEFUNCT, at
        self.save(update_fields=["status", "last_modified"])

    def confirm(self, *, at: datetime) -> None:
        """Confirm, as the service itself, that it is all still right."""
        self.assured_date, self.last_modified = local_day(at), at
        self.save(update_fields=["assured_date", "last_modified"])


def _goes_to(pattern: str) -> Q:
    """Whether a place is one to go to, not one for letters, with a postcode that fits a pattern."""
    return Q(**{f"{LOCATION}__kind": "physical", f"{LOCATION}__addresses__postal_code__iregex": pattern})


def _square(where: tuple[float, float] | None) -> Combinable:
    """The square of the metres from there to a place."""
    if where is None:
        return Cast(Value(None), models.FloatField())
    latitude, longitude = where
    north = (F(f"{LOCATION}__latitude") - latitude) * A_DEGREE
    east = (F(f"{LOCATION}__longitude") - longitude) * (A_DEGREE * cos(radians(latitude)))
    return north * north + east * east


def _nearness(postcode: str, square: Combinable, metres: float) -> Case:
    """How it is known where a place is; the first that is true."""
    on_a_map = Q(**{f"{LOCATION}__kind": "physical", f"{LOCATION}__latitude__isnull": False})
    return Case(
        When(_goes_to(asked_for(postcode)), then=Nearness.ASKED_FOR),
        When(LessThanOrEqual(square, metres**2), then=Nearness.MEASURED),
        When(GreaterThan(square, metres**2), then=Nearness.ELSEWHERE),
        When(_goes_to(in_district(postcode)), then=Nearness.DISTRICT),
        When(_goes_to(in_area(postcode)), then=Nearness.AREA),
        When(on_a_map | _goes_to(ANY), then=Nearness.ELSEWHERE),
        default=Nearness.NOT_KNOWN,
    )


def _details(name: str) -> models.QuerySet[models.Model]:
    return cast("type[models.Model]", Service._meta.get_field(name).related_model)._default_manager.all()


def _in_order(name: str) -> models.QuerySet[models.Model]:
    """Return details of services in the order in which they are shown."""
    return _details(name).order_by("place")


def searchable(*parts: str, terms: Iterable[str] = ()) -> str:
    """Return what an entry is found by."""
    return "\n".join(part for part in (*parts, *terms) if part)


def local_day(at: datetime) -> date:
    """Return the day that a moment is on, here."""
    return timezone.localtime(at).date()
