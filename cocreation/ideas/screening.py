"""What in a text makes a facilitator look at it: a few rules that anybody can follow."""

import re
import unicodedata
from collections.abc import Iterable

from cocreation.ideas.moderation import Sign

MANY_LINKS = 3
LOUD_WORDS, LOUD_LETTERS, LOUD_SHARE = 4, 25, 0.8
"""So many words in capitals, with so many letters, that so large a share of all is in capitals."""

_LINK = re.compile(r"(?:https?://|www\.|\bt\.me/)\S+", re.IGNORECASE)
_EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)*\.[a-z]{2,}", re.IGNORECASE)
_TELEPHONE = re.compile(
    r"(?<![\w+.,/€$£-])(?:(?:\+|00)[1-9]\d{0,2}[ ./-]?(?:\(0\)[ ./-]?)?|\(?0[1-9]\d{0,3}\)?)"
    r"(?:[ ./-]?\d){5,11}(?![\w]|[.,]\d|[ ]?[€%])"
)
_DATE = re.compile(r"\d{1,2}[./-]\d{1,2}[./-](?:19|20)\d\d(?!\d)")
_DIGITS_OF_TELEPHONE = range(9, 14)
_ACCOUNT = re.compile(r"\b[A-Z]{2}\d{2}(?: ?[A-Z0-9]){11,30}\b")
_ACCOUNT_LENGTHS = {"BE": 16, "NL": 18, "FR": 27, "DE": 22, "LU": 20}
"""Characters of an IBAN by country; others have 15 to 34 (ISO 13616)."""
_WORD = re.compile(r"[^\W_]+")


class Screen:
    """Knows what a town looks out for. `watched` words are looked at, `barred` ones are hidden at once; a
    word that ends in * stands for all that begin so. `own` is what the town itself is reached by."""

    def __init__(
        self, watched: Iterable[str] = (), barred: Iterable[str] = (), own: Iterable[str] = ()
    ) -> None:
        self._watched = _pattern(watched)
        self._barred = _pattern(barred)
        self._own = {folded(each) for each in own}

    def signs(self, text: str) -> frozenset[Sign]:
        """Why somebody should look at it; nothing in nearly all texts. Pure."""
        rest = _LINK.sub(" ", text)
        plain = folded(text)
        found = {
            Sign.TELEPHONE: _has_telephone(rest),
            Sign.EMAIL: any(folded(each) not in self._own for each in _EMAIL.findall(rest)),
            Sign.ACCOUNT: _has_account(rest),
            Sign.LINKS: len(_LINK.findall(text)) >= MANY_LINKS,
            Sign.SHOUTING: _is_loud(rest),
            Sign.WORDS: self._watched is not None and self._watched.search(plain) is not None,
            Sign.BARRED: self._barred is not None and self._barred.search(plain) is not None,
        }
        return frozenset(sign for sign, is_there in found.items() if is_there)


def folded(text: str) -> str:
    """Without capitals and accents, so that 'Élan' and 'elan' are one."""
    apart = unicodedata.normalize("NFKD", text.casefold())
    return "".join(c for c in apart if not unicodedata.combining(c))


def _pattern(words: Iterable[str]) -> re.Pattern[str] | None:
    parts = []
    for word in words:
        pieces = _WORD.findall(folded(word))
        if pieces:
            end = r"" if word.rstrip().endswith("*") else r"(?!\w)"
            parts.append(r"[\W_]+".join(map(re.escape, pieces)) + end)
    return re.compile(rf"(?<!\w)(?:{'|'.join(parts)})") if parts else None


def _has_telephone(text: str) -> bool:
    for found in _TELEPHONE.finditer(text):
        digits = sum(c.isdigit() for c in found[0])
        if digits in _DIGITS_OF_TELEPHONE and not _DATE.match(found[0]):
            return True
    return False


def _has_account(text: str) -> bool:
    """Whether there is an IBAN whose check digits are right."""
    return any(_is_account(found[0].replace(" ", "")) for found in _ACCOUNT.finditer(text))


def _is_account(written: str) -> bool:
    length = _ACCOUNT_LENGTHS.get(written[:2])
    number = written[:length] if length is not None else written
    if len(number) < (length or 15):
        return False
    turned = number[4:] + number[:4]
    digits = "".join(str(int(c, 36)) for c in turned)
    return int(digits) % 97 == 1


def _is_loud(text: str) -> bool:
    letters = [c for c in text if c.isupper() or c.islower()]
    if len(letters) < LOUD_LETTERS or sum(c.isupper() for c in letters) < LOUD_SHARE * len(letters):
        return False
    words: list[str] = _WORD.findall(text)
    return sum(len(word) > 1 and word.isupper() for word in words) >= LOUD_WORDS
