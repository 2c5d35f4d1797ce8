"""A message of another person in a group becomes an idea only if that person says so."""

from datetime import datetime

from cocreation.errors import NotTheAskerError, NotTheAuthorError, OfferOverError
from cocreation.ideas.ids import ChatId, Language, OfferId
from cocreation.ideas.offer import OFFER_LASTS, Offer
from cocreation.ideas.submission import Receipt, Submission
from cocreation.ports import Work
from cocreation.services.submit_idea import submit_idea


async def accept_offer(
    work: Work, person: ChatId, language: Language, offer: OfferId, now: datetime
) -> Receipt:
    """Keep the message as its author's idea; `language` is theirs if they were never met.

    Raises OfferOverError, NotTheAuthorError and, with nothing changed, BlockedError.
    """
    open_offer = await _open(work, offer, now)
    _only_author(open_offer, person)
    author = await work.residents.meet(person, language, now)
    submission = Submission(open_offer.chat, open_offer.message, sent_at=now, text=open_offer.text)
    receipt = await submit_idea(work, author, submission, now)
    await work.offers.remove(offer)
    return receipt


async def decline_offer(work: Work, person: ChatId, offer: OfferId, now: datetime) -> None:
    """Forget the words. Raises OfferOverError and NotTheAuthorError."""
    _only_author(await _open(work, offer, now), person)
    await work.offers.decline(offer)


async def take_offer_back(work: Work, person: ChatId, offer: OfferId, now: datetime) -> None:
    """The one who asked does not ask any more. Raises OfferOverError and NotTheAskerError."""
    if (await _open(work, offer, now)).asker != person:
        raise NotTheAskerError
    await work.offers.remove(offer)


async def end_old_offers(work: Work, now: datetime) -> list[Offer]:
    """Forget what nobody has answered, and who said no; gives those that were still open."""
    old = await work.offers.made_before(now - OFFER_LASTS)
    for offer in old:
        await work.offers.remove(offer.id)
    return [offer for offer in old if not offer.is_declined]


async def _open(work: Work, offer: OfferId, now: datetime) -> Offer:
    found = await work.offers.get(offer)
    if found is None or found.is_declined or found.is_over(now):
        raise OfferOverError
    return found


def _only_author(offer: Offer, person: ChatId) -> None:
    if offer.author != person:
        raise NotTheAuthorError
