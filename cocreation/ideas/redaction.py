"""Takes what one person wrote out of what the town was about to say to others."""

import re
from collections.abc import Iterable, Iterator, Sequence
from html import unescape

RUN = 3
"""Words in a row that are somebody's; of a shorter text all of them are."""
GONE = "…"

_PIECE = re.compile(r"<[^>]*>|[^\s<>]+")
_EDGES = re.compile(r"^\W+|\W+$")


class Redaction:
    """Knows the words of some texts; pure."""

    def __init__(self, texts: Iterable[str]) -> None:
        self._runs: dict[int, set[tuple[str, ...]]] = {}
        for text in texts:
            words = [word for piece in text.split() if (word := _bare(piece))]
            length = min(RUN, len(words))
            if length:
                self._runs.setdefault(length, set()).update(_windows(words, length))

    def of(self, html: str) -> str:
        """The HTML with an ellipsis in place of each run of words that one of the texts has too."""
        pieces = [(found, _bare(unescape(found.group()))) for found in _PIECE.finditer(html)]
        said = [(found, word) for found, word in pieces if word and not found.group().startswith("<")]
        words = [word for _, word in said]
        taken: set[int] = set()
        for length, runs in self._runs.items():
            for at, window in enumerate(_windows(words, length)):
                if window in runs:
                    taken.update(range(at, at + length))
        return _without([said[at][0].span() for at in sorted(taken)], html) if taken else html


def _bare(piece: str) -> str:
    return _EDGES.sub("", piece).casefold()


def _windows(words: Sequence[str], length: int) -> Iterator[tuple[str, ...]]:
    return (tuple(words[at : at + length]) for at in range(len(words) - length + 1))


def _without(spans: Sequence[tuple[int, int]], html: str) -> str:
    """Tags stay where they are, so that each that is opened is closed."""
    kept: list[str] = []
    end = 0
    for start, stop in spans:
        between = html[end:start]
        is_next = bool(kept) and not between.strip()
        kept += [] if is_next else [between, GONE]
        end = stop
    return "".join([*kept, html[end:]])
