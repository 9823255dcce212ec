"""The key of person ids: found, made once, never told."""

from pathlib import Path

import pytest

from alongside.errors import AskedWronglyError
from alongside.insight.run_folder import key_for
from alongside.insight.run_folder.keys import ENVIRONMENT


def test_a_key_is_made_once_beside_the_runs_for_its_owner_alone(tmp_path: Path) -> None:
    first, second = key_for(tmp_path / "runs" / "a", None), key_for(tmp_path / "runs" / "b", None)
    assert (first.made, second.made) == (True, False)
    assert first.secret == second.secret
    assert len(first.secret) == 32
    assert first.path.stat().st_mode & 0o777 == 0o600
    assert [path.name for path in first.path.parent.iterdir()] == [".alongside-key"]


def test_two_places_have_two_keys(tmp_path: Path) -> None:
    one, other = key_for(tmp_path / "a" / "run", None), key_for(tmp_path / "b" / "run", None)
    assert one.fingerprint != other.fingerprint


def test_neither_its_fingerprint_nor_its_words_tell_the_key(tmp_path: Path) -> None:
    key = key_for(tmp_path / "run", None)
    assert key.secret.hex()[:8] not in key.fingerprint + repr(key)


def test_a_named_key_comes_before_the_environment_and_that_before_the_one_beside(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    paths = [tmp_path / "named", tmp_path / "environment"]
    for letter, path in zip("ab", paths, strict=True):
        path.touch(mode=0o600)
        path.write_text(letter * 64, encoding="ascii")
    monkeypatch.setenv(ENVIRONMENT, str(paths[1]))
    assert key_for(tmp_path / "run", paths[0]).secret == bytes.fromhex("a" * 64)
    assert key_for(tmp_path / "run", None).secret == bytes.fromhex("b" * 64)


@pytest.mark.parametrize("content", [b"", b"short", b"abcd", b"z" * 64, b"\xff" * 64])
def test_a_file_that_is_no_key_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "key"
    path.touch(mode=0o600)
    path.write_bytes(content)
    with pytest.raises(AskedWronglyError, match="holds no key"):
        key_for(tmp_path / "run", path)


def test_a_named_key_that_is_not_there_is_not_made(tmp_path: Path) -> None:
    with pytest.raises(AskedWronglyError, match="no key file"):
        key_for(tmp_path / "run", tmp_path / "nowhere")


def test_a_key_others_may_read_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "key"
    path.write_text("a" * 64, encoding="ascii")
    path.chmod(0o640)
    with pytest.raises(AskedWronglyError, match="chmod 600"):
        key_for(tmp_path / "run", path)
