"""Pages keep their promises: decisions have their headings, words mean one thing, links lead somewhere."""

import re
from pathlib import PurePosixPath

import pytest
from tools import tree

PAGES = tree.texts("*.md")
DECISIONS = {path: text for path, text in PAGES.items() if re.match(r"docs/adr/\d", path)}
GLOSSARY = PAGES["GLOSSARY.md"]

# What a person reads who is no developer: pages, templates, the words of the area pack.
READ_BY_PEOPLE = PAGES | tree.texts("*.jinja", "*.j2", "*.html") | tree.texts("area/*.yaml", "area/*/*.yaml")

# A word for a person that is not ours. The phrases are other meanings, and names other people gave.
NOT_OUR_WORD = re.compile(r"\b(clients?|patients?|subjects?)\b", re.IGNORECASE)
OTHER_MEANINGS = re.compile(
    r"""data\ subjects?|subject\ access|subject\ to|subject\ line|(?:package|web|HTTP)\ clients?
      |Client\ Level\ Data|client\ side|be\ patient|patient\ safety|never\ a\ client,\ a\ patient""",
    re.IGNORECASE | re.VERBOSE,
)


def offences_in_words(texts: dict[str, str]) -> list[str]:
    """Return where one stands. Code, links and what a pack quotes from an extract are others' words."""
    found = []
    for path, text in texts.items():
        prose = re.sub(r"(?ms)^ *```.*?^ *```|^ *~~~.*?^ *~~~", lambda cut: "\n" * cut[0].count("\n"), text)
        others = r"`[^`]*`|\]\([^)]*\)|\{[{%].*?[%}]\}|<[^>]*>|\w*_\w*" + (
            "|'[^']*'" if path.endswith(".yaml") else ""
        )
        for number, line in enumerate(prose.splitlines(), 1):
            plain = OTHER_MEANINGS.sub("", re.sub(others, "", line))
            found += [f"{path}, line {number}: {word}" for word in NOT_OUR_WORD.findall(plain)]
    return found


def offences_in_decisions(decisions: dict[str, str]) -> list[str]:
    found = []
    numbers: dict[str, str] = {}
    for path, text in decisions.items():
        number = PurePosixPath(path).name[:4]
        if number in numbers:
            found.append(f"{path}: {numbers[number]} has this number already")
        numbers[number] = path
        if not re.match(rf"# {number}\. \S", text):
            found.append(f"{path}: should begin with '# {number}. ' and its title")
        headings = re.findall(r"^## (.+)$", text, re.MULTILINE)
        if headings != ["Context", "Options", "Decision", "What it makes worse"]:
            found.append(f"{path}: headings should be Context, Options, Decision, What it makes worse")
        if len(text.splitlines()) > 80:
            found.append(f"{path}: longer than a page")
    return found


def terms(glossary: str) -> list[str]:
    return re.findall(r"^\*\*(.+?)\*\*: ", glossary, re.MULTILINE)


def links(path: str, text: str) -> list[str]:
    """Return where a page's relative links lead, from the root."""
    folder = PurePosixPath(path).parent
    targets = [
        target for target in re.findall(r"\]\(([^)\s]+)\)", text) if not re.match(r"[a-z]+:|#", target)
    ]
    return [_flat(folder / target.split("#")[0]) for target in targets]


def _flat(path: PurePosixPath) -> str:
    parts: list[str] = []
    for part in path.parts:
        if part == "..":
            parts.pop()
        else:
            parts.append(part)
    return "/".join(parts)


def test_every_decision_has_its_own_number_and_the_four_headings() -> None:
    assert offences_in_decisions(DECISIONS) == []


def test_a_decision_out_of_shape_is_told() -> None:
    right = "# 0001. A\n\n## Context\n## Options\n## Decision\n## What it makes worse\n"
    assert offences_in_decisions({"docs/adr/0001-a.md": right}) == []
    assert len(offences_in_decisions({"docs/adr/0001-a.md": right, "docs/adr/0001-b.md": right})) == 1
    assert len(offences_in_decisions({"docs/adr/0002-a.md": right})) == 1
    assert len(offences_in_decisions({"docs/adr/0001-a.md": right.replace("## Options\n", "")})) == 1


def test_each_word_of_the_glossary_stands_there_once_in_order() -> None:
    words = terms(GLOSSARY)
    assert words == sorted(set(words), key=str.casefold)
    assert len(words) == GLOSSARY.count("\n**")


def test_each_word_of_the_glossary_is_used_somewhere_else() -> None:
    elsewhere = "\n".join(
        text.replace("_", " ")
        for path, text in tree.texts("*.md", "*.py", "*.yaml", "*.j2", "*.jinja", "*.html").items()
        if path != "GLOSSARY.md" and not path.startswith("tests/architecture/")
    )
    assert [
        word for word in terms(GLOSSARY) if not re.search(rf"\b{re.escape(word)}", elsewhere, re.IGNORECASE)
    ] == []


def test_a_human_being_is_a_person_on_every_page() -> None:
    assert offences_in_words(READ_BY_PEOPLE) == []


@pytest.mark.parametrize(
    "offence", ["The client lives alone.", "Each patient is rung.", "a subject's record", "Clients"]
)
def test_another_word_for_a_person_is_noticed(offence: str) -> None:
    assert offences_in_words({"docs/a.md": f"# Title\n\n{offence}\n"})[0].startswith("docs/a.md, line 3")


@pytest.mark.parametrize(
    "meant",
    ["A subject access request", "`client_id` in the extract", "subject to review", "```\nclient: x\n```"],
)
def test_other_meanings_of_those_words_are_left_alone(meant: str) -> None:
    assert offences_in_words({"docs/a.md": meant}) == []


def test_every_link_between_pages_leads_somewhere() -> None:
    there = {path.as_posix() for path in tree.files()}
    folders = {str(parent) for path in there for parent in PurePosixPath(path).parents}
    broken = [
        f"{path}: {target}"
        for path, text in PAGES.items()
        for target in links(path, text)
        if target not in there and target.rstrip("/") not in folders
    ]
    assert broken == []


def test_every_file_that_security_rests_on_is_there() -> None:
    named = re.findall(r"`((?:src|tests|tools|requirements)/[\w/.-]+|pyproject\.toml)`", PAGES["SECURITY.md"])
    assert len(named) > 20
    assert [path for path in named if not (tree.ROOT / path).exists()] == []
