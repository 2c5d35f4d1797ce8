"""Tables that people open in a spreadsheet."""

_SIGNS = ("=", "+", "-", "@", "＝", "＋", "－", "＠")
_STARTS = (*_SIGNS, "\t", "\r", "\n")
_BLANKS = "'" + "".join(c for c in map(chr, range(0x3001)) if c.isspace()) + "\u200b\u2060\ufeff"


def neutral_cell(text: str) -> str:
    """The text with an apostrophe in front when a spreadsheet would take it for a formula.

    A text that has such apostrophes already gets one more, so that `original_cell` finds it again.
    See https://owasp.org/www-community/attacks/CSV_Injection.
    """
    return f"'{text}" if is_formula(text) else text


def original_cell(cell: str) -> str:
    """The text of which `neutral_cell` made the cell."""
    return cell[1:] if cell.startswith("'") and is_formula(cell) else cell


def is_formula(text: str) -> bool:
    """Whether a spreadsheet might take it for one: some leave out blanks, some know full-width signs."""
    bare = text.lstrip("'")
    return bare.startswith(_STARTS) or bare.lstrip(_BLANKS).startswith(_SIGNS)
