"""What is installed is pinned and hashed, complete, and bound to no one registry."""

import re
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def locked(name: str) -> dict[str, str]:
    """Each package with its lines."""
    text = (ROOT / name).read_text(encoding="utf-8")
    parts = re.split(r"^(?=[a-z0-9])", text, flags=re.MULTILINE)
    return {re.split(r"[=\[ ]", part, maxsplit=1)[0]: part for part in parts if part.strip()}


def named(requirements: list[str]) -> set[str]:
    return {re.split(r"[^a-zA-Z0-9._-]", requirement, maxsplit=1)[0].lower() for requirement in requirements}


def test_every_dependency_is_locked_and_the_encoder_with_them() -> None:
    run = PROJECT["project"]["dependencies"] + PROJECT["project"]["optional-dependencies"]["meaning"]
    assert named(run) <= locked("requirements.txt").keys()
    wanted = named(run + PROJECT["dependency-groups"]["dev"])
    assert wanted <= locked("requirements-dev.txt").keys()


def test_who_develops_has_the_versions_that_a_town_runs() -> None:
    def versions(name: str) -> dict[str, list[str]]:
        return {key: re.findall(r"==\S+|--hash=\S+", part) for key, part in locked(name).items()}

    run, develop = versions("requirements.txt"), versions("requirements-dev.txt")
    assert run == {name: develop[name] for name in run}


@pytest.mark.parametrize("name", ["requirements.txt", "requirements-dev.txt"])
def test_every_package_has_hashes_and_no_address(name: str) -> None:
    assert all("--hash=sha256:" in part for part in locked(name).values())
    assert not re.search(r"https?:|index-url|find-links|file:", (ROOT / name).read_text(encoding="utf-8"))
