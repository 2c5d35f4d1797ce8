"""Puts the journeys together into one python-telegram-bot application."""

from telegram.ext import ContextTypes, ExtBot, Application

from cocreation.ideas.schedule import Schedule
from handlers import browse, faults, groups, ideas, welcome
from handlers.context import TownApplication, TownContext
from handlers.desk import Desk


def build_application(bot: ExtBot[None], schedule: Schedule) -> TownApplication:
    """An application without an updater: updates come from the inbox."""
    application: TownApplication = (
        Application.builder()
        .bot(bot)
        .updater(None)
        .job_queue(None)
        .context_types(ContextTypes(context=TownContext))
        .build()
    )
    welcome.register(application)
    browse.register(application)
    Desk(schedule).register(application)
    groups.register(application)
    ideas.register(application)
    faults.register(application)
    return application
