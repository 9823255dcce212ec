"""Nobody types an address: every page is reached by a link, a button, or what follows from one."""

import re
from pathlib import Path

import alongside.casework

PACKAGE = Path(alongside.casework.__file__).parent
NAMED = re.compile(r'path\(\s*f?"[^"]*",\s*[\w.]+,\s*name="(\w+)"')
APPS = sorted(file.parent.name for file in PACKAGE.glob("*/urls.py"))
BY_A_MACRO = re.compile(
    r'\b(?:to\("(\w+)"|more\((?:_\()?"[^"]*"\)?, "(\w+)")'
)  # the two that put their app's name before
OTHERWISE = {
    "accounts:sign_out": "the header of every page has its path",
    "accounts:demonstration_sign_in": "linked on the page of signing in",
}


def test_every_address_is_named_where_one_could_come_from() -> None:
    words = "\n".join(
        file.read_text("utf-8")
        for file in sorted(PACKAGE.rglob("*"))
        if file.suffix in {".py", ".jinja"} and file.name != "urls.py"
    )
    by_a_macro = {name for found in BY_A_MACRO.findall(words) for name in found}
    lost = [
        f"{app}:{name}"
        for app in APPS
        for name in NAMED.findall((PACKAGE / app / "urls.py").read_text("utf-8"))
        if not name.startswith(
            "feed_"
        )  # another directory is told the feed's address; no page of ours leads there
        and f"{app}:{name}" not in OTHERWISE
        and f"{app}:{name}" not in words
        and name not in by_a_macro
    ]
    assert lost == []


def test_no_two_addresses_of_an_app_have_one_name() -> None:
    for app in APPS:
        names = NAMED.findall((PACKAGE / app / "urls.py").read_text("utf-8"))
        twice = sorted({name for name in names if names.count(name) > 1})
        assert twice == [], f"{app}: a link by this name leads to whichever stands last"
