"""Who decides about what people wrote."""

from telegram import Update

from cocreation.services.moderate import Facilitator
from handlers.context import TownContext
from handlers.roles import is_administrator


async def facilitator(update: Update, context: TownContext) -> Facilitator:
    """Whoever wrote or pressed, of whom is known already that they may decide."""
    resident = await context.resident(update)
    return Facilitator(resident.id, await is_administrator(update, context))
