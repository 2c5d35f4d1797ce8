"""The command line: `python -m bot`, or `morgen`. One function per command; what takes time loads inside."""

import asyncio
import re
import signal
import sys
from collections.abc import Callable, Coroutine
from datetime import datetime
from html import unescape
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from bot.faults import StartError
from bot.terminal import SETTINGS_EXIT, in_one_line, progress_line, say, tell_problems

if TYPE_CHECKING:
    from bot.settings import Settings
    from cocreation.ideas.ids import Language
    from cocreation.services.theme_overview import Changes


def main() -> None:
    """Run the command that the arguments name."""
    cli(prog_name="morgen")


def _release() -> str:
    try:
        return version("morgen")
    except PackageNotFoundError:
        return "(not installed)"


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.option(
    "--config",
    type=click.Path(path_type=Path),
    help="The settings' file; else the one that MORGEN_CONFIG names, else config.toml.",
)
@click.version_option(_release(), prog_name="morgen")
@click.pass_context
def cli(context: click.Context, config: Path | None) -> None:
    """Morgen: the co-creation chat and idea board of a town.

    To try it: morgen demo. For a real town: morgen check, then morgen run.
    """
    context.obj = config


def _load(config: Path | None) -> "Settings":
    from bot.settings import load  # noqa: PLC0415

    return load(config)


@cli.command("run")
@click.pass_obj
@in_one_line
def run_command(config: Path | None) -> None:
    """Run the town's bot and its board, until Ctrl-C."""
    from bot.check import check  # noqa: PLC0415
    from bot.logs import configure_logs  # noqa: PLC0415
    from bot.runtime import run  # noqa: PLC0415
    from bot.setting_faults import SettingsError  # noqa: PLC0415

    if faults := check(config):
        raise SettingsError(faults)
    settings = _load(config)
    configure_logs(settings.log.format, settings.log.level)
    _until_interrupted(lambda stopped: run(settings, stopped))


@cli.command("demo")
@click.option(
    "--port", default=8080, show_default=True, type=click.IntRange(1, 65534), help="Of the chat page."
)
@click.option(
    "--folder",
    default="data/demo",
    show_default=True,
    type=click.Path(file_okay=False, path_type=Path),
    help="Where the demo keeps its town; remove it to begin anew.",
)
@in_one_line
def demo_command(port: int, folder: Path) -> None:
    """Try Morgen in the browser: no token, nothing to configure."""
    from bot.demo import TOWN, run_demo  # noqa: PLC0415
    from bot.logs import configure_logs  # noqa: PLC0415

    def on_ready(address: str) -> None:
        click.echo(
            f"\n  {TOWN} is awake. Open {address}/\n\n  Ctrl-C stops it; what you do stays in {folder}.\n"
        )

    configure_logs("text", "warning")
    _until_interrupted(lambda stopped: run_demo(folder, port, stopped, on_ready))


def _until_interrupted(start: Callable[[asyncio.Event], Coroutine[Any, Any, None]]) -> None:
    async def run() -> None:
        stopped = asyncio.Event()
        for number in (signal.SIGINT, signal.SIGTERM):
            asyncio.get_running_loop().add_signal_handler(number, stopped.set)
        await start(stopped)

    with asyncio.Runner(loop_factory=_fast_loop()) as runner:
        runner.run(run())


def _fast_loop() -> Callable[[], asyncio.AbstractEventLoop] | None:
    try:
        import uvloop  # noqa: PLC0415 - there is none for some systems
    except ImportError:
        return None
    return uvloop.new_event_loop


@cli.command("check")
@click.pass_obj
def check_command(config: Path | None) -> None:
    """Check settings, folders and database, and tell every fault at once; exit code 2 if there is one."""
    from bot.check import check, warnings  # noqa: PLC0415

    faults = check(config)
    for fault in faults:
        click.echo(f"✗ {fault}")
    for warning in warnings(config):
        click.echo(f"· {warning}")
    if faults:
        sys.exit(SETTINGS_EXIT)
    click.echo("✓ Everything is ready: morgen run")


@cli.command("import")
@click.argument("file", type=click.Path(path_type=Path))
@click.pass_obj
@in_one_line
def import_command(config: Path | None, file: Path) -> None:
    """Bring in ideas from a CSV FILE with the columns id and text, or whatever `morgen export` wrote.

    Optional columns: author, created_at, language, place, latitude, longitude, process. Rows that cannot be
    read are told with their line and left out. Doing it twice adds nothing.
    """
    from bot.errands import import_table  # noqa: PLC0415

    settings = _load(config)
    with progress_line() as progress:
        task = progress.add_task("Importing", total=None)
        report, encoding = asyncio.run(
            import_table(settings, file, lambda rows: progress.update(task, completed=rows))
        )
    tell_problems(report.problems)
    click.echo(f"{report.added} ideas added, {report.known} were there already (read as {encoding}).")


_DAY = click.DateTime(["%Y-%m-%d"])


@cli.command("export")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@click.option(
    "--format",
    "format_",
    type=click.Choice(["csv", "jsonl", "xlsx", "zip"]),
    help="Without it, the file's ending decides, and csv if that is none of them.",
)
@click.option("--from", "since", type=_DAY, metavar="DAY", help="Ideas from this day on, such as 2026-11-01.")
@click.option("--to", "until", type=_DAY, metavar="DAY", help="Ideas up to this day, which is included.")
@click.option("--theme", metavar="NAME", help="Ideas of this theme alone: its name, or its number.")
@click.option("--process", metavar="NAME", help="Ideas of this process alone.")
@click.option("--language", help="Of titles and explanations, such as nl; else the digest's.")
@click.option("--photos", is_flag=True, help="Put the photos into a ZIP.")
@click.pass_obj
@in_one_line
def export_command(
    config: Path | None,
    *,
    file: Path,
    format_: str | None,
    since: datetime | None,
    until: datetime | None,
    theme: str | None,
    process: str | None,
    language: str | None,
    photos: bool,
) -> None:
    """Write the published ideas and what is known about them into FILE, without who is behind them.

    xlsx is a workbook with ideas, themes, supports, answers and moderation; csv with a FILE that ends in .zip
    has the same as CSV files, else the ideas alone; jsonl is for programs; zip holds xlsx and jsonl.
    """
    from bot.export_command import Wish, export_town  # noqa: PLC0415

    wish = Wish(format_, since, until, theme, process, language, photos)
    count = asyncio.run(export_town(_load(config), file, wish))
    click.echo(f"{count} ideas written to {file}.")


@cli.command("digest")
@click.option("--language", help="Instead of the digest's own, such as nl.")
@click.pass_obj
@in_one_line
def digest_command(config: Path | None, language: str | None) -> None:
    """Print the digest as of now."""
    from bot.errands import digest_now  # noqa: PLC0415

    message = asyncio.run(digest_now(_load(config), language))
    click.echo(unescape(click.unstyle(_without_tags(message.html))))


def _without_tags(html: str) -> str:
    return re.sub(r"<[^>]*>", "", html)


def _languages(
    context: click.Context, parameter: click.Parameter, told: tuple[str, ...]
) -> "tuple[Language, ...]":
    """Codes, one or several to an option, each once."""
    from cocreation.services.read_ideas import language_or_none  # noqa: PLC0415

    found: dict[Language, None] = {}
    for code in filter(None, (part.strip() for option in told for part in option.split(","))):
        language = language_or_none(code)
        if language is None:
            raise click.BadParameter(f"'{code}' is no language code such as nl, fr, de or en")
        found[language] = None
    return tuple(found)


def _username(context: click.Context, parameter: click.Parameter, told: str | None) -> str | None:
    """Without the @ that people write before it."""
    if told is None:
        return None
    name = told.removeprefix("@")
    if not re.fullmatch(r"[A-Za-z0-9_]{4,32}", name):
        raise click.BadParameter(f"'{told}' is no bot's name such as tienen_bot")
    return name


@cli.command("themes")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--out", required=True, type=click.Path(path_type=Path), help="The CSV file to write.")
@click.option(
    "--language",
    "languages",
    multiple=True,
    metavar="CODES",
    callback=_languages,
    help="What people here write in, such as nl,fr. Themes and report are in the first.",
)
@click.option(
    "--report",
    "page",
    type=click.Path(path_type=Path),
    help="An HTML file to write: map, names, sizes and quotes on one page that needs nothing else.",
)
@click.option(
    "--compare",
    "earlier",
    type=click.Path(path_type=Path),
    help="What this command wrote earlier: themes that go on keep their numbers and names.",
)
@in_one_line
def themes_command(
    file: Path, out: Path, languages: "tuple[Language, ...]", page: Path | None, earlier: Path | None
) -> None:
    """Group the texts of a CSV FILE (columns id,text) by theme; needs no bot and no database.

    Writes id,theme,label,score in the order of the file; theme -1 means none.
    """
    from board.report import render_report  # noqa: PLC0415
    from cocreation.analysis.installed import EncoderError  # noqa: PLC0415
    from cocreation.services.cluster_table import Page, cluster_table  # noqa: PLC0415

    with progress_line() as progress:
        task = progress.add_task("Starting", total=None)
        try:
            report = cluster_table(
                file,
                out,
                languages=languages,
                earlier=earlier,
                page=None if page is None else Page(page, render_report),
                on_stage=lambda stage: progress.update(task, description=stage.capitalize()),
            )
        except EncoderError as error:
            raise StartError(str(error)) from None
    tell_problems(report.problems)
    overview = report.overview
    for theme in overview.themes:
        click.echo(f"{theme.size:>6}  {theme.label}")
    if overview.changes is not None:
        _tell_changes(overview.changes)
    written = f"{out}" if page is None else f"{out} and {page}"
    click.echo(
        f"{overview.ideas} ideas in {len(overview.themes)} themes, {overview.unassigned} in none; "
        f"written to {written}."
    )


def _tell_changes(changes: "Changes") -> None:
    from board.theme_news import comings_and_goings, news  # noqa: PLC0415
    from locales import SOURCE_LANGUAGE, translator  # noqa: PLC0415

    english = translator(SOURCE_LANGUAGE)
    told = [item.sentence for item in news(changes, english)] or ["The themes are the same as before."]
    click.echo("Since the earlier result:")
    for sentence in (*comings_and_goings(changes, english), *told):
        click.echo(f"  {sentence}")


@cli.command("poster")
@click.option("--out", type=click.Path(path_type=Path), help="The file to write; else poster.pdf.")
@click.option(
    "--format",
    "format_",
    type=click.Choice(["pdf", "svg", "png"]),
    help="Without it, the file's ending decides, and pdf if that is none of them.",
)
@click.option("--size", type=click.Choice(["a3", "a4", "a5"]), default="a4", show_default=True)
@click.option("--process", metavar="NAME", help="Invite to this process instead of the town's idea box.")
@click.option(
    "--language",
    "languages",
    multiple=True,
    metavar="CODES",
    callback=_languages,
    help="Such as nl,fr, the large one first. Without it, all that the town speaks.",
)
@click.option(
    "--username",
    metavar="BOT",
    callback=_username,
    help="The bot's, such as tienen_bot. Without it, Telegram is asked.",
)
@click.pass_obj
@in_one_line
def poster_command(
    config: Path | None,
    *,
    out: Path | None,
    format_: str | None,
    size: str,
    process: str | None,
    languages: "tuple[Language, ...]",
    username: str | None,
) -> None:
    """Make the poster with the code that leads residents into the chat."""
    from bot.errands import poster_for, write_poster  # noqa: PLC0415

    settings = _load(config)
    poster = asyncio.run(poster_for(settings, process=process, languages=languages, username=username))
    file = write_poster(poster, out, format_, size)
    click.echo(f"{file}: its code leads to {poster.address}")


@cli.command("backup")
@click.argument("file", type=click.Path(path_type=Path), required=False)
@click.pass_obj
@in_one_line
def backup_command(config: Path | None, file: Path | None) -> None:
    """Copy the database, running or not, and its photos into one FILE."""
    from bot.runtime import now  # noqa: PLC0415
    from storage.backup import backup  # noqa: PLC0415

    settings = _load(config)
    target = file or Path(f"morgen-{now():%Y%m%dT%H%M%SZ}.zip")
    report = backup(settings.storage.database, settings.storage.media, target)
    for path in report.missing:
        say(f"the photo {path} is not in {settings.storage.media}, so it is not in the backup")
    click.echo(f"{report.target}: the database and {report.media} photos, {report.size / 1e6:.1f} MB.")


@cli.command("restore")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--replace", is_flag=True, help="Keep aside what is there, and put the backup in its place.")
@click.pass_obj
@in_one_line
def restore_command(config: Path | None, file: Path, replace: bool) -> None:
    """Check a backup FILE, then make it the town's database and photos."""
    from storage.restore import restore  # noqa: PLC0415

    settings = _load(config)
    report = restore(file, settings.storage.database, settings.storage.media, replace)
    click.echo(f"Restored the town as of {report.created_at:%Y-%m-%d %H:%M} UTC, with {report.media} photos.")
    for path in report.kept_aside:
        click.echo(f"What was there is kept in {path}.")


@cli.command("migrate")
@click.pass_obj
@in_one_line
def migrate_command(config: Path | None) -> None:
    """Bring the database up to date, as each start of the bot does by itself."""
    from bot.errands import migrate_database  # noqa: PLC0415

    settings = _load(config)
    asyncio.run(migrate_database(settings))
    click.echo(f"{settings.storage.database} is up to date.")
