"""``python -m benchmarks.release_once PEOPLE``: make up a run, open and release it, print seconds as JSON."""

import json
import sys
import time
from datetime import UTC, date, datetime
from pathlib import Path
from uuid import uuid4

import django
import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

django.setup()

from django.conf import settings  # noqa: E402 - Django wants to be set up before its models are imported

from alongside.area import AreaPack, load_area  # noqa: E402
from alongside.casework.access.actors import Actor  # noqa: E402
from alongside.casework.access.permissions import Permission  # noqa: E402
from alongside.casework.accounts.models import Membership, Organisation, Team, User  # noqa: E402
from alongside.casework.sources import jobs  # noqa: E402
from alongside.insight.pack_copy import POLICIES  # noqa: E402
from alongside.insight.run_folder import Manifest, marks, versions, write_json  # noqa: E402
from alongside.insight.synthetic.chance import stream  # noqa: E402
from alongside.insight.synthetic.numbers import nhs_numbers, telephones  # noqa: E402

AS_AT, AT = date(2026, 11, 1), datetime(2026, 11, 2, 9, 30, tzinfo=UTC)
POLICY, TIER = "early_help/4", "soon"
SERVICE = "adult_social_care"
RECORDS_EACH = 4


def main() -> None:
    """See the module."""
    people = int(sys.argv[1])
    pack = load_area(settings.AREA_FOLDER)
    write_run(Path(settings.RUNS_FOLDER) / "made-up", pack, people)
    council, charity = joined("council", SERVICE), joined("charity", "contact_team")
    actor = Actor(
        name="Olu Adeyemi",
        user_id=uuid4(),
        organisation_id=council.id,
        organisation_name=council.name,
        permissions=frozenset(Permission),
        purpose="early_help",
    )
    begun = time.perf_counter()
    opened = jobs.open_run(actor=actor, at=AT, folder="made-up")
    read = time.perf_counter()
    made = jobs.release_cohort(
        actor=actor,
        at=AT,
        run_id=opened.id,
        policy=POLICY,
        tiers=[TIER],
        organisation_ids=[council.id, charity.id],
        reason="To see how long it takes.",
    )
    done = time.perf_counter()
    print(
        json.dumps({"people": made.people, "open": round(read - begun, 2), "release": round(done - read, 2)})
    )


def joined(code: str, service: str) -> Organisation:
    """An organisation with a member, and a team that runs this service."""
    organisation = Organisation.join(code=code, name=code.title(), kind=code)
    team = Team.form(organisation=organisation, name="Team", services=[service])
    user = User.enrol(email=f"{code}@example.org", name="Gwen Hughes")
    Membership.begin(user=user, organisation=organisation, team=team, roles=["practitioner"], on=AS_AT)
    return organisation


def write_run(folder: Path, pack: AreaPack, people: int) -> None:
    """Write a run folder of this many people on one tier, a quarter of them open to a service."""
    rng = stream(1, "release")
    ids = np.array([f"P{number:013d}" for number in range(people)], dtype=object)
    held = np.arange(people) % 4 == 0
    reason = {
        "factor": "rent_arrears",
        "words": "Behind with rent (Rent accounts, 20 October 2026)",
        "value": "yes",
        "source": "housing_rent",
        "source_title": "Rent accounts",
        "organisation": "Riverside Homes",
        "fact_date": AS_AT,
    }
    response = {"response": "money_advice", "title": "Advice on money, debt and benefits"}
    of_record = np.repeat(np.arange(people), RECORDS_EACH)
    tables = {
        "cohort.parquet": {
            "person_id": ids,
            "policy": [POLICY] * people,
            "tier": [TIER] * people,
            "rank": np.arange(1, people + 1, dtype=np.int32),
            "within_capacity": [True] * people,
            "reasons": [[reason] * 3] * people,
            "unknowns": [[{"factor": "overcrowded", "title": "Overcrowded"}]] * people,
            "route": np.where(held, "share_with_case_holder", "contact_team"),
            "route_words": ["Open to Adult social care."] * people,
            "responses": [[response] * 2] * people,
        },
        "identity/people.parquet": {
            "person_id": ids,
            "forename": ["bee"] * people,
            "surname": [f"quill {number}" for number in range(people)],
            "date_of_birth": [date(1980, 1, 1 + number % 28) for number in range(people)],
            "address": [f"{number} limegate street" for number in range(people)],
            "postcode": ["zx10ab"] * people,
            "uprn": ["999000005879"] * people,
        },
        "identity/records.parquet": {
            "person_id": ids[of_record],
            "source": ["housing_rent"] * len(of_record),
            "record_id": [f"R{number}" for number in range(len(of_record))],
            "row_as_at": [AS_AT] * len(of_record),
            "phone": telephones(rng, len(of_record)),
            "email": [f"bee.{number}@example.org" for number in of_record],
            "id_nhs_number": nhs_numbers(rng, people)[of_record],
        },
        "case_index.parquet": {
            "person_id": ids[held],
            "service": [SERVICE] * held.sum(),
            "worker": ["Team 2"] * held.sum(),
        },
        "factors.parquet": {"person_id": ids, "protected_address": [False] * people},
    }
    empty = pa.table(
        {name: pa.array([], pa.string()) for name in ("source_l", "record_l", "source_r", "record_r")}
    )
    (folder / "identity").mkdir(parents=True)
    for name, columns in tables.items():
        pq.write_table(pa.table(columns), folder / name)
    pq.write_table(empty, folder / "review.parquet")
    write_json(folder / "quality.json", {"sources": {}})
    write_json(
        folder / POLICIES,
        {name: policy.model_dump(mode="json", by_alias=True) for name, policy in pack.policies.items()},
    )
    Manifest(
        area=pack.area.area,
        as_at=AS_AT,
        seed=1,
        backend="duckdb",
        key_fingerprint="made up",
        kept_identity=False,
        pack=pack.hash,
        inputs={},
        counts={"records": len(of_record), "people": people, "doubtful_pairs": 0, "people_on_a_list": people},
        versions=versions(),
        outputs=marks(folder),
    ).write(folder)


if __name__ == "__main__":
    main()
