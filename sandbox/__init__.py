"""A local Bot API for trying out and testing: people, chats and a chat page on loopback alone."""
