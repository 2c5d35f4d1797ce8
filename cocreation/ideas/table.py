"""Tables that people open in a spreadsheet."""

_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def neutral_cell(text: str) -> str:
    """The text with an apostrophe in front when a spreadsheet would take it for a formula.

    A text that has such apostrophes already gets one more, so that `original_cell` finds it again.
    See https://owasp.org/www-community/attacks/CSV_Injection.
    """
    return f"'{text}" if _is_formula(text) else text


def original_cell(cell: str) -> str:
    """The text of which `neutral_cell` made the cell."""
    return cell[1:] if cell.startswith("'") and _is_formula(cell) else cell


def _is_formula(text: str) -> bool:
    return text.lstrip("'").startswith(_FORMULA_STARTS)
