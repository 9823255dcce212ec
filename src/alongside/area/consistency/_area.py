"""``area.yaml``: no power, no run; and the partnership's own codes."""

from collections.abc import Iterator

from alongside.area.consistency._references import repeated, unknown, written
from alongside.area.files import PackFiles
from alongside.area.problems import PackProblem

_PLACEHOLDERS = {
    "tbc",
    "tba",
    "tbd",
    "todo",
    "none",
    "na",
    "nil",
    "unknown",
    "pending",
    "tobeconfirmed",
    "x",
    "xxx",
}
_DEMANDED = {
    "power": "Write the Act and section that lets the partnership do this, such as Care Act 2014 s.2",
    "article_6": "Write the UK GDPR Article 6 basis, such as 6(1)(e)",
    "dpia": "Write the reference of the data protection impact assessment, such as DPIA-12",
    "agreement": "Write the reference of the information sharing agreement, such as ISA-7",
}


def refusals(files: PackFiles) -> Iterator[PackProblem]:
    """What makes ``area.yaml`` unusable."""
    file, area = files.area, files.area.model
    for key, noun in (
        ("organisations", "organisation"),
        ("purposes", "purpose"),
        ("services", "service"),
        ("responses", "response"),
    ):
        yield from repeated(((file, code, place) for code, place in file.written(key)), noun)
    if area is None:
        return
    for position, purpose in enumerate(area.purposes):
        for key, right in _DEMANDED.items():
            said = str(getattr(purpose, key))
            if "".join(filter(str.isalnum, said.lower())) in _PLACEHOLDERS | {""}:
                wrong = f"purpose `{purpose.code}` has no {key}: `{said}` is only a placeholder"
                yield file.problem(("purposes", position, key), wrong, f"{right}; no power, no run")
    organisations = written(file, "organisations")
    for position, purpose in enumerate(area.purposes):
        for index, code in enumerate(purpose.organisations):
            at = ("purposes", position, "organisations", index)
            noun = "an organisation in this pack"
            yield from unknown(file, at, code, organisations, noun, "organisations")
    for position, service in enumerate(area.services):
        place = ("services", position, "organisation")
        yield from unknown(
            file, place, service.organisation, organisations, "an organisation in this pack", "organisations"
        )
    providers = written(file, "organisations", "services")
    for position, response in enumerate(area.responses):
        if response.offered_by is not None:
            place = ("responses", position, "offered_by")
            noun = "an organisation or service in this pack"
            yield from unknown(file, place, response.offered_by, providers, noun, "organisations or services")


def warnings(files: PackFiles) -> Iterator[PackProblem]:
    """What the author should know about ``area.yaml``."""
    file, area = files.area, files.area.model
    if area is None:
        return
    used = {code for source in files.sources if source.model for code in source.model.purposes}
    for position, purpose in enumerate(area.purposes):
        if purpose.code not in used:
            wrong = f"no source may be used for the purpose `{purpose.code}`"
            yield file.problem(
                ("purposes", position), wrong, "Name it under `purposes` in a source, or remove it"
            )
