"""Statements compiled once, for what every message needs.

Compiled anew for each execution, even from its cache, SQLAlchemy spends many times what SQLite spends on a
small statement: see docs/benchmarks.md. The statements stay SQLAlchemy's, and so does the transaction.
"""

import sqlite3
from collections import namedtuple
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Delete, Insert, Select, Update
from sqlalchemy.dialects import sqlite
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.types import TypeEngine

from storage.driver import ShortTripConnection

_DIALECT = sqlite.dialect(paramstyle="qmark")

Statement = Select[Any] | Insert | Update | Delete
Values = Mapping[str, Any]
_Process = Callable[[Any], Any]


class Prepared:
    """A statement for SQLite. `columns` are those that an insert gives."""

    def __init__(self, statement: Statement, columns: Sequence[str] | None = None) -> None:
        compiled = statement.compile(dialect=_DIALECT, column_keys=columns)
        required = {name: None for name, bind in compiled.binds.items() if bind.required}
        expanded = compiled.construct_expanded_state(required)
        self._sql = expanded.statement
        self._given: list[tuple[str, Any, _Process | None]] = []
        for name in expanded.positiontup or ():
            bind = compiled.binds.get(name)
            encode = None if bind is None else _implementation(bind.type).bind_processor(_DIALECT)
            self._given.append((name, expanded.parameters.get(name), encode))
        returned = list(statement.exported_columns)
        self._decode = [_implementation(column.type).result_processor(_DIALECT, None) for column in returned]
        self._decodes = any(self._decode)
        self._row = _row_of([str(column.key) for column in returned])

    async def all(self, connection: AsyncConnection, values: Values) -> Sequence[Any]:
        """The rows, with their columns as attributes."""
        driver = _driver(connection)
        with self._as_sqlalchemy_tells():
            cursor, rows = await driver.execute_and_fetch(self._sql, self._bound(values))
            if driver.may_have_more(rows):
                rows += await driver.fetch(cursor, None)
        return [self._row(*self._decoded(row)) for row in rows]

    async def one(self, connection: AsyncConnection, values: Values) -> Any:  # noqa: ANN401 - a row
        """The first row; None where there is none."""
        return next(iter(await self.all(connection, values)), None)

    async def for_each(self, connection: AsyncConnection, values: Sequence[Values]) -> None:
        """Execute it with each of the values."""
        bound = [self._bound(given) for given in values]
        with self._as_sqlalchemy_tells():
            await _driver(connection).execute_many(self._sql, bound)

    @contextmanager
    def _as_sqlalchemy_tells(self) -> Iterator[None]:
        """Raise SQLAlchemy's errors instead of the driver's; they quote no values."""
        try:
            yield
        except sqlite3.Error as error:
            raise DBAPIError.instance(self._sql, None, error, sqlite3.Error, hide_parameters=True) from error

    def _bound(self, values: Values) -> list[Any]:
        bound = []
        for name, fixed, encode in self._given:
            value = values.get(name, fixed)
            bound.append(value if encode is None else encode(value))
        return bound

    def _decoded(self, row: Sequence[Any]) -> Sequence[Any]:
        if not self._decodes:
            return row
        return [
            value if decode is None else decode(value)
            for value, decode in zip(row, self._decode, strict=True)
        ]


def _row_of(names: Sequence[str]) -> Callable[..., Any]:
    return namedtuple("Row", names)


def _implementation(kind: TypeEngine[Any]) -> TypeEngine[Any]:
    return kind.dialect_impl(_DIALECT)


def _driver(connection: AsyncConnection) -> ShortTripConnection:
    if connection.sync_connection is None:
        raise RuntimeError("the connection is closed")
    driver = connection.sync_connection.connection.driver_connection
    if not isinstance(driver, ShortTripConnection):
        raise TypeError("prepared statements need the driver of this package")
    return driver
