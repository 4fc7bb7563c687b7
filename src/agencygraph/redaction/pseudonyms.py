"""Take the names out of a case, and keep the key that puts them back apart from it."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from dataclasses import dataclass

from agencygraph.errors import InvalidError, Path
from agencygraph.model import Actor, Case
from agencygraph.model.case import must_be_case
from agencygraph.redaction.fields import ONE_LINE, ReadText, rewrite, texts_of
from agencygraph.redaction.names_in_text import Mention, mentions_of, scrubber

_LONGEST_LINE = 200


@dataclass(frozen=True, slots=True, repr=False)
class Key:
    """What was taken out of a case: keep it apart from the case, as you keep the names themselves.

    Parameters
    ----------
    ids
        Pairs (neutral id, id before).
    names
        Pairs (neutral id, private name).
    texts
        Each text that was changed: where it stands, how it reads now, how it read before.
    case_name, names_published
        The case's own name, and whether its names were published.

    Examples
    --------
    >>> case = Case.of("Rose", actors={"rose": {"kind": "child", "name": "Rose Hill"}})
    >>> pseudonymise(case)[1]
    Key(1 id, 1 name, 0 texts)
    """

    ids: tuple[tuple[str, str], ...] = ()
    names: tuple[tuple[str, str], ...] = ()
    texts: tuple[tuple[Path, str, str], ...] = ()
    case_name: str = ""
    names_published: bool = False

    def __repr__(self) -> str:
        counted = ((len(self.ids), "id"), (len(self.names), "name"), (len(self.texts), "text"))
        said = [f"{many} {what}{'s' * (many != 1)}" for many, what in counted]
        return f"Key({', '.join(said)})"


def pseudonymise(case: Case, key: Key | None = None) -> tuple[Case, Key]:
    """Make a copy of a case that can be shown to somebody who must not learn who it is about, and the key to it.

    Private names go; ids become a1, a2 and so on; wherever a free text names an actor, fully or in part, or by an id that
    says more than the label does, the actor's public label stands instead. Names of people who are no actors cannot be
    known: `further_names` says what looks like one.

    Parameters
    ----------
    case
        The case.
    key
        The key of an earlier map of the same child, so that the same actor gets the same neutral id on both.

    Returns
    -------
    tuple
        The copy, and the key. Whoever holds both can `restore` the case exactly.

    Examples
    --------
    >>> case = Case.of(actors={"rose": {"kind": "child", "name": "Rose Hill"}, "school": "school"},
    ...                ties=["rose <=> school"], history="In May Rose told the school. Rose Hill is nine.")
    >>> plain, key = pseudonymise(case)
    >>> plain.history, plain.ids, restore(plain, key) == case
    ('In May Child told the school. Child is nine.', ('a1', 'a2'), True)
    """
    must_be_case(case)
    ids = _neutral_ids(case, key)
    plain = redact(case, ids=ids)
    before, after = dict(texts_of(case)), dict(texts_of(plain))
    changed = tuple((path, text, before[path]) for path, text in after.items() if before.get(path, text) != text)
    names = tuple((ids[actor.id], actor.name) for actor in case.actors if actor.name)
    pairs = tuple((new, old) for old, new in ids.items())
    return plain, Key(pairs, names, changed, case.name, case.names_published)


def restore(case: Case, key: Key) -> Case:
    """Put names, ids and texts back, for the meeting that may know them.

    A text that has been changed since is left as it is; one that has only moved is found by how it reads.

    Parameters
    ----------
    case
        The copy, as it is now.
    key
        What `pseudonymise` gave with it.

    Returns
    -------
    Case
        The case with its names.

    Raises
    ------
    InvalidError
        Where the key belongs to another case.

    Examples
    --------
    >>> case = Case.of("Rose", actors={"rose": {"kind": "child", "name": "Rose"}})
    >>> restore(*pseudonymise(case)).name
    'Rose'
    """
    old_ids = dict(key.ids)
    if case.ids and not set(case.ids) & set(old_ids):
        raise InvalidError(f"the key belongs to another case: it knows none of the actors here, such as '{case.ids[0]}'.")
    whole = rewrite(case, old_ids, _reader_back(case, key))
    names = {old_ids[new]: name for new, name in key.names}
    named = tuple(dataclasses.replace(actor, name=names.get(actor.id, actor.name)) for actor in whole.actors)
    return dataclasses.replace(whole, actors=named, name=key.case_name or case.name, names_published=key.names_published)


def _reader_back(case: Case, key: Key) -> ReadText:
    """Return the function that gives back what a text said: by its place, else by how it reads where that is unmistakable."""
    placed = {(path, text): old for path, text, old in key.texts}
    still = dict(texts_of(case))
    moved: dict[tuple[object, ...], set[str]] = {}
    for path, text, old in key.texts:
        if still.get(path) != text:
            moved.setdefault((_field(path), text), set()).add(old)

    def read_back(path: Path, text: str) -> str:
        if (path, text) in placed:
            return placed[path, text]
        olds = moved.get((_field(path), text), set())
        return next(iter(olds)) if len(olds) == 1 else text

    return read_back


def _field(path: Path) -> tuple[object, ...]:
    """Return a place without the numbers of entries."""
    return tuple(step for step in path if isinstance(step, str))


def redact(case: Case, ids: dict[str, str] | None = None) -> Case:
    """Take names out of a case and its texts and leave its ids, which no output shows, so that it can still be compared.

    `ids` gives some actors another id. Everything else is as `pseudonymise` describes.

    Parameters
    ----------
    case
        The case.
    ids
        New ids for some actors; None leaves all as they are.

    Returns
    -------
    Case
        The copy.

    Examples
    --------
    >>> case = Case.of(actors={"rose": {"kind": "child", "name": "Rose Hill"}}, description="Rose Hill is nine.")
    >>> redact(case).description
    'Child is nine.'
    """
    mentions = mentions_of(case)
    kinds = {actor.id: actor.kind.capitalize() for actor in case.actors}
    actors = tuple(_nameless(actor, mentions, kinds) for actor in case.actors)
    bare = dataclasses.replace(case, names_published=False, actors=actors)
    scrub = scrubber(mentions, bare.labels())
    done: dict[tuple[object, ...], str] = {}

    def read(path: Path, text: str) -> str:
        if path == ("name",):
            return ""
        if path[0] == "actors" and path[-1] != "note":
            return text  # public words, cleaned already
        return _distinct(path, text, scrub(text), done)

    return rewrite(bare, ids or {}, read)


def _nameless(actor: Actor, mentions: tuple[Mention, ...], kinds: dict[str, str]) -> Actor:
    """Return an actor without a name; where a public word of it holds somebody's name, their kind stands there instead."""
    scrub: Callable[[str], str] = scrubber(mentions, kinds)
    label, agency, sector, layer = (scrub(text)[:_LONGEST_LINE] for text in (actor.label, actor.agency, actor.sector, actor.layer))
    return dataclasses.replace(actor, name="", label=label, agency=agency, sector=sector, layer=layer)


def _distinct(path: Path, old: str, new: str, done: dict[tuple[object, ...], str]) -> str:
    """Return a scrubbed text; two texts of one field that differed before differ still, as rules about them must hold."""
    longest = _LONGEST_LINE if path[-1] in ONE_LINE else len(new) + 20
    tried, count = new[:longest], 1
    while done.setdefault((_field(path), tried), old) != old:
        count += 1
        tried = f"{new[: longest - 8]} ({count})"
    return tried


def _neutral_ids(case: Case, key: Key | None) -> dict[str, str]:
    """Return the neutral id of every actor of a case and of the map before it; none is an id that the case uses itself."""
    earlier = [id for pair in case.lineage.became for id in pair[:1]] + list(case.lineage.left) if case.lineage else []
    wanted = list(dict.fromkeys((*case.ids, *earlier)))
    known = {old: new for new, old in key.ids} if key else {}
    taken = {*wanted, *known.values()}
    ids = dict(known)
    number = 0
    for id in wanted:
        if id not in ids:
            number += 1
            while f"a{number}" in taken:
                number += 1
            ids[id] = f"a{number}"
            taken.add(ids[id])
    return ids

