"""Words that the town uses again in its answers."""

from cocreation.errors import TemplateGoneError, TooManyTemplatesError
from cocreation.ideas.ids import Language, TemplateId
from cocreation.ideas.reply import Status
from cocreation.ideas.template import MOST_TEMPLATES, Template
from cocreation.ports import Work
from cocreation.services.reply_to_idea import checked_answer


async def add_template(work: Work, status: Status, language: Language, text: str) -> TemplateId:
    """Raises TooManyTemplatesError, NoWordsError and TooLongError."""
    words = checked_answer(text)
    if await work.templates.count() >= MOST_TEMPLATES:
        raise TooManyTemplatesError(n=MOST_TEMPLATES)
    return await work.templates.add(status, language, words)


async def standing_template(work: Work, template: TemplateId) -> Template:
    """Raises TemplateGoneError."""
    found = await work.templates.get(template)
    if found is None or found.is_removed:
        raise TemplateGoneError
    return found


async def change_template(work: Work, template: TemplateId, text: str) -> None:
    """Raises TemplateGoneError, NoWordsError and TooLongError."""
    await standing_template(work, template)
    await work.templates.change(template, checked_answer(text))


async def put_template_back(work: Work, template: TemplateId) -> None:
    """Undo that it was deleted. Raises TemplateGoneError and TooManyTemplatesError."""
    found = await work.templates.get(template)
    if found is None:
        raise TemplateGoneError
    if found.is_removed and await work.templates.count() >= MOST_TEMPLATES:
        raise TooManyTemplatesError(n=MOST_TEMPLATES)
    await work.templates.put_back(template)
