"""What a message hangs on: the one it answers, its topic, its album, and who wrote it first."""

from dataclasses import dataclass

from sandbox.errors import SandboxError
from sandbox.forwards import Source, origin
from sandbox.values import Chat, Json
from sandbox.world import World


@dataclass(frozen=True, slots=True)
class Context:
    """The message that one answers, who wrote it first, its topic, its album."""

    reply_to_message_id: int | None = None
    forward_from: Source | None = None
    message_thread_id: int | None = None
    media_group_id: str | None = None


def hung_on(world: World, chat: Chat, context: Context) -> Json:
    """The fields of a message for its context; raises SandboxError for what is not there."""
    fields: Json = {}
    if context.message_thread_id is not None:
        if context.message_thread_id not in chat.topics:
            raise SandboxError("there is no such topic in this chat")
        fields.update(in_topic(chat, context.message_thread_id))
    if context.reply_to_message_id is not None:
        replied = chat.messages.get(context.reply_to_message_id)
        if replied is None:
            raise SandboxError("the message to answer is not there")
        fields.update(in_thread_of(chat, replied))
    if context.forward_from is not None:
        fields["forward_origin"] = origin(world, context.forward_from)
    if context.media_group_id is not None:
        fields["media_group_id"] = context.media_group_id
    return fields


def in_topic(chat: Chat, thread: int) -> Json:
    """The fields of a message in a topic; as on the real one, it answers what began the topic."""
    fields: Json = {"message_thread_id": thread, "is_topic_message": True}
    began = chat.messages.get(thread)
    return {**fields, "reply_to_message": without_reply(began)} if began else fields


def in_thread_of(chat: Chat, replied: Json) -> Json:
    """The fields of a reply: in its topic, or in the thread that a supergroup makes of the first message.

    Such a thread is no topic, and nothing can be sent into it by its number; see
    https://github.com/tdlib/telegram-bot-api/issues/447
    """
    fields: Json = {"reply_to_message": without_reply(replied)}
    thread = replied.get("message_thread_id")
    if replied.get("is_topic_message"):
        return {**fields, "message_thread_id": thread, "is_topic_message": True}
    if chat.type == "supergroup":
        return {**fields, "message_thread_id": thread or replied["message_id"]}
    return fields


def without_reply(message: Json) -> Json:
    """A message as it stands inside another one: without the one that it answers itself."""
    return {key: value for key, value in message.items() if key != "reply_to_message"}
