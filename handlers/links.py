"""What a link into the chat opens: https://core.telegram.org/bots/features#deep-linking"""

from datetime import datetime
from enum import Enum, auto
from html import escape
from urllib.parse import parse_qs, urlsplit

from telegram import Update

from cocreation.errors import InvitationOverError
from cocreation.ideas.conversation import Conversation, Step
from cocreation.ideas.deep_link import (
    ToIdea,
    ToInlineHelp,
    ToInvitation,
    ToLab,
    ToProcess,
    ToPrompt,
    ToTheme,
    read_payload,
)
from cocreation.ideas.idea import IdeaView
from cocreation.ideas.ids import ChatId, MessageId, ProcessId
from cocreation.ideas.listing import Listing, Order
from cocreation.ideas.messages import Message
from cocreation.ideas.process import Process, ProcessState
from cocreation.ideas.role import Invitation
from cocreation.ideas.theme import Theme
from cocreation.ideas.town import Town
from handlers import browse, ideas, invited, neighbour_cards
from handlers.context import TownContext
from handlers.giving_way import give_way
from handlers.quoting import on_one_line
from handlers.ways import Way
from locales import Translator

NAME = 200


class Nowhere(Enum):
    """Why a link opens nothing but the welcome."""

    UNKNOWN = auto()
    IDEA_GONE = auto()
    THEME_GONE = auto()
    PROMPT_CLOSED = auto()
    LAB_CLOSED = auto()
    INVITATION_OVER = auto()
    INLINE_HELP = auto()


Goal = IdeaView | Theme | Process | Invitation


async def goal_of(context: TownContext, payload: str) -> Goal | Nowhere:
    """What a payload leads to now."""
    goal: Goal | Nowhere = Nowhere.UNKNOWN
    match read_payload(payload):
        case ToIdea(token):
            view = await context.work.ideas.by_token(token)
            goal = view if view is not None and view.idea.is_published else Nowhere.IDEA_GONE
        case ToTheme(theme):
            goal = await context.work.themes.get(theme) or Nowhere.THEME_GONE
        case ToProcess(process):
            goal = await context.work.processes.get(process) or Nowhere.UNKNOWN
        case ToPrompt():
            goal = Nowhere.PROMPT_CLOSED
        case ToLab():
            goal = Nowhere.LAB_CLOSED
        case ToInvitation(token):
            invitation = await context.work.invitations.by_token(token)
            is_open = invitation is not None and invitation.is_open(context.now)
            goal = invitation if invitation is not None and is_open else Nowhere.INVITATION_OVER
        case ToInlineHelp():
            goal = Nowhere.INLINE_HELP
    return goal


def said_of(nowhere: Nowhere, bot: str, t: Translator) -> str:
    """What the person reads above the welcome: why nothing opens, and what one can do instead."""
    return {
        Nowhere.UNKNOWN: t.gettext(
            "This link leads nowhere any more. You can write your idea here all the same."
        ),
        Nowhere.IDEA_GONE: t.gettext(
            "This idea is no longer here. /ideas shows the others, and you can write your own."
        ),
        Nowhere.THEME_GONE: t.gettext(
            "This theme is no longer here. /ideas shows what your neighbours wrote."
        ),
        Nowhere.PROMPT_CLOSED: t.gettext(
            "The question behind this link is not open. What you write here is kept as an idea of your own."
        ),
        Nowhere.LAB_CLOSED: t.gettext(
            "Nobody can join by this link now. Ask for a new one where you got it, or write your idea here."
        ),
        Nowhere.INVITATION_OVER: t.gettext(InvitationOverError.message),
        Nowhere.INLINE_HELP: t.gettext(
            "In any chat, write {bot} and a word, such as trees: then you can show there what people wrote "
            "about it.",
            bot=f"@{bot}",
        ),
    }[nowhere]


async def open_goal(update: Update, context: TownContext, goal: Goal) -> None:
    match goal:
        case IdeaView():
            await neighbour_cards.open_idea(update, context, goal)
        case Theme():
            way = Way(Listing(Order.THEME, theme=goal.id))
            await context.answer(update, await browse.list_page(update, context, way), browse.SLOT)
        case Process():
            await _ask(update, context, goal)
        case Invitation():
            await invited.ask(update, context, goal)


async def _ask(update: Update, context: TownContext, process: Process) -> None:
    """Say which process is meant; what the person writes next belongs to it, if it takes ideas now."""
    chat = update.effective_chat
    if chat is None:
        return
    await give_way(update, context)
    if not process.takes_ideas(context.now):
        said = not_taken(process, context.town, context.now, await context.words(update))
        await context.answer(update, Message(said))
        return
    await context.work.conversations.begin(
        Conversation(ChatId(chat.id), Step.PROCESS, context.now, subject=process.id)
    )
    t = await context.words(update)
    heading = f"<b>{escape(on_one_line(process.name, NAME))}</b>"
    if process.goal:
        heading = f"{heading}\n{escape(process.goal)}"
    text = escape(
        t.gettext(
            "Write your idea for this here, in your own words. The next thing you write is kept for it."
        )
    )
    await context.answer(update, Message(f"{heading}\n\n{text}"))


async def keep_for_process(update: Update, context: TownContext, waiting: Conversation) -> bool:
    """The message after the link of a process: an idea, as any other, that belongs to the process."""
    await ideas.hear(update, context)
    await take_in(update, context, waiting)
    return True


def not_taken(process: Process, town: Town, now: datetime, t: Translator) -> str:
    """What the person reads at the link of a process that takes no ideas."""
    name = on_one_line(process.name, NAME)
    if process.state is ProcessState.PAUSED:
        text = t.gettext("“{process}” pauses for now.", process=name)
    elif process.opening_waits and process.opens_at is not None and process.state is ProcessState.CLOSED:
        day = t.day_and_year(town.local(process.opens_at).date())
        text = t.gettext("“{process}” opens on {day}.", process=name, day=day)
    elif process.state is ProcessState.OPEN:
        text = t.gettext("“{process}” does not collect ideas at present.", process=name)
    else:
        text = t.gettext("“{process}” is closed.", process=name)
    kept = t.gettext("What you write here is kept as an idea of your own, for the whole town to read.")
    return f"{escape(text)} {escape(kept)}"


def kept_for_town(process: Process, t: Translator) -> str:
    """What the person reads whose idea came after the process stopped taking any."""
    name = on_one_line(process.name, NAME)
    text = t.gettext(
        "“{process}” takes no ideas any more. Yours is kept all the same, as an idea for the town.",
        process=name,
    )
    return escape(text)


async def take_in(update: Update, context: TownContext, waiting: Conversation) -> None:
    """Let what this message has begun belong to the process; a photo alone lets the words be waited for."""
    message = update.effective_message
    if message is None or waiting.subject is None:
        return
    at = ChatId(message.chat_id), MessageId(message.message_id)
    kept = await context.work.ideas.by_message(*at)
    if kept is None or kept.message != at[1]:
        return
    process = await context.work.processes.get(ProcessId(waiting.subject))
    if process is None or not process.takes_ideas(context.now):
        await context.work.conversations.end(waiting.chat)
        if process is not None:
            said = kept_for_town(process, await context.words(update))
            await context.answer(update, Message(said))
        return
    await context.work.processes.take_in(process.id, kept.id)
    if kept.text or message.voice is not None:
        await context.work.conversations.end(waiting.chat)


async def open_shared(update: Update, context: TownContext) -> None:
    """Open the idea on a card that somebody chose in the chat with the bot itself: it is here already."""
    message = update.effective_message
    markup = None if message is None else message.reply_markup
    urls = [] if markup is None else [button.url for row in markup.inline_keyboard for button in row]
    payloads = [parse_qs(urlsplit(url).query).get("start", [""])[0] for url in urls if url]
    for payload in payloads:
        goal = await goal_of(context, payload)
        if isinstance(goal, IdeaView):
            return await open_goal(update, context, goal)
    t = await context.words(update)
    return await context.answer(update, Message(escape(said_of(Nowhere.IDEA_GONE, context.bot.username, t))))
