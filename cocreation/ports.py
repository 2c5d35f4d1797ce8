"""What the services need from outside, as Protocols. `storage` and `bot` provide them."""

from collections.abc import AsyncIterator, Awaitable, Callable, Collection, Mapping, Sequence, Set
from contextlib import AbstractAsyncContextManager
from datetime import datetime
from typing import Any, Protocol

from cocreation.ideas.answering import Answering
from cocreation.ideas.belongings import Asked, Belongings
from cocreation.ideas.burst import Fresh, Supported
from cocreation.ideas.comment import Comment, CommentState, NewComment, Thread
from cocreation.ideas.conversation import Conversation, Step
from cocreation.ideas.decision import Decided, Decision, DecisionKind, NewDecision
from cocreation.ideas.digest import AnsweredIdea, Counts, Digest, NewestIdea
from cocreation.ideas.digest_file import NewDigestFile, WaitingDigestFile
from cocreation.ideas.duplicate import Duplicate
from cocreation.ideas.erasure import Erased, Traces
from cocreation.ideas.export import ModerationCount, NewExport, Selection, StoredPhoto, WaitingExport
from cocreation.ideas.frame import FrameKey, GoalKey
from cocreation.ideas.framing import (
    GoalMark,
    LaidIdea,
    MarkId,
    NewMark,
    Standing,
    Suggestion,
    Suggestions,
    Tally,
)
from cocreation.ideas.group import Group
from cocreation.ideas.idea import Idea, IdeaState, IdeaView, NewIdea, Place, WordsOf
from cocreation.ideas.ids import (
    ActId,
    CaseId,
    ChatId,
    CommentId,
    DecisionId,
    DigestFileId,
    ExportId,
    FacilitatorId,
    IdeaId,
    InvitationId,
    Language,
    MediaId,
    MessageId,
    OfferId,
    PhaseId,
    ProcessChangeId,
    ProcessId,
    ReplyId,
    ReplyPhotoId,
    ReportId,
    ResidentId,
    SettingChangeId,
    TemplateId,
    ThemeId,
    ThemeReplyId,
    Token,
)
from cocreation.ideas.listing import TOP, ListedTheme, Listing, ListPage, Position, Start
from cocreation.ideas.media import Media, NewMedia
from cocreation.ideas.messages import Message, Post, Show
from cocreation.ideas.mine import Counted, Mine, MyPage
from cocreation.ideas.moderation import Act, Block, Case, Happened, Mark, NewAct, Seen, Sign, Waiting
from cocreation.ideas.movement import ThemeActivity
from cocreation.ideas.notice import Addressee, News, Notice, ReplyAct, Told, Wishes
from cocreation.ideas.offer import NewOffer, Offer
from cocreation.ideas.part import Part
from cocreation.ideas.period import Period
from cocreation.ideas.placed import LookAlike, Neighbour
from cocreation.ideas.process import NewPhase, NewProcess, Process, ProcessState, StateChange
from cocreation.ideas.reply import (
    Answer,
    Correction,
    NewReply,
    Reach,
    Reply,
    Status,
    ThemeReply,
    WaitingIdea,
)
from cocreation.ideas.reply_photo import ReplyPhoto
from cocreation.ideas.report import Reason, Report, Reported
from cocreation.ideas.resident import Resident
from cocreation.ideas.role import Charge, Facilitator, Invitation, Rights
from cocreation.ideas.setting import Key, Setting, SettingChange
from cocreation.ideas.template import Template
from cocreation.ideas.theme import Clustering, Holds, IdeaText, KnownTheme, Member, Placement, Theme
from cocreation.ideas.theme_event import ThemeEvent
from cocreation.ideas.theme_page import Fate, LoggedDecision, ThemeIdea, ThemeLine
from cocreation.ideas.town import Town
from cocreation.ideas.vector import IdeaVector

Clock = Callable[[], datetime]
"""Gives the present moment, aware, in UTC."""

TownNow = Callable[[], Town]
"""Gives the town as it is set at present."""

DigestRenderer = Callable[[Digest], Message]
CardRenderer = Callable[["Work", IdeaView, Resident, datetime], Awaitable[Show | None]]
"""The card of an idea in its author's chat, to be edited in place; None where there is no such chat."""


SuspectTeller = Callable[["Work", Sequence[Case], Sequence[Act], datetime], Awaitable[None]]
"""Tells facilitators of new cases, and authors of what was hidden at once."""

NewsRenderer = Callable[[Sequence[News], Addressee], Message]


class ResidentRepository(Protocol):
    """People and how to answer them."""

    async def meet(self, chat: ChatId, language: Language, now: datetime) -> Resident:
        """The resident who writes from this private chat, made on first sight."""
        ...

    async def meet_author(self, external_id: str, language: Language, now: datetime) -> ResidentId:
        """The resident behind the author column of an import, made on first sight."""
        ...

    async def find(self, chat: ChatId) -> Resident | None: ...

    async def get(self, resident: ResidentId) -> Resident | None: ...

    async def set_language(self, resident: ResidentId, language: Language) -> None: ...

    async def near(self, resident: ResidentId) -> Position | None:
        """Where the person wants to see ideas near them."""
        ...

    async def set_near(self, resident: ResidentId, position: Position | None) -> None: ...

    async def mark_unreachable(self, chat: ChatId, now: datetime) -> None:
        """The person blocked the bot or is gone."""
        ...

    async def mark_reachable(self, resident: ResidentId) -> None: ...

    async def give_pseudonym(self, resident: ResidentId, name: str) -> str | None:
        """The person's pseudonym from now on: this one, or the one they have. None when it is another's."""
        ...

    async def set_wishes(self, resident: ResidentId, wishes: Wishes) -> None:
        """When the person wants to hear of what happens."""
        ...


class IdeaRepository(Protocol):
    """Ideas and their history. Methods that look for one idea give None where there is none."""

    async def add(self, idea: NewIdea) -> IdeaId: ...

    async def get(self, idea: IdeaId) -> Idea | None: ...

    async def view(self, idea: IdeaId) -> IdeaView | None: ...

    async def by_token(self, token: Token) -> IdeaView | None:
        """The idea behind a link, in whatever state it is."""
        ...

    async def by_message(self, chat: ChatId, message: MessageId) -> Idea | None: ...

    async def same_text(self, author: ResidentId, text: str) -> Idea | None:
        """The author's published idea with exactly this text, or of which a message had exactly this text;
        else such a one that facilitators have hidden."""
        ...

    async def latest_of(self, author: ResidentId, chat: ChatId, since: datetime) -> Idea | None:
        """The author's newest published idea or draft that came through the chat."""
        ...

    async def before(self, author: ResidentId, idea: IdeaId) -> Idea | None:
        """The author's published idea that came through the chat before this one."""
        ...

    async def written_at(self, author: ResidentId, count: int, since: datetime) -> datetime | None:
        """When the author wrote the `count`-th of their newest ideas in the chat, in whatever state it is;
        None where there are not so many since then."""
        ...

    async def correct(self, idea: IdeaId, text: str, now: datetime) -> None:
        """Replace the text; the old one goes into the history."""
        ...

    async def give_words(self, draft: IdeaId, words: NewIdea, now: datetime) -> None:
        """Publish a draft with its first words; the message that holds them is the idea's from now on."""
        ...

    async def settle_whose(self, idea: IdeaId, whose: WordsOf, written_at: datetime, now: datetime) -> None:
        """Publish a draft of which it was asked whose words it holds."""
        ...

    async def set_place(self, idea: IdeaId, place: Place) -> None: ...

    async def set_anonymous(self, idea: IdeaId, is_anonymous: bool) -> None: ...

    async def set_state(self, idea: IdeaId, state: IdeaState, now: datetime) -> None: ...

    async def absorb(self, into: IdeaId, idea: IdeaId) -> None:
        """Let the messages, files, supporters, followers, comments and reports of an idea be another's, and
        erase it. The other is anonymous if either is."""
        ...

    async def take_after(self, idea: IdeaId, other: IdeaId) -> None:
        """Let an idea belong to the process of another one, and be as anonymous."""
        ...

    async def newest(self, limit: int, before: IdeaId | None = None, offset: int = 0) -> Sequence[IdeaView]:
        """Published ideas, newest first."""
        ...

    async def of_author(self, author: ResidentId, limit: int) -> Sequence[IdeaView]: ...

    async def written_since(self, ideas: Sequence[IdeaId], since: datetime) -> Sequence[IdeaId]:
        """Those of the ideas that came through the chat since then."""
        ...

    async def flag_duplicates(self, duplicates: Sequence[Duplicate]) -> None:
        """Note which ideas say what an earlier one says; leaves out ideas that are gone."""
        ...

    async def duplicates_of(self, idea: IdeaId) -> Sequence[Duplicate]:
        """The published ideas that say what this one says, the most alike first."""
        ...

    async def imported_ids(self, external_ids: Sequence[str]) -> frozenset[str]: ...

    async def texts(self) -> Sequence[IdeaText]:
        """Every published idea, oldest first."""
        ...

    def all(self) -> AsyncIterator[IdeaView]:
        """Every published idea, oldest first, without holding all in memory."""
        ...

    async def count(self) -> int:
        """Published ideas."""
        ...

    async def tokens(self, ideas: Sequence[IdeaId]) -> Mapping[IdeaId, Token]:
        """What stands for them in links, as far as they are there."""
        ...

    async def published_of(self, ideas: Collection[IdeaId]) -> Set[IdeaId]:
        """Those of them that are published."""
        ...


class PartRepository(Protocol):
    """The messages of ideas that are made of several."""

    async def keep(self, part: Part) -> None:
        """Keep a message, or what it says now and to which idea it belongs now."""
        ...

    async def at(self, chat: ChatId, message: MessageId) -> Part | None: ...

    async def of(self, idea: IdeaId) -> Sequence[Part]:
        """In the order of the chat."""
        ...

    async def of_album(self, chat: ChatId, album: str) -> Sequence[Part]: ...

    async def silence(self, idea: IdeaId) -> None:
        """Let none of an idea's messages say anything any more."""
        ...

    async def remove(self, part: Part) -> None: ...


class LookAlikeRepository(Protocol):
    """Which ideas are like which."""

    async def keep(self, found: Mapping[IdeaId, Sequence[LookAlike]]) -> None:
        """Keep for each of these ideas what is like it, in place of what was."""
        ...

    async def of(self, idea: IdeaId, limit: int) -> Sequence[Neighbour]:
        """Published ones of others than its author, the most alike first."""
        ...


class ListingRepository(Protocol):
    """Published ideas in an order, for reading on a phone."""

    async def page(
        self, listing: Listing, limit: int, start: Start = TOP, near: Position | None = None
    ) -> ListPage:
        """At most `limit` ideas. Where what the page begins at is gone, the top of the list.

        `near` is what the list of the nearest needs.
        """
        ...

    async def themes(self, limit: int, offset: int = 0) -> Sequence[ListedTheme]:
        """Themes that have published ideas and are not hidden, largest first."""
        ...

    async def theme_label(self, theme: ThemeId) -> str | None:
        """The name of a theme that is there and not hidden."""
        ...


class SupportRepository(Protocol):
    """One person's 'me too' on an idea."""

    async def add(self, idea: IdeaId, resident: ResidentId, now: datetime) -> bool:
        """Whether it was new."""
        ...

    async def remove(self, idea: IdeaId, resident: ResidentId) -> bool: ...

    async def given_by(self, resident: ResidentId, ideas: Sequence[IdeaId]) -> frozenset[IdeaId]: ...


class FollowRepository(Protocol):
    """Who wants to hear of an idea of somebody else's."""

    async def add(self, idea: IdeaId, resident: ResidentId, now: datetime) -> bool:
        """Whether it was new."""
        ...

    async def remove(self, idea: IdeaId, resident: ResidentId) -> bool: ...

    async def is_followed(self, idea: IdeaId, resident: ResidentId) -> bool: ...

    async def count(self, idea: IdeaId) -> int:
        """How many follow it."""
        ...


class CommentRepository(Protocol):
    """What people say about an idea."""

    async def add(self, comment: NewComment) -> CommentId | None:
        """Keep the comment; None where its message is kept as one already."""
        ...

    async def get(self, comment: CommentId) -> Comment | None: ...

    async def by_message(self, chat: ChatId, message: MessageId) -> Comment | None: ...

    async def count_since(self, author: ResidentId, since: datetime) -> int:
        """How many the person wrote after that."""
        ...

    async def correct(self, comment: CommentId, text: str, now: datetime) -> None: ...

    async def set_state(self, comment: CommentId, state: CommentState, now: datetime) -> None: ...

    async def thread(self, idea: IdeaId, limit: int, last: CommentId | None = None) -> Thread:
        """The published comments up to `last`, or up to the newest; at most `limit` of them."""
        ...


class ReportRepository(Protocol):
    """What people say should not be there, and what facilitators decided."""

    async def add(self, about: Reported, by: ResidentId, reason: Reason, now: datetime) -> bool:
        """Whether the person had not reported it before."""
        ...

    async def count_since(self, by: ResidentId, since: datetime) -> int:
        """How many one person has made after that moment."""
        ...

    async def let_go(self, about: Reported, by: ResidentId, edited_at: datetime) -> None:
        """A report of the person that was settled before the change of what it is about is nobody's any
        more: the person may report the new words."""
        ...

    async def open_about(self, about: Reported) -> Report | None:
        """What waits for a decision about this."""
        ...

    async def settled_at(self, about: Reported, moment: datetime) -> Report | None:
        """What was decided about this at that moment."""
        ...

    async def get(self, report: ReportId) -> Report | None:
        """What waits, or was decided, together with this report."""
        ...

    async def settle(
        self, report: Report, by: ResidentId, now: datetime, hidden_from: str | None = None
    ) -> None:
        """Note who decided when about all reports of the same thing that wait, and from which state it was
        hidden by that."""
        ...

    async def reopen(self, report: Report) -> None:
        """Let those wait again that were settled with this one."""
        ...


class ModerationRepository(Protocol):
    """What waits for a facilitator's eye. At most one open case is about one thing."""

    async def waiting(self) -> Waiting:
        """How many cases wait for a facilitator, and since when the oldest does: without those whose author
        has been asked something."""
        ...

    async def queue(self, limit: int) -> Sequence[CaseId]:
        """Those that wait longest first, then those that wait for their author."""
        ...

    async def get(self, case: CaseId) -> Case | None: ...

    async def open_about(self, about: Reported) -> Case | None: ...

    async def newest_about(self, about: Reported) -> Case | None:
        """Open or settled."""
        ...

    async def opened_since(self, about: Reported, moment: datetime) -> Sequence[Case]:
        """Open or settled, at that moment or after it."""
        ...

    async def open(self, about: Reported, signs: frozenset[Sign], now: datetime) -> Case:
        """The open case about it, with these signs as well; a new one where there is none."""
        ...

    async def open_burst(self, ideas: Sequence[IdeaId], now: datetime) -> Case: ...

    async def gather(self, case: CaseId, ideas: Sequence[IdeaId]) -> None:
        """Let these ideas belong to a burst as well."""
        ...

    async def ask(self, case: CaseId, asked: datetime | None) -> None:
        """It waits for its author since then; None: for facilitators."""
        ...

    async def settle(self, case: CaseId, now: datetime) -> None: ...

    async def reopen(self, case: CaseId) -> None:
        """Let it wait again, unless another one about the same thing does."""
        ...


class ActRepository(Protocol):
    """The log of what facilitators did, and who cannot write for a time."""

    async def add(self, act: NewAct, words: str | None = None) -> ActId:
        """Write it down; `words` go when who said them, or whom they are about, is forgotten."""
        ...

    async def get(self, act: ActId) -> Act | None: ...

    async def together(self, act: Act) -> Sequence[Act]:
        """What one decision did to all the ideas of a burst, as far as it stands; else the act alone."""
        ...

    async def about(self, about: Reported, limit: int) -> Sequence[Act]:
        """Newest first."""
        ...

    async def hiding(self, about: Reported) -> Act | None:
        """The newest hiding of it that stands and knows what it was before."""
        ...

    async def shown_or_hidden(self, about: Reported) -> Act | None:
        """The newest act that stands and hid it or showed it again."""
        ...

    async def hid_from(self, act: ActId, was: str) -> None:
        """What this act hides was in that state before."""
        ...

    async def of_case(self, case: CaseId, limit: int) -> Sequence[Act]:
        """Newest first."""
        ...

    async def decided(self, about: Reported, moment: datetime) -> Act | None:
        """The act of that moment about it which stands."""
        ...

    async def answer_to(self, act: ActId) -> Act | None:
        """What the author said to it."""
        ...

    async def latest(self, limit: int, offset: int = 0) -> Sequence[Act]:
        """Newest first."""
        ...

    async def undo(self, act: ActId, by: ResidentId | None, now: datetime) -> None: ...

    async def happened(self) -> Sequence[Happened]:
        """All that counts, oldest first, without whom or what it was about: what stands, and each hiding,
        which counts as shown again too where it was undone."""
        ...

    async def blocked_or_lifted(self, person: ResidentId) -> Act | None:
        """The newest act that stands and let them write or not."""
        ...

    async def block_of(self, person: ResidentId, now: datetime) -> Block | None:
        """The one that holds at that moment."""
        ...

    async def block(self, block: Block) -> None:
        """In place of the one that there is."""
        ...

    async def lift(self, person: ResidentId) -> None: ...


class SuspectRepository(Protocol):
    """What came lately, for the rules that tell what a facilitator should look at."""

    async def looked_until(self) -> Mark:
        """Up to where the rules have looked; at first to where the town began to."""
        ...

    async def look_until(self, mark: Mark) -> None: ...

    async def written_since(self, mark: Mark, limit: int) -> tuple[Sequence[Seen], Mark]:
        """Published ideas of the chat and comments that came or were changed after that, and where they end:
        the same mark where nothing is new. Some may have been given before."""
        ...

    async def fresh(self, since: datetime, limit: int) -> Sequence[Fresh]:
        """The latest ideas by people who were new, from some minutes before that moment on."""
        ...

    async def gathered(self, ideas: Collection[IdeaId]) -> Mapping[IdeaId, CaseId]:
        """To which burst they belong, if they do."""
        ...

    async def supported(self, now: datetime) -> Sequence[Supported]:
        """Ideas that many people have supported in the last minutes."""
        ...


class ThemeRepository(Protocol):
    """Themes, which idea is in which, and what facilitators decided about them."""

    async def known(self) -> Sequence[KnownTheme]:
        """The themes of the last run, hidden ones too, with their published ideas, and those that faded."""
        ...

    async def holds(self) -> Holds:
        """Where the decisions that stand keep published ideas: for each the latest one that is about it.

        Every theme in it is known. What a theme that was merged away would hold, the other one holds.
        """
        ...

    async def forget_unseen(self) -> bool:
        """Take away some of what a run that was killed had prepared; whether there may be more."""
        ...

    async def plan(self, clustering: Clustering, now: datetime) -> object:
        """Work out, while others may write, what `replace` will do with the same arguments.

        Nothing that an earlier plan had prepared may be left.
        """
        ...

    async def prepare(self, plan: object) -> bool:
        """Write some of what the plan makes new, where nobody sees it yet; whether there is more to write."""
        ...

    async def still_holds(self, plan: object) -> bool:
        """Whether facilitators have decided nothing since then that the plan does not reckon with."""
        ...

    async def replace(self, clustering: Clustering, now: datetime, plan: object = None) -> Sequence[IdeaId]:
        """Keep this run's result in place of the last, and what happened to each theme, all at once.

        `now` is the moment at which the run read the ideas. Returns the ideas that got a theme and had none.
        What facilitators decided since then stands: a `plan` that does not hold any more is made anew, and
        all is written while others wait.
        """
        ...

    async def place(self, placements: Sequence[Placement]) -> Sequence[IdeaId]:
        """Put ideas that have no theme yet into one until the next run. Returns those that got one now."""
        ...

    async def all(self) -> Sequence[Theme]:
        """Themes that have published ideas and are not hidden, largest first."""
        ...

    async def hidden(self) -> Sequence[Theme]:
        """Those that a facilitator has hidden, largest first."""
        ...

    async def get(self, theme: ThemeId) -> Theme | None:
        """The theme, unless it is hidden."""
        ...

    async def members(self, theme: ThemeId) -> Sequence[Member]:
        """The published ideas of a theme, hidden or not, most central first; none where it is gone."""
        ...

    async def quotes(self) -> Sequence[IdeaView]:
        """For each theme the published idea that stands for it best."""
        ...

    async def ideas_of(self, theme: ThemeId, limit: int, offset: int = 0) -> Sequence[IdeaView]:
        """Published ideas, most central first."""
        ...

    async def changes_since_last_run(self) -> tuple[int, datetime | None]:
        """What ideas and decisions came, changed or went since themes were last computed; when that was."""
        ...

    async def must_forget(self, since: datetime | None = None) -> bool:
        """Whether ideas were erased, since then, that a run may have named themes after."""
        ...

    async def events(self, start: datetime, end: datetime) -> Sequence[ThemeEvent]:
        """What happened to themes in that time, in order."""
        ...

    async def split_off(self, theme: ThemeId, now: datetime) -> ThemeId:
        """A new theme for some of its ideas, which a decision is about to put there; until then nobody sees
        it. It is called as the theme is without facilitators, until a decision or a run names it."""
        ...

    async def decide(self, decision: NewDecision, now: datetime) -> Decided:
        """Keep a decision, act on it at once, and tell which earlier ones it overrules."""
        ...

    async def undo(self, decision: DecisionId, now: datetime, by: ResidentId | None = None) -> bool:
        """Take back a decision that stands, and put its ideas back; whether it stood."""
        ...

    async def decisions(self, limit: int) -> Sequence[Decision]:
        """The latest decisions, newest first, those that were undone too."""
        ...

    async def touched_by(self, decision: DecisionId) -> Sequence[IdeaId]:
        """The ideas that a decision put somewhere, and those in its themes: they may look different since it
        was made or undone."""
        ...


class ThemePageRepository(Protocol):
    """Themes as facilitators have them in hand: hidden ones too."""

    async def lines(self, since: datetime) -> Sequence[ThemeLine]:
        """All themes, largest first, the hidden ones last; `arrived` counts from `since` on."""
        ...

    async def get(self, theme: ThemeId) -> Theme | None:
        """The theme, hidden or not; None where it is gone."""
        ...

    async def own_label(self, theme: ThemeId) -> str | None:
        """What the theme is called without facilitators."""
        ...

    async def labels(self) -> Mapping[ThemeId, str]:
        """What all present themes are called."""
        ...

    async def ideas(self, theme: ThemeId, limit: int, offset: int = 0) -> Sequence[ThemeIdea]:
        """Its published ideas, most central first."""
        ...

    async def weeks(self, theme: ThemeId, now: datetime) -> tuple[int, ...]:
        """How many of its published ideas came in each of the eight weeks until now, the latest last."""
        ...

    async def theme_with(self, idea: IdeaId) -> ThemeId | None:
        """The theme, hidden or not, that has the idea."""
        ...

    async def log(self, theme: ThemeId, limit: int) -> Sequence[LoggedDecision]:
        """The latest decisions about the theme, newest first, those that were undone too."""
        ...

    async def decision(self, decision: DecisionId) -> Decision | None: ...

    async def standing(self, theme: ThemeId, kind: DecisionKind) -> Sequence[DecisionId]:
        """The decisions of this kind on the theme that are not undone, newest first."""
        ...

    async def fate(self, theme: ThemeId) -> Fate | None:
        """What became of a theme that is not there any more; None where it never was."""
        ...


class VectorRepository(Protocol):
    """What ideas mean, computed once per text. A changed text has no vector until it gets another."""

    async def missing(self, encoder: str, limit: int) -> Sequence[IdeaText]:
        """Published ideas without a vector of that encoder, newest first."""
        ...

    async def keep(self, texts: Sequence[IdeaText], vectors: Sequence[IdeaVector]) -> Set[IdeaId]:
        """Keep them in place of what the ideas had. `texts` are what they were computed from.

        Leaves out ideas that are gone, or say something else now. Returns those whose vector was kept.
        """
        ...

    async def all(self, encoder: str) -> Sequence[IdeaVector]:
        """The vectors of published ideas, by idea."""
        ...


class FrameRepository(Protocol):
    """What lies on the goals of frames. Only ideas that people may see count."""

    async def unread(self, version: str, limit: int) -> Sequence[IdeaText]:
        """Published ideas that were not read for suggestions of that version, newest first."""
        ...

    async def keep(self, version: str, texts: Sequence[IdeaText], found: Sequence[Suggestions]) -> None:
        """Keep what was found of each in place of earlier suggestions, unless it says something else now."""
        ...

    async def tallies(self, frame: FrameKey, period: Period | None = None) -> Mapping[GoalKey, Tally]:
        """How many ideas, of those written in the period, lie on each goal that has any."""
        ...

    async def ideas_on(self, frame: FrameKey, goal: GoalKey, limit: int, offset: int) -> Sequence[LaidIdea]:
        """The ideas on a goal: what waits to be confirmed first, the nearest first."""
        ...

    async def of_ideas(
        self, frame: FrameKey, some: Sequence[IdeaId] | None = None
    ) -> Mapping[IdeaId, Standing]:
        """On which goals ideas lie, all of them or `some`. One with no goal is not there, unless
        a facilitator said so."""
        ...

    async def suggested(
        self, frame: FrameKey, some: Sequence[IdeaId]
    ) -> Mapping[IdeaId, Sequence[Suggestion]]:
        """What was suggested for the ideas, whatever facilitators said, the nearest first."""
        ...

    async def theme_tallies(
        self, frame: FrameKey, theme: ThemeId | None = None
    ) -> Mapping[ThemeId, Mapping[GoalKey, int]]:
        """How many ideas of each theme, or of one, lie on each goal."""
        ...

    async def theme_marks(self, frame: FrameKey) -> Mapping[ThemeId, GoalMark]:
        """What facilitators said of themes, the latest that stands."""
        ...

    async def mark(self, mark: NewMark, now: datetime) -> MarkId: ...

    async def get(self, mark: MarkId) -> GoalMark | None: ...

    async def undo(self, mark: MarkId, by: ResidentId, now: datetime) -> bool:
        """Whether it stood until now. What stood before it stands again."""
        ...


class MediaRepository(Protocol):
    """Photos and files that belong to ideas."""

    async def add(self, media: NewMedia, now: datetime) -> MediaId: ...

    async def move(self, source: IdeaId, target: IdeaId) -> None:
        """Let all files of one idea belong to another; what that has already stays where it is."""
        ...

    async def move_of(self, messages: Sequence[MessageId], source: IdeaId, target: IdeaId) -> None:
        """The same for the files that these messages brought."""
        ...

    async def voice_of(self, idea: IdeaId) -> Media | None:
        """The first voice message of an idea."""
        ...

    async def waiting(self, now: datetime, limit: int) -> Sequence[Media]:
        """Media whose file is still to be fetched."""
        ...

    async def get(self, media: MediaId) -> Media | None: ...

    async def stored(self, media: MediaId, path: str, size: int) -> bool:
        """Note where its file is; whether anybody still has it."""
        ...

    async def postpone(self, media: MediaId, until: datetime) -> None: ...

    async def refuse(self, media: MediaId, reason: str) -> None: ...


class DigestRepository(Protocol):
    """The numbers of a period, and the ledger of what was sent."""

    async def counts(self, period: Period) -> Counts: ...

    async def counts_of(self, periods: Sequence[Period]) -> Sequence[Counts]:
        """The same for several periods at once."""
        ...

    async def people_and_supports(self) -> tuple[int, int]:
        """How many people wrote what is published, and how much support that has, of all time."""
        ...

    async def first_idea_at(self) -> datetime | None:
        """When the town's first idea came, of those that are published."""
        ...

    async def theme_activity(self, period: Period, earlier: Sequence[Period] = ()) -> Sequence[ThemeActivity]:
        """The themes at the end of the period; `earlier` are periods before it in which to count as well."""
        ...

    async def quotes_of(self, themes: Sequence[ThemeId], period: Period) -> Mapping[ThemeId, Sequence[str]]:
        """Ideas that stand for each of the themes, the best one first."""
        ...

    async def newest(self, period: Period, limit: int) -> Sequence[NewestIdea]:
        """The period's latest ideas, newest first."""
        ...

    async def answered(self, period: Period, limit: int) -> Sequence[AnsweredIdea]:
        """What the town answered in the period, with most support first."""
        ...

    async def reached(self, period: Period) -> int:
        """How many people heard of these answers."""
        ...

    async def last_end(self, digest: str) -> datetime | None:
        """The end of the latest period in the ledger."""
        ...

    async def record(self, digest: str, period: Period, now: datetime) -> bool:
        """Write the period into the ledger; False when it stands there already."""
        ...


class ReplyRepository(Protocol):
    """The town's public answers."""

    async def add(self, reply: NewReply) -> ReplyId:
        """Keep an answer; the idea has its status from now on."""
        ...

    async def of_idea(self, idea: IdeaId) -> Sequence[Reply]:
        """Newest first."""
        ...

    async def latest(self, idea: IdeaId) -> Reply | None: ...

    async def get(self, reply: ReplyId) -> Reply | None: ...

    async def correct(self, reply: Reply, answer: Answer, by: ResidentId | None, now: datetime) -> None:
        """Say something else; what it said goes into its history. It is the idea's own from then on."""
        ...

    async def last_correction(self, reply: ReplyId) -> Correction | None: ...

    async def undo(self, reply: Reply, correction: Correction) -> None:
        """Let it say what it said before its last correction."""
        ...

    async def take_back(self, reply: Reply, by: ResidentId | None, now: datetime) -> None:
        """Erase it; the idea has the status of the one before, if there is one. Who did it is kept."""
        ...

    async def waiting(self, limit: int, offset: int = 0) -> Sequence[WaitingIdea]:
        """Published ideas without an answer, those that wait longest first."""
        ...

    async def most_wanted(self, limit: int) -> Sequence[WaitingIdea]:
        """Published ideas without an answer, those with most support first."""
        ...

    async def count_waiting(self) -> int: ...


class ThemeReplyRepository(Protocol):
    """The town's answers to whole themes: one reply to each published idea of that moment."""

    async def reach_of_theme(self, theme: ThemeId) -> Reach:
        """What an answer would reach now."""
        ...

    async def reach(self, reply: ThemeReplyId) -> Reach:
        """The ideas that carry it, and the people who would hear of a change."""
        ...

    async def add(
        self, theme: ThemeId, answer: Answer, by: ResidentId | None, now: datetime
    ) -> ThemeReplyId: ...

    async def get(self, reply: ThemeReplyId) -> ThemeReply | None: ...

    async def theme_label(self, reply: ThemeReplyId) -> str:
        """What its theme is called, or was when it was there."""
        ...

    async def latest(self, theme: ThemeId) -> ThemeReply | None:
        """The last one that was not taken back."""
        ...

    async def correct(
        self, reply: ThemeReplyId, answer: Answer, by: ResidentId | None, now: datetime
    ) -> None:
        """Say something else to all ideas that carry it; what it said goes into its history."""
        ...

    async def last_correction(self, reply: ThemeReplyId) -> Correction | None: ...

    async def undo(self, reply: ThemeReplyId, correction: Correction) -> None: ...

    async def take_back(self, reply: ThemeReplyId, by: ResidentId | None, now: datetime) -> None:
        """Take it from all ideas that carry it."""
        ...


class ReplyPhotoRepository(Protocol):
    """Photos that go with the town's answers."""

    async def add(self, file_id: str, now: datetime) -> ReplyPhotoId: ...

    async def get(self, photo: ReplyPhotoId) -> ReplyPhoto | None: ...

    async def is_public(self, photo: ReplyPhotoId) -> bool:
        """Whether an answer to a published idea has it."""
        ...

    async def waiting(self, now: datetime, limit: int) -> Sequence[ReplyPhoto]:
        """Those whose file is still to be fetched."""
        ...

    async def stored(self, photo: ReplyPhotoId, path: str) -> bool:
        """Note where its file is; whether it is still known."""
        ...

    async def postpone(self, photo: ReplyPhotoId, until: datetime) -> None: ...

    async def refuse(self, photo: ReplyPhotoId) -> None: ...

    async def forget_unused(self, before: datetime) -> Sequence[str]:
        """Erase those of earlier answers that were never sent; where their files are."""
        ...


class TemplateRepository(Protocol):
    """Words that the town uses again in its answers."""

    async def add(self, status: Status, language: Language, text: str) -> TemplateId: ...

    async def get(self, template: TemplateId) -> Template | None:
        """Also one that was removed."""
        ...

    async def page(self, limit: int, offset: int = 0) -> Sequence[Template]:
        """By status and language."""
        ...

    async def count(self) -> int: ...

    async def for_status(self, status: Status, language: Language, limit: int) -> Sequence[Template]:
        """Those in this language first."""
        ...

    async def change(self, template: TemplateId, text: str) -> None: ...

    async def remove(self, template: TemplateId, now: datetime) -> None: ...

    async def put_back(self, template: TemplateId) -> None: ...


class AnsweringRepository(Protocol):
    """How the town answers, in numbers."""

    async def at(self, now: datetime) -> Answering: ...


class StaleCardRepository(Protocol):
    """Ideas whose open cards say something else now: too many to change at once."""

    async def is_any(self) -> bool: ...

    async def take(self, limit: int) -> Sequence[IdeaId]:
        """Some of them, which are not among them any more."""
        ...


class NoticeRepository(Protocol):
    """What is still to be told to whom."""

    async def of_reply(self, reply: ReplyId, now: datetime, act: ReplyAct = ...) -> int:
        """Let the author, supporters and followers of an idea hear what was done with an answer; how many
        they are. Who has not yet heard of the answer hears of it as it is now, once."""
        ...

    async def of_theme_reply(self, reply: ThemeReplyId, now: datetime, act: ReplyAct = ...) -> int:
        """The same for those of all ideas that carry an answer to a theme; each person once."""
        ...

    async def leave_correction(self, reply: ReplyId, now: datetime) -> None:
        """Tell nobody any more of a correction from before `now`."""
        ...

    async def leave_theme_correction(self, reply: ThemeReplyId, now: datetime) -> None: ...

    async def of_comment(self, comment: CommentId, idea: IdeaId, by: ResidentId | None, now: datetime) -> int:
        """Let the author and followers of an idea, and of the comment that it answers, hear of a comment.

        All but who wrote it; how many they are."""
        ...

    async def audience(self, idea: IdeaId) -> int:
        """How many would hear of an answer."""
        ...

    async def is_any_due(self, now: datetime) -> bool: ...

    async def due(self, now: datetime, limit: int) -> Sequence[Addressee]:
        """The people for whom something waits that was to be looked at by now, the longest waiting first."""
        ...

    async def of(self, resident: ResidentId) -> Sequence[Told]:
        """What can still be told to a person, oldest first: of what is published, in its present words."""
        ...

    async def pass_on(self, resident: ResidentId) -> None:
        """Let another idea of theirs carry an answer to a theme where the one that did is not published."""
        ...

    async def postpone(self, resident: ResidentId, due: datetime | None) -> None:
        """Look at all that waits for a person at that moment; None: when they are back."""
        ...

    async def settle(self, resident: ResidentId, noticed_at: datetime | None = None) -> None:
        """Let nothing wait for a person any more; `noticed_at` is when they heard of it."""
        ...

    async def put_back(self, chat: ChatId, told: Sequence[Notice], due: datetime | None) -> None:
        """Let wait again what did not arrive, as far as it is still there."""
        ...


class ConversationRepository(Protocol):
    """What the bot waits for in a chat: at most one thing."""

    async def get(self, chat: ChatId) -> Conversation | None: ...

    async def begin(self, conversation: Conversation) -> None:
        """Wait for this, and for nothing that was waited for before."""
        ...

    async def end(self, chat: ChatId) -> None: ...

    async def end_about(self, step: Step, subject: int) -> None:
        """Wait for this in no chat any more."""
        ...


class ProcessRepository(Protocol):
    """Participation processes."""

    async def by_number(self) -> Mapping[ProcessId, str]:
        """All names, oldest first."""
        ...

    async def name(self, process: ProcessId) -> str | None: ...

    async def of_idea(self, idea: IdeaId) -> ProcessId | None:
        """The process to which an idea belongs."""
        ...

    async def take_in(self, process: ProcessId, idea: IdeaId) -> None:
        """Let an idea belong to a process."""
        ...

    async def all(self) -> Sequence[Process]:
        """Each as it stands, oldest first."""
        ...

    async def get(self, process: ProcessId) -> Process | None: ...

    async def due(self, now: datetime) -> Sequence[Process]:
        """Those with a date that has come and has not acted; without their phases."""
        ...

    async def add(self, new: NewProcess, state: ProcessState, now: datetime) -> ProcessId: ...

    async def rename(self, process: ProcessId, name: str) -> None: ...

    async def set_goal(self, process: ProcessId, goal: str | None) -> None: ...

    async def set_dates(
        self, process: ProcessId, opens_at: datetime | None, closes_at: datetime | None, now: datetime
    ) -> None:
        """Those to come act when they have come; those that are past do nothing any more."""
        ...

    async def settle_dates(self, process: ProcessId, now: datetime) -> None:
        """Let no date that has come act any more."""
        ...

    async def set_phases(self, process: ProcessId, phases: Sequence[NewPhase]) -> None:
        """Instead of those it had."""
        ...

    async def set_days(self, phase: PhaseId, start: datetime | None, end: datetime | None) -> None: ...

    async def set_state(
        self, process: ProcessId, was: ProcessState, state: ProcessState, by: ResidentId | None, now: datetime
    ) -> ProcessChangeId: ...

    async def change(self, change: ProcessChangeId) -> StateChange | None: ...

    async def latest_change(self, process: ProcessId) -> ProcessChangeId | None:
        """The last one that was not undone."""
        ...

    async def undo(self, change: StateChange, now: datetime) -> None: ...


class FacilitatorRepository(Protocol):
    """Who runs the town's co-creation, beside those whom its settings name."""

    async def rights(self, person: ChatId) -> Rights:
        """What the person with this private chat may do."""
        ...

    async def all(self) -> Sequence[Facilitator]:
        """Those with a charge, administrators first, then by when they took it."""
        ...

    async def get(self, facilitator: FacilitatorId) -> Facilitator | None:
        """A charge, one that has ended too."""
        ...

    async def of(self, resident: ResidentId) -> Sequence[Facilitator]:
        """The charges that a person has."""
        ...

    async def appoint(
        self, resident: ResidentId, name: str, charge: Charge, by: ResidentId | None, now: datetime
    ) -> FacilitatorId:
        """Give somebody a charge that they do not have."""
        ...

    async def end(self, facilitator: FacilitatorId, by: ResidentId | None, now: datetime) -> bool:
        """Take a charge back; whether it stood."""
        ...


class InvitationRepository(Protocol):
    """Links by which people become facilitators."""

    async def make(self, charge: Charge, by: ResidentId, now: datetime) -> Invitation: ...

    async def get(self, invitation: InvitationId) -> Invitation | None: ...

    async def by_token(self, token: Token) -> Invitation | None: ...

    async def open(self, now: datetime) -> Sequence[Invitation]:
        """Those that can still be used, oldest first."""
        ...

    async def use(self, invitation: InvitationId, by: ResidentId, now: datetime) -> None: ...

    async def withdraw(self, invitation: InvitationId, now: datetime) -> None: ...


class SettingRepository(Protocol):
    """What was set from the chat."""

    async def chosen(self) -> Mapping[Key, str]:
        """What holds, for each setting that has a value from the chat."""
        ...

    async def change(self, key: Key, new: str | None, by: ResidentId, now: datetime) -> None:
        """Set a value; None takes back what was chosen."""
        ...

    async def changes(self, limit: int) -> Sequence[SettingChange]:
        """The latest, newest first."""
        ...

    async def get(self, change: SettingChangeId) -> SettingChange | None: ...

    async def changed_at(self, key: Key) -> datetime | None:
        """When a setting was last changed, or taken back to what holds without the chat."""
        ...

    async def is_latest(self, change: SettingChange) -> bool:
        """Whether its setting was not changed since."""
        ...


class TownSettings(Protocol):
    """What may be set from the chat, by the rules that hold for the file as well."""

    def standing(self, chosen: Mapping[Key, str]) -> Sequence[Setting]:
        """Each setting as it is with what was chosen in the chat."""
        ...

    def town_with(self, chosen: Mapping[Key, str]) -> Town:
        """The town as these choices make it."""
        ...

    def checked(self, key: Key, text: str) -> str:
        """The value as it is kept. Raises SettingRefusedError for what is none."""
        ...


class GroupRepository(Protocol):
    """Group chats, and what is set for them."""

    async def get(self, chat: ChatId) -> Group | None: ...

    async def join(self, chat: ChatId, now: datetime) -> bool:
        """The bot was added to the group. Whether it was not there already, under another number either."""
        ...

    async def leave(self, chat: ChatId, now: datetime) -> None: ...

    async def speak(self, chat: ChatId, language: Language, now: datetime) -> None:
        """Speak this language in the group from now on."""
        ...

    async def move(self, old: ChatId, new: ChatId, now: datetime) -> None:
        """A group became a supergroup: what was set for it holds there, however often this is told."""
        ...

    async def present(self, chat: ChatId) -> ChatId:
        """Where what is meant for a chat goes now: a supergroup that the group has become, else itself."""
        ...


class OfferRepository(Protocol):
    """Messages in groups of which their authors are asked whether they are ideas."""

    async def add(self, offer: NewOffer, now: datetime) -> Offer:
        """Keep the offer; the one that there is about the same message stays, and comes back."""
        ...

    async def get(self, offer: OfferId) -> Offer | None: ...

    async def correct(self, chat: ChatId, message: MessageId, text: str) -> None:
        """Let the offer about this message, should it still be open, have these words."""
        ...

    async def decline(self, offer: OfferId) -> None:
        """Erase the words, and remember that the author said no."""
        ...

    async def remove(self, offer: OfferId) -> None: ...

    async def made_before(self, moment: datetime) -> Sequence[Offer]: ...


class MineRepository(Protocol):
    """What one person wrote, supports and follows."""

    async def counts(self, resident: ResidentId) -> Counted: ...

    async def page(self, mine: Mine, resident: ResidentId, limit: int, offset: int) -> MyPage:
        """Newest first: what one wrote oneself, with what still waits, and of others what is published."""
        ...


class BelongingRepository(Protocol):
    """All that is kept of a person, for them."""

    async def asked(self, resident: ResidentId) -> Asked | None:
        """When they last asked for it."""
        ...

    async def ask(self, resident: ResidentId, now: datetime) -> None:
        """Let it be made."""
        ...

    async def next_waiting(self) -> ResidentId | None:
        """Who has waited longest for it."""
        ...

    async def made(self, resident: ResidentId, now: datetime) -> bool:
        """Note that it is made; whether it was waited for, by somebody who is not forgotten since."""
        ...

    async def all_of(self, resident: Resident) -> Belongings: ...


class ContentRepository(Protocol):
    """What the town collected, for files, a row at a time. Rows have their columns as attributes; of people
    they hold the number inside and the pseudonym, and neither where an idea is anonymous."""

    def ideas(self, selection: Selection) -> AsyncIterator[Any]:
        """Oldest first."""
        ...

    def themes(self, selection: Selection) -> AsyncIterator[Any]:
        """Those with selected ideas, the largest first; not those that are hidden."""
        ...

    def supports(self, selection: Selection) -> AsyncIterator[Any]:
        """In the order of the ideas; without whose they are."""
        ...

    def replies(self, selection: Selection) -> AsyncIterator[Any]:
        """In the order of the ideas, oldest first."""
        ...

    def comments(self, selection: Selection) -> AsyncIterator[Any]:
        """Those that everybody can read, in the order of the ideas, oldest first."""
        ...

    def photos(self, selection: Selection) -> AsyncIterator[StoredPhoto]:
        """Those whose file is there, in the order of the ideas."""
        ...

    def moderation(self, selection: Selection) -> AsyncIterator[ModerationCount]:
        """What was reported, done or waits of the period, whatever the theme, and what of it is hidden."""
        ...

    async def count(self, selection: Selection) -> int:
        """How many ideas are selected."""
        ...

    async def imported(self, external_ids: list[str]) -> dict[str, IdeaId]:
        """Those of them that an import has brought."""
        ...

    async def comments_of(self, idea: IdeaId) -> Sequence[tuple[datetime, str]]:
        """When each was written and what it says, also of those that nobody can read."""
        ...

    async def has_photo(self, idea: IdeaId, unique_id: str) -> bool: ...


class TownExportRepository(Protocol):
    """Files that facilitators asked for and that are still to be made."""

    async def ask(self, export: NewExport, now: datetime) -> bool:
        """Let it be made; False where the chat waits for the very same already."""
        ...

    async def next_waiting(self) -> WaitingExport | None:
        """The one that waits longest."""
        ...

    async def settle(self, export: ExportId) -> bool:
        """Let it wait no more; whether it did."""
        ...


class DigestFileRepository(Protocol):
    """Pictures of digests that are still to be made."""

    async def want(self, file: NewDigestFile, now: datetime) -> bool:
        """Let it be made; False where the chat waits for the very same already."""
        ...

    async def next_waiting(self) -> WaitingDigestFile | None:
        """The one that waits longest."""
        ...

    async def settle(self, file: DigestFileId) -> bool:
        """Let it wait no more; whether it did."""
        ...


class ErasureRepository(Protocol):
    """Forgetting people."""

    async def traces(self, resident: ResidentId) -> Traces: ...

    async def leave_no_trace(self, chat: ChatId, now: datetime) -> None:
        """Let go what names the chat of somebody unknown, once they have been answered."""
        ...

    async def erase(self, resident: Resident, now: datetime, leaves_ideas: bool = False) -> Erased:
        """Take out every row about the person, and every word of theirs in what others are about to get.

        With `leaves_ideas` the texts and places of published ideas stay, as nobody's. What the database does
        not do by itself is pending from then on, however often the program ends meanwhile.
        """
        ...


class Outbox(Protocol):
    """What the town says, kept until it has arrived."""

    async def put(self, post: Post, now: datetime) -> None: ...

    async def slot_at(self, chat: ChatId, message: MessageId) -> str | None:
        """What this message shows."""
        ...

    async def shown_at(self, chat: ChatId, slot: str) -> MessageId | None:
        """The message that shows a slot."""
        ...

    async def showing(self, slot: str, limit: int) -> Sequence[ChatId]:
        """The chats in which a message shows this slot: 'card:', 'comments:' or 'news:' and the
        number of an idea, or 'comment:' and its own."""

    async def on_desks(self) -> Sequence[tuple[ChatId, str]]:
        """The chats, and slots, in which facilitators have reports, answers, what waits or cases open."""
        ...

    async def move(self, old: ChatId, new: ChatId) -> None:
        """Send what waits for a group to the supergroup that it has become."""
        ...


class Work(Protocol):
    """One transaction and the repositories that take part in it."""

    @property
    def residents(self) -> ResidentRepository: ...
    @property
    def ideas(self) -> IdeaRepository: ...
    @property
    def parts(self) -> PartRepository: ...
    @property
    def look_alikes(self) -> LookAlikeRepository: ...
    @property
    def listings(self) -> ListingRepository: ...
    @property
    def follows(self) -> FollowRepository: ...
    @property
    def comments(self) -> CommentRepository: ...
    @property
    def reports(self) -> ReportRepository: ...
    @property
    def moderation(self) -> ModerationRepository: ...
    @property
    def acts(self) -> ActRepository: ...
    @property
    def suspects(self) -> SuspectRepository: ...
    @property
    def supports(self) -> SupportRepository: ...
    @property
    def themes(self) -> ThemeRepository: ...
    @property
    def theme_pages(self) -> ThemePageRepository: ...
    @property
    def vectors(self) -> VectorRepository: ...
    @property
    def frames(self) -> FrameRepository: ...
    @property
    def media(self) -> MediaRepository: ...
    @property
    def digests(self) -> DigestRepository: ...
    @property
    def replies(self) -> ReplyRepository: ...
    @property
    def theme_replies(self) -> ThemeReplyRepository: ...
    @property
    def reply_photos(self) -> ReplyPhotoRepository: ...
    @property
    def templates(self) -> TemplateRepository: ...
    @property
    def answering(self) -> AnsweringRepository: ...
    @property
    def stale_cards(self) -> StaleCardRepository: ...
    @property
    def notices(self) -> NoticeRepository: ...
    @property
    def conversations(self) -> ConversationRepository: ...
    @property
    def processes(self) -> ProcessRepository: ...
    @property
    def facilitators(self) -> FacilitatorRepository: ...
    @property
    def invitations(self) -> InvitationRepository: ...
    @property
    def settings(self) -> SettingRepository: ...
    @property
    def groups(self) -> GroupRepository: ...
    @property
    def offers(self) -> OfferRepository: ...
    @property
    def mine(self) -> MineRepository: ...
    @property
    def belongings(self) -> BelongingRepository: ...
    @property
    def contents(self) -> ContentRepository: ...
    @property
    def town_exports(self) -> TownExportRepository: ...
    @property
    def digest_files(self) -> DigestFileRepository: ...
    @property
    def erasures(self) -> ErasureRepository: ...
    @property
    def outbox(self) -> Outbox: ...


class Storage(Protocol):
    """Opens transactions. Leaving the block commits; an exception rolls everything back."""

    def writing(self) -> AbstractAsyncContextManager[Work]: ...

    def reading(self) -> AbstractAsyncContextManager[Work]: ...


class ThemeEngine(Protocol):
    """Finds what people mean. Deterministic for the same ideas and decisions in any order."""

    def find_themes(
        self, ideas: Sequence[IdeaText], known: Sequence[KnownTheme] = (), holds: Holds = ...
    ) -> Awaitable[Clustering]:
        """Group the ideas. `known` are the themes of the last run, whose identity goes on where it can;
        `holds` are facilitators' decisions, which stand without exception."""
        ...


class Transcriber(Protocol):
    """Turns speech into words. A town without one has facilitators who type what they hear."""

    async def __call__(self, sound: bytes, language: Language) -> str | None:
        """What an Ogg Opus recording says, probably in this language; None where it cannot tell."""
        ...


class MediaStore(Protocol):
    """Keeps files. Paths are relative to the store."""

    async def keep(self, content: bytes, suffix: str) -> str: ...

    async def open(self, path: str) -> bytes: ...

    async def forget(self, path: str) -> None: ...
