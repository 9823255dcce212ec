"""``linkage.yaml`` and what casework reads: codes used once, and references that resolve."""

from collections.abc import Iterator

from alongside.area.consistency._references import repeated, undeclared_response, unknown, written
from alongside.area.files import PackFile, PackFiles
from alongside.area.marm_models import Marm
from alongside.area.problems import PackProblem


def refusals(files: PackFiles) -> Iterator[PackProblem]:
    """What makes one of these files unusable."""
    if files.linkage is not None and files.linkage.model is not None:
        bands = files.linkage.model.bands
        if bands.doubtful >= bands.linked:
            wrong = f"`doubtful` ({bands.doubtful}) is not below `linked` ({bands.linked})"
            yield files.linkage.problem(("bands",), wrong, "Write a smaller `doubtful`, such as 0.5")
    if files.marm is not None:
        for key, noun in (("roles", "role"), ("closure_reasons", "reason to close"), ("forums", "forum")):
            yield from repeated(((files.marm, code, place) for code, place in files.marm.written(key)), noun)
        if files.marm.model is not None:
            yield from _marm(files.marm, files.marm.model)
    yield from _conversations(files)
    if files.costs is not None:
        yield from repeated(
            ((files.costs, code, place) for code, place in files.costs.written("costs")), "cost"
        )


def _marm(file: PackFile[Marm], marm: Marm) -> Iterator[PackProblem]:
    roles, forums = written(file, "roles"), written(file, "forums")
    for position, role in enumerate(marm.roles):
        for index, code in enumerate(role.not_also):
            yield from unknown(
                file, ("roles", position, "not_also", index), code, roles, "a role in this pack", "roles"
            )
    tools = {each.code: each.title for each in marm.screening_tools}
    for position, forum in enumerate(marm.forums):
        if forum.tool is not None:
            yield from unknown(
                file, ("forums", position, "tool"), forum.tool, tools, "a screening tool in this pack",
                "screening_tools",
            )  # fmt: skip
    if marm.criteria_in_use is not None:
        named = {each.set: each.title for each in marm.criteria_sets}
        yield from unknown(
            file, ("criteria_in_use",), marm.criteria_in_use, named, "a set of criteria in this pack",
            "criteria_sets",
        )  # fmt: skip
    sets: list[str] = []
    for position, criteria in enumerate(marm.criteria_sets):
        if criteria.set in sets:
            wrong = f"`{criteria.set}` is used for a second set of criteria"
            yield file.problem(("criteria_sets", position, "set"), wrong, "Give it the next version number")
        sets.append(criteria.set)
        if criteria.if_lacks_capacity is not None:
            place = ("criteria_sets", position, "if_lacks_capacity")
            yield from unknown(
                file, place, criteria.if_lacks_capacity, forums, "a forum in this pack", "forums"
            )


def _conversations(files: PackFiles) -> Iterator[PackProblem]:
    named: dict[str, str] = {}
    for file in files.conversations:
        if file.model is None:
            continue
        if file.model.conversation in named:
            other = named[file.model.conversation]
            wrong = f"`{file.model.conversation}` is used for a second conversation; the first is in {other}"
            yield file.problem(("conversation",), wrong, "Give it the next version number")
        named.setdefault(file.model.conversation, file.name)


def warnings(files: PackFiles) -> Iterator[PackProblem]:
    """What the author should know about a conversation."""
    for file in files.conversations:
        for position, code in enumerate(file.model.offers if file.model else ()):
            yield from undeclared_response(file, ("offers", position), code, files)
