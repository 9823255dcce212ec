"""The figures behind the quality report of a source, each an aggregate over its accepted rows."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from alongside.area.models import AgeAt, Source, TableField
from alongside.insight.cleaning.identifiers import nhs_number_digits_sql, passes_nhs_check_sql
from alongside.insight.intake.cells import cell_sql
from alongside.insight.intake.columns import identity_columns, used_columns
from alongside.insight.intake.quality import Element, Quality
from alongside.insight.intake.source import SourceTables
from alongside.insight.intake.sql import literal

_CADENCE = {"live": 1, "daily": 1, "weekly": 7, "monthly": 31, "quarterly": 92, "termly": 120, "yearly": 366}
"""Days after which an extract of that refresh is late."""
_OLDEST = 115
"""Years: nobody alive in the United Kingdom is known to be older, except one or two at a time."""
_POSTCODE = (
    r"^([A-Z]{1,2}[0-9]{1,2}|[A-Z]{1,2}[0-9][A-Z]|GIR) ?([0-9][ABD-HJLNP-UW-Z]{2}|0AA)$"
    r"|^BFPO ?[0-9]{1,4}$|^ZZ99 ?[0-9][A-Z]{2}$"
)
"""Shape alone (Royal Mail: outward code, then a digit and two letters except C I K M O V); no look-up."""


@dataclass(frozen=True)
class Context:
    """What the figures are worked out from."""

    tables: SourceTables
    figures: dict[str, Any]
    counts: Mapping[str, int]
    kept: int
    previous: Mapping[str, Any] | None

    @property
    def source(self) -> Source:
        """The source the report is about."""
        return self.tables.source


def measure(tables: SourceTables, counts: Mapping[str, int], previous: Mapping[str, Any] | None) -> Quality:
    """Return the quality report of a source that was read; ``previous`` is its report in the previous run."""
    kept = tables.texts.rows + tables.texts.unreadable - counts["rows_rejected"]
    context = Context(tables, _figures(tables), counts, kept, previous)
    elements = (
        _accurate(context),
        _valid(context),
        _reliable(context),
        _timely(context),
        _relevant(context),
        _complete(context),
    )
    return Quality(tables.source.source, kept, elements)


def _figures(tables: SourceTables) -> dict[str, Any]:
    """Return every aggregate, worked out in one pass over the accepted rows."""
    identity = identity_columns(tables.source)
    wanted: dict[str, str] = {
        f"filled {column}": f"count({tables.text(column)})" for column in tables.texts.wanted
    }
    if nhs := identity.get("raw__id__nhs_number"):
        wanted["nhs valid"] = f"count(*) filter (where {passes_nhs_check_sql('nhs')})"
        wanted["nhs repeated"] = (
            "count(*) filter (where length(nhs) = 10 and replace(nhs, left(nhs, 1), '') = '')"
        )
    if postcode := identity.get("raw__postcode"):
        shape = f"regexp_matches(upper({tables.text(postcode)}), {literal(_POSTCODE)})"
        wanted["postcode valid"] = f"count(*) filter (where {shape})"
    born = _born_sql(tables)
    if born:
        wanted["born read"] = "count(born)"
        wanted["born first of january"] = "count(*) filter (where month(born) = 1 and day(born) = 1)"
        wanted["born in future"] = f"count(*) filter (where born > {_day(tables.as_at)})"
        wanted["born too long ago"] = (
            f"count(*) filter (where born < {_day(tables.as_at)} - interval {_OLDEST} year)"
        )
        if agreement := _age_agrees_sql(tables):
            wanted["age compared"] = f"count({agreement})"
            wanted["age agrees"] = f"count(*) filter (where {agreement})"
    if tables.source.as_at:
        age = f"date_diff('day', dated, {_day(tables.as_at)})"
        wanted["dated"] = "count(dated)"
        wanted["ages"] = f"quantile_disc({age}, [0.5, 0.95]) filter (where dated <= {_day(tables.as_at)})"
        wanted["age newest"] = f"min({age}) filter (where dated <= {_day(tables.as_at)})"
        wanted["dated ahead"] = f"count(*) filter (where dated > {_day(tables.as_at)})"
    read = {
        "born": born or "null",
        "dated": tables.dated_sql(),
        "nhs": nhs_number_digits_sql(tables.text(nhs)) if nhs else "null",
    }
    beside = ", ".join(f"{expression} as {column}" for column, expression in read.items())
    layers = f"select *, {beside} from texts where {tables.accepted()}"
    row = tables.connection.execute(f"select {', '.join(wanted.values())} from ({layers})").fetchall()[0]
    return dict(zip(wanted, row, strict=True))


def _day(day: date) -> str:
    return f"date '{day.isoformat()}'"


def _born_sql(tables: SourceTables) -> str | None:
    """Return SQL for the date of birth in the extract, as far as it can be read at this point."""
    column = tables.source.identity.date_of_birth
    return None if column is None else tables.day_sql(column)


def _age_agrees_sql(tables: SourceTables) -> str | None:
    """Return SQL for whether age and date of birth agree within a year; NULL where one is not known."""
    age = tables.source.identity.age
    if age is None:
        return None
    column = age.column if isinstance(age, AgeAt) else age
    written = cell_sql(tables.text(column), TableField(name=column, type="integer")).value
    on = tables.day_sql(age.at) if isinstance(age, AgeAt) else f"coalesce(dated, {_day(tables.as_at)})"
    return f"abs(date_sub('year', born, {on}) - {written}) <= 1"


def _days(number: int) -> str:
    return "1 day" if number == 1 else f"{number:,} days"


def _share(part: float, whole: float) -> float | None:
    return round(part / whole, 4) if whole else None


def _percent(share: float | None) -> str:
    """Return a share as people say it; never 100% unless it is all."""
    if share is None:
        return "none"
    if 0.995 <= share < 1:
        return f"{min(share * 100, 99.9):.1f}%"
    return f"{share * 100:.0f}%" if share >= 0.01 or share == 0 else f"{share * 100:.1f}%"


def _accurate(context: Context) -> Element:
    """Agreement within the extract: accuracy against the real world cannot be seen from here."""
    figures = context.figures
    details: dict[str, Any] = {}
    checks = agreed = 0
    sentences = []
    if "age compared" in figures:
        compared, agrees = figures["age compared"], figures["age agrees"]
        checks, agreed = checks + compared, agreed + agrees
        details |= {"age_compared": compared, "age_agrees": agrees}
        sentences.append(f"age and date of birth agree in {agrees} of {compared} rows that have both")
    for other in ("sex", "date_of_birth"):
        found = _same_identifier_agrees(context.tables, other)
        if found is not None and found[0]:
            shared, same = found
            checks, agreed = checks + shared, agreed + same
            details |= {f"{other}_identifiers_repeated": shared, f"{other}_identifiers_agree": same}
            words = other.replace("_", " ")
            sentences.append(f"{same} of {shared} identifiers found in several rows have one {words}")
    if not checks:
        return Element(
            "accurate",
            None,
            "share",
            "Nothing appears twice in this extract, so it cannot be checked against itself.",
            details,
        )
    share = _share(agreed, checks)
    return Element(
        "accurate",
        share,
        "share",
        f"{_percent(share)} of what can be compared inside the extract agrees: {'; '.join(sentences)}. "
        "Only the person and the service know whether it is true.",
        details,
    )


def _same_identifier_agrees(tables: SourceTables, other: str) -> tuple[int, int] | None:
    """Return how many identifiers have this field in several rows, and how many of them with one value."""
    column = getattr(tables.source.identity, other)
    identifiers = tables.source.identity.identifiers
    if column is None or not identifiers:
        return None
    identifier = tables.text(identifiers.get("nhs_number") or next(iter(identifiers.values())))
    if "nhs_number" in identifiers:
        identifier = nhs_number_digits_sql(identifier)
    value = f"left(lower({tables.text(column)}), 1)" if other == "sex" else tables.text(column)
    sound = passes_nhs_check_sql("identifier") if "nhs_number" in identifiers else "true"
    shared, same = tables.connection.execute(
        f"""
        select count(*) filter (where {sound}), count(*) filter (where lowest = highest and {sound}) from (
            select {identifier} as identifier, min({value}) as lowest, max({value}) as highest from texts
            where {identifier} is not null and {tables.text(column)} is not null and {tables.accepted()}
            group by 1 having count(*) > 1)
        """
    ).fetchall()[0]
    return shared, same


def _valid(context: Context) -> Element:
    """Share of the filled cells that pass, of those that are checked."""
    figures, identity = context.figures, identity_columns(context.source)
    tables = context.tables
    checked = passed = 0
    details: dict[str, Any] = {}
    sentences = []
    typed = tables.checked()
    if typed:
        filled = sum(figures[f"filled {column}"] for column in typed)
        aside = context.counts["cells_set_aside"]
        checked, passed = checked + filled, passed + filled - aside
        details |= {"cells_checked": filled, "cells_set_aside": aside}
        sentences.append(f"{aside} of {filled} cells with a declared type or rule were set aside")
    if "nhs valid" in figures:
        filled = figures[f"filled {identity['raw__id__nhs_number']}"]
        checked, passed = checked + filled, passed + figures["nhs valid"]
        details |= {
            "nhs_numbers": filled,
            "nhs_numbers_valid": figures["nhs valid"],
            "nhs_numbers_one_digit": figures["nhs repeated"],
        }
        sentences.append(
            f"{figures['nhs valid']} of {filled} NHS numbers pass their check"
            + (f" ({figures['nhs repeated']} are one digit ten times)" if figures["nhs repeated"] else "")
        )
    if "postcode valid" in figures:
        filled = figures[f"filled {identity['raw__postcode']}"]
        checked, passed = checked + filled, passed + figures["postcode valid"]
        details |= {"postcodes": filled, "postcodes_shaped": figures["postcode valid"]}
        sentences.append(
            f"{figures['postcode valid']} of {filled} postcodes are written as a postcode should be"
        )
    if "born read" in figures:
        filled = figures[f"filled {identity['raw__date_of_birth']}"]
        wrong = figures["born in future"] + figures["born too long ago"]
        if tables.births.isdisjoint(typed):
            checked, passed = checked + filled, passed + figures["born read"] - wrong
        else:  # checked against its field above; what is set aside there is not counted again here
            passed -= min(wrong, filled - context.counts["births_set_aside"])
        january = _share(figures["born first of january"], figures["born read"])
        details |= {
            "dates_of_birth": filled,
            "dates_of_birth_read": figures["born read"],
            "dates_of_birth_in_future": figures["born in future"],
            f"dates_of_birth_over_{_OLDEST}_years": figures["born too long ago"],
            "dates_of_birth_first_of_january": january,
        }
        said = (
            f"{figures['born read']} of {filled} dates of birth can be read as declared, "
            f"{wrong} of them impossible"
        )
        if january is not None and january > 3 / 365:
            said += (
                f", {_percent(january)} of them on 1 January (1 in 365 would be usual; "
                "it often means not known)"
            )
        sentences.append(said)
    share = _share(passed, checked)
    if share is None:
        return Element(
            "valid",
            None,
            "share",
            "The schema declares no type or rule that a filled cell could be checked against.",
            details,
        )
    return Element(
        "valid",
        share,
        "share",
        f"{_percent(share)} of checked cells are valid: {'; '.join(sentences)}.",
        details,
    )


def _reliable(context: Context) -> Element:
    """Steadiness: rows that came once, and the same shape as last time."""
    copies = context.tables.connection.execute("select count(*) from copies").fetchall()[0][0]
    read = context.tables.texts.rows + context.tables.texts.unreadable
    faulty = context.counts["rows_rejected"]
    share = _share(read - faulty, read)
    details: dict[str, Any] = {"rows_read": read, "rows_rejected": faulty, "rows_repeated": copies}
    repeat = "repeats" if copies == 1 else "repeat"
    said = f"{_percent(share)} of {read} rows could be used as they came; {copies} {repeat} a record id."
    if context.previous:
        before = int(context.previous.get("rows", 0))
        change = _share(context.kept - before, before)
        fill = _fill(context)
        fill_before = (
            context.previous.get("elements", {}).get("complete", {}).get("details", {}).get("filled", {})
        )
        moved = sorted(
            c
            for c, v in fill.items()
            if c in fill_before and v is not None and abs(v - (fill_before[c] or 0)) > 0.1
        )
        details |= {"rows_before": before, "change": change, "fill_moved": moved}
        said += f" Last time there were {before}" + (
            f" ({change * 100:+.0f}%)." if change is not None else "."
        )
        if change is not None and abs(change) > 0.2:
            said += " Ask the owner why."
        if moved:
            said += f" Filled very differently from last time: {', '.join(moved)}."
    else:
        said += " There is no earlier run to compare it with."
    return Element("reliable", share, "share", said, details)


def _timely(context: Context) -> Element:
    """How old rows are on the day of the run, and whether the newest is older than its refresh allows."""
    source, figures = context.source, context.figures
    if "dated" not in figures:
        return Element(
            "timely",
            None,
            "days",
            f"No column dates the rows, so their age is not known; an extract should come {source.refresh}.",
            {"refresh": source.refresh},
        )
    (median, old), newest = figures["ages"] or (None, None), figures["age newest"]
    undated = context.kept - figures["dated"]
    cadence = _CADENCE.get(source.refresh)
    late = None if cadence is None or newest is None else newest > cadence
    details = {
        "median_days": median,
        "days_95": old,
        "newest_days": newest,
        "refresh": source.refresh,
        "late": late,
        "undated": undated,
    }
    if median is None:
        said = "No row has a date that can be read and is not after the day of the run."
    else:
        said = (
            f"Half of the rows are at most {_days(median)} old, 95% at most {old}; "
            f"the newest is {_days(newest)} old"
        )
        said += {
            None: ".",
            True: f": late for an extract that comes {source.refresh}.",
            False: f", on time for one that comes {source.refresh}.",
        }[late]
    if undated:
        rows, are = ("row has", "is") if undated == 1 else ("rows have", "are")
        said += (
            f" {undated} {rows} no date that can be read and {are} treated as dated on the day of the run."
        )
    return Element("timely", median, "days", said, details)


def _relevant(context: Context) -> Element:
    """Share of the extract's columns that are used; the others are named: they need not be sent."""
    tables, source = context.tables, context.source
    dates = [each for each in (source.as_at, source.identity.address_until) if each]
    used = {*tables.evidence, *used_columns(source), *dates}
    present = [column for column in tables.texts.wanted if column not in tables.texts.absent]
    unused = sorted([column for column in present if column not in used] + tables.texts.surplus)
    whole = len(present) + len(tables.texts.surplus)
    share = _share(whole - len(unused), whole)
    ahead = context.figures.get("dated ahead", 0)
    said = (
        f"{_percent(share)} of {whole} columns are used by an identity field, a factor, "
        "the case index or the date of a row."
    )
    if unused:
        said += f" Nothing uses {', '.join(unused)}: ask for an extract without them (data minimisation)."
    if ahead:
        said += f" {ahead} {'row is' if ahead == 1 else 'rows are'} dated after the day of the run."
    return Element(
        "relevant", share, "share", said, {"columns": whole, "unused": unused, "dated_ahead": ahead}
    )


def _fill(context: Context) -> dict[str, float | None]:
    """Return the share of filled cells of each column that is there."""
    absent = context.tables.texts.absent
    return {
        c: _share(context.figures[f"filled {c}"], context.kept)
        for c in context.tables.texts.wanted
        if c not in absent
    }


def _complete(context: Context) -> Element:
    """Share of filled cells, over all columns and over those that say who the person is."""
    fill = _fill(context)
    known = [value for value in fill.values() if value is not None]
    share = round(sum(known) / len(known), 4) if known else None
    who = [
        fill[c] for c in dict.fromkeys(identity_columns(context.source).values()) if fill.get(c) is not None
    ]
    identity = round(sum(v for v in who if v is not None) / len(who), 4) if who else None
    least = sorted((value, column) for column, value in fill.items() if value is not None and value < 0.5)[:5]
    said = f"{_percent(share)} of cells are filled" + (
        f", {_percent(identity)} of those that say who the person is." if who else "."
    )
    if least:
        said += f" Least filled: {', '.join(f'{column} ({_percent(value)})' for value, column in least)}."
    return Element("complete", share, "share", said, {"filled": fill, "identity": identity})
