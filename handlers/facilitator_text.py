"""What the pages of `/facilitators` say."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape

from cocreation.ideas.ids import FacilitatorId, ProcessId
from cocreation.ideas.messages import Button, Message
from cocreation.ideas.role import Charge, Facilitator, Invitation, Role
from cocreation.ideas.town import Town
from handlers.actions import Verb, action
from handlers.quoting import on_one_line
from locales import Translator

NAME, PROCESS, LABEL = 60, 60, 30
PERSON, INVITE, INVITATION, WITHDRAW = "p", "i", "o", "w"
CHANGE, ASK_END, END, GIVE_BACK = "r", "d", "D", "u"
ACCEPT, DECLINE = "y", "n"
OF_ADMINISTRATOR, OF_TOWN = "a", "f"

Names = Mapping[ProcessId, str]
"""The processes that there are."""


@dataclass(frozen=True, slots=True)
class Reader:
    """For whom a page is: where, and with the buttons of an administrator or without."""

    town: Town
    t: Translator
    processes: Names
    may_change: bool


def people_page(
    people: Sequence[Facilitator], invitations: Sequence[Invitation], reader: Reader, said: str = ""
) -> Message:
    """Everybody, with a button each for administrators."""
    t, town = reader.t, reader.town
    parts = [f"<b>{escape(t.gettext('Who runs this for {town}', town=on_one_line(town.name, NAME)))}</b>"]
    if said:
        parts.insert(0, f"<i>{escape(said)}</i>")
    lines = [_line(each, reader) for each in people]
    if lines:
        parts.append("\n".join(lines))
    parts += [escape(line) for line in _from_settings(town, t)]
    if not town.administrators and not people and town.facilitator_chat is None:
        parts.append(escape(t.gettext("Nobody yet.")))
    if not reader.may_change:
        return Message("\n\n".join(parts))
    names = [Button(on_one_line(each.name, LABEL), action(Verb.ROLES, PERSON, each.id)) for each in people]
    waiting = [
        (Button(f"✉️ {_until(each, reader)}", action(Verb.ROLES, INVITATION, each.id)),)
        for each in invitations
    ]
    pairs = [tuple(names[at : at + 2]) for at in range(0, len(names), 2)]
    more = Button(f"➕ {t.gettext('Invite somebody')}", action(Verb.ROLES, INVITE))
    return Message("\n\n".join(parts), (*pairs, *waiting, (more,)))


def person_page(person: Facilitator, reader: Reader, said: str = "") -> Message:
    """One person, and what can become of them."""
    t = reader.t
    since = t.day_and_year(reader.town.local(person.since).date())
    lines = [
        f"<b>{escape(on_one_line(person.name, NAME))}</b>",
        escape(charge_words(person.charge, reader)),
        escape(t.gettext("Since {day}", day=since)),
    ]
    if said:
        lines.insert(0, f"<i>{escape(said)}</i>\n")
    changes = [
        (Button(label, action(Verb.ROLES, CHANGE, person.id, *told)),)
        for charge, label, told in _charges(reader)
        if charge != person.charge
    ]
    end = Button(f"🚪 {t.gettext('End this role')}", action(Verb.ROLES, ASK_END, person.id))
    return Message("\n".join(lines), (*changes, (end,), (_back(t),)))


def asked_to_end(person: Facilitator, reader: Reader) -> Message:
    t = reader.t
    question = t.gettext("End the role of {name}?", name=on_one_line(person.name, NAME))
    after = t.gettext("From then on the commands and buttons for facilitators refuse what this person asks.")
    yes = Button(t.gettext("Yes, end it"), action(Verb.ROLES, END, person.id))
    no = Button(f"✖️ {t.gettext('Cancel')}", action(Verb.ROLES, PERSON, person.id))
    return Message(f"<b>{escape(question)}</b>\n\n{escape(after)}", ((yes, no),))


def ended_page(person: Facilitator, reader: Reader) -> Message:
    t = reader.t
    said = t.gettext("The role of {name} has ended.", name=on_one_line(person.name, NAME))
    undo = Button(f"↩️ {t.gettext('Undo')}", action(Verb.ROLES, GIVE_BACK, person.id))
    return Message(escape(said), ((undo,), (_back(t),)))


def choose_charge(reader: Reader) -> Message:
    """For what somebody is invited."""
    t = reader.t
    lines = [
        f"<b>{escape(t.gettext('What may this person do?'))}</b>",
        escape(_allows(t)),
        escape(t.gettext("An administrator may also name facilitators and change the town's settings.")),
    ]
    choices = [(Button(label, action(Verb.ROLES, INVITE, *told)),) for _, label, told in _charges(reader)]
    return Message("\n\n".join(lines), (*choices, (_back(t),)))


def invitation_page(invitation: Invitation, url: str, reader: Reader) -> Message:
    """The link, to be passed on."""
    t = reader.t
    until = t.moment(reader.town.local(invitation.expires_at))
    lines = [
        f"<b>{escape(t.gettext('Invitation: {role}', role=charge_words(invitation.charge, reader)))}</b>",
        f"<code>{escape(url)}</code>",
        escape(
            t.gettext(
                "Send this link to one person. It works once, until {moment}. You are told when it is used.",
                moment=until,
            )
        ),
    ]
    withdraw = Button(f"🗑 {t.gettext('Take it back')}", action(Verb.ROLES, WITHDRAW, invitation.id))
    return Message("\n\n".join(lines), ((withdraw,), (_back(t),)))


def invited_card(invitation: Invitation, name: str, reader: Reader) -> Message:
    """What the invited person reads before anything happens."""
    t = reader.t
    town = on_one_line(reader.town.name, NAME)
    lines = [
        f"<b>{escape(t.gettext('Would you help run this for {town}?', town=town))}</b>",
        escape(t.gettext("Your role: {role}", role=charge_words(invitation.charge, reader))),
        escape(_allows(t) if invitation.charge.process is None else _allows_in_process(t)),
        escape(
            t.gettext(
                "The others who run this see you as {name}, your name in Telegram. /forget erases it.",
                name=on_one_line(name, NAME),
            )
        ),
    ]
    yes = Button(t.gettext("Yes, I do"), action(Verb.ROLES, ACCEPT, invitation.token))
    no = Button(t.gettext("No, thanks"), action(Verb.ROLES, DECLINE, invitation.token))
    return Message("\n\n".join(lines), ((yes, no),))


def accepted_card(person: Facilitator, reader: Reader) -> Message:
    t = reader.t
    lines = [
        f"<b>{escape(t.gettext('Welcome. Your role: {role}', role=charge_words(person.charge, reader)))}</b>",
        escape(_begins(t) if person.charge.process is None else _begins_in_process(t)),
    ]
    return Message("\n\n".join(lines))


def declined_card(t: Translator) -> Message:
    said = t.gettext("All right, nothing has changed. The link works until its week is over.")
    return Message(escape(said))


def charge_words(charge: Charge, reader: Reader) -> str:
    """Such as 'facilitator for Green streets'."""
    t = reader.t
    if charge.role is Role.ADMINISTRATOR:
        return t.gettext("administrator")
    if charge.process is None:
        return t.gettext("facilitator of the whole town")
    name = on_one_line(reader.processes.get(charge.process, "?"), PROCESS)
    return t.gettext("facilitator for {process}", process=name)


def slot_of(token: str) -> str:
    return f"invited:{token}"


def charge_told(said: Sequence[str]) -> Charge | None:
    """What a button means by a charge; None where it means none."""
    match said:
        case [kind] if kind == OF_ADMINISTRATOR:
            return Charge(Role.ADMINISTRATOR)
        case [kind] if kind == OF_TOWN:
            return Charge(Role.FACILITATOR)
        case [number] if number.isascii() and number.isdecimal() and len(number) <= 15:
            return Charge(Role.FACILITATOR, ProcessId(int(number)))
        case _:
            return None


def button_to(person: FacilitatorId, t: Translator) -> Button:
    return Button(t.gettext("Open"), action(Verb.ROLES, PERSON, person))


def _charges(reader: Reader) -> Sequence[tuple[Charge, str, tuple[int | str, ...]]]:
    """What somebody can be given: the charge, its words, and what a button says."""
    t = reader.t
    whole = Charge(Role.FACILITATOR), t.gettext("Facilitator of the whole town"), (OF_TOWN,)
    above = Charge(Role.ADMINISTRATOR), t.gettext("Administrator"), (OF_ADMINISTRATOR,)
    some = [
        (
            Charge(Role.FACILITATOR, number),
            t.gettext("Facilitator for {process}", process=on_one_line(name, LABEL)),
            (number,),
        )
        for number, name in reader.processes.items()
    ]
    return [whole, *some, above]


def _line(person: Facilitator, reader: Reader) -> str:
    name = escape(on_one_line(person.name, NAME))
    return f"· <b>{name}</b> · {escape(charge_words(person.charge, reader))}"


def _from_settings(town: Town, t: Translator) -> list[str]:
    lines = []
    if town.administrators:
        lines.append(
            t.ngettext(
                "{n} administrator is named where the bot was installed, and can be removed only there.",
                "{n} administrators are named where the bot was installed, and can be removed only there.",
                len(town.administrators),
            )
        )
    if town.facilitator_chat is not None:
        lines.append(t.gettext("Everybody in the facilitators' chat may use the commands there."))
    return lines


def _allows(t: Translator) -> str:
    return t.gettext(
        "A facilitator receives the digest, answers ideas, arranges themes and decides about reports."
    )


def _allows_in_process(t: Translator) -> str:
    return t.gettext("You answer the ideas of this process in the town's name, and make files of them.")


def _begins(t: Translator) -> str:
    return t.gettext("/digest shows what is new, /waiting what waits for an answer, /themes all themes.")


def _begins_in_process(t: Translator) -> str:
    return t.gettext(
        "/ideas shows all ideas; those of your process have a button to answer. /export makes files."
    )


def _until(invitation: Invitation, reader: Reader) -> str:
    day = reader.t.day(reader.town.local(invitation.expires_at).date())
    words = on_one_line(charge_words(invitation.charge, reader), LABEL)
    return reader.t.gettext("{role}, until {day}", role=words, day=day)


def _back(t: Translator) -> Button:
    return Button(f"◂ {t.gettext('Back')}", action(Verb.ROLES))
