"""One transaction and the repositories that take part in it."""

from collections.abc import Mapping, Sequence
from functools import cached_property

from sqlalchemy.ext.asyncio import AsyncConnection

from cocreation.ideas.ids import OutboxId
from cocreation.ideas.setting import Key
from storage.answering import SqlAnsweringRepository
from storage.belongings import SqlBelongingRepository
from storage.comments import SqlCommentRepository
from storage.contents import SqlContentRepository
from storage.conversations import SqlConversationRepository
from storage.digest_files import SqlDigestFileRepository
from storage.digests import SqlDigestRepository
from storage.erasures import SqlErasureRepository
from storage.facilitators import SqlFacilitatorRepository
from storage.follows import SqlFollowRepository
from storage.frames import SqlFrameRepository
from storage.groups import SqlGroupRepository
from storage.ideas import SqlIdeaRepository
from storage.inbox import SqlInbox
from storage.invitations import SqlInvitationRepository
from storage.listings import SqlListingRepository
from storage.look_alikes import SqlLookAlikeRepository
from storage.media import SqlMediaRepository
from storage.mine import SqlMineRepository
from storage.moderation import SqlModerationRepository
from storage.moderation_acts import SqlActRepository
from storage.notices import SqlNoticeRepository
from storage.offers import SqlOfferRepository
from storage.outbox import OutboxRow, SqlOutbox
from storage.parts import SqlPartRepository
from storage.processes import SqlProcessRepository
from storage.replies import SqlReplyRepository
from storage.reply_photos import SqlReplyPhotoRepository
from storage.reply_templates import SqlTemplateRepository
from storage.reports import SqlReportRepository
from storage.residents import SqlResidentRepository
from storage.settings import SqlSettingRepository
from storage.stale_cards import SqlStaleCardRepository
from storage.supports import SqlSupportRepository
from storage.suspects import SqlSuspectRepository
from storage.theme_pages import SqlThemePageRepository
from storage.theme_replies import SqlThemeReplyRepository
from storage.themes import SqlThemeRepository
from storage.town_exports import SqlTownExportRepository
from storage.vectors import SqlVectorRepository


class SqlWork:
    """See `cocreation.ports.Work`. A repository is made when it is first asked for."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    @cached_property
    def residents(self) -> SqlResidentRepository:
        return SqlResidentRepository(self._connection)

    @cached_property
    def ideas(self) -> SqlIdeaRepository:
        return SqlIdeaRepository(self._connection)

    @cached_property
    def parts(self) -> SqlPartRepository:
        return SqlPartRepository(self._connection)

    @cached_property
    def look_alikes(self) -> SqlLookAlikeRepository:
        return SqlLookAlikeRepository(self._connection)

    @cached_property
    def listings(self) -> SqlListingRepository:
        return SqlListingRepository(self._connection)

    @cached_property
    def comments(self) -> SqlCommentRepository:
        return SqlCommentRepository(self._connection)

    @cached_property
    def follows(self) -> SqlFollowRepository:
        return SqlFollowRepository(self._connection)

    @cached_property
    def reports(self) -> SqlReportRepository:
        return SqlReportRepository(self._connection)

    @cached_property
    def moderation(self) -> SqlModerationRepository:
        return SqlModerationRepository(self._connection)

    @cached_property
    def acts(self) -> SqlActRepository:
        return SqlActRepository(self._connection)

    @cached_property
    def suspects(self) -> SqlSuspectRepository:
        return SqlSuspectRepository(self._connection)

    @cached_property
    def supports(self) -> SqlSupportRepository:
        return SqlSupportRepository(self._connection)

    @cached_property
    def themes(self) -> SqlThemeRepository:
        return SqlThemeRepository(self._connection)

    @cached_property
    def theme_pages(self) -> SqlThemePageRepository:
        return SqlThemePageRepository(self._connection)

    @cached_property
    def vectors(self) -> SqlVectorRepository:
        return SqlVectorRepository(self._connection)

    @cached_property
    def frames(self) -> SqlFrameRepository:
        return SqlFrameRepository(self._connection)

    @cached_property
    def media(self) -> SqlMediaRepository:
        return SqlMediaRepository(self._connection)

    @cached_property
    def digests(self) -> SqlDigestRepository:
        return SqlDigestRepository(self._connection)

    @cached_property
    def processes(self) -> SqlProcessRepository:
        return SqlProcessRepository(self._connection)

    @cached_property
    def replies(self) -> SqlReplyRepository:
        return SqlReplyRepository(self._connection)

    @cached_property
    def theme_replies(self) -> SqlThemeReplyRepository:
        return SqlThemeReplyRepository(self._connection)

    @cached_property
    def reply_photos(self) -> SqlReplyPhotoRepository:
        return SqlReplyPhotoRepository(self._connection)

    @cached_property
    def templates(self) -> SqlTemplateRepository:
        return SqlTemplateRepository(self._connection)

    @cached_property
    def answering(self) -> SqlAnsweringRepository:
        return SqlAnsweringRepository(self._connection)

    @cached_property
    def stale_cards(self) -> SqlStaleCardRepository:
        return SqlStaleCardRepository(self._connection)

    @cached_property
    def notices(self) -> SqlNoticeRepository:
        return SqlNoticeRepository(self._connection)

    @cached_property
    def conversations(self) -> SqlConversationRepository:
        return SqlConversationRepository(self._connection)

    @cached_property
    def facilitators(self) -> SqlFacilitatorRepository:
        return SqlFacilitatorRepository(self._connection)

    @cached_property
    def invitations(self) -> SqlInvitationRepository:
        return SqlInvitationRepository(self._connection)

    @cached_property
    def settings(self) -> SqlSettingRepository:
        return SqlSettingRepository(self._connection)

    @cached_property
    def groups(self) -> SqlGroupRepository:
        return SqlGroupRepository(self._connection)

    @cached_property
    def offers(self) -> SqlOfferRepository:
        return SqlOfferRepository(self._connection)

    @cached_property
    def mine(self) -> SqlMineRepository:
        return SqlMineRepository(self._connection)

    @cached_property
    def belongings(self) -> SqlBelongingRepository:
        return SqlBelongingRepository(self._connection)

    @cached_property
    def contents(self) -> SqlContentRepository:
        return SqlContentRepository(self._connection)

    @cached_property
    def town_exports(self) -> SqlTownExportRepository:
        return SqlTownExportRepository(self._connection)

    @cached_property
    def digest_files(self) -> SqlDigestFileRepository:
        return SqlDigestFileRepository(self._connection)

    @cached_property
    def erasures(self) -> SqlErasureRepository:
        return SqlErasureRepository(self._connection, self.outbox)

    @cached_property
    def inbox(self) -> SqlInbox:
        return SqlInbox(self._connection)

    @cached_property
    def outbox(self) -> SqlOutbox:
        return SqlOutbox(self._connection)

    async def flush(self) -> None:
        """Write what was kept back until the end of the transaction."""
        await self.outbox.flush()

    @property
    def posted(self) -> Sequence[OutboxRow]:
        """What this transaction put into the outbox, once flushed."""
        return self.outbox.posted

    @property
    def chosen(self) -> Mapping[Key, str] | None:
        """What the settings from the chat are after this transaction, None where it changed none."""
        return self.settings.changed

    @property
    def has_named(self) -> bool:
        """Whether this transaction changed who facilitates."""
        return self.facilitators.has_changed or self.erasures.has_unnamed

    @property
    def withdrawn(self) -> Sequence[OutboxId]:
        """What this transaction took out of the outbox unsent."""
        return self.outbox.withdrawn
