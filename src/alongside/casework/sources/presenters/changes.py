"""What a run counts, and what differs from the run before, in finished words."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from alongside.area import AreaPack
from alongside.area.words import in_words
from alongside.casework.design.dates import day_in_words
from alongside.casework.sources.models import Run

COUNTED = {
    "records": gettext_lazy("Records"),
    "people": gettext_lazy("People"),
    "doubtful_pairs": gettext_lazy("Doubtful pairs"),
    "people_on_a_list": gettext_lazy("People on a list"),
}
DRAWN = gettext_lazy("Learning sample: drawn at random from below the line, to learn what the list misses")
"""The tier that no list has; it begins with what an item calls it, so that both are known for one thing."""


def counted(name: str) -> str:
    """Say what a run counts."""
    return str(COUNTED.get(name) or in_words(name))


def changes_in_words(run: Run, pack: AreaPack) -> list[str]:
    """Say what differs from the run before; empty if there was none."""
    changes = run.changes
    if not changes:
        return []
    # the pack may still have a list that this run no longer has
    lists = {
        name: each.model_dump(mode="json", include={"title", "tiers"}) for name, each in pack.policies.items()
    } | run.policies
    figures = [
        _("%(what)s: %(now)s, was %(before)s")
        % {"what": named(code), "now": f"{now:,}", "before": f"{before:,}"}
        for part, named in (("counts", counted), ("tiers", lambda code: _tier(code, lists)))
        for code, (before, now) in changes[part].items()
    ]
    came = [_("New list: %(name)s") % {"name": _list(name, lists)} for name in changes["policies_new"]]
    went = [
        _("No longer a list: %(name)s") % {"name": _list(name, lists)} for name in changes["policies_gone"]
    ]
    sources = [
        _("%(what)s: %(now)s, was %(before)s")
        % {"what": pack.sources[code].title if code in pack.sources else code, "now": now, "before": before}
        for code, (before, now) in changes["sources"].items()
    ]
    since = day_in_words(date.fromisoformat(changes["since"]))
    return [*figures, *came, *went, *sources] or [_("Nothing since %(since)s") % {"since": since}]


def _list(name: str, lists: Mapping[str, Mapping[str, Any]]) -> str:
    """A list by its title, with its version: the one before has the same title."""
    code, version = name.split("/")
    title = lists[name]["title"] if name in lists else in_words(code)
    return _("%(title)s, version %(version)s") % {"title": title, "version": version}


def _tier(code: str, lists: Mapping[str, Mapping[str, Any]]) -> str:
    """A tier, which a run's changes call by its list and its code."""
    name, tier = code.split(" ")
    told: list[dict[str, Any]] = lists[name]["tiers"] if name in lists else [{"code": tier, "title": None}]
    titles = {each["code"]: each["title"] or in_words(each["code"]) for each in told}
    return f"{_list(name, lists)}, {titles.get(tier, DRAWN)}"
