"""Topics of a forum: https://core.telegram.org/bots/api#forumtopic"""

from sandbox.errors import bad_request
from sandbox.values import Chat, Json
from sandbox.world import World

COLORS = (7322096, 16766590, 13338331, 9367192, 16749490, 16478047)


def open_topic(world: World, chat: Chat, sender: Json, name: str, color: int | None = None) -> Json:
    """Begin a topic with its service message; gives that. Raises 400 where there are no topics."""
    if not chat.is_forum:
        raise bad_request("the chat is not a forum")
    title = name.strip()
    if not 1 <= len(title) <= 128:
        raise bad_request("TOPIC_TITLE_EMPTY")
    thread = chat.last_message_id + 1
    chat.topics[thread] = title
    created = {"name": title, "icon_color": color or COLORS[0]}
    content = {"forum_topic_created": created, "message_thread_id": thread, "is_topic_message": True}
    return world.post(chat, sender, content)
