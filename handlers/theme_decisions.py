"""Facilitators merge themes, pin and hide them, move ideas, and undo each of these."""

from collections.abc import Sequence

from telegram import Update

from cocreation.errors import DecisionGoneError, NotFoundError, SameThemeError
from cocreation.ideas.decision import Decided, Decision, DecisionKind
from cocreation.ideas.ids import DecisionId, IdeaId, ResidentId, ThemeId
from cocreation.ideas.theme import Theme
from cocreation.ideas.theme_page import WEEK, ThemeIdea, ThemeLine, nearest_first
from cocreation.services.decide_themes import (
    hide_theme,
    merge_themes,
    move_idea,
    pin_theme,
    show_theme,
    undo_decision,
    unpin_theme,
)
from cocreation.services.open_theme import present_theme
from handlers import open_theme
from handlers.context import TownContext
from handlers.desks import words_here
from handlers.open_theme import show_on_cards
from handlers.quoting import on_one_line
from handlers.theme_actions import undo_button
from handlers.theme_cards import LONGEST_LABEL, SLOT
from handlers.theme_choices import merge_choices, merge_preview, move_choices
from handlers.theme_log import overruled_words
from locales import Translator

QUOTES = 2
IDEA = 80


async def choose_merge(update: Update, context: TownContext, theme: ThemeId, start: int) -> None:
    """The themes with which this one could be merged."""
    present, t = await present_theme(context.work, theme), await words_here(update, context)
    others = await _others(context, present)
    await context.toast(update)
    await context.change(update, merge_choices(present, others, start, t), SLOT)


async def preview_merge(update: Update, context: TownContext, theme: ThemeId, other: ThemeId) -> None:
    if theme == other:
        raise SameThemeError
    themes = []
    for each in (theme, other):
        present = await present_theme(context.work, each)
        themes.append((present, await context.work.theme_pages.ideas(each, QUOTES)))
    message = merge_preview(themes, await words_here(update, context))
    await context.toast(update)
    await context.change(update, message, SLOT)


async def merge(update: Update, context: TownContext, theme: ThemeId, into: ThemeId) -> None:
    """Let the ideas of a theme be in another one, whose card is shown."""
    t, by = await words_here(update, context), await _by(update, context)
    goes, stays = await present_theme(context.work, theme), await present_theme(context.work, into)
    decided = await merge_themes(context.work, theme, into, by=by, now=context.now)
    together = t.ngettext(
        "“{theme}” is merged into this theme: {n} idea together.",
        "“{theme}” is merged into this theme: {n} ideas together.",
        goes.size + stays.size,
        theme=_name(goes),
    )
    await _show(update, context, into, decided, together)


async def pin(update: Update, context: TownContext, theme: ThemeId, *, wanted: bool) -> None:
    present, t, by = await _at_hand(update, context, theme)
    if present.is_pinned == wanted:
        said = t.gettext("The theme is pinned already.") if wanted else t.gettext("The theme is not pinned.")
        return await open_theme.show_theme(update, context, theme, said)
    if wanted:
        decided = await pin_theme(context.work, theme, by=by, now=context.now)
        said = t.ngettext(
            "Pinned. The theme stays, with the {n} idea that is in it now.",
            "Pinned. The theme stays, with the {n} ideas that are in it now.",
            present.size,
        )
        return await _show(update, context, theme, decided, said)
    lifted = await unpin_theme(context.work, theme, by=by, now=context.now)
    said = t.gettext("Unpinned. From now on the theme changes with what people write.")
    return await _show_lifted(update, context, theme, lifted, said)


async def hide(update: Update, context: TownContext, theme: ThemeId, *, wanted: bool) -> None:
    present, t, by = await _at_hand(update, context, theme)
    if present.is_hidden == wanted:
        said = t.gettext("The theme is hidden already.") if wanted else t.gettext("The theme is not hidden.")
        return await open_theme.show_theme(update, context, theme, said)
    if wanted:
        decided = await hide_theme(context.work, theme, by=by, now=context.now)
        return await _show(update, context, theme, decided, t.gettext("Hidden."))
    lifted = await show_theme(context.work, theme, by=by, now=context.now)
    said = t.gettext("Shown again. Everybody sees the theme.")
    return await _show_lifted(update, context, theme, lifted, said)


async def choose_move(update: Update, context: TownContext, theme: ThemeId, idea: IdeaId, start: int) -> None:
    """The themes to which an idea could be moved."""
    present, t = await present_theme(context.work, theme), await words_here(update, context)
    moved, others = await _idea(context, idea), await _others(context, present)
    await context.toast(update)
    await context.change(update, move_choices(present, moved, others, start, t), SLOT)


async def move(
    update: Update, context: TownContext, theme: ThemeId, idea: IdeaId, into: ThemeId | None
) -> None:
    """Put an idea into another theme, or out of all; the card of the theme where it was is shown."""
    t, by = await words_here(update, context), await _by(update, context)
    moved = await _idea(context, idea)
    words = on_one_line(moved.text, IDEA)
    target = None if into is None else await present_theme(context.work, into)
    said = t.gettext("“{idea}” is out of all themes now.", idea=words)
    if target is not None:
        said = t.gettext("“{idea}” is in “{theme}” now.", idea=words, theme=_name(target))
    if await context.work.theme_pages.theme_with(idea) == into:
        return await open_theme.show_theme(update, context, theme, said)
    decided = await move_idea(context.work, idea, into, by=by, now=context.now)
    return await _show(update, context, theme, decided, said)


async def undo(
    update: Update, context: TownContext, decision: DecisionId, theme: ThemeId | None = None
) -> None:
    """Take back a decision, and show the theme from whose card that was asked, or else whose it was."""
    t, by = await words_here(update, context), await _by(update, context)
    made = await context.work.theme_pages.decision(decision)
    if made is None:
        raise DecisionGoneError
    await undo_decision(context.work, decision, now=context.now, by=by)
    await show_on_cards(context, decision)
    said = await _undone(context, made, t)
    for shown in (theme, made.theme, made.other):
        if shown is not None and await context.work.theme_pages.get(shown) is not None:
            return await open_theme.show_theme(update, context, shown, said)
    shown = theme or made.theme or made.other
    if shown is None:
        raise NotFoundError
    return await open_theme.show_theme(update, context, shown, said)


async def _undone(context: TownContext, made: Decision, t: Translator) -> str:
    match made.kind:
        case DecisionKind.RENAME if made.theme is not None:
            theme = await context.work.theme_pages.get(made.theme)
            name = "" if theme is None else _name(theme)
            return t.gettext("Undone. The theme is called “{theme}” again.", theme=name)
        case DecisionKind.PIN:
            return t.gettext("Unpinned. From now on the theme changes with what people write.")
        case DecisionKind.HIDE:
            return t.gettext("Shown again. Everybody sees the theme.")
    return t.gettext("Undone. The ideas are back where they were.")


async def _show(update: Update, context: TownContext, theme: ThemeId, decided: Decided, said: str) -> None:
    t = await words_here(update, context)
    await show_on_cards(context, decided.decision)
    told = f"{said} {overruled_words(decided, t)}".strip()
    undo = (undo_button(theme, decided.decision, t),)
    await open_theme.show_theme(update, context, theme, told, undo)


async def _show_lifted(
    update: Update, context: TownContext, theme: ThemeId, lifted: Sequence[DecisionId], said: str
) -> None:
    for decision in lifted:
        await show_on_cards(context, decision)
    await open_theme.show_theme(update, context, theme, said)


async def _at_hand(
    update: Update, context: TownContext, theme: ThemeId
) -> tuple[Theme, Translator, ResidentId]:
    present = await present_theme(context.work, theme)
    return present, await words_here(update, context), await _by(update, context)


async def _others(context: TownContext, theme: Theme) -> list[ThemeLine]:
    """The other themes that everybody sees, those most like it first."""
    lines = await context.work.theme_pages.lines(context.now - WEEK)
    others = [line for line in lines if line.id != theme.id and not line.is_hidden]
    return nearest_first(others, theme.spot)


async def _idea(context: TownContext, idea: IdeaId) -> ThemeIdea:
    view = await context.work.ideas.view(idea)
    if view is None or not view.idea.is_published:
        raise NotFoundError
    return ThemeIdea(idea, view.idea.text, view.supports)


async def _by(update: Update, context: TownContext) -> ResidentId:
    return (await context.resident(update)).id


def _name(theme: Theme) -> str:
    return on_one_line(theme.label, LONGEST_LABEL)
