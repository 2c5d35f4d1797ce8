"""Ideas to start with: real ones under CC BY 4.0 and invented ones; README.md says which is which."""

from pathlib import Path

LANGUAGES = ("nl", "fr", "de", "en")


def demo_files() -> list[Path]:
    """The CSV files of ideas, one per language, in the order of LANGUAGES."""
    folder = Path(__file__).parent
    return [folder / f"ideas-{language}.csv" for language in LANGUAGES]
