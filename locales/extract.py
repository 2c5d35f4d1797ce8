"""Collects the messages: `python -m locales.extract` remakes messages.pot and brings each .po up to date.

The output depends on the code alone (no dates, no line numbers), so that a change shows just the messages
that changed. A message whose English changed is a new message: no fuzzy matching.
"""

import ast
import os
import sys
from collections.abc import Iterator, Sequence
from io import BytesIO
from pathlib import Path
from typing import IO

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import write_po

from locales.catalog import read_catalog

PACKAGES = ("board", "bot", "cocreation", "handlers")
KEYWORDS: dict[str, tuple[int | tuple[int, str], ...] | None] = {
    "_": None,
    "gettext": None,
    "ngettext": (1, 2),
    "pgettext": ((1, "c"), 2),
}
"""What a call takes from its arguments, as Babel writes it: all, two forms, or a context and a message."""

WAYS = (
    ("cocreation/errors.py", "locales.extract:messages_of_errors"),
    ("**.py", "locales.extract:messages_in_calls"),
    ("**/templates/**.html", "jinja2"),
)
OPTIONS = {"**/templates/**.html": {"silent": "false"}}
"""A template that does not parse is an error, not a file without messages."""

_CHANGING_HEADERS = (
    b"Generated-By",
    b"Language-Team",
    b"Last-Translator",
    b"PO-Revision-Date",
    b"Project-Id-Version",
    b"POT-Creation-Date",
    b"Report-Msgid-Bugs-To",
)
_WIDTH = 110

Found = tuple[int, str | None, str | list[str | None], list[str]]


def messages_in_calls(
    file: IO[bytes], keywords: Sequence[str], comment_tags: Sequence[str], options: dict[str, str]
) -> Iterator[Found]:
    """The messages in a Python file, for Babel.

    Read from the syntax tree, since Babel's own extractor sees no calls inside f-strings before Python 3.12.
    """
    for node in ast.walk(ast.parse(file.read())):
        if isinstance(node, ast.Call):
            name = _called(node.func)
            words = [_literal(argument) for argument in node.args]
            if name in keywords and words and words[0] is not None:
                yield node.lineno, name, words, []


def messages_of_errors(
    file: IO[bytes], keywords: Sequence[str], comment_tags: Sequence[str], options: dict[str, str]
) -> Iterator[Found]:
    """The `message` of each error class, for Babel."""
    for error in ast.walk(ast.parse(file.read())):
        for node in error.body if isinstance(error, ast.ClassDef) else ():
            if isinstance(node, ast.Assign) and [_called(target) for target in node.targets] == ["message"]:
                yield node.lineno, "gettext", [_literal(node.value)], []


def template(root: Path) -> Catalog:
    """All messages of the code below `root`, without translations."""
    catalog = Catalog(project="Morgen", copyright_holder="Morgen", fuzzy=False)
    catalog.header_comment = "# The words that Morgen says to people. Made by: python -m locales.extract"
    for path, line, message, context in _extracted(root):
        catalog.add(message, None, [(path, line)], context=context)
    return catalog


def written(catalog: Catalog) -> bytes:
    """The file of a catalog, the same each time for the same messages."""
    file = BytesIO()
    write_po(file, catalog, width=_WIDTH, sort_output=True, ignore_obsolete=True, include_lineno=False)
    lines = file.getvalue().splitlines(keepends=True)
    return b"".join(line for line in lines if not line.startswith(tuple(b'"' + h for h in _CHANGING_HEADERS)))


def is_translated(message: Message) -> bool:
    """Whether there are words for each of its plural forms."""
    forms = message.string if isinstance(message.string, list | tuple) else (message.string,)
    return all(forms)


def update(root: Path) -> dict[str, int]:
    """Write messages.pot and the .po files. Returns how many messages each language still lacks."""
    folder = root / "locales"
    messages = template(root)
    (folder / "messages.pot").write_bytes(written(messages))
    lacking = {}
    for path in sorted(folder.glob("*.po")):
        catalog = read_catalog(path)
        catalog.update(messages, no_fuzzy_matching=True)
        path.write_bytes(written(catalog))
        lacking[path.stem] = sum(not is_translated(message) for message in catalog if message.id)
    return lacking


def main() -> None:
    for language, count in update(Path(__file__).parent.parent).items():
        sys.stdout.write(f"{language}: {count or 'no'} messages to translate\n")


def _extracted(root: Path) -> Iterator[tuple[str, int, str | tuple[str, ...], str | None]]:
    def holds_messages(folder: str | os.PathLike[str]) -> bool:
        return Path(folder).relative_to(root).parts[0] in PACKAGES

    found = extract_from_dir(root, WAYS, OPTIONS, KEYWORDS, directory_filter=holds_messages)
    for path, line, message, _, context in sorted(found, key=lambda each: each[:2]):
        yield path, line, message, context


def _called(function: ast.expr) -> str:
    if isinstance(function, ast.Attribute):
        return function.attr
    return function.id if isinstance(function, ast.Name) else ""


def _literal(argument: ast.expr) -> str | None:
    if isinstance(argument, ast.Constant) and isinstance(argument.value, str):
        return argument.value
    return None


if __name__ == "__main__":
    main()
