"""`/frames`: what lies on the goals of frames, and how facilitators confirm or correct it."""

from collections.abc import Mapping, Sequence

from telegram import Update
from telegram.ext import CallbackQueryHandler, CommandHandler, filters

from cocreation.analysis.installed import is_meaning_known
from cocreation.errors import NoSuchGoalError, NotFoundError, ThemeGoneError
from cocreation.ideas.frame import Frame, Goal, GoalKey
from cocreation.ideas.framing import MarkId, NewMark, Thing
from cocreation.ideas.ids import ChatId, IdeaId, ResidentId, ThemeId
from cocreation.ideas.messages import Message
from cocreation.services.frame_goals import mark, standing_of, tally, themes_on, undo_mark
from handlers import frame_text as text
from handlers.actions import NEW_MESSAGE, Verb, arguments, number, pattern
from handlers.context import TownApplication, TownContext
from handlers.desks import words_of_desk
from handlers.frame_cards import Card, Item, all_card, choosing_card, item_card
from handlers.frame_pages import Page, frame_page, frames_page, goal_page, themes_page
from handlers.frame_text import NOTHING, PAGE, Told, because, share
from handlers.roles import only_facilitators
from handlers.updates import pressed_data
from locales import Translator

SLOT = "frames"


def register(application: TownApplication) -> None:
    application.add_handler(CommandHandler("frames", show, filters.UpdateType.MESSAGE))
    application.add_handler(CallbackQueryHandler(press, pattern(Verb.FRAMES)))


async def show(update: Update, context: TownContext) -> None:
    await only_facilitators(update, context)
    t = await _words(update, context)
    page = frames_page(context.town.frames, t, by_words=not is_meaning_known())
    await context.answer(update, page, SLOT)


async def press(update: Update, context: TownContext) -> None:
    await only_facilitators(update, context)
    page = await _page(update, context, arguments(pressed_data(update)))
    await context.toast(update)
    if NEW_MESSAGE in arguments(pressed_data(update)):
        await context.answer(update, page, SLOT)
    else:
        await context.change(update, page, SLOT)


async def _page(update: Update, context: TownContext, said: Sequence[str]) -> Message:
    t, found = await _words(update, context), _Asked(update, context)
    match said:
        case []:
            page = frames_page(context.town.frames, t, by_words=not is_meaning_known())
        case [text.FRAME, _]:
            tallies = await tally(context.work, found.frame())
            page = frame_page(found.frame(), tallies, t, by_words=not is_meaning_known())
        case [text.GOAL, _, _, _]:
            page = await _goal_page(found, t)
        case [text.THEMES, _, _, _]:
            page = await _themes_page(found, t)
        case [text.ALL, item, *_]:
            page = await _all_card(context, _thing(item), t)
        case [text.ITEM, _, item]:
            page = await _item_card(context, found.frame(), _thing(item), t)
        case [text.CHOOSE | text.ADD as act, _, item]:
            about = await _item(context, _thing(item))
            page = choosing_card(found.frame(), about, t, adds=act == text.ADD)
        case [text.UNDO, *_]:
            page = await _undone(found, said, t)
        case _:
            page = await _marked(found, said, t)
    return page


class _Asked:
    """What the numbers of a button mean. Raises NoSuchGoalError for a frame or a goal that is gone."""

    def __init__(self, update: Update, context: TownContext) -> None:
        self.update = update
        self.context = context

    def number(self, at: int) -> int:
        return number(pressed_data(self.update), at)

    def frame(self, at: int = 1) -> Frame:
        frames = self.context.town.frames
        found = next((frame for frame in frames if text.number_of(frame.key) == self.number(at)), None)
        if found is None:
            raise NoSuchGoalError
        return found

    def goal(self, at: int = 2) -> Goal:
        goals = self.frame(at - 1).goals
        found = next((goal for goal in goals if text.number_of(goal.key) == self.number(at)), None)
        if found is None:
            raise NoSuchGoalError
        return found

    async def by(self) -> ResidentId:
        return (await self.context.resident(self.update)).id


async def _marked(asked: _Asked, said: Sequence[str], t: Translator) -> Message:
    """What a facilitator says is kept, and shown with the button that takes it back."""
    work, thing = asked.context.work, _thing(said[-1])
    frame = asked.frame()
    before = (await standing_of(work, frame, thing)).goals
    match said:
        case [text.CONFIRM, _, _] | [text.CONFIRM_HERE, _, _, _, _]:
            goals = before
        case [text.NONE, _, _]:
            goals = ()
        case [text.SET, _, _, _]:
            goals = (asked.goal().key,)
        case [text.PLUS, _, _, _]:
            goals = tuple(dict.fromkeys((*before[:1], asked.goal().key)))
        case _:
            raise NotFoundError
    item = await _item(asked.context, thing)
    new = NewMark(frame.key, thing, goals, await asked.by())
    kept = await mark(work, frame, new, asked.context.now)
    told = Told(text.kept(frame, item.text, goals, t), kept.id)
    if said[0] == text.CONFIRM_HERE:
        return await _list_page(asked, thing, t, told)
    return await _item_card(asked.context, frame, thing, t, told)


async def _undone(asked: _Asked, said: Sequence[str], t: Translator) -> Message:
    """Back to where it was done: the list, or the card."""
    context, told = asked.context, Told(t.gettext("Undone."))
    undone = await undo_mark(context.work, MarkId(asked.number(1)), await asked.by(), context.now)
    if len(said) > 2:
        return await _list_page(asked, undone.thing, t, told, at=2)
    frame = context.town.frame(undone.frame)
    if frame is None:
        raise NoSuchGoalError
    return await _item_card(context, frame, undone.thing, t, told)


async def _list_page(asked: _Asked, thing: Thing, t: Translator, told: Told, at: int = 1) -> Message:
    return await (_goal_page if thing.theme is None else _themes_page)(asked, t, told, at)


async def _goal_page(asked: _Asked, t: Translator, told: Told = NOTHING, at: int = 1) -> Message:
    frame, goal, work = asked.frame(at), asked.goal(at + 1), asked.context.work
    found = next(each for each in await tally(work, frame) if each.goal == goal.key)
    start = _within(asked.number(at + 2), found.ideas.all)
    ideas = await work.frames.ideas_on(frame.key, goal.key, PAGE, start)
    return goal_page(Page(frame, goal, start, start + PAGE >= found.ideas.all, t, told), found, ideas)


async def _themes_page(asked: _Asked, t: Translator, told: Told = NOTHING, at: int = 1) -> Message:
    frame, goal = asked.frame(at), asked.goal(at + 1)
    themes = await themes_on(asked.context.work, frame, goal.key)
    start = _within(asked.number(at + 2), len(themes))
    page = Page(frame, goal, start, start + PAGE >= len(themes), t, told)
    return themes_page(page, themes[start : start + PAGE])


async def _item_card(
    context: TownContext, frame: Frame, thing: Thing, t: Translator, told: Told = NOTHING
) -> Message:
    standing = await standing_of(context.work, frame, thing)
    card = Card(frame, await _item(context, thing), standing, await _reasons(context, frame, thing, t))
    return item_card(card, t, told)


async def _reasons(context: TownContext, frame: Frame, thing: Thing, t: Translator) -> Mapping[GoalKey, str]:
    """The words of an idea, or how many ideas of a theme, that led to each goal."""
    frames = context.work.frames
    if thing.idea is not None:
        led = (await frames.suggested(frame.key, [thing.idea])).get(thing.idea, ())
        return {each.goal: because(each.words, t) for each in led}
    theme = None if thing.theme is None else await context.work.themes.get(thing.theme)
    if theme is None:
        raise ThemeGoneError
    counts = (await frames.theme_tallies(frame.key, theme.id)).get(theme.id, {})
    return {goal: share(count, theme.size, t) for goal, count in counts.items()}


async def _all_card(context: TownContext, thing: Thing, t: Translator) -> Message:
    item, frames = await _item(context, thing), context.town.frames
    standing = [(frame, await standing_of(context.work, frame, thing)) for frame in frames]
    return all_card(item, standing, t)


async def _item(context: TownContext, thing: Thing) -> Item:
    return Item(thing, await _words_of(context, thing))


async def _words_of(context: TownContext, thing: Thing) -> str:
    """What an idea says, or what a theme is called. Raises NotFoundError."""
    if thing.idea is not None:
        view = await context.work.ideas.view(thing.idea)
        if view is None or not view.idea.is_published:
            raise NotFoundError
        return view.idea.text
    theme = None if thing.theme is None else await context.work.themes.get(thing.theme)
    if theme is None:
        raise ThemeGoneError
    return theme.label


def _thing(item: str) -> Thing:
    kind, digits = item[:1], item[1:]
    if not digits.isascii() or not digits.isdigit() or len(digits) > 15:
        raise NotFoundError
    if kind == text.IDEA:
        return Thing(idea=IdeaId(int(digits)))
    if kind == text.THEME:
        return Thing(theme=ThemeId(int(digits)))
    raise NotFoundError


def _within(start: int, count: int) -> int:
    """The start of a page that there is: what was confirmed meanwhile may have shortened the list."""
    return min(start, max(0, (count - 1) // PAGE * PAGE))


async def _words(update: Update, context: TownContext) -> Translator:
    chat = update.effective_chat
    if chat is None:
        raise NotFoundError
    return await words_of_desk(context, ChatId(chat.id))
