"""The project's own files, as the architecture checks see them: what git tracks, or would if added."""

import subprocess
from pathlib import Path

ROOT = Path(__file__).parents[1]


def files() -> list[Path]:
    """Return every file in the project, relative to its root, in order; nothing that git ignores."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        check=True,
    ).stdout.decode()
    return sorted(Path(name) for name in set(listed.split("\0")) if name and (ROOT / name).is_file())


def texts(*patterns: str) -> dict[str, str]:
    """Return the text of every file that matches one of the patterns (all, if none is given), by its path.

    A file that is not UTF-8, or contains a NUL, is not text and is left out.
    """
    found: dict[str, str] = {}
    for path in files():
        if patterns and not any(path.match(each) for each in patterns):
            continue
        content = (ROOT / path).read_bytes()
        if b"\0" in content:
            continue
        try:
            found[path.as_posix()] = content.decode("utf-8")
        except UnicodeDecodeError:
            continue
    return found


def python(folder: str) -> dict[str, str]:
    """Return the source of every Python file under ``folder``, by its path."""
    return {path: text for path, text in texts("*.py").items() if path.startswith(folder + "/")}
