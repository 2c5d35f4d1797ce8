"""The kinds of identity. Integers inside; what appears in a link is a `Token`."""

import secrets
from typing import NewType

ResidentId = NewType("ResidentId", int)
IdeaId = NewType("IdeaId", int)
ThemeId = NewType("ThemeId", int)
ProcessId = NewType("ProcessId", int)
PromptId = NewType("PromptId", int)
DecisionId = NewType("DecisionId", int)
MediaId = NewType("MediaId", int)
CommentId = NewType("CommentId", int)
ReplyId = NewType("ReplyId", int)
ThemeReplyId = NewType("ThemeReplyId", int)
ReplyPhotoId = NewType("ReplyPhotoId", int)
TemplateId = NewType("TemplateId", int)
ReportId = NewType("ReportId", int)
CaseId = NewType("CaseId", int)
ActId = NewType("ActId", int)
OfferId = NewType("OfferId", int)
ErasureId = NewType("ErasureId", int)
FacilitatorId = NewType("FacilitatorId", int)
InvitationId = NewType("InvitationId", int)
SettingChangeId = NewType("SettingChangeId", int)
ExportId = NewType("ExportId", int)
DigestFileId = NewType("DigestFileId", int)
PhaseId = NewType("PhaseId", int)
ProcessChangeId = NewType("ProcessChangeId", int)
OutboxId = NewType("OutboxId", int)
ChatId = NewType("ChatId", int)
MessageId = NewType("MessageId", int)
Token = NewType("Token", str)
Language = NewType("Language", str)


def new_invitation_token() -> Token:
    """128 random bits as 32 hexadecimal digits."""
    return Token(secrets.token_hex(16))


def new_token() -> Token:
    """128 random bits, safe in a URL, 22 characters."""
    return Token(secrets.token_urlsafe(16))
