"""A partnership's worth of rows, made by the database: people with a chronology, staff, audit events."""

FORENAMES = ("Ada", "Bo", "Cyn", "Dev", "Esi", "Fay", "Gus", "Hal", "Ivo", "Jun")
SURNAMES = ("Ash", "Birch", "Cole", "Dunn", "Eze", "Ford", "Gill", "Hart", "Iqbal", "Joyce")
EMPTY = (
    "other_names", "pronouns", "self_description", "nhs_number", "language", "interpreter",
    "how_to_communicate", "adjustments", "safe_contact", "telephone", "email", "uprn", "insight_id",
)  # fmt: skip
ITEMS, OWN_ITEMS = 2_000, 60
"""Open items on the list of the social worker's team, and those that are hers."""
EVENTS_SQL = """
insert into audit_auditevent (sequence, at, code, actor_id, actor_name, organisation_id, organisation_name,
    purpose, person_id, about_kind, about_id, details, request_id, previous_hash, hash)
  select 0, clock_timestamp(), 'person.viewed', gen_random_uuid(), 'Asha Patel', gen_random_uuid(),
    'Riverside Council', 'early_help', gen_random_uuid(), '', '', '{"found": 1}'::jsonb, '', '', ''
  from generate_series(1, 1000)
"""
"""A thousand: the head of the chain is one row, and a longer transaction leaves it many versions."""


def people_sql(people: int, staff: int) -> str:
    """Return SQL that makes this many people whom the council may see, and this many of its staff."""
    names = f"""select n, ({_array(FORENAMES)})[1 + n % 10] || n % 97 as f,
        ({_array(SURNAMES)})[1 + n / 10 % 10] || n % 89 as s from generate_series(1, {people}) n"""
    nothing = ", ".join(["''"] * len(EMPTY))
    council = "cross join accounts_organisation o where o.code = 'riverside_council'"
    return f"""
    select set_config('alongside.reach', '*', true);
    insert into people_person (id, known_as, forename, surname, date_of_birth, address, postcode,
        address_protected, search_text, admitted_at, admitted_why, version, {", ".join(EMPTY)})
      select gen_random_uuid(), f, f, s, date '1930-01-01' + (n * 7919 % 30000), n || ' Birch Road',
        'ZX1 1AA', false, lower(f || ' ' || s), now(), 'released', 1, {nothing} from ({names}) made;
    insert into people_reach (id, person_id, organisation_id, why, purpose, since)
      select gen_random_uuid(), p.id, o.id, 'released', 'early_help', now() from people_person p {council}
      on conflict do nothing;
    insert into people_chronologyentry (id, person_id, happened_on, kind, words, organisation_id, recorded_by,
        recorded_at, corrected_why, readers)
      select gen_random_uuid(), p.id, current_date - n, 'contact', 'Spoke of the garden.', o.id, 'Asha Patel',
        now(), '', 'everybody' from people_person p cross join generate_series(1, 4) n {council};
    insert into accounts_user (id, password, email, name, is_active, password_is_one_time,
        second_factor_taken_off_by, password_given_by, sessions_ended)
      select gen_random_uuid(), '!', 'worker' || n || '@example.org', 'Worker ' || n, true, false, '', '', 0
      from generate_series(1, {staff}) n;
    insert into accounts_membership (id, user_id, organisation_id, job_title, roles, skills, active_from)
      select gen_random_uuid(), u.id, o.id, '', '{{practitioner}}', '{{}}', date '2025-01-01'
      from accounts_user u {council} and u.email like 'worker%';
    insert into outreach_workitem (id, person_id, organisation_id, team_id, priority, raised_by, raised_why,
        skills, state, state_at, state_by, state_why, refusals, made_at, assigned_to_id, assigned_at)
      select gen_random_uuid(), p.id, o.id, m.team_id, 2, 'Asha Patel', 'Asked for somebody to call.', '{{}}',
        case when n <= {OWN_ITEMS} then 'in_hand' else 'waiting' end, now(), 'Asha Patel', '', 0, now(),
        case when n <= {OWN_ITEMS} then m.id end, case when n <= {OWN_ITEMS} then now() end
      from (select id, row_number() over (order by id) n from people_person limit {ITEMS}) p
      cross join accounts_membership m join accounts_organisation o on o.id = m.organisation_id
      join accounts_user u on u.id = m.user_id and u.name = 'Asha Patel';
    """


def _array(words: tuple[str, ...]) -> str:
    return "array[" + ", ".join(f"'{word}'" for word in words) + "]"
