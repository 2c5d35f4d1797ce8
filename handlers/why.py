"""Why: what put an idea into its theme, what makes a theme one, and how it could be split."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from html import escape
from typing import Protocol

from telegram import Update
from telegram.ext import CallbackQueryHandler

from cocreation.errors import MorgenError, NotFoundError, ThemeGoneError
from cocreation.ideas.ids import ChatId, DecisionId, IdeaId, Language, MessageId, ResidentId, ThemeId
from cocreation.ideas.messages import Button, Message, Show
from cocreation.ideas.town import Town
from cocreation.ideas.why import Split, WhyIdea, WhyTheme
from cocreation.ports import Clock, Storage
from cocreation.services.decide_themes import split_theme
from cocreation.services.refresh_themes import show_decision
from handlers import browse, theme_cards, theme_decisions
from handlers.actions import Verb, action, arguments, number, pattern
from handlers.card_buttons import CLOSED
from handlers.context import TownApplication, TownContext, language_of
from handlers.own_cards import card_with_theme
from handlers.quoting import on_one_line
from handlers.roles import only_facilitators
from handlers.theme_actions import back_to_theme, open_theme_action, undo_button
from handlers.theme_log import overruled_words
from handlers.updates import pressed_data
from handlers.ways import Way, read_way
from handlers.why_cards import idea_text, split_done_text, split_text, theme_text
from locales import Translator, translator

NAME = 34
NEWEST_IDEAS = Way()
Place = tuple[ChatId, MessageId | None]


class Explainer(Protocol):
    """Computes the answers, elsewhere; each is None where what was asked for is gone or hidden."""

    async def why_idea(self, idea: IdeaId) -> WhyIdea | None: ...

    async def why_theme(self, theme: ThemeId) -> WhyTheme | None: ...

    async def propose_split(self, theme: ThemeId) -> Split | None: ...


@dataclass(frozen=True, slots=True)
class Question:
    """What was asked by a button, in which language, and which message the answer takes the place of.

    `number` is that of the idea or the theme; `back` the page of themes, `way` that of ideas from
    which it was asked, None where that was the card in its author's chat; `sign` that of the cut that is
    to be made.
    """

    verb: Verb
    number: int
    back: int
    language: Language
    chat: ChatId
    at: MessageId | None
    thread: int | None
    by: ResidentId
    sign: str = ""
    way: Way | None = NEWEST_IDEAS

    @property
    def place(self) -> Place:
        return self.chat, self.at

    @property
    def slot(self) -> str:
        if self.verb is not Verb.WHY_IDEA:
            return theme_cards.SLOT
        return f"idea:{self.number}" if self.way is None else browse.SLOT

    @property
    def back_to_list(self) -> Button:
        t = translator(self.language)
        if self.verb is Verb.WHY_IDEA:
            label = f"◂ {t.gettext('The idea')}"
            if self.way is None:
                return Button(label, action(Verb.MORE, self.number, CLOSED))
            return self.way.button(label, Verb.OPEN, self.number)
        return back_to_theme(ThemeId(self.number), t)

    @property
    def again(self) -> Button:
        label = translator(self.language).gettext("Try again")
        if self.verb is Verb.WHY_IDEA and self.way is not None:
            return self.way.button(label, self.verb, self.number)
        if self.verb is Verb.WHY_IDEA:
            return Button(label, action(self.verb, self.number))
        rest = (self.sign,) if self.sign else ()
        return Button(label, action(self.verb, self.number, self.back, *rest))


Ask = Callable[[Question], None]


class Why:
    """The buttons. What they ask for is handed on: the answer must not hold up who else writes."""

    def __init__(self, ask: Ask) -> None:
        self._ask = ask

    def register(self, application: TownApplication) -> None:
        application.add_handler(CallbackQueryHandler(self.why_idea, pattern(Verb.WHY_IDEA)))
        for verb in (Verb.WHY_THEME, Verb.PROPOSE_SPLIT, Verb.SPLIT):
            application.add_handler(CallbackQueryHandler(self.about_theme, pattern(verb)))
        application.add_handler(CallbackQueryHandler(undo_split, pattern(Verb.UNDO_SPLIT)))

    async def why_idea(self, update: Update, context: TownContext) -> None:
        question = await _question(update, context)
        view = await context.work.ideas.view(IdeaId(question.number))
        if view is None or not view.idea.is_published:
            raise NotFoundError
        if view.idea.author == question.by and _is_without_way(update):
            question = replace(question, way=None)
        await self._hand_on(update, context, question)

    async def about_theme(self, update: Update, context: TownContext) -> None:
        await only_facilitators(update, context)
        question = await _question(update, context)
        if await context.work.themes.get(ThemeId(question.number)) is None:
            raise ThemeGoneError
        await self._hand_on(update, context, question)

    async def _hand_on(self, update: Update, context: TownContext, question: Question) -> None:
        t = translator(question.language)
        await context.toast(update, t.gettext("I look into it. The answer appears here."))
        self._ask(question)


def _is_without_way(update: Update) -> bool:
    query = update.callback_query
    return query is not None and len(arguments(query.data)) == 1


async def undo_split(update: Update, context: TownContext) -> None:
    """A button of the time when a theme had no card."""
    await only_facilitators(update, context)
    data = pressed_data(update)
    await theme_decisions.undo(update, context, DecisionId(number(data)))


async def answer(
    question: Question, explainer: Explainer, storage: Storage, town: Town, clock: Clock
) -> None:
    """Put the answer where the question was asked."""
    t = translator(question.language)
    try:
        message = await _answered(question, explainer, storage, town, clock)
    except MorgenError as error:
        text = escape(t.gettext(error.message, **error.values))
        message = Message(text, ((question.back_to_list,),))
    await _show(question, message, storage, clock)


async def apologise(question: Question, storage: Storage, clock: Clock) -> None:
    """Say that there is no answer, with the button to ask again."""
    t = translator(question.language)
    text = escape(t.gettext("I could not find this out just now. Nothing was changed; please try again."))
    await _show(question, Message(text, ((question.again, question.back_to_list),)), storage, clock)


async def _question(update: Update, context: TownContext) -> Question:
    query, chat, message = update.callback_query, update.effective_chat, update.effective_message
    if query is None or chat is None:
        raise NotFoundError
    resident = await context.resident(update)
    said = arguments(query.data)
    verb = Verb((query.data or "").split(":")[1])
    is_private = chat.type == chat.PRIVATE
    return Question(
        verb=verb,
        number=number(query.data),
        back=0 if verb is Verb.WHY_IDEA else number(query.data, 1),
        language=language_of(resident, context.town) if is_private else context.town.digest_language,
        chat=ChatId(chat.id),
        at=MessageId(query.message.message_id) if query.message else None,
        thread=message.message_thread_id if message is not None and message.is_topic_message else None,
        by=resident.id,
        sign=said[2] if len(said) > 2 and verb is not Verb.WHY_IDEA else "",
        way=read_way(said[1:]),
    )


async def _answered(
    question: Question, explainer: Explainer, storage: Storage, town: Town, clock: Clock
) -> Message:
    t = translator(question.language)
    if question.verb is Verb.WHY_IDEA:
        idea = await explainer.why_idea(IdeaId(question.number))
        if idea is None:
            raise NotFoundError
        return Message(idea_text(idea, t), ((question.back_to_list,),))
    if question.verb is Verb.WHY_THEME:
        theme = await explainer.why_theme(ThemeId(question.number))
        if theme is None:
            raise ThemeGoneError
        propose = action(Verb.PROPOSE_SPLIT, question.number, question.back)
        rows = ((Button(f"✂️ {t.gettext('Propose a split')}", propose),), (question.back_to_list,))
        return Message(theme_text(theme, t), rows)
    split = await explainer.propose_split(ThemeId(question.number))
    if split is None:
        raise ThemeGoneError
    if question.verb is Verb.SPLIT and split.halves is not None and split.sign == question.sign:
        return await _split(question, split, storage, town, clock)
    return _proposal(question, split, t)


def _proposal(question: Question, split: Split, t: Translator) -> Message:
    why = action(Verb.WHY_THEME, question.number, question.back)
    below = (Button(f"❓ {t.gettext('Why this theme?')}", why), question.back_to_list)
    text = split_text(split, t)
    if question.verb is Verb.SPLIT:
        changed = escape(t.gettext("The ideas have changed meanwhile, so nothing was split."))
        text = f"{changed}\n\n{text}"
    if split.halves is None:
        return Message(text, (below,))
    so = action(Verb.SPLIT, question.number, question.back, split.sign)
    return Message(text, ((Button(f"✂️ {t.gettext('Split so')}", so),), below))


async def _split(question: Question, split: Split, storage: Storage, town: Town, clock: Clock) -> Message:
    t = translator(question.language)
    assert split.halves is not None
    leaving = split.halves[1]
    async with storage.writing() as work:
        decided = await split_theme(
            work, split.theme, leaving.ideas, leaving.label, by=question.by, now=clock()
        )
        await show_decision(work, decided.decision, partial(card_with_theme, town), clock())
        made = await work.theme_pages.decision(decided.decision)
    undo = undo_button(split.theme, decided.decision, t)
    text = f"{split_done_text(split, t)} {escape(overruled_words(decided, t))}".strip()
    opens: tuple[Button, ...] = ()
    if made is not None and made.other is not None:
        label = t.gettext("Open “{theme}”", theme=on_one_line(leaving.label, NAME))
        opens = (Button(label, open_theme_action(made.other)),)
    return Message(text, ((undo,), opens, (question.back_to_list,)))


async def _show(question: Question, message: Message, storage: Storage, clock: Clock) -> None:
    show = Show(question.chat, message, slot=question.slot, at=question.at, thread=question.thread)
    async with storage.writing() as work:
        await work.outbox.put(show, clock())
