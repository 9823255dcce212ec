"""The hashed requirements: uv writes them from pyproject.toml; whether they are current is checked offline.

``python -m tools.requirements`` writes them, keeping the versions that still fit (``--upgrade`` updates
them all); ``--check`` says whether they were written from what pyproject.toml asks for now.
They name no index: which one a machine uses is that machine's business (ADR 0010).
"""

import hashlib
import subprocess
import sys
import tomllib
from pathlib import Path

ROOT = Path(__file__).parents[1]
FOLDER = ROOT / "requirements"
BOOTSTRAP = ["uv"]
COMPILE = [
    ".venv/bin/uv", "pip", "compile", "--quiet", "--universal", "--python-version", "3.11",
    "--generate-hashes", "--no-header", "--no-annotate", "--no-emit-index-url", "--no-emit-find-links",
]  # fmt: skip


def asked_for(pyproject: str) -> dict[str, list[str]]:
    """Return what each requirements file is written from, by its name; later files build on earlier ones."""
    project = tomllib.loads(pyproject)["project"]
    extras = project["optional-dependencies"]
    base = project["dependencies"] + extras["web"]
    return {
        "bootstrap": BOOTSTRAP,
        "prod": base,
        "dev": base + extras["dev"],
        "spark": extras["spark"],
    }


def mark(wanted: list[str]) -> str:
    """Return the first line of a requirements file: the hash of what it was written from."""
    digest = hashlib.sha256("\n".join(wanted).encode()).hexdigest()
    return f"# make requirements, from {digest[:16]}"


def stale(pyproject: str, folder: Path) -> list[str]:
    """Return the names of the files that were not written from this pyproject.toml."""
    return [
        name
        for name, wanted in asked_for(pyproject).items()
        if not (folder / f"{name}.txt").exists()
        or (folder / f"{name}.txt").read_text().splitlines()[0] != mark(wanted)
    ]


def write(*, upgrade: bool) -> None:
    """Write every requirements file, pinned and hashed, each with the same versions as the one before."""
    constraint: list[str] = []
    for name, wanted in asked_for((ROOT / "pyproject.toml").read_text()).items():
        target = FOLDER / f"{name}.txt"
        if name == "prod":
            constraint = []
        command = [*COMPILE, *(["--upgrade"] if upgrade else []), *constraint, "-", "-o", str(target)]
        subprocess.run(command, input="\n".join(wanted), text=True, check=True, cwd=ROOT)
        target.write_text(mark(wanted) + "\n" + target.read_text())
        constraint = ["-c", str(target)]


def main() -> None:
    """Write, or with ``--check`` compare; exit 1 if they are out of date."""
    if "--check" not in sys.argv:
        write(upgrade="--upgrade" in sys.argv)
    elif old := stale((ROOT / "pyproject.toml").read_text(), FOLDER):
        sys.exit(f"requirements/ is older than pyproject.toml ({', '.join(old)}): run `make requirements`")


if __name__ == "__main__":
    main()
