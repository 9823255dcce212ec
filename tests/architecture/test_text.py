"""What no file here may hold: a real person's data, a path of one machine, the name of a package host.

The things looked for are put together here from pieces, or this file would hold them itself.
"""

import json
import re
import subprocess
import sys
from urllib.parse import urlsplit

import pytest
from tools import tree

TEXTS = tree.texts()

LARGEST_KB = 800  # the catalogue of all words is the largest thing to keep here, then pictures in docs

NHS_NUMBER = re.compile(r"(?<![\w.-])(\d{3})([ -]?)(\d{3})\2(\d{4})(?![\w-]|\.\d)")
NOBODYS = {"0123456789"} | {digit * 10 for digit in "0123456789"}  # an alphabet of digits, a run of one digit
EMAIL = re.compile(r"[\w.+-]+@((?:[\w-]+\.)+(?:uk|com|org|net|info|eu|io|gov|edu))\b", re.IGNORECASE)
RESERVED_DOMAIN = re.compile(r"(^|\.)(example\.(com|org|net)|example|test|invalid|localhost)$", re.IGNORECASE)
NI_NUMBER = re.compile(r"(?<!\w)([A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z]) ?\d{2} ?\d{2} ?\d{2} ?[A-D](?!\w)")
NI_NEVER_ISSUED = {"BG", "GB", "KN", "NK", "NT", "TN", "ZZ"}

MACHINE_PATH = re.compile(
    "|".join([r"(?<![\w.>~-])/(?:work|root|home|Users|opt/pypi)" + r"/[\w.-]", r"\b[A-Z]:\\+Users\\+\w"])
)


def nhs_check_digit_holds(digits: str) -> bool:
    """The last digit of an NHS number follows from the nine before it (modulus 11)."""
    total = sum(int(digit) * weight for digit, weight in zip(digits[:9], range(10, 1, -1), strict=True))
    return (11 - total % 11) % 11 == int(digits[9])


def offences_in_people(texts: dict[str, str]) -> list[str]:
    """Return where a number or address stands that could be somebody's: the place, never the value."""
    found = []
    for path, text in texts.items():
        for match in NHS_NUMBER.finditer(text):
            digits = "".join(match.group(1, 3, 4))
            if nhs_check_digit_holds(digits) and not digits.startswith("999") and digits not in NOBODYS:
                found.append(
                    f"{place(path, text, match)}: like an NHS number outside the 999 range kept for tests"
                )
        found += [
            f"{place(path, text, match)}: an e-mail address outside the domains reserved for examples"
            for match in EMAIL.finditer(text)
            if not RESERVED_DOMAIN.search(match.group(1))
        ]
        found += [
            f"{place(path, text, match)}: like a National Insurance number that could be issued"
            for match in NI_NUMBER.finditer(text)
            if match.group(1) not in NI_NEVER_ISSUED
        ]
    return found


def offences_in_paths(texts: dict[str, str]) -> list[str]:
    return [place(path, text, match) for path, text in texts.items() for match in MACHINE_PATH.finditer(text)]


def offences_in_hosts(texts: dict[str, str], hosts: set[str]) -> list[str]:
    return [
        f"{path}: {host}"
        for path, text in texts.items()
        for host in sorted(hosts)
        if host.lower() in text.lower()
    ]


def place(path: str, text: str, match: re.Match[str]) -> str:
    return f"{path}, line {text.count(chr(10), 0, match.start()) + 1}"


def package_hosts() -> set[str]:
    """Return the hosts this machine's package clients are set up with, and those they are born with."""
    born_with = {
        ("py" + "pi", "org"),
        ("python" + "hosted", "org"),
        ("npm" + "js", "org"),
        ("yarn" + "pkg", "com"),
    }
    addresses = []
    for command in (
        [sys.executable, "-m", "pip", "config", "list"],
        ["npm", "config", "list", "--json"],
    ):
        try:
            said = subprocess.run(command, capture_output=True, text=True, check=False).stdout
        except FileNotFoundError:
            continue
        addresses += re.findall(r"https?://[^\s'\",]+", json.dumps(said))
    configured = {urlsplit(address).hostname or "" for address in addresses}
    ours = re.compile(r"^(localhost|127\.|$)")
    return {".".join(host) for host in born_with} | {host for host in configured if not ours.match(host)}


def test_no_file_holds_a_number_or_address_that_could_be_somebodys() -> None:
    assert offences_in_people(TEXTS) == []


def test_no_file_names_a_path_of_one_machine() -> None:
    assert offences_in_paths(TEXTS) == []


def test_no_file_names_a_package_host() -> None:
    assert offences_in_hosts(TEXTS, package_hosts()) == []


def test_requirements_name_no_address_at_all() -> None:
    requirements = tree.texts("requirements/*.txt")
    assert set(requirements) == {f"requirements/{name}.txt" for name in ("bootstrap", "prod", "dev", "spark")}
    for path, text in requirements.items():
        assert not re.search(r"://|--(extra-)?index-url|--find-links| @ ", text), path
        pins = re.findall(r"^[\w.-]+(?:\[[\w,]+\])?==[\w.+!]+", text, re.MULTILINE)
        assert pins, path
        assert len(
            re.findall(r"^[\w.-]+(?:\[[\w,]+\])?==[^\\]+\\\n    --hash=sha256:", text, re.MULTILINE)
        ) == len(pins)


def test_no_file_is_large() -> None:
    large = [str(path) for path in tree.files() if (tree.ROOT / path).stat().st_size > LARGEST_KB * 1024]
    assert large == [], "data is made (`make demo`), not kept; a picture can be smaller"


@pytest.mark.parametrize(
    "offence",
    [
        "NHS number " + "943" + " 476 " + "5919",
        "943" + "4765919",
        "someone" + "@" + "council.gov.uk",
        "AB" + "123456C",
    ],
)
def test_personal_data_planted_in_a_file_is_noticed(offence: str) -> None:
    assert offences_in_people({"a.md": f"first line\nthen {offence}\n"})[0].startswith("a.md, line 2")


@pytest.mark.parametrize(
    "harmless",
    [
        "999 123 4560",
        "9434765918",
        "x" + "@" + "example.org",
        "QQ123456C",
        "sha256:9434765919ab",
        "UPRN 100023336956",
    ],
)
def test_what_is_kept_for_tests_and_what_is_no_number_at_all_is_left_alone(harmless: str) -> None:
    assert offences_in_people({"a.md": harmless}) == []


def test_a_planted_path_or_host_is_noticed() -> None:
    assert offences_in_paths({"a.py": "open('/" + "root/x')", "b.md": "see /" + "home/ann/area"}) == [
        "a.py, line 1",
        "b.md, line 1",
    ]
    assert offences_in_paths({"a.md": "docs/" + "work/plan, https://example.org/" + "home/x"}) == []
    host = "py" + "pi.org"
    assert offences_in_hosts({"a.txt": f"from https://{host.upper()}/simple"}, package_hosts()) == [
        f"a.txt: {host}"
    ]
