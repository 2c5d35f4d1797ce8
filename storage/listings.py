"""Ideas in an order, a page at a time.

A page begins at an idea, not at a number: what comes or goes meanwhile moves nothing. What would be slow to
sort has an index; docs/benchmarks.md has the times.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import (
    ColumnElement,
    FromClause,
    Integer,
    Select,
    Text,
    bindparam,
    column,
    exists,
    func,
    literal_column,
    select,
    table,
    tuple_,
)
from sqlalchemy.ext.asyncio import AsyncConnection

from cocreation.ideas.ids import IdeaId, ResidentId, ThemeId
from cocreation.ideas.listing import (
    TOP,
    ListedIdea,
    ListedTheme,
    Listing,
    ListPage,
    Order,
    Position,
    Start,
)
from cocreation.ideas.reply import Status
from storage.near import RINGS, distance, in_ring, ring, seen_from
from storage.prepared import Prepared
from storage.schema import ideas, replies, theme_members, themes
from storage.search import whole_words, word_starts_only
from storage.views import comments_of_idea, in_shown_theme, is_published, is_unseen, shown_label

Keys = Sequence[ColumnElement[Any]]


def _newest(of: FromClause) -> Keys:
    return of.c.created_at, of.c.id


def _most_supported(of: FromClause) -> Keys:
    return of.c.support_count, of.c.id


def _closest(of: FromClause) -> Keys:
    return of.c.score, of.c.idea_id


_published = select(ideas.c.id).where(is_published)
_placed = _published.where(in_ring)
# The order is what the index is for here, so the status must not look as if it had a better one.
_status = func.coalesce(ideas.c.status, "")
_waiting = _published.where(_status == "")
_later = replies.alias("later")
_answered = _published.join(replies, replies.c.idea_id == ideas.c.id).where(
    _status != "",
    ~exists().where(_later.c.idea_id == replies.c.idea_id, _later.c.id > replies.c.id),
)
_of_theme = (
    _published.join(theme_members, theme_members.c.idea_id == ideas.c.id)
    .join(themes, in_shown_theme)
    .where(theme_members.c.theme_id == bindparam("theme"))
)

_words = table("idea_words", column("rowid", Integer))
_is_found = literal_column("idea_words").op("MATCH")(bindparam("match", type_=Text))
_searched = (
    select(ideas.c.id)
    .select_from(_words.join(ideas, ideas.c.id == _words.c.rowid))
    .where(_is_found, is_published)
)


def _listed(those: Select[Any], keys: Keys, is_descending: bool = True) -> Prepared:
    """The first of those ideas in the order of the keys; only for these the rest is looked up."""
    order = [key.desc() if is_descending else key.asc() for key in keys]
    named = [key.label(f"key_{at}") for at, key in enumerate(keys)]
    page = those.add_columns(*named).order_by(*order).limit(bindparam("limit")).subquery("page")
    below = [page.c[key.name] for key in named]
    return Prepared(
        select(
            ideas.c.id,
            ideas.c.text,
            ideas.c.author_id,
            shown_label.label("theme_label"),
            ideas.c.support_count,
            comments_of_idea.label("comments"),
            ideas.c.status,
            ideas.c.latitude,
            ideas.c.longitude,
        )
        .select_from(
            page.join(ideas, ideas.c.id == page.c.id)
            .outerjoin(theme_members, theme_members.c.idea_id == ideas.c.id)
            .outerjoin(themes, in_shown_theme)
        )
        .order_by(*(key.desc() if is_descending else key.asc() for key in below))
    )


class _Sorted:
    """The three ways to read a list: from its top, after an idea, and backwards from one. `begin` gives the
    keys of that idea, in whatever state it is."""

    def __init__(
        self, those: Select[Any], keys: Keys, begin: Select[Any], is_descending: bool = True
    ) -> None:
        here, there = tuple_(*keys), begin.scalar_subquery()
        below, above = here < there, here > there
        after, before = (below, above) if is_descending else (above, below)
        self.top = _listed(those, keys, is_descending)
        self.after = _listed(those.where(after), keys, is_descending)
        self.before = _listed(those.where(before), keys, not is_descending)

    def reading(self, start: Start) -> Prepared:
        if start.idea is None:
            return self.top
        return self.before if start.is_before else self.after


_start = ideas.alias("start")
_seat = theme_members.alias("seat")
_is_start = _start.c.id == bindparam("start")
_begin_newest = select(*_newest(_start)).where(_is_start)
_begin_supported = select(*_most_supported(_start)).where(_is_start)
_LISTS: Mapping[Order, _Sorted] = {
    Order.NEWEST: _Sorted(_published, _newest(ideas), _begin_newest),
    Order.MOST_SUPPORTED: _Sorted(_published, _most_supported(ideas), _begin_supported),
    Order.WAITING: _Sorted(_waiting, _most_supported(ideas), _begin_supported),
    Order.NEAR: _Sorted(
        _placed, distance(ideas), select(*distance(_start)).where(_is_start), is_descending=False
    ),
    Order.ANSWERED: _Sorted(
        _answered,
        (replies.c.id,),
        select(func.max(_later.c.id)).where(_later.c.idea_id == bindparam("start")),
    ),
    Order.THEME: _Sorted(
        _of_theme,
        _closest(theme_members),
        select(*_closest(_seat)).where(
            _seat.c.idea_id == bindparam("start"), _seat.c.theme_id == bindparam("theme")
        ),
    ),
}
_HOW_FAR = Prepared(select(distance(_start)[0].label("far")).where(_is_start))

_FOUND = _listed(_searched.where(_words.c.rowid < bindparam("beyond")), (_words.c.rowid,))
_FOUND_BEFORE = _listed(
    _searched.where(_words.c.rowid > bindparam("beyond")), (_words.c.rowid,), is_descending=False
)
_IS_FOUND = Prepared(select(_words.c.rowid).where(_is_found, _words.c.rowid == bindparam("start")))
_BEYOND_ALL = 1 << 62

_members = (
    select(theme_members.c.theme_id, func.count().label("ideas"))
    .group_by(theme_members.c.theme_id)
    .subquery("members")
)
# There are few of these, and looking at each member's idea instead takes ten times as long.
_unseen = (
    select(theme_members.c.theme_id, func.count().label("ideas"))
    .join(ideas, theme_members.c.idea_id == ideas.c.id + 0)
    .where(is_unseen(ideas))
    .group_by(theme_members.c.theme_id)
    .subquery("unseen")
)
_size = _members.c.ideas - func.coalesce(_unseen.c.ideas, 0)
_THEMES = Prepared(
    select(themes.c.id, shown_label.label("label"), _size.label("size"))
    .join(_members, _members.c.theme_id == themes.c.id)
    .outerjoin(_unseen, _unseen.c.theme_id == themes.c.id)
    .where(themes.c.is_current == 1, themes.c.is_hidden == 0, themes.c.parent_id.is_(None), _size > 0)
    .order_by(_size.desc(), themes.c.id)
    .limit(bindparam("limit"))
    .offset(bindparam("offset"))
)
_LABEL = Prepared(
    select(shown_label.label("label")).where(
        themes.c.id == bindparam("theme"),
        themes.c.is_current == 1,
        themes.c.is_hidden == 0,
        themes.c.parent_id.is_(None),
    )
)


class SqlListingRepository:
    """See `cocreation.ports.ListingRepository`."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def page(
        self, listing: Listing, limit: int, start: Start = TOP, near: Position | None = None
    ) -> ListPage:
        found = await self._read(listing, limit + 1, start, near)
        if start.idea is None:
            return ListPage(found[:limit], has_later=len(found) > limit)
        if start.is_before and len(found) > limit:
            return ListPage(found[:limit][::-1], has_earlier=True, has_later=True)
        if start.is_before or not found:
            # What the button led to is the top now, or is not there any more.
            return await self.page(listing, limit, TOP, near)
        return ListPage(found[:limit], has_earlier=True, has_later=len(found) > limit)

    async def themes(self, limit: int, offset: int = 0) -> Sequence[ListedTheme]:
        rows = await _THEMES.all(self._connection, {"limit": limit, "offset": offset})
        return [ListedTheme(ThemeId(row.id), row.label, row.size) for row in rows]

    async def theme_label(self, theme: ThemeId) -> str | None:
        row = await _LABEL.one(self._connection, {"theme": theme})
        return None if row is None else str(row.label)

    async def _read(
        self, listing: Listing, limit: int, start: Start, near: Position | None
    ) -> tuple[ListedIdea, ...]:
        """Away from where the page begins: backwards, where it ends there."""
        if listing.order is Order.SEARCH:
            return await self._search(listing.words, limit, start)
        values = {"limit": limit, "start": start.idea, "theme": listing.theme}
        if listing.order is Order.NEAR:
            rows = await self._nearest(values, start, near)
        else:
            rows = await _LISTS[listing.order].reading(start).all(self._connection, values)
        return tuple(_idea(row) for row in rows)

    async def _nearest(
        self, values: Mapping[str, object], start: Start, near: Position | None
    ) -> Sequence[Any]:
        if near is None:
            raise ValueError("near what?")
        known = {**values, **seen_from(near)}
        far = await self._how_far(known) if start.idea is not None else 0.0
        if far is None:
            return ()
        reading = _LISTS[Order.NEAR].reading(start)
        rows: Sequence[Any] = ()
        for width in RINGS:
            rows = await reading.all(self._connection, {**known, **ring(far, width, start.is_before)})
            if len(rows) == values["limit"]:
                break
        return rows

    async def _how_far(self, known: Mapping[str, object]) -> float | None:
        """Where the page begins; None for an idea that is not there, or has no place any more."""
        begin = await _HOW_FAR.one(self._connection, known)
        return None if begin is None else begin.far

    async def _search(self, words: str, limit: int, start: Start) -> tuple[ListedIdea, ...]:
        """Ideas with the words themselves, then those with longer ones, each newest first.

        By relevance (bm25) it would take as long as all that is found takes to read: tenths of seconds.
        """
        if not words:
            return ()
        is_whole = start.idea is None or await self._is_found(whole_words(words), start.idea)
        halves = [whole_words(words), word_starts_only(words)]
        reading, edge = (_FOUND_BEFORE, 0) if start.is_before else (_FOUND, _BEYOND_ALL)
        if start.is_before:
            halves.reverse()
        if is_whole == start.is_before:
            halves = halves[1:]
        found: list[ListedIdea] = []
        beyond = edge if start.idea is None else int(start.idea)
        for match in halves:
            values = {"match": match, "beyond": beyond, "limit": limit - len(found)}
            found += map(_idea, await reading.all(self._connection, values))
            if len(found) >= limit:
                break
            beyond = edge
        return tuple(found)

    async def _is_found(self, match: str, idea: IdeaId) -> bool:
        return await _IS_FOUND.one(self._connection, {"match": match, "start": idea}) is not None


def _idea(row: Any) -> ListedIdea:  # noqa: ANN401 - a row of _listed
    return ListedIdea(
        id=IdeaId(row.id),
        text=row.text,
        author=None if row.author_id is None else ResidentId(row.author_id),
        theme_label=row.theme_label,
        supports=row.support_count,
        comments=row.comments,
        status=None if row.status is None else Status(row.status),
        position=None if row.latitude is None else Position(row.latitude, row.longitude),
    )
