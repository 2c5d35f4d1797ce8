"""Which rows are about a person: what `/mydata` gives and `/forget` erases. A test holds it to the schema."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Integer, Table, bindparam, or_, select

from storage.schema import (
    blocks,
    burst_ideas,
    comments,
    conversations,
    dead_letters,
    decision_holds,
    digest_files,
    duplicates,
    exports,
    facilitators,
    faded_members,
    follows,
    frame_goals,
    frame_looks,
    frame_marks,
    idea_messages,
    idea_vectors,
    idea_versions,
    ideas,
    inbox,
    invitations,
    look_alikes,
    media,
    moderation_acts,
    moderation_cases,
    moderation_words,
    notices,
    offers,
    outbox,
    process_changes,
    replies,
    reply_versions,
    reports,
    residents,
    setting_changes,
    shown,
    stale_cards,
    supports,
    taken_back_replies,
    theme_decisions,
    theme_members,
    theme_replies,
    town_exports,
)

RESIDENT = bindparam("resident", type_=Integer)
CHAT = bindparam("chat", type_=Integer)
own_ideas = select(ideas.c.id).where(ideas.c.author_id == RESIDENT)


@dataclass(frozen=True, slots=True)
class Personal:
    """Rows of one table, those for which `whose` holds; it takes the person's `resident` and `chat`.

    What `stays` is the town's: it loses the person alone. `name` is what the rows are called in what the
    person gets.
    """

    name: str
    table: Table
    whose: ColumnElement[bool]
    stays: bool = False


def _of_own_idea(name: str, table: Table, column: str = "idea_id") -> Personal:
    return Personal(name, table, table.c[column].in_(own_ideas))


PERSONAL: Sequence[Personal] = (
    # What hangs on ideas goes before them, and all goes before the person.
    _of_own_idea("idea_versions", idea_versions),
    _of_own_idea("idea_messages", idea_messages),
    _of_own_idea("media", media),
    _of_own_idea("idea_vectors", idea_vectors),
    Personal(
        "duplicates",
        duplicates,
        or_(duplicates.c.idea_id.in_(own_ideas), duplicates.c.of_idea_id.in_(own_ideas)),
    ),
    Personal(
        "look_alikes",
        look_alikes,
        or_(look_alikes.c.idea_id.in_(own_ideas), look_alikes.c.other_id.in_(own_ideas)),
    ),
    _of_own_idea("frame_looks", frame_looks),
    _of_own_idea("frame_goals", frame_goals),
    _of_own_idea("frame_marks_received", frame_marks),
    _of_own_idea("theme_members", theme_members),
    _of_own_idea("faded_members", faded_members),
    _of_own_idea("decision_holds", decision_holds),
    _of_own_idea("stale_cards", stale_cards),
    Personal(
        "earlier_replies_received",
        reply_versions,
        reply_versions.c.reply_id.in_(select(replies.c.id).where(replies.c.idea_id.in_(own_ideas))),
    ),
    _of_own_idea("replies_received", replies),
    _of_own_idea("replies_taken_back_from_me", taken_back_replies),
    Personal("notices", notices, notices.c.resident_id == RESIDENT),
    Personal("supports", supports, supports.c.resident_id == RESIDENT),
    Personal("follows", follows, follows.c.resident_id == RESIDENT),
    # The number of a report stands in the buttons by which others' reports are decided along with it.
    Personal("reports", reports, reports.c.reporter_id == RESIDENT, stays=True),
    _of_own_idea("moderation_bursts", burst_ideas),
    _of_own_idea("moderation_cases", moderation_cases),
    Personal("moderation_words_received", moderation_words, moderation_words.c.about_id == RESIDENT),
    Personal("moderation_words", moderation_words, moderation_words.c.by_id == RESIDENT),
    Personal("blocks", blocks, blocks.c.resident_id == RESIDENT),
    Personal("moderation_received", moderation_acts, moderation_acts.c.person_id == RESIDENT, stays=True),
    Personal("comments", comments, comments.c.author_id == RESIDENT),
    Personal("ideas", ideas, ideas.c.author_id == RESIDENT),
    Personal("conversations", conversations, conversations.c.chat_id == CHAT),
    Personal(
        "offers",
        offers,
        or_(offers.c.author_telegram_id == CHAT, offers.c.asker_telegram_id == CHAT),
    ),
    Personal("messages_to_send", outbox, outbox.c.chat_id == CHAT),
    Personal("messages_shown", shown, shown.c.chat_id == CHAT),
    Personal("messages_that_failed", dead_letters, dead_letters.c.chat_id == CHAT),
    # Handled ones are numbers by which a message never counts twice: they lose the chat, see `erasures`.
    Personal("messages_received", inbox, inbox.c.chat_id == CHAT, stays=True),
    Personal("exports", exports, exports.c.resident_id == RESIDENT),
    Personal("town_exports", town_exports, town_exports.c.chat_id == CHAT),
    Personal("digest_files", digest_files, digest_files.c.chat_id == CHAT),
    Personal("replies_written", replies, replies.c.by_id == RESIDENT, stays=True),
    Personal("theme_replies_written", theme_replies, theme_replies.c.by_id == RESIDENT, stays=True),
    Personal("replies_corrected", reply_versions, reply_versions.c.replaced_by_id == RESIDENT, stays=True),
    Personal(
        "theme_replies_taken_back",
        theme_replies,
        theme_replies.c.taken_back_by_id == RESIDENT,
        stays=True,
    ),
    Personal(
        "replies_taken_back",
        taken_back_replies,
        taken_back_replies.c.taken_back_by_id == RESIDENT,
        stays=True,
    ),
    Personal("reports_settled", reports, reports.c.settled_by_id == RESIDENT, stays=True),
    Personal("moderation_acts", moderation_acts, moderation_acts.c.by_id == RESIDENT, stays=True),
    Personal("moderation_undone", moderation_acts, moderation_acts.c.undone_by_id == RESIDENT, stays=True),
    Personal("theme_decisions", theme_decisions, theme_decisions.c.by_id == RESIDENT, stays=True),
    Personal("frame_marks", frame_marks, frame_marks.c.by_id == RESIDENT, stays=True),
    Personal("frame_marks_undone", frame_marks, frame_marks.c.undone_by_id == RESIDENT, stays=True),
    Personal("roles", facilitators, facilitators.c.resident_id == RESIDENT),
    Personal("roles_given", facilitators, facilitators.c.by_id == RESIDENT, stays=True),
    Personal("roles_ended", facilitators, facilitators.c.ended_by_id == RESIDENT, stays=True),
    Personal("invitations_made", invitations, invitations.c.by_id == RESIDENT),
    Personal("invitations_used", invitations, invitations.c.used_by_id == RESIDENT, stays=True),
    Personal("process_changes", process_changes, process_changes.c.by_id == RESIDENT, stays=True),
    Personal("settings_changed", setting_changes, setting_changes.c.by_id == RESIDENT, stays=True),
    Personal(
        "theme_decisions_undone",
        theme_decisions,
        theme_decisions.c.undone_by_id == RESIDENT,
        stays=True,
    ),
    Personal("resident", residents, residents.c.id == RESIDENT),
)

NOT_PERSONAL: Mapping[str, str] = {
    "groups": "groups have numbers below zero, and nobody's name",
    "erasures": "what is still to be erased: it loses the chat before it is over",
    "theme_events": "counts ideas",
    "theme_runs": "counts ideas",
    "themes": "named after what several people wrote; an erasure cleans the names",
    "digests": "moments",
    "processes": "the town's",
    "process_phases": "the town's",
    "reply_photos": "the town's own, to its answers",
    "reply_templates": "the town's words",
    "facts": "the program's",
}
"""The other tables, and why."""
