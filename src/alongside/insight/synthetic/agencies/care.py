"""Adult and children's social care.

Events, as the Client Level Data return and the children's system have them.
"""

import numpy as np

from alongside.insight.synthetic.agencies.extract import (
    Extract,
    Form,
    World,
    chosen,
    local_number,
    serials,
    spoilt,
)
from alongside.insight.synthetic.calendar import AS_AT, NEVER, written
from alongside.insight.synthetic.chance import happenings, happens, weighted
from alongside.insight.synthetic.mistakes import Habits
from alongside.insight.synthetic.sight import see, upper, without


def adult_social_care(world: World) -> Extract:
    """Requests, assessments, services, reviews and safeguarding concerns about adults."""
    rng, people, lives = world.stream("adult_social_care"), world.population, world.lives
    since, until = world.span(from_age=18)
    rate = 0.008 * lives.contact * np.exp(0.55 * lives.turmoil) + 0.022 * (lives.frailty > 0) * np.exp(
        0.7 * lives.frailty
    )
    who, day = happenings(
        rng, rate, since, until, hard_since=lives.hard_since, hard_until=lives.hard_until, boost=2.2
    )
    worry = 0.0022 * np.exp(0.75 * lives.turmoil + 0.35 * lives.frailty)
    concerned, concern_day = happenings(
        rng, worry, since, until, hard_since=lives.hard_since, hard_until=lives.hard_until, boost=2.0
    )
    refusing = 0.10 + 0.22 * (lives.turmoil[who] > 1.2)
    outcome = np.where(
        happens(rng, refusing, len(who)), 1, np.array([0, 2, 3])[weighted(rng, [0.36, 0.24, 0.40], len(who))]
    )
    onward = np.flatnonzero(outcome == 3)
    assessed = day[onward] + rng.integers(5, 60, len(onward))
    supported = np.flatnonzero(happens(rng, 0.6, len(onward)))
    begun = assessed[supported] + rng.integers(3, 40, len(supported))
    ended = np.where(happens(rng, 0.5, len(supported)), begun + rng.integers(30, 500, len(supported)), NEVER)
    ended = np.minimum(ended, people.died[who[onward][supported]])
    all_who = np.concatenate([who, who[onward], who[onward][supported], concerned])
    starts = np.concatenate([day, assessed, begun, concern_day])
    ends = np.concatenate([day + 1, assessed + 20, ended, concern_day + 5])
    kind = np.repeat([0, 1, 2, 3], [len(who), len(onward), len(supported), len(concerned)])
    result = np.concatenate(
        [
            outcome,
            np.full(len(onward), 4),
            np.full(len(supported), 5),
            6 + weighted(rng, [0.62, 0.38], len(concerned)),
        ]
    )
    kept = np.flatnonzero((starts < AS_AT) & (starts < people.died[all_who]))
    order = kept[np.lexsort((all_who[kept], starts[kept]))]
    all_who, starts, ends, kind, result = (
        all_who[order],
        starts[order],
        ends[order],
        kind[order],
        result[order],
    )
    seen = see(
        rng,
        people,
        Habits(nhs_number=0.86, middle=0.1, phone=0.6, uprn=0.85, typo=0.010, stale_address=0.1),
        all_who,
        starts.astype(np.int32),
    )
    count = len(all_who)
    columns = {
        "event_ref": serials("ASC-", count),
        "client_id": local_number(rng, people, all_who, "4"),
        "nhs_no": seen.nhs_number,
        "first_name": seen.forename,
        "last_name": seen.surname,
        "date_of_birth": spoilt(rng, written(seen.born, "%Y-%m-%d"), 0.0008, "1900-00-00", "unknown"),
        "gender": chosen(["Female", "Male"], seen.sex),
        "address_line_1": seen.line_1,
        "address_line_2": seen.line_2,
        "postcode": seen.postcode,
        "uprn": seen.uprn,
        "telephone": seen.phone,
        "event": chosen(["request", "assessment", "service", "safeguarding concern"], kind),
        "start_date": written(starts, "%Y-%m-%d"),
        "end_date": without(ends >= AS_AT, written(np.minimum(ends, AS_AT), "%Y-%m-%d")),
        "outcome": chosen(
            [
                "no further action",
                "declined by the person",
                "advice and information",
                "assessment",
                "eligible for support",
                "long term support",
                "no further action",
                "enquiry",
            ],
            result,
        ),
        "team": chosen(["Front door", "Assessment team", "Locality team", "Safeguarding team"], kind),
    }
    return Extract("adult_social_care", columns, "event_ref", all_who, all_who)


def childrens_social_care(world: World) -> Extract:
    """Referrals about children and the plans that follow, in capitals."""
    rng, people, lives = world.stream("childrens_social_care"), world.population, world.lives
    since, until = world.span(to_age=18)
    rate = np.where(world.ages() < 21, 0.026 * np.exp(0.55 * lives.hardship + 0.7 * lives.violence), 0.0)
    who, day = happenings(
        rng, rate, since, until, hard_since=lives.hard_since, hard_until=lives.hard_until, boost=2.6
    )
    reason = np.where(
        happens(rng, 0.35 * (lives.violence[who] > 0) + 0.04, len(who)),
        0,
        1 + weighted(rng, [0.35, 0.25, 0.2, 0.2], len(who)),
    )
    outcome = weighted(rng, [0.42, 0.13, 0.20, 0.25], len(who))
    planned = np.flatnonzero(outcome >= 2)
    begun = day[planned] + rng.integers(7, 50, len(planned))
    ended = np.where(happens(rng, 0.8, len(planned)), begun + rng.integers(60, 420, len(planned)), NEVER)
    stage = np.where(outcome[planned] == 2, 1, np.where(happens(rng, 0.3, len(planned)), 3, 2))
    all_who = np.concatenate([who, who[planned]])
    starts, ends = np.concatenate([day, begun]), np.concatenate([day + 1, ended])
    kind = np.concatenate([np.zeros(len(who), dtype=np.int64), stage])
    reasons, result = (
        np.concatenate([reason, reason[planned]]),
        np.concatenate([outcome, np.full(len(planned), 4)]),
    )
    kept = np.flatnonzero((starts < AS_AT) & (starts < until[all_who]))
    order = kept[np.lexsort((all_who[kept], starts[kept]))]
    all_who, starts, ends, kind, reasons, result = (
        each[order] for each in (all_who, starts, ends, kind, reasons, result)
    )
    grown_up = people.born[all_who] + np.int32(18 * 365.25)
    ends = np.minimum(ends, np.minimum(people.died[all_who], grown_up))
    habits = Habits(nhs_number=0.45, upn=0.6, middle=0.3, uprn=0.6, phone=0.4, typo=0.012, stale_address=0.2)
    seen = see(rng, people, habits, all_who, starts.astype(np.int32))
    columns = {
        "ROW_ID": serials("CSC", len(all_who)),
        "CHILD_ID": local_number(rng, people, all_who, "C"),
        "FORENAMES": upper(seen.forename),
        "MIDDLE_NAME": upper(seen.middle),
        "SURNAME": upper(seen.surname),
        "DOB": written(seen.born, "%d-%b-%Y"),
        "SEX": chosen(["F", "M"], seen.sex),
        "NHS_NUMBER": seen.nhs_number,
        "UPN": seen.upn,
        "ADDR1": upper(seen.line_1),
        "ADDR2": upper(seen.line_2),
        "POSTCODE": seen.postcode,
        "UPRN": seen.uprn,
        "PARENT_TEL": seen.phone,
        "EVENT": chosen(["REFERRAL", "EARLY HELP PLAN", "CHILD IN NEED PLAN", "CHILD PROTECTION PLAN"], kind),
        "START_DATE": spoilt(rng, written(starts, "%d-%b-%Y"), 0.0005, "00-Jan-2025", "TBC"),
        "END_DATE": without(ends >= AS_AT, written(np.minimum(ends, AS_AT), "%d-%b-%Y")),
        "REASON": chosen(
            [
                "DOMESTIC ABUSE",
                "FAMILY IN ACUTE STRESS",
                "NEGLECT",
                "PARENT ILLNESS OR DISABILITY",
                "CHILD BEHAVIOUR",
            ],
            reasons,
        ),
        "OUTCOME": chosen(
            ["NO FURTHER ACTION", "DECLINED BY FAMILY", "EARLY HELP", "ASSESSMENT", "PLAN"], result
        ),
        "TEAM": chosen(["MASH", "EARLY HELP", "CHILDREN IN NEED", "SAFEGUARDING"], kind),
    }
    return Extract("childrens_social_care", columns, "ROW_ID", all_who, all_who, Form())
