"""Linking: one network from a table of flows, or from a caseload and a table that says which of its actors are the same."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

from agencygraph.caseloads.arrow import arrow
from agencygraph.caseloads.columns import CRITICAL, TWO_WAY, UNKNOWN, Columns
from agencygraph.caseloads.parquet import read_columns
from agencygraph.caseloads.rows import columns_of
from agencygraph.errors import InvalidError, UnknownNameError, did_you_mean
from agencygraph.files import Where
from agencygraph.flows import RELAYS
from agencygraph.linkage.columns import (
    column_of,
    firm_of,
    is_repeated,
    keys_of,
    kinds_of,
    places_of,
    raise_rows,
    sectors_of,
    table_of,
)
from agencygraph.linkage.network import LinkedNetwork, arcs_of
from agencygraph.model import Caseload
from agencygraph.model.words import FAMILY_KINDS, KINDS
from agencygraph.suppression import check_settings

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Numbers = NDArray[np.integer[Any]]
    Flags = NDArray[np.bool_]

_FAMILY = tuple(KINDS.index(kind) for kind in FAMILY_KINDS)


def link_flows(flows: Any, actors: Any, *, relay: str = "practitioners", threshold: int | None = 5) -> LinkedNetwork:
    """Make one network of a table of flows between keys: who tells whom over all that is known of a partnership.

    Parameters
    ----------
    flows
        One row for each flow: `source` and `target`, the keys of who tells and who is told; if known `firm`, true or false.
        The same pair may stand in many rows; it is firm if it is firm in one.
    actors
        One row for each actor: its `key`, once; its `kind`, a word or number as in a case; if known its `sector` likewise. Both
        tables may be a ``.parquet`` or ``.csv`` file, a table of Arrow, polars or pandas, or a mapping of columns.
    relay
        Who passes news on: "practitioners" (everybody outside the family) or "anyone".
    threshold
        Counts from 1 to one below it are withheld in every table; None shows all, for use inside the partnership.

    Raises
    ------
    InvalidError
        With the row and the column of everything that is wrong, such as a key that is not in the table of actors; no key is told.
    FileError
        Where a file is missing or damaged.
    MissingExtraError
        Where pyarrow is not installed.

    Examples
    --------
    >>> flows = {"source": [1, 2, 3], "target": [2, 3, 1], "firm": [True, False, True]}
    >>> link_flows(flows, {"key": [1, 2, 3], "kind": ["school", "agency", "child"]}).firm_only().flows
    2
    """
    import numpy as np

    _check(relay, threshold)
    ties, people = table_of(flows, "flows"), table_of(actors, "actors")
    keys, source, target = keys_of([column_of(people, "key", "actors"), column_of(ties, "source", "flows"),
                                    column_of(ties, "target", "flows")], "flows and actors")  # fmt: skip
    raise_rows(is_repeated(keys), "actors row {row}, column key: this key stands in an earlier row too. Give each actor one row.")
    ends = {"source": places_of(source, keys), "target": places_of(target, keys)}
    for name, places in ends.items():
        raise_rows(places < 0, f"flows row {{row}}, column {name}: this key is not in the table of actors.")
    is_family = np.isin(kinds_of(people, "actors"), _FAMILY)
    return _network(is_family, sectors_of(people, "actors"), keys, (ends["source"], ends["target"], firm_of(ties, "flows")),
                    (relay, threshold))


def link_cases(cases: Caseload | Columns | Where, links: Any, *, relay: str = "practitioners",
               threshold: int | None = 5) -> LinkedNetwork:  # fmt: skip
    """Make one network of a caseload whose actors share keys: the same worker, agency or family in several cases is one actor.

    Parameters
    ----------
    cases
        A caseload, or a ``.parquet`` file of one. Ties that nobody could confirm are left out.
    links
        One row for each actor that is to be linked: `case`, the number of the case, and `actor`, its place in the case's list,
        both counted from 0; and `key`. Actors that share a key are one. An actor without a row stands alone.
    relay, threshold
        As for `link_flows`.

    Raises
    ------
    InvalidError
        With the row of everything that is wrong: no such case or actor, an actor named twice, or one key for the family in one
        case and a practitioner in another (give the two roles two keys: at home nobody passes news on).

    Examples
    --------
    >>> from agencygraph import cases
    >>> load = cases.bexley()
    >>> school = [[actor.kind for actor in case.actors].index("school") for case in load]
    >>> link_cases(load, {"case": range(len(load)), "actor": school, "key": ["one school"] * len(load)}).practitioners
    64
    """
    import numpy as np

    _check(relay, threshold)
    columns = _columns(cases)
    slot, code, keys = _links(columns, table_of(links, "links"))
    counted = len(columns.kinds.values)
    actor = np.full(counted, -1, dtype=np.int64)
    actor[slot] = code
    alone = actor < 0
    actor[alone] = len(keys) + np.arange(int(alone.sum()))
    count = len(keys) + int(alone.sum())
    family = np.isin(columns.kinds.values, _FAMILY)
    is_family = np.zeros(count, dtype=bool)
    is_family[actor[family]] = True
    raise_rows(is_family[code] & ~family[slot], "links row {row}: this key stands for a member of the family in another row, and "
               "here for a practitioner. Give the two roles two keys.")  # fmt: skip
    pa = arrow()
    known = pa.concat_arrays([keys, pa.nulls(count - len(keys), keys.type)])
    return _network(is_family, _sectors(actor, columns.sectors.values, count), known, _flows(columns, actor), (relay, threshold))


def _check(relay: str, threshold: int | None) -> None:
    if relay not in RELAYS:
        raise UnknownNameError(f"relay is {relay!r}; it must be one of {', '.join(RELAYS)}.{did_you_mean(str(relay), RELAYS)}")
    if threshold is not None:
        check_settings(threshold)


def _columns(cases: Caseload | Columns | Where) -> Columns:
    if isinstance(cases, Columns):
        return cases
    if isinstance(cases, Caseload):
        return columns_of(cases)
    if isinstance(cases, (str, os.PathLike)):
        return read_columns(cases)
    raise InvalidError(f"link_cases takes a caseload or a .parquet file, not {type(cases).__name__}.")


def _links(columns: Columns, table: Any) -> tuple[Numbers, Numbers, Any]:
    """Return for each row the place of its actor among all actors of all cases and the number of its key, and the keys."""
    import numpy as np

    types = arrow().types
    numbers = {}
    for name in ("case", "actor"):
        array = column_of(table, name, "links")
        if not (types.is_integer(array.type) or types.is_null(array.type)):
            raise InvalidError(f"links: the column '{name}' is of type {array.type}; it must hold whole numbers from 0.")
        numbers[name] = array.cast(arrow().int64()).to_numpy(zero_copy_only=False)
    case, place = numbers["case"], numbers["actor"]
    raise_rows((case < 0) | (case >= len(columns)), f"links row {{row}}, column case: there are cases 0 to {len(columns) - 1}.")
    raise_rows((place < 0) | (place >= columns.kinds.lengths[case]), "links row {row}, column actor: the case has no such actor.")
    slot = columns.kinds.starts[case] + place
    repeated = np.ones(len(slot), dtype=bool)
    repeated[np.unique(slot, return_index=True)[1]] = False
    raise_rows(repeated, "links row {row}: the actor has a key in an earlier row already.")
    coded = keys_of([column_of(table, "key", "links")], "links")[0].dictionary_encode()
    return slot, coded.indices.to_numpy(zero_copy_only=False), coded.dictionary


def _sectors(actor: Numbers, said: Numbers, count: int) -> Numbers:
    """Return the sector of each actor, nought where it has several."""
    import numpy as np

    has = said > 0
    least, most = np.full(count, 255, dtype=np.uint8), np.zeros(count, dtype=np.uint8)
    np.minimum.at(least, actor[has], said[has].astype(np.uint8))
    np.maximum.at(most, actor[has], said[has].astype(np.uint8))
    return np.where(least == most, most, np.uint8(0))


def _flows(columns: Columns, actor: Numbers) -> tuple[Numbers, Numbers, Flags]:
    import numpy as np

    first = columns.kinds.starts[:-1][columns.sources.rows]
    marks = columns.marks.values
    known = (marks & UNKNOWN) == 0
    source, target = (actor[first + lists.values][known] for lists in (columns.sources, columns.targets))
    marks = marks[known]
    back, firm = (marks & TWO_WAY) > 0, (marks & CRITICAL) > 0
    return (np.concatenate((source, target[back])), np.concatenate((target, source[back])), np.concatenate((firm, firm[back])))


def _network(is_family: Flags, sectors: Numbers, keys: Any, flows: tuple[Numbers, Numbers, Flags | None],
             how: tuple[str, int | None]) -> LinkedNetwork:  # fmt: skip
    """Number the practitioners first, so that whoever passes news on is the beginning of every array."""
    import numpy as np

    order = np.argsort(is_family, kind="stable")
    number = np.empty(len(order), dtype=np.int32)
    number[order] = np.arange(len(order), dtype=np.int32)
    source, target, firm = flows
    out, into, firm = arcs_of(number[source], number[target], firm, len(order))
    keys = keys.take(order)
    return LinkedNetwork(out, into, firm, int((~is_family).sum()), sectors[order], keys, *how)
