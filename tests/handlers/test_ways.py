"""The way back fits into a button, and nothing that anybody forges makes it fail."""

from hypothesis import given
from hypothesis import strategies as st

from cocreation.ideas.ids import IdeaId, ThemeId
from cocreation.ideas.listing import Listing, Order, Start, search_words
from handlers.actions import Verb, arguments
from handlers.ways import LONGEST_ACTION, NEWEST, Way, read_way

NUMBERS = st.integers(1, 10**15 - 1)
STARTS = st.builds(Start, st.none()) | st.builds(Start, NUMBERS.map(IdeaId), st.booleans())
LISTS = st.one_of(
    st.builds(Listing, st.sampled_from([o for o in Order if o not in (Order.THEME, Order.SEARCH)])),
    st.builds(Listing, st.just(Order.THEME), NUMBERS.map(ThemeId)),
    st.builds(lambda text: Listing(Order.SEARCH, words=search_words(text)), st.text(max_size=40)),
)
WAYS = st.builds(Way, LISTS, STARTS)


@given(way=WAYS)
def test_a_way_is_read_as_it_was_said(way: Way) -> None:
    assert read_way(way.said()) == way


@given(way=WAYS, numbers=st.lists(st.integers(0, 10**7), max_size=2))
def test_a_button_holds_the_way_or_a_shorter_one(way: Way, numbers: list[int]) -> None:
    action = way.button("▸", Verb.COMMENTS, *numbers).action or ""
    assert len(action.encode()) <= LONGEST_ACTION
    shorter = read_way(arguments(action)[len(numbers) :])
    assert shorter in (way, Way(way.listing), Way())
    if len(numbers) == 1 and (way.start.idea or 0) < 10**8 and (way.listing.theme or 0) < 10**8:
        assert shorter == way


@given(said=st.lists(st.text(max_size=12), max_size=5))
def test_a_forged_way_leads_somewhere(said: list[str]) -> None:
    way = read_way(said)
    assert way.listing.order in set(Order)
    assert (way.listing.theme is not None) == (way.listing.order is Order.THEME)
    assert way.listing == NEWEST or said
