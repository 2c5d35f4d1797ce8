"""Which of the town's languages a browser would like best."""

from collections.abc import Sequence

from cocreation.ideas.ids import Language


def preferred(header: str, languages: Sequence[Language]) -> Language:
    """The first of `languages` that an Accept-Language header asks for, else the first (RFC 9110, 12.5.4)."""
    wishes = sorted(enumerate(map(_wish, header.split(","))), key=lambda item: (-item[1][1], item[0]))
    for _, (code, weight) in wishes:
        if weight > 0:
            for language in languages:
                if code == language:
                    return language
    return languages[0]


def _wish(part: str) -> tuple[str, float]:
    tag, _, parameter = part.partition(";")
    _, _, weight = parameter.partition("=")
    return tag.strip().split("-")[0].lower(), _weight(weight.strip())


def _weight(text: str) -> float:
    try:
        return float(text) if text else 1.0
    except ValueError:
        return 0.0
