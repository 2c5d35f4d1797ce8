"""Puts the journeys together into one python-telegram-bot application."""

from telegram.ext import Application, ContextTypes, ExtBot

from cocreation.ports import TownSettings
from handlers import (
    answering,
    browse,
    commands,
    comments,
    conversation,
    desk,
    exports,
    facilitators,
    faults,
    forget,
    frames,
    group_language,
    groups,
    idea_command,
    ideas,
    inline,
    joining,
    me,
    membership,
    moderation,
    my_data,
    neighbour_cards,
    notice_settings,
    objections,
    offers,
    own_ideas,
    personal,
    photos,
    preview,
    processes,
    replies,
    reply_photos,
    reports,
    templates,
    theme_desk,
    theme_list,
    town_settings,
    unknown,
    voices,
    welcome,
)
from handlers.context import SETTINGS, TownApplication, TownContext
from handlers.why import Ask, Why


def build_application(bot: ExtBot[None], ask: Ask, settings: TownSettings) -> TownApplication:
    """An application without an updater: updates come from the inbox. `ask` takes questions whose answer
    takes a while, `settings` are those that the chat may change."""
    application: TownApplication = (
        Application.builder()
        .bot(bot)
        .updater(None)
        .job_queue(None)
        .context_types(ContextTypes(context=TownContext))
        .build()
    )
    application.bot_data[SETTINGS] = settings
    personal.register(application)
    welcome.register(application)
    browse.register(application)
    neighbour_cards.register(application)
    comments.register(application)
    photos.register(application)
    reports.register(application)
    moderation.register(application)
    objections.register(application)
    commands.register(application)
    me.register(application)
    my_data.register(application)
    forget.register(application)
    desk.register(application)
    preview.register(application)
    facilitators.register(application)
    frames.register(application)
    town_settings.register(application)
    theme_list.register(application)
    theme_desk.register(application)
    Why(ask).register(application)
    replies.register(application)
    exports.register(application)
    reply_photos.register(application)
    answering.register(application)
    templates.register(application)
    processes.register(application)
    notice_settings.register(application)
    membership.register(application)
    ideas.register(application)
    idea_command.register(application)
    own_ideas.register(application)
    joining.register(application)
    voices.register(application)
    conversation.register(application)
    offers.register(application)
    group_language.register(application)
    groups.register(application)
    inline.register(application)
    unknown.register(application)
    faults.register(application)
    return application
