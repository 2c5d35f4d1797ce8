"""The first start sets everything up, the second adds nothing, and a failure is one line with its cure."""

import subprocess
from importlib.metadata import Distribution
from pathlib import Path

import pytest

from tests.setup.conftest import Checkout, add_python


def only_line(checkout: Checkout) -> bool:
    """Whether nothing but announcements stands above the line that says what is wrong."""
    assert checkout.outcome is not None
    above = checkout.outcome.stderr.splitlines()[:-1]
    return checkout.outcome.returncode == 1 and all("installing" in line for line in above)


def test_the_first_start_installs_only_what_is_hashed(checkout: Checkout) -> None:
    checkout.start()
    (install,) = [call for call in checkout.calls if "pip install" in call]
    assert "--require-hashes --no-deps --only-binary :all:" in install
    assert install.endswith("requirements.txt")


def test_the_second_start_asks_nothing_but_the_version(checkout: Checkout) -> None:
    checkout.start()
    assert checkout.start() == ""
    assert len(checkout.calls) == 1


def test_who_develops_can_run_as_well_without_a_second_installation(checkout: Checkout) -> None:
    checkout.start("dev")
    checkout.start("run")
    assert not checkout.asked_pip


def test_running_is_not_enough_to_develop(checkout: Checkout) -> None:
    checkout.start("run")
    checkout.start("dev")
    assert checkout.asked_pip
    assert not checkout.made_venv


def test_other_packages_are_installed_into_the_environment_that_is_there(checkout: Checkout) -> None:
    checkout.start()
    with (checkout.root / "requirements.txt").open("a") as file:
        file.write("another==1.0 --hash=sha256:00\n")
    checkout.start()
    assert checkout.asked_pip
    assert not checkout.made_venv


def test_a_moved_folder_gets_a_new_environment(checkout: Checkout, tmp_path: Path) -> None:
    checkout.start()
    moved = Checkout(checkout.root.rename(tmp_path / "moved"), checkout.pythons)
    moved.start()
    assert moved.made_venv


def test_another_python_gets_a_new_environment(checkout: Checkout) -> None:
    checkout.start()
    add_python(checkout.pythons, "python3.13", version="3.13")
    checkout.start(PYTHON="python3.13")
    assert checkout.made_venv


def test_an_interrupted_installation_is_made_anew(checkout: Checkout) -> None:
    checkout.start(KILLED="yes")
    checkout.start()
    assert checkout.made_venv
    assert checkout.start() == ""
    assert len(checkout.calls) == 1


def test_an_environment_whose_python_is_gone_is_made_anew(checkout: Checkout) -> None:
    checkout.start()
    (checkout.venv / "bin" / "python").unlink()
    checkout.start()
    assert checkout.made_venv


def test_morgen_starts_from_any_folder(checkout: Checkout, tmp_path: Path) -> None:
    checkout.start()
    log = tmp_path / "calls"
    environ = {"CALLS": str(log), "VERSION": "3.12", "PATH": str(checkout.pythons)}
    subprocess.run([checkout.venv / "bin" / "morgen", "check", "a b"], env=environ, cwd=tmp_path, check=True)
    assert log.read_text().splitlines()[-1] == "-P -m bot check a b"
    assert (checkout.venv / "lib" / "morgen.pth").read_text().strip() == str(checkout.root)


def test_the_program_knows_its_version(checkout: Checkout) -> None:
    project = checkout.root / "pyproject.toml"
    for release in ("1.2.3", "1.3.0"):
        project.write_text(f'[project]\nname = "morgen"\nversion = "{release}"\n')
        checkout.start()
        (found,) = Distribution.discover(name="morgen", path=[str(checkout.venv / "lib")])
        assert found.version == release


def test_a_python_too_old_is_one_line(checkout: Checkout) -> None:
    line = checkout.start(VERSION="3.9")
    assert line.startswith("Python 3.9 is too old, and Morgen needs 3.11 or newer; install one")
    assert only_line(checkout)
    assert not checkout.venv.exists()


def test_a_newer_python_beside_one_too_old_is_taken(checkout: Checkout) -> None:
    add_python(checkout.pythons, "python3.12")
    add_python(checkout.pythons, "python3", version="3.9")
    assert "installing" in checkout.start()
    assert checkout.made_venv


def test_no_python_is_one_line(checkout: Checkout) -> None:
    (checkout.pythons / "python3").unlink()
    assert checkout.start().startswith("no Python found, and Morgen needs 3.11 or newer; install one")
    assert only_line(checkout)


@pytest.mark.parametrize(
    ("python", "version", "words"),
    [("python9", "3.12", "does not start"), ("python3", "3.10", "is Python 3.10, and Morgen needs 3.11")],
)
def test_a_python_that_is_named_must_fit(checkout: Checkout, python: str, version: str, words: str) -> None:
    assert words in checkout.start(PYTHON=python, VERSION=version)
    assert only_line(checkout)


def test_a_debian_without_venv_is_told_what_to_install(checkout: Checkout) -> None:
    assert checkout.start(ENSUREPIP="1").endswith("sudo apt install python3-venv")
    assert only_line(checkout)
    assert not checkout.venv.exists()


def test_a_venv_that_fails_half_way_is_removed(checkout: Checkout) -> None:
    says = "The virtual environment was not created successfully because ensurepip is not available."
    assert checkout.start(VENV_EXITS="1", VENV_SAYS=says).endswith("sudo apt install python3-venv")
    assert only_line(checkout)
    assert not checkout.venv.exists()


@pytest.mark.parametrize(
    ("says", "words"),
    [
        (
            "WARNING: Retrying (Retry(total=0)) after connection broken by 'NewConnectionError(...)'\n"
            "ERROR: No matching distribution found for aiohttp==3.14.5",
            "the package registry cannot be reached, and the first start needs it",
        ),
        (
            "ERROR: No matching distribution found for aiohappyeyeballs==2.7.1",
            "the package registry cannot be reached, and the first start needs it",
        ),
        (
            "  Downloading aiohttp-3.14.5.whl\nERROR: No matching distribution found for scipy==1.17.1",
            "there is no ready-made scipy==1.17.1 for this machine with Python 3.12",
        ),
        ("OSError: [Errno 28] No space left on device", "the disk is full: about 1 GB is needed in "),
        (
            "ERROR: THESE PACKAGES DO NOT MATCH THE HASHES FROM THE REQUIREMENTS FILE.",
            "a package is not the one that was locked, and was not installed",
        ),
        ("ERROR: something new", "the packages could not be installed; the end of "),
    ],
)
def test_a_failing_installation_is_one_line(checkout: Checkout, says: str, words: str) -> None:
    assert checkout.start(PIP_EXITS="1", PIP_SAYS=says).startswith(words)
    assert only_line(checkout)
    assert says.splitlines()[-1] in (checkout.venv / "install.log").read_text()


def test_a_failed_installation_is_tried_again(checkout: Checkout) -> None:
    checkout.start(PIP_EXITS="1", PIP_SAYS="Connection refused")
    checkout.start()
    assert checkout.asked_pip
    assert checkout.outcome is not None
    assert checkout.outcome.returncode == 0


def test_an_unknown_set_of_packages_is_one_line(checkout: Checkout) -> None:
    assert checkout.start("nonsense") == "say which packages: environment.sh run, or environment.sh dev"
    assert only_line(checkout)
