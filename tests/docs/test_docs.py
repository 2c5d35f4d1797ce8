"""The documentation is held to the code: what it names exists."""

import re
import tomllib
from functools import cache
from pathlib import Path
from urllib.parse import unquote

import click
import pytest

from bot.cli import cli

ROOT = Path(__file__).parents[2]
PAGES = sorted(
    page.relative_to(ROOT).as_posix()
    for page in (*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md"), *ROOT.glob("examples/*.md"))
)
TOLD = [*PAGES, "Containerfile", ".containerignore", "deploy/morgen.service"]
LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)\)")
LARGEST_PICTURE = 250_000


@cache
def text_of(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def links(name: str) -> list[str]:
    return [link for link in LINK.findall(text_of(name)) if not re.match(r"[a-z]+:", link)]


def anchors(name: str) -> set[str]:
    """The addresses of a page's headings, as the usual forges make them."""
    headings = re.findall(r"^#+ (.+)$", text_of(name), re.MULTILINE)
    return {re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-") for heading in headings}


def rows(name: str, heading: str) -> list[list[str]]:
    """The cells of the table below a heading."""
    part = text_of(name).split(f"\n## {heading}\n", 1)[1].split("\n## ", 1)[0]
    lines = [line for line in part.splitlines() if line.startswith("|")]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines[2:]]


def examples() -> list[str]:
    """Each command line of README's table, and of the blocks of the guides, that begins with `morgen`."""
    table = [row[2].strip("`") for row in rows("README.md", "Commands")]
    blocks = re.findall(r"^morgen .+$", text_of("docs/operations.md"), re.MULTILINE)
    return [*table, *(line.split("#")[0].strip() for line in blocks)]


def test_the_table_of_commands_has_each_command_and_no_other() -> None:
    assert {row[0].strip("`") for row in rows("README.md", "Commands")} == set(cli.commands)


@pytest.mark.parametrize("line", examples())
def test_an_example_is_understood(line: str) -> None:
    """Its arguments are parsed, down to the command's own; nothing is run."""
    program, *arguments = line.split()
    assert program == "morgen"
    with cli.make_context("morgen", arguments) as outer:
        name, command, rest = cli.resolve_command(outer, [*outer._protected_args, *outer.args])
        assert command is not None
        with command.make_context(name, rest, parent=outer) as inner:
            assert isinstance(inner, click.Context)


@pytest.mark.parametrize("name", PAGES)
def test_every_link_and_picture_leads_somewhere(name: str) -> None:
    for link in links(name):
        path, _, anchor = link.partition("#")
        target = ((ROOT / name).parent / unquote(path)).resolve() if path else ROOT / name
        assert target.is_relative_to(ROOT), link
        assert target.exists(), link
        if anchor:
            assert anchor in anchors(target.relative_to(ROOT).as_posix()), link


def test_every_picture_is_shown_and_small() -> None:
    shown = {(ROOT / name).parent / link for name in PAGES for link in links(name)}
    for picture in (ROOT / "docs" / "images").rglob("*.*"):
        assert picture in shown
        assert picture.stat().st_size < LARGEST_PICTURE, picture.name


@pytest.mark.parametrize("name", TOLD)
def test_nothing_names_the_machine_on_which_it_was_written(name: str) -> None:
    assert str(ROOT) not in text_of(name)
    assert not re.search(r"(?<![\w.])/(root|home|work|tmp|Users)/\w", text_of(name))


def test_every_make_target_that_is_named_exists() -> None:
    targets = set(re.findall(r"^([a-z]+):", text_of("Makefile"), re.MULTILINE))
    for name in PAGES:
        told = re.findall(r"(?:^|`)make ([a-z]+)", text_of(name), re.MULTILINE)
        assert set(told) <= targets, name


def test_the_first_commands_of_the_readme_try_it_and_test_it() -> None:
    block = text_of("README.md").split("```sh\n", 1)[1].split("```", 1)[0]
    assert [line.split("#")[0].strip() for line in block.splitlines()] == ["make demo", "make test"]


def test_the_changelog_has_this_release() -> None:
    version = tomllib.loads(text_of("pyproject.toml"))["project"]["version"]
    assert re.search(rf"^## {re.escape(version)} - \d{{4}}-\d\d-\d\d$", text_of("CHANGELOG.md"), re.MULTILINE)
    assert "\n## Unreleased\n" in text_of("CHANGELOG.md")


def test_decisions_are_numbered_without_gaps() -> None:
    files = sorted((ROOT / "docs" / "decisions").glob("*.md"))
    for number, file in enumerate(files, start=1):
        assert file.name.startswith(f"{number:04}-")
        assert text_of(file.relative_to(ROOT).as_posix()).startswith(f"# {number}. ")


def test_the_container_gets_all_that_is_installed_and_no_more() -> None:
    packages = tomllib.loads(text_of("pyproject.toml"))["tool"]["hatch"]["build"]["targets"]["wheel"][
        "packages"
    ]
    copied = re.findall(r"^COPY (\w+)/ \1/$", text_of("Containerfile"), re.MULTILINE)
    let_in = set(re.findall(r"^!(\S+)$", text_of(".containerignore"), re.MULTILINE))
    assert copied == packages
    assert set(packages) <= let_in
    assert not let_in & {"config.toml", "data", ".venv"}
    assert text_of(".dockerignore") == text_of(".containerignore")
