"""Files go up by multipart and come down by getFile: https://core.telegram.org/bots/api#sending-files"""

import asyncio
import json
import mimetypes
from io import BytesIO
from urllib.parse import urlsplit

import aiohttp
import pytest
from PIL import Image

from sandbox.values import Json
from sandbox.world import World
from tests.sandbox.playing import GRIET, Play, buttons

PLAN = b"%PDF-1.7 a plan"
MEGABYTE = 1024 * 1024


def picture(width: int = 400, height: int = 300, kind: str = "JPEG", orientation: int = 1) -> bytes:
    written = BytesIO()
    exif = Image.Exif()
    exif[0x0112] = orientation
    Image.new("RGB", (width, height), "green").save(written, kind, exif=exif)
    return written.getvalue()


async def send(play: Play, kind: str, content: bytes, name: str = "plan.pdf", **params: str) -> Json:
    form = aiohttp.FormData({"chat_id": str(GRIET), **params})
    form.add_field(kind, BytesIO(content), filename=name, content_type=mimetypes.guess_type(name)[0])
    return await play.send_form(f"send{kind.title()}", form)


async def sent(play: Play, kind: str, content: bytes, **params: str) -> Json:
    body = await send(play, kind, content, **params)
    assert body["ok"], body
    message: Json = body["result"]
    return message


async def download(play: Play, file_id: str) -> bytes:
    path = (await play.do("getFile", file_id=file_id))["file_path"]
    async with play.session.get(f"{play.sandbox.base_file_url}{play.sandbox.token}/{path}") as response:
        assert response.status == 200
        return await response.read()


async def test_a_photo_comes_in_sizes_smallest_first(play: Play) -> None:
    sizes = (await sent(play, "photo", picture(2000, 1000)))["photo"]
    assert [(size["width"], size["height"]) for size in sizes] == [(90, 45), (320, 160), (1280, 640)]
    assert all(size["file_id"] and size["file_unique_id"] and size["file_size"] for size in sizes)


async def test_a_small_photo_is_not_made_larger(play: Play) -> None:
    sizes = (await sent(play, "photo", picture(60, 40)))["photo"]
    assert [(size["width"], size["height"]) for size in sizes] == [(60, 40)]


async def test_a_photo_is_upright_and_without_metadata(play: Play) -> None:
    largest = (await sent(play, "photo", picture(200, 100, orientation=6)))["photo"][-1]
    with Image.open(BytesIO(await download(play, largest["file_id"]))) as shown:
        assert (shown.size, shown.format, len(shown.getexif())) == ((100, 200), "JPEG", 0)


async def test_a_document_comes_down_as_it_went_up(play: Play) -> None:
    document = (await sent(play, "document", PLAN))["document"]
    assert document["file_name"] == "plan.pdf"
    assert document["mime_type"] == "application/pdf"
    assert document["file_size"] == len(PLAN)
    assert await download(play, document["file_id"]) == PLAN


async def test_the_same_file_keeps_its_unique_id(play: Play) -> None:
    first, second = [(await sent(play, "document", PLAN))["document"] for _ in range(2)]
    assert first["file_unique_id"] == second["file_unique_id"]
    assert first["file_id"] != second["file_id"]


@pytest.mark.parametrize("kind", ["photo", "document"])
async def test_a_file_id_sends_the_file_again(play: Play, kind: str) -> None:
    first = (await sent(play, kind, picture()))[kind]
    file_id = (first[-1] if kind == "photo" else first)["file_id"]
    again = (await play.do(f"send{kind.title()}", **{"chat_id": GRIET, kind: file_id}))[kind]
    assert (again[-1] if kind == "photo" else again)["file_id"] == file_id


async def test_a_file_may_be_attached_under_another_name(play: Play) -> None:
    form = aiohttp.FormData({"chat_id": str(GRIET), "document": "attach://bijlage"})
    form.add_field("bijlage", PLAN, filename="plan.pdf")
    assert (await play.send_form("sendDocument", form))["result"]["document"]["file_size"] == len(PLAN)


async def test_a_kind_of_file_is_not_sent_as_another(play: Play) -> None:
    document = (await sent(play, "document", picture()))["document"]
    photo = (await sent(play, "photo", picture()))["photo"][-1]
    assert await play.refused("sendPhoto", chat_id=GRIET, photo=document["file_id"]) == (
        "Bad Request: can't use file of type Document as Photo"
    )
    assert await play.refused("sendDocument", chat_id=GRIET, document=photo["file_id"]) == (
        "Bad Request: can't use file of type Photo as Document"
    )


@pytest.mark.parametrize(
    ("photo", "reason"),
    [
        (None, "there is no photo in the request"),
        ("nothing", "wrong file identifier/HTTP URL specified"),
        ("attach://nothing", "file must be non-empty"),
        ("https://tienen.be/foto.jpg", "failed to get HTTP URL content"),
    ],
)
async def test_a_photo_that_is_not_there_is_refused(play: Play, photo: str | None, reason: str) -> None:
    assert await play.refused("sendPhoto", chat_id=GRIET, photo=photo) == f"Bad Request: {reason}"


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "file must be non-empty"),
        (b"not a picture", "IMAGE_PROCESS_FAILED"),
        (picture()[:200], "IMAGE_PROCESS_FAILED"),
        (picture(2100, 100, "PNG"), "PHOTO_INVALID_DIMENSIONS"),
        (picture(9000, 1001, "PNG"), "PHOTO_INVALID_DIMENSIONS"),
    ],
)
async def test_what_is_no_photo_is_refused(play: Play, content: bytes, reason: str) -> None:
    assert (await send(play, "photo", content))["description"] == f"Bad Request: {reason}"
    assert (await play.look(f"chats/{GRIET}/messages"))["messages"] == []


async def test_a_photo_has_at_most_10_mb(play: Play) -> None:
    answer = await send(play, "photo", picture() + bytes(10 * MEGABYTE))
    assert "too big for a photo" in answer["description"]


async def test_a_bot_downloads_at_most_20_mb(play: Play, world: World) -> None:
    file = world.files.add("document", bytes(20 * MEGABYTE + 1))
    assert await play.refused("getFile", file_id=file.id) == "Bad Request: file is too big"


async def test_a_bot_uploads_at_most_50_mb(play: Play) -> None:
    where = urlsplit(f"{play.api}/sendDocument")
    reader, writer = await asyncio.open_connection(where.hostname, where.port)
    writer.write(
        f"POST {where.path} HTTP/1.1\r\nhost: {where.netloc}\r\ncontent-length: {52 * MEGABYTE}\r\n"
        "content-type: multipart/form-data; boundary=x\r\n\r\n".encode()
    )
    assert (await reader.readline()).startswith(b"HTTP/1.1 413")
    writer.close()
    await writer.wait_closed()


@pytest.mark.parametrize(
    ("file_id", "reason"),
    [("", "file_id not specified"), ("x", "wrong file_id or the file is temporarily unavailable")],
)
async def test_a_file_that_is_not_there_is_refused(play: Play, file_id: str, reason: str) -> None:
    assert await play.refused("getFile", file_id=file_id) == f"Bad Request: {reason}"


async def test_nothing_else_is_downloaded(play: Play) -> None:
    address = f"{play.sandbox.base_file_url}{play.sandbox.token}"
    for path in ("photos/file_99.jpg", "..%2F..%2Fetc%2Fpasswd", "%2Fetc%2Fpasswd"):
        async with play.session.get(f"{address}/{path}") as response:
            assert response.status == 404


async def test_a_file_needs_the_token(play: Play) -> None:
    document = (await sent(play, "document", PLAN))["document"]
    path = (await play.do("getFile", file_id=document["file_id"]))["file_path"]
    async with play.session.get(f"{play.sandbox.base_file_url}7000000001:sandbox-x/{path}") as response:
        assert response.status == 401


async def test_a_caption_has_at_most_1024_characters_after_entities(play: Play) -> None:
    fits = f"<b>{'a' * 1000}</b>{'&amp;' * 24}"
    message = await sent(play, "photo", picture(), caption=fits, parse_mode="HTML")
    assert message["caption"] == "a" * 1000 + "&" * 24
    assert message["caption_entities"] == [{"type": "bold", "offset": 0, "length": 1000}]
    answer = await send(play, "photo", picture(), caption=fits + "a", parse_mode="HTML")
    assert answer["description"] == "Bad Request: message caption is too long"
    answer = await send(play, "photo", picture(), caption="🌳" * 513)
    assert answer["description"] == "Bad Request: message caption is too long"


async def test_a_caption_is_edited(play: Play) -> None:
    message = await sent(play, "photo", picture(), caption="Een <b>boom</b>", parse_mode="HTML")
    where = {"chat_id": GRIET, "message_id": message["message_id"]}
    changed = await play.do(
        "editMessageCaption", **where, caption="Twee bomen", reply_markup=buttons([("x", "x")])
    )
    assert (changed["caption"], changed["photo"]) == ("Twee bomen", message["photo"])
    assert "caption_entities" not in changed
    assert "caption" not in await play.do("editMessageCaption", **where)
    refused = await play.refused("editMessageCaption", **where, caption="")
    assert refused.startswith("Bad Request: message is not modified")


async def test_text_has_no_caption_and_no_media_to_edit(play: Play) -> None:
    message = await play.say("Welkom")
    where = {"chat_id": GRIET, "message_id": message["message_id"]}
    assert await play.refused("editMessageCaption", **where, caption="x") == (
        "Bad Request: there is no caption in the message to edit"
    )
    photo = (await sent(play, "photo", picture()))["photo"][-1]["file_id"]
    media = {"type": "photo", "media": photo}
    assert await play.refused("editMessageMedia", **where, media=media) == (
        "Bad Request: there is no media in the message to edit"
    )


async def test_media_takes_the_place_of_media(play: Play) -> None:
    message = await sent(play, "photo", picture(), caption="Een boom")
    media = {"type": "document", "media": "attach://new", "caption": "<i>Het plan</i>", "parse_mode": "HTML"}
    form = aiohttp.FormData(
        {"chat_id": str(GRIET), "message_id": str(message["message_id"]), "media": json.dumps(media)}
    )
    form.add_field("new", PLAN, filename="plan.pdf")
    changed = (await play.send_form("editMessageMedia", form))["result"]
    assert changed["message_id"] == message["message_id"]
    assert changed["document"]["file_name"] == "plan.pdf"
    assert changed["caption"] == "Het plan"
    assert "photo" not in changed


async def test_a_place_is_sent(play: Play) -> None:
    message = await play.do("sendLocation", chat_id=GRIET, latitude=50.8072, longitude="4.9378")
    assert message["location"] == {"latitude": 50.8072, "longitude": 4.9378}


@pytest.mark.parametrize(("latitude", "longitude"), [(91, 0), (0, 181), (None, 0), ("nan", 0), ("x", 0)])
async def test_a_place_is_on_earth(play: Play, latitude: object, longitude: object) -> None:
    await play.refused("sendLocation", chat_id=GRIET, latitude=latitude, longitude=longitude)


async def test_a_person_sends_a_photo_that_the_bot_downloads(play: Play) -> None:
    await play.upload(GRIET, picture(), "photo", "foto.jpg", caption="Hier bij #station")
    [update] = await play.updates()
    message = update["message"]
    assert [size["width"] for size in message["photo"]] == [90, 320, 400]
    assert message["caption_entities"] == [{"type": "hashtag", "offset": 9, "length": 8}]
    with Image.open(BytesIO(await download(play, message["photo"][-1]["file_id"]))) as shown:
        assert shown.size == (400, 300)


@pytest.mark.parametrize(
    ("kind", "name", "fields"),
    [
        ("voice", "stem.ogg", {"duration", "mime_type"}),
        ("document", "plan.pdf", {"file_name", "mime_type"}),
        ("video", "film.mp4", {"duration", "width", "height"}),
    ],
)
async def test_a_person_sends_a_file_that_the_bot_downloads(
    play: Play, kind: str, name: str, fields: set[str]
) -> None:
    await play.upload(GRIET, PLAN, kind, name)
    [update] = await play.updates()
    file = update["message"][kind]
    assert fields | {"file_id", "file_unique_id", "file_size"} <= set(file)
    assert await download(play, file["file_id"]) == PLAN
