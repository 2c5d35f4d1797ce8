"""Answers to inline queries: https://core.telegram.org/bots/api#answerinlinequery"""

import re
from collections.abc import Callable, Mapping
from typing import Any

from sandbox import files
from sandbox.errors import bad_request
from sandbox.inline import InlineAnswer
from sandbox.keyboards import inline_keyboard
from sandbox.methods.outgoing import caption_content, text_content
from sandbox.methods.places import location_content, venue_content
from sandbox.params import Params
from sandbox.values import Json
from sandbox.world import World

MAX_RESULTS = 50
_MAX_BYTES = 64
_START_PARAMETER = re.compile(r"[A-Za-z0-9_-]{1,64}")


def answer_inline_query(world: World, params: Params) -> bool:
    """answerInlineQuery, with articles, cached photos, documents and voice messages, places and venues."""
    query = world.inline.find_open(params.text("inline_query_id") or "")
    if query is None:
        raise bad_request("query is too old and response timeout expired or query ID is invalid")
    results = params.json("results")
    if not isinstance(results, list) or not all(isinstance(result, dict) for result in results):
        raise bad_request("can't parse inline query results: expected an Array of InlineQueryResult")
    if len(results) > MAX_RESULTS:
        raise bad_request("RESULTS_TOO_MUCH")
    next_offset = params.text("next_offset") or ""
    if len(next_offset.encode()) > _MAX_BYTES:
        raise bad_request("NEXT_OFFSET_INVALID")
    seconds = params.integer("cache_time")
    contents: dict[str, Json] = {}
    for result in results:
        contents[_new_id(result, contents)] = _content(world, result)
    answer = InlineAnswer(
        results,
        contents,
        next_offset,
        _button(params.json("button")),
        300 if seconds is None else max(seconds, 0),
        params.flag("is_personal"),
    )
    world.inline.settle(query, answer)
    return True


def _new_id(result: Json, known: Mapping[str, Json]) -> str:
    result_id = str(result.get("id") or "")
    if not result_id:
        raise bad_request("RESULT_ID_EMPTY")
    if len(result_id.encode()) > _MAX_BYTES:
        raise bad_request("RESULT_ID_INVALID")
    if result_id in known:
        raise bad_request("RESULT_ID_DUPLICATE")
    return result_id


def _button(button: Any) -> Json | None:  # noqa: ANN401 - as it came
    if not button:
        return None
    if not isinstance(button, dict) or not button.get("text"):
        raise bad_request("can't parse inline query results button: text must be non-empty")
    if ("web_app" in button) == ("start_parameter" in button):
        raise bad_request("can't parse inline query results button: it opens one thing")
    if "start_parameter" in button and not _START_PARAMETER.fullmatch(str(button["start_parameter"])):
        raise bad_request("START_PARAM_INVALID")
    return button


def _content(world: World, result: Json) -> Json:
    """Make the message that choosing a result sends."""
    content = _message(world, result, Params(result))
    if markup := inline_keyboard(result.get("reply_markup"), only=True):
        content["reply_markup"] = markup
    return content


def _message(world: World, result: Json, params: Params) -> Json:
    kind = result.get("type")
    if kind == "article" and not result.get("title"):
        raise bad_request("ARTICLE_TITLE_EMPTY")
    if (given := result.get("input_message_content")) is not None:
        return _input_content(Params(given if isinstance(given, dict) else {}))
    if kind == "article":
        raise bad_request("MESSAGE_EMPTY")
    if kind == "location":
        return location_content(params)
    if kind == "venue":
        return venue_content(params)
    return {**_cached(world, str(kind), params), **caption_content(params)}


def _cached(world: World, kind: str, params: Params) -> Json:
    stored = world.files.find(params.text(f"{kind}_file_id") or "")
    if kind not in {"photo", "document", "voice"}:
        raise bad_request("can't parse inline query result: unsupported type specified")
    if stored is None:
        raise bad_request("wrong file identifier specified")
    if kind == "photo":
        return {"photo": [files.photo_size(stored)]}
    return {kind: files.document(stored) if kind == "document" else files.voice(stored)}


def _input_content(params: Params) -> Json:
    if params.text("message_text") is not None:
        renamed = {**params.values, "text": params.values["message_text"]}
        return text_content(Params(renamed), "MESSAGE_TOO_LONG")
    if params.text("title") is not None and params.text("address") is not None:
        return venue_content(params)
    if params.text("latitude") is not None:
        return location_content(params)
    raise bad_request("can't parse input message content: unsupported type specified")


METHODS: Mapping[str, Callable[[World, Params], Any]] = {"answerInlineQuery": answer_inline_query}
