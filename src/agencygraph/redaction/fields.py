"""Every text of a case, wherever it stands: the ids in one hand, the words of the vocabulary in the other, the rest is free."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterator, Mapping
from typing import Any, TypeVar

from agencygraph.errors import Path
from agencygraph.model import Actor, Case, Event, Gap, Lineage, Question, Team, Tie, When
from agencygraph.model.words import SECTORS

Value = TypeVar("Value")
ReadText = Callable[[Path, str], str]

_IDS: Mapping[type, tuple[str, ...]] = {
    Case: ("places",),
    Actor: ("id", "based_at"), Tie: ("source", "target"), Gap: ("source", "target"), Team: ("members", "lead", "host"),
    Event: ("senders", "receivers"), Lineage: ("became", "joined", "left"),
}  # fmt: skip
_VOCABULARY: Mapping[type, tuple[str, ...]] = {
    Case: ("arrangement",), Actor: ("kind",), Tie: ("strength", "status", "basis"), Event: ("way",),
    Question: ("theme", "consensus"),
}  # fmt: skip
ONE_LINE = ("name", "title", "complexity", "situation", "label", "agency", "sector", "layer", "reported_by", "owner")


def rewrite(value: Value, ids: Mapping[str, str], read_text: ReadText, path: Path = ()) -> Value:
    """Return a case, or a part of one, with other ids and with every free text as `read_text` returns it.

    A field that is not known here counts as free text: what a later version adds is scrubbed rather than forgotten.
    """
    changes: dict[str, Any] = {}
    for field in dataclasses.fields(value):  # type: ignore[arg-type]  # only ever called with a value of the model
        old = getattr(value, field.name)
        if field.name in _IDS.get(type(value), ()):
            changes[field.name] = _renamed(old, ids)
        elif field.name not in _VOCABULARY.get(type(value), ()):
            changes[field.name] = _reread(old, ids, read_text, (*path, field.name))
    return dataclasses.replace(value, **changes)  # type: ignore[type-var]  # as above


def texts_of(case: Case) -> Iterator[tuple[Path, str]]:
    """Yield every free text of a case that says anything, with the place where it stands."""
    found: list[tuple[Path, str]] = []

    def note(path: Path, text: str) -> str:
        found.append((path, text))
        return text

    rewrite(case, {}, note)
    yield from ((path, text) for path, text in found if text and not (path[-1] == "sector" and text in SECTORS))


def said_where(case: Case, path: Path) -> str:
    """Return a place in words for the person who keeps the case: "actors 3, note".

    Examples
    --------
    >>> said_where(Case(), ("actors", 2, "note"))
    'actors 3, note'
    """
    steps = [f" {step + 1}" if isinstance(step, int) else f", {step.replace('_', ' ')}" for step in path]
    return "".join(steps).removeprefix(", ")


def _renamed(value: Any, ids: Mapping[str, str]) -> Any:
    if isinstance(value, tuple):
        return tuple(_renamed(item, ids) for item in value)
    return ids.get(value, value)


def _reread(value: Any, ids: Mapping[str, str], read_text: ReadText, path: Path) -> Any:
    if isinstance(value, str):
        return read_text(path, value) if value else value
    if isinstance(value, tuple):
        return tuple(_reread(item, ids, read_text, (*path, at)) for at, item in enumerate(value))
    if dataclasses.is_dataclass(value) and not isinstance(value, (type, When)):
        return rewrite(value, ids, read_text, path)
    return value
