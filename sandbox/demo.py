"""The people of the demo: residents, two teenagers in a lab, a facilitator, and their groups."""

from typing import TYPE_CHECKING

from sandbox.values import ADMINISTRATOR

if TYPE_CHECKING:
    from sandbox.world import World

GRIET, YASMINE, NOOR, KARIM, JONAS, EMMA, LIEN = range(1001, 1008)
FACILITATORS = -2001
LAB = -2002


def people(world: "World", town_name: str) -> None:
    """Let the demo's people and groups exist; their ids are the constants of this module.

    The bot is an administrator of the facilitators' group, and a member of the lab's.
    """
    world.add_person("Griet", id=GRIET, last_name="Peeters", language_code="nl")
    world.add_person("Yasmine", id=YASMINE, language_code="fr-BE")
    world.add_person("Noor", id=NOOR, language_code="nl", role="participant")
    world.add_person("Karim", id=KARIM, language_code="nl", role="participant")
    world.add_person("Jonas", id=JONAS, language_code="de")
    world.add_person("Emma", id=EMMA, language_code="en")
    world.add_person(
        "Lien", id=LIEN, last_name="(facilitator)", language_code="nl", role="facilitator", started=True
    )
    group = f"Participatie {town_name}"
    world.add_group(group, [], admins=[LIEN], id=FACILITATORS, bot_status=ADMINISTRATOR)
    world.add_group(f"Jongerenlab {town_name}", [NOOR, KARIM], admins=[LIEN], id=LAB)
