"""Who takes the person on: the first line of a policy's routes that fits the services they are open to."""

from collections.abc import Iterable, Sequence

from alongside.area.models import Route, Service


def fitting(route: Route, services: Sequence[Service]) -> list[Service]:
    """Return the services a line of the routes refers to: one by code, a group, any, or any critical."""
    match route.open_to:
        case None:
            return []
        case "any_service":
            return list(services)
        case "any_critical_service":
            return [service for service in services if service.critical]
        case wanted:
            return [service for service in services if wanted in (service.code, service.group)]


def routes_sql(routes: Sequence[Route], services: Sequence[Service]) -> str:
    """Return a select of ``person_id route route_words``, one row per row of ``ranked``.

    A service that is not running now takes nobody: its line does not fit, and the words say so.
    """
    lines = [route for route in routes if route.open_to]
    otherwise = next((route.otherwise for route in routes if route.otherwise), None)
    flags, route_cases, word_cases = [], [], []
    for number, route in enumerate(lines):
        running = [service for service in fitting(route, services) if service.running]
        inside = f"c.service in ({_list(service.code for service in running)})"
        flags.append(f"coalesce(bool_or({inside}), false) as fits_{number}")
        flags.append(f"string_agg(t.title, ', ' order by t.title) filter (where {inside}) as open_{number}")
        route_cases.append(f"when fits_{number} then {_text(route.then)}")
        word_cases.append(f"when fits_{number} then concat('Open to ', open_{number}, '.')")
    paused = {s.code: s for route in lines for s in fitting(route, services) if not s.running}
    flags.append(
        "string_agg(t.title, ', ' order by t.title) "
        f"filter (where c.service in ({_list(sorted(paused))})) as paused"
    )
    titles = " union all ".join(
        f"select {_text(service.code)} as service, {_text(service.title)} as title" for service in services
    )
    titles = titles or "select cast(null as varchar) as service, cast(null as varchar) as title"
    return f"""
        with titles as ({titles}),
        fitted as (
            select l.person_id, {", ".join(flags)}
            from ranked l
            left join case_index c on c.person_id = l.person_id
            left join titles t on t.service = c.service
            group by l.person_id)
        select person_id,
            case {" ".join(route_cases) or "when false then null"} else {_text(otherwise)} end as route,
            concat(
                case {" ".join(word_cases) or "when false then null"}
                  else 'None of the running services this list goes to is known to be working with them.' end,
                case when paused is not null then concat(' Open to ', paused, ', not running now.') else ''
                end
            ) as route_words
        from fitted
    """


def _list(codes: Iterable[str]) -> str:
    return ", ".join(_text(code) for code in codes) or "null"


def _text(value: str | None) -> str:
    return "cast(null as varchar)" if value is None else "'" + value.replace("'", "''") + "'"
