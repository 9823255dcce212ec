"""Who is on which list, where that comes from, and where it stands."""

from datetime import date, datetime
from typing import ClassVar
from uuid import UUID, uuid4

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Case, F, Q, When
from django.db.models.functions import Coalesce

from alongside.casework.access.privacy import Privacy
from alongside.casework.accounts.models import Membership, Organisation, Team
from alongside.casework.outreach.rules import (
    OPEN,
    UNASSIGNED,
    Priority,
    State,
    is_brought_forward,
)
from alongside.casework.people.models import Person
from alongside.casework.sources.models import Flag


class WorkItemQuerySet(models.QuerySet["WorkItem"]):
    """Items, by what they are asked for."""

    def open(self) -> "WorkItemQuerySet":
        """Those on which something can still be done."""
        return self.filter(state__in=OPEN)

    def unassigned(self) -> "WorkItemQuerySet":
        """Those that nobody has."""
        return self.filter(state__in=UNASSIGNED)

    def in_order(self, *, today: date | None = None) -> "WorkItemQuerySet":
        """In the order of the list, as ``rules.week.place`` says; those to be tried after ``today`` last."""
        later = Case(When(try_next_on__gt=today, then=1), default=0) if today else None
        return self.order_by(
            *([later] if later else []),
            Coalesce("priority", Priority.ROUTINE.value),
            F("tier_place").asc(nulls_last=True),
            F("rank").asc(nulls_last=True),
            "made_at",
            "id",
        )

    def for_cards(self) -> "WorkItemQuerySet":
        """With what a card shows of each, and without the rest of its flag, which is long.

        Among it the day the person died, as any of their records says: ``day_died``.
        """
        dated = self.annotate(day_died=Person.objects.day_died("person_id"))
        joined = ["person", "flag__release", "later_flag__release", "assigned_to__user"]
        return dated.select_related(*joined).only(
            "state", "priority", "skills", "refusals", "try_next_on",
            "person__known_as", "person__forename", "person__surname", "person__date_of_birth",
            "person__self_description", "person__merged_into",
            "rank", "flag__policy", "flag__tier", "flag__expires_at", "flag__withdrawn_at",
            "flag__release__purpose", "assigned_to__user__name",
            "later_flag__expires_at", "later_flag__withdrawn_at", "later_flag__release__purpose",
        )  # fmt: skip


class WorkItem(models.Model):
    """One person on one organisation's list."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    person = models.ForeignKey(Person, models.CASCADE, related_name="work_items")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    team = models.ForeignKey(Team, models.PROTECT, related_name="+", null=True, blank=True)
    """None where no team runs the service: the manager gives it to one."""
    flag = models.OneToOneField(Flag, models.PROTECT, related_name="work_item", null=True, blank=True)
    later_flag = models.ForeignKey(Flag, models.SET_NULL, related_name="+", null=True, blank=True)
    """Of a later release, which came once somebody had it: shown beside theirs. Of one for another purpose,
    only that there is one is shown; it is put on the list once the item has ended."""
    tier_place = models.PositiveSmallIntegerField(null=True, blank=True)
    rank = models.PositiveIntegerField(null=True, blank=True)
    """As the flag has it, which does not change: a long list is put in order without reading every flag."""
    priority = models.PositiveSmallIntegerField(
        choices=[(each, each.name) for each in Priority], null=True, blank=True
    )
    raised_by = models.CharField(max_length=200, blank=True)
    raised_why = models.TextField(blank=True, max_length=5_000)
    skills = ArrayField(models.CharField(max_length=40), default=list, blank=True)
    assigned_to = models.ForeignKey(Membership, models.PROTECT, related_name="+", null=True, blank=True)
    assigned_at = models.DateTimeField(null=True, blank=True)
    """When it was last taken up from where nobody had it: changing hands does not begin it again."""
    state = models.CharField(max_length=20, choices=[(each, each) for each in State])
    state_at = models.DateTimeField()
    state_by = models.CharField(max_length=200)
    state_why = models.TextField(blank=True)
    refusals = models.PositiveSmallIntegerField(default=0)
    try_next_on = models.DateField(null=True, blank=True)
    made_at = models.DateTimeField()

    objects = WorkItemQuerySet.as_manager()

    privacy: ClassVar[dict[str, Privacy]] = {
        "person": Privacy.IDENTIFYING,
        **dict.fromkeys(
            ["flag", "later_flag", "tier_place", "rank", "priority", "skills", "refusals"], Privacy.SENSITIVE
        ),
        **dict.fromkeys(["raised_why", "state_why"], Privacy.FREE_TEXT),
        **dict.fromkeys(["raised_by", "assigned_to", "state_by"], Privacy.STAFF),
        **dict.fromkeys(
            ["id", "organisation", "team", "assigned_at", "state", "state_at", "try_next_on", "made_at"],
            Privacy.OPERATIONAL,
        ),
    }

    class Meta:
        """It comes from somewhere, and nobody has it while it waits."""

        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(flag__isnull=False) | (~Q(raised_by="") & ~Q(raised_why="")),
                name="item_has_origin",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=[State.WAITING, State.PUT_BACK]) | Q(assigned_to=None),
                name="waiting_is_nobodys",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=[State.ASSIGNED, State.JUDGED, State.IN_HAND])
                | Q(assigned_to__isnull=False, assigned_at__isnull=False),
                name="worked_on_is_somebodys",
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["organisation", "state"], name="items_of_organisation"),
            models.Index(fields=["assigned_to", "state"], name="items_of_member"),
        ]

    # Factories

    @classmethod
    def from_flag(
        cls, *, flag: Flag, team: Team | None, tier_place: int, by: str, at: datetime
    ) -> "WorkItem":
        """Put a flag on the list of the agency it was given to."""
        return cls.objects.create(
            person_id=flag.person_id,
            organisation_id=flag.organisation_id,
            team=team,
            flag=flag,
            tier_place=tier_place,
            rank=flag.rank,
            state=State.WAITING,
            state_at=at,
            state_by=by,
            made_at=at,
        )

    @classmethod
    def raise_for(
        cls,
        *,
        person: Person,
        organisation_id: UUID,
        team: Team | None,
        priority: Priority,
        why: str,
        skills: list[str],
        by: str,
        at: datetime,
    ) -> "WorkItem":
        """Put somebody on the list because a professional says so."""
        item = cls(
            person=person,
            organisation_id=organisation_id,
            team=team,
            priority=priority,
            raised_by=by,
            raised_why=why,
            skills=skills,
            state=State.WAITING,
            state_at=at,
            state_by=by,
            made_at=at,
        )
        item.full_clean(exclude=["person", "organisation"])
        item.save(force_insert=True)
        return item

    # Mutators

    def join_flag(self, flag: Flag, *, tier_place: int) -> None:
        """Let a flag stand behind the item and give it its place on the list: one person, one item."""
        self.flag, self.tier_place, self.rank, self.later_flag = flag, tier_place, flag.rank, None
        self.save(update_fields=["flag", "tier_place", "rank", "later_flag"])

    def go_to_team(self, team: Team) -> None:
        """Put it on another team's list: the flag that took the place names that one's service."""
        self.team = team
        self.save(update_fields=["team"])

    def note_later(self, flag: Flag) -> None:
        """Note a flag of a later release: what they judged, or are about to, stays what they read."""
        self.later_flag = flag
        self.save(update_fields=["later_flag"])

    def forget_later(self) -> None:
        """Take off what a later release noted: it is about somebody else."""
        self.later_flag = None
        self.save(update_fields=["later_flag"])

    def prioritise(self, priority: Priority, *, by: str, why: str, today: date) -> None:
        """Say how soon, as a professional; who raised it first, and why, stays."""
        self.set_priority(priority, today=today)
        if not self.raised_by:
            self.raised_by, self.raised_why = by, why
            self.save(update_fields=["raised_by", "raised_why"])

    def set_priority(self, priority: Priority, *, today: date) -> None:
        """Say how soon; brought forward, it does not wait for a later day on which to try again."""
        if self.try_next_on and self.try_next_on > today and is_brought_forward(self.priority, priority):
            self.try_next_on = None
        self.priority = priority
        self.save(update_fields=["priority", "try_next_on"])

    def need(self, skills: list[str]) -> None:
        """Say what whoever contacts the person must be able to do."""
        self.skills = skills
        self.save(update_fields=["skills"])

    def give(self, member: Membership, *, state: State, by: str, at: datetime) -> None:
        """Give it to a member; why it was put back before is kept until it moves on."""
        if self.assigned_to_id is None:
            self.assigned_at = at
        self.assigned_to = member
        self.team_id = self.team_id or member.team_id
        self.state, self.state_by, self.state_at = state, by, at
        self.save(update_fields=["assigned_to", "assigned_at", "team", "state", "state_by", "state_at"])

    def move(self, to: State, *, by: str, at: datetime, why: str = "") -> None:
        """Note where it stands now, who said so, when and why."""
        self.state, self.state_by, self.state_at, self.state_why = to, by, at, why
        if to in UNASSIGNED:
            self.assigned_to = None
        self.save(update_fields=["state", "state_by", "state_at", "state_why", "assigned_to"])

    @property
    def person_now(self) -> Person:
        """The person by the record they have now: the one theirs was joined into, if any."""
        return self.person.merged_into or self.person

    def go_to(self, person: Person) -> None:
        """Say whom it is about, after two records were parted."""
        self.person = person
        self.save(update_fields=["person"])

    def leave_flag(self) -> None:
        """Take the flag off an item that a professional raised: it is about another person."""
        self.flag, self.tier_place, self.rank = None, None, None
        self.save(update_fields=["flag", "tier_place", "rank"])

    def try_again(self, on: date | None, *, refused: bool) -> None:
        """Note when to try next, and a refusal if it was one."""
        self.try_next_on = on
        self.refusals += refused
        self.save(update_fields=["try_next_on", "refusals"])
