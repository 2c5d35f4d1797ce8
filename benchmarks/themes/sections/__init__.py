"""What is measured, in the order of the table: one file a section, and one line here."""

from collections.abc import Callable
from dataclasses import dataclass

from benchmarks.themes.bench import Bench
from benchmarks.themes.report import Report
from benchmarks.themes.sections import identity, methods, placing, quality, replies, speed, stability


@dataclass(frozen=True, slots=True)
class Section:
    """A name for the command line, and what measures."""

    name: str
    measure: Callable[[Bench], Report]


SECTIONS = (
    Section("themes", quality.measure),
    Section("stability", stability.measure),
    Section("identity", identity.measure),
    Section("speed", speed.measure),
    Section("placing", placing.measure_placing),
    Section("look-alikes", placing.measure_look_alikes),
    Section("replies", replies.measure),
    Section("methods", methods.measure),
)
