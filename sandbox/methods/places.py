"""Places that the bot sends: https://core.telegram.org/bots/api#sendlocation"""

from collections.abc import Callable, Mapping
from typing import Any

from sandbox.errors import bad_request
from sandbox.methods.outgoing import deliver, open_chat
from sandbox.params import Params
from sandbox.values import Json
from sandbox.world import World


def location_content(params: Params) -> Json:
    """Read and check coordinates."""
    latitude, longitude = params.number("latitude"), params.number("longitude")
    if latitude is None or longitude is None or abs(latitude) > 90 or abs(longitude) > 180:
        raise bad_request("wrong latitude or longitude specified")
    return {"location": {"latitude": latitude, "longitude": longitude}}


def venue_content(params: Params) -> Json:
    """Read and check coordinates with a name and an address."""
    place = location_content(params)
    title, address = params.text("title"), params.text("address")
    if not title or not address:
        raise bad_request("venue title and address must be non-empty")
    return {**place, "venue": {**place, "title": title, "address": address}}


def send_location(world: World, params: Params) -> Json:
    """sendLocation."""
    content = location_content(params)
    return deliver(world, open_chat(world, params), params, content)


def send_venue(world: World, params: Params) -> Json:
    """sendVenue."""
    content = venue_content(params)
    return deliver(world, open_chat(world, params), params, content)


METHODS: Mapping[str, Callable[[World, Params], Any]] = {
    "sendLocation": send_location,
    "sendVenue": send_venue,
}
