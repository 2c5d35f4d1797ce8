"""What can go wrong, each with the message that the person will read (an English msgid of `locales`)."""

from datetime import datetime


class MorgenError(Exception):
    """A fault that has words for the person who met it.

    `message` is the msgid; `values` fill its placeholders.
    """

    message = "Something went wrong. What you sent is kept; please try again in a moment."

    def __init__(self, **values: object) -> None:
        super().__init__(type(self).__name__)
        self.values = values


class NotFoundError(MorgenError):
    """The idea, theme or message asked for is not there (any more)."""

    message = "This is no longer here. Your own ideas are under /me."


class NotAllowedError(MorgenError):
    """Somebody pressed or asked for what is not theirs."""

    message = "Only the facilitators of this town can do that."


class NotYoursError(MorgenError):
    """Somebody pressed a button on another person's idea."""

    message = "This idea is somebody else's, so you cannot change it."


class OwnIdeaError(MorgenError):
    """A person tried to support an idea of their own."""

    message = "This is your own idea, so your support is counted already."


class TooLateError(MorgenError):
    """The time for undoing is over."""

    message = "The 24 hours to undo this are over. Send the idea again if you like."


class TooManyIdeasError(MorgenError):
    """Somebody writes more ideas in a short time than the town takes. The next one is taken at `again_at`."""

    message = (
        "You have written many ideas in a short time. Those are kept, this message is not. You can go on at "
        "{time}."
    )

    def __init__(self, again_at: datetime) -> None:
        super().__init__()
        self.again_at = again_at


class JoinTooLateError(MorgenError):
    """Two ideas were to be joined that have stood on their own for long."""

    message = "Both ideas have stood on their own for more than a day, so they stay two."


class OthersSpokeError(MorgenError):
    """An idea was to be joined to another that people have commented on, or the town has answered."""

    message = "Somebody has answered this idea already, so it stays on its own."


class WordsThereError(MorgenError):
    """A facilitator types what a voice message says, and it has words or is gone."""

    message = "This voice message has its words already, or was taken back. Nothing was changed."


class ThemeGoneError(NotFoundError):
    """A facilitator acted on a theme that the last run or another decision took away."""

    message = "This theme is no longer there. The present ones are under /themes."


class NoSuchGoalError(NotFoundError):
    """A facilitator asked for a frame or a goal that the town does not have any more."""

    message = "This goal is no longer in the list. The present ones are under /frames."


class SameThemeError(MorgenError):
    """A theme was to be merged into itself."""

    message = "This is one and the same theme. Choose another one to merge it with."


class NoPartError(MorgenError):
    """A theme was to be split, and nothing or everything was to leave it."""

    message = "Choose some ideas of the theme to split off, but not all of them."


class NamelessThemeError(MorgenError):
    """A theme was to be given a name without a letter or a digit."""

    message = "A theme needs a name with letters in it."


class ThemeNameTooLongError(MorgenError):
    """A theme was to be given a name that does not fit. `limit` and `length` are numbers of characters."""

    message = "A name has {limit} characters at most, this one has {length}. Write a shorter one."


class ThemeNameTakenError(MorgenError):
    """A theme was to be given the name of another one."""

    message = "Another theme is called “{name}” already. Write another name, or merge the two."


class DecisionGoneError(NotFoundError):
    """A decision was to be undone that is undone already, or never was made."""

    message = "This decision does not stand any more."


class IdeaGoneError(NotFoundError):
    """The town was about to answer an idea that is withdrawn or hidden, or never was there."""

    message = "This idea is not there any more, so nothing was sent. /waiting shows the others."


class NoWordsError(MorgenError):
    """The town's answer has no letter or digit."""

    message = "An answer needs words. Write it as a text."


class TooLongError(MorgenError):
    """The town's answer does not fit beside the idea. `limit` and `length` are numbers of characters."""

    message = "An answer has {limit} characters at most, this one has {length}. Write it a little shorter."


class ReplyGoneError(NotFoundError):
    """An answer was to be corrected or taken back that is taken back already, or went with its idea."""

    message = "This answer is not there any more, so nothing was changed."


class SameAnswerError(MorgenError):
    """An answer was to be corrected to what it says already."""

    message = "The answer says this already. Change its words, its status or its photo."


class CorrectedSinceError(MorgenError):
    """A correction was to be undone that another one came after, or that is undone already."""

    message = "The answer was changed again since then, so this cannot be undone."


class PhotoRefusedError(MorgenError):
    """The photo of an answer cannot be opened."""

    message = "The photo of this answer cannot be opened. Send another one as JPEG or PNG, or leave it out."


class TooManyTemplatesError(MorgenError):
    """A town was to have more templates than anybody finds again."""

    message = "There are {n} templates, and more nobody finds again. Delete one that is not needed."


class TemplateGoneError(NotFoundError):
    """A template was to be used or changed that was deleted."""

    message = "This template is not there any more. The others are under /templates."


class NotAskedError(MorgenError):
    """An answer was to be sent or changed that is sent already, or was put aside for another one."""

    message = "This answer is sent already, or was put aside. /waiting shows what waits for one."


class ForgetOverError(MorgenError):
    """Yes to a question whether to erase all, after an hour, or after it was erased."""

    message = "This question is too old. Write /forget, and I ask you again."


class OfferOverError(NotFoundError):
    """An answer to whether a message is an idea, after that was decided, taken back or forgotten."""

    message = "This question is over."


class NotTheAuthorError(MorgenError):
    """Somebody else pressed whether a message becomes an idea."""

    message = "Only the person who wrote the message can decide this."


class NotTheAskerError(MorgenError):
    """Somebody took back a question that another person had asked."""

    message = "Only the person who asked can take this back."


class OwnFollowError(MorgenError):
    """A person tried to follow an idea of their own."""

    message = "This is your own idea: you hear of it anyway."


class OwnReportError(MorgenError):
    """A person tried to report what they wrote."""

    message = "You wrote this yourself, so you can withdraw it instead."


class AlreadyReportedError(MorgenError):
    """A person reported the same thing twice."""

    message = "You have reported this already. Facilitators look at it."


class TooManyReportsError(MorgenError):
    """Somebody reports faster than facilitators can look."""

    message = "{n} reports in ten minutes are the most. This one is not passed on; try again a little later."


class EmptyCommentError(MorgenError):
    """A comment without a letter or a digit."""

    message = "A comment needs words. Write it as a text."


class CommentTooLongError(MorgenError):
    """A comment that does not fit."""

    message = "A comment has {limit} characters at most, this one has {length}. Write it a little shorter."


class TooManyCommentsError(MorgenError):
    """Somebody comments faster than one can read."""

    message = "{n} comments in ten minutes are the most. This one is not kept; send it again a little later."


class NotYourCommentError(MorgenError):
    """Somebody pressed a button on another person's comment."""

    message = "This comment is somebody else's, so you cannot change it."


class CommentTooLateError(MorgenError):
    """The time for undoing is over."""

    message = "The 24 hours to undo this are over. Write the comment again if you like."


class OwnCaseError(MorgenError):
    """A facilitator was about to decide about what they wrote themselves."""

    message = "You wrote this yourself, so another facilitator decides about it."


class AuthorGoneError(MorgenError):
    """The author of something was to be asked, warned or blocked, and is not known or was forgotten."""

    message = "Its author cannot be reached: they have left, or it came with an import."


class BlockedError(MorgenError):
    """Somebody writes who cannot for a time: `until` is when that is over, `reason` why."""

    message = (
        "You cannot write or support here until {time}. The reason: {reason}. What you sent now was not "
        "kept; you can still read."
    )

    def __init__(self, until: datetime, reason: str) -> None:
        super().__init__()
        self.until = until
        self.reason = reason


class ObjectionOverError(MorgenError):
    """An objection to what is not hidden any more, or a second one to the same hiding."""

    message = "This cannot be objected to any more: it was shown again, or you have objected already."


class QuestionOverError(MorgenError):
    """An answer to a question of facilitators that was taken back, or is answered."""

    message = "This question is over: it was answered or taken back."


class WordlessError(MorgenError):
    """A reason, question, answer or objection without a letter or a digit."""

    message = "This needs words. Write it as a text."


class TooManyWordsError(MorgenError):
    """One that does not fit. `limit` and `length` are numbers of characters."""

    message = "It has {limit} characters at most, this one has {length}. Write it a little shorter."


class SettingRefusedError(MorgenError):
    """A value that the rules of the settings do not take."""

    message = "This value does not fit. Nothing was changed."


class SettingFixedError(MorgenError):
    """Something was to be set from the chat that the file or the environment sets."""

    message = "This is set where the bot was installed, so it cannot be changed from here."


class SettingMovedOnError(MorgenError):
    """A change was to be undone after which the same thing was set again."""

    message = "This was changed again since. What holds now is under /settings."


class NotHereError(NotAllowedError):
    """What is the facilitators' was asked for in a group where others read along."""

    message = "Write this to me in private, or in the facilitators' group."


class OnlyAdministratorsError(NotAllowedError):
    """A facilitator asked for what only an administrator may do."""

    message = "Only an administrator of this town can do that."


class InvitationOverError(MorgenError):
    """An invitation was used, withdrawn, or is too old."""

    message = "This invitation is over: it was used, taken back, or is older than a week. Ask for a new one."


class RoleEndedError(MorgenError):
    """A role was to be changed that its person does not have any more."""

    message = "This person does not have this role any more. /facilitators shows who is there now."


class ChargeThereError(MorgenError):
    """Somebody was to get a role that they have."""

    message = "This person has such a role already."


class OwnChargeError(MorgenError):
    """An invitation was accepted by somebody who needs none."""

    message = "You have this role already, so the invitation is still there for somebody else."


class RoleIncludedError(MorgenError):
    """An administrator accepted an invitation to less."""

    message = (
        "You are an administrator, which includes this role. The invitation is still there for somebody else."
    )


class InvitePrivatelyError(MorgenError):
    """An invitation was to be shown where many read, each of whom could use it."""

    message = "Who sees an invitation can use it. Write /facilitators to me in private."


class LastAdministratorError(MorgenError):
    """The only administrator was to lose that."""

    message = "This is the only administrator. Name another one first."


class ProcessNameTakenError(MorgenError):
    """A process was to get the name of another."""

    message = "There is a process with this name already. Give this one another name."


class ProcessDatesError(MorgenError):
    """Days that cannot follow each other."""

    message = "The last day has to be today or later, and not before the first. Nothing was changed."


class NoDayError(MorgenError):
    """Words that are no day were written where a day was asked for."""

    message = "I do not read a day in this. Write it like 1/12 or 1/12/2026."


class ProcessMovedOnError(MorgenError):
    """A change was to be undone after which the process changed again."""

    message = "This process was changed again since. /process shows how it stands now."


class PeriodUnclearError(MorgenError):
    """A digest was asked for of a period that cannot be read."""

    message = (
        "I do not understand this period. This works: this month, last week, november, 1-15 november, "
        "2026-11-01 2026-11-15."
    )


class PeriodAheadError(MorgenError):
    """A digest was asked for of a period that is still to come."""

    message = "This period is still to come. Choose one that has begun."
