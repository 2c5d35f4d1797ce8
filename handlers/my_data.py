"""`/mydata`: all that is kept of a person comes as a file."""

from html import escape

from telegram import Update
from telegram.ext import CallbackQueryHandler, CommandHandler, filters

from cocreation.ideas.ids import ChatId
from cocreation.ideas.messages import Button, Message
from cocreation.services.ask_for_data import Answer, Said, ask_for_data
from handlers.actions import NEW_MESSAGE, Verb, action, pattern
from handlers.context import TownApplication, TownContext, language_of
from locales import Translator, translator


def register(application: TownApplication) -> None:
    private = filters.ChatType.PRIVATE & filters.UpdateType.MESSAGE
    application.add_handler(CommandHandler("mydata", ask, private))
    application.add_handler(CallbackQueryHandler(ask, pattern(Verb.MYDATA)))


async def ask(update: Update, context: TownContext) -> None:
    """The command and the button. Whoever is not known stays unknown."""
    user = update.effective_user
    resident = await context.work.residents.find(ChatId(user.id)) if user else None
    if resident is None:
        t = translator(context.town.speaks(user.language_code if user else None))
        said = t.gettext("I know nothing of you, so there is nothing to give.")
    else:
        t = translator(language_of(resident, context.town))
        said = _said(await ask_for_data(context.work, resident, context.now), t, context)
    if update.callback_query is not None:
        await context.toast(update, said, alert=True)
    else:
        await context.answer(update, Message(escape(said)))


def caption(number: int, parts: int, t: Translator) -> Message:
    """What stands below the file, or below one of several."""
    if number > 1:
        text = t.gettext("More of your photos and recordings: part {n} of {count}.", n=number, count=parts)
        return Message(escape(text))
    said = [
        t.gettext("This is all that is kept of you."),
        t.gettext("Unpack the file and open my-data.html; data.json has the same for programs."),
    ]
    if parts > 1:
        said.append(t.gettext("It is large, so it comes in {count} parts.", count=parts))
    forget = Button(f"🗑 {t.gettext('Forget me')}", action(Verb.FORGET, NEW_MESSAGE))
    return Message(escape(" ".join(said)), ((forget,),))


def _said(answer: Answer, t: Translator, context: TownContext) -> str:
    match answer.said:
        case Said.BEGUN:
            return t.gettext("I am putting it together. It comes here in a moment.")
        case Said.UNDER_WAY:
            return t.gettext("I am still putting it together. It comes here as soon as it is done.")
        case Said.TOO_SOON:
            again = context.town.local(answer.again_at).strftime("%H:%M")
            return t.gettext("You had it a moment ago. From {time} on you can have it again.", time=again)
