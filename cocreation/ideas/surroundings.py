"""What stands on the card of an idea in its author's chat besides the idea."""

from dataclasses import dataclass

from cocreation.ideas.conversation import Step
from cocreation.ideas.ids import IdeaId, MessageId
from cocreation.ideas.placed import Neighbour

LOOK_ALIKES_SHOWN = 3


@dataclass(frozen=True, slots=True)
class Surroundings:
    """`supported` are those of the neighbours' ideas that its author supports. The idea may be joined to the
    one with the message `joins`. What was `asked` on the card still waits for an answer."""

    neighbours: tuple[Neighbour, ...] = ()
    supported: frozenset[IdeaId] = frozenset()
    joins: MessageId | None = None
    followers: int = 0
    asked: Step | None = None


ALONE = Surroundings()
