"""Roll: the actors of a workbook, found by the words that people write in its cells."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from agencygraph.errors import InvalidError
from agencygraph.model import Actor, Case
from agencygraph.model.words import is_slug, slug_of

_LONGEST = 55
# What a field "is" is a word of the cell, not an id.
_QUOTED = re.compile(r"(?<! is )'([a-z][a-z0-9_]*)'")
_SENTENCE = re.compile(r"'([a-z][a-z0-9_]*) ([?~]?<?[=-]>|!>) ([a-z][a-z0-9_]*)'")


class Roll:
    """Who stands on the sheet Actors: an id for each row, and the words by which other rows may name it.

    Parameters
    ----------
    rows
        For each row: the label, as it stands in the cell; the private name; the kind; the sector.
    """

    def __init__(self, rows: Sequence[tuple[str, str, str, str]]) -> None:
        self.ids = _slugs([label.strip() or kind for label, _, kind, _ in rows])
        labels = _labels(rows, self.ids)
        self.label_of = dict(zip(self.ids, labels, strict=True))
        self.words = tuple(dict.fromkeys(word.strip() for word in (*labels, *(name for _, name, _, _ in rows)) if word.strip()))
        # First what is written exactly alike, then what differs in capitals or spaces, and labels before names.
        self._tables: list[dict[str, list[str]]] = []
        names = [name for _, name, _, _ in rows]
        for said in (labels, [_plain(label) for label in labels], names, [_plain(name) for name in names]):
            table: dict[str, list[str]] = {}
            for word, id in zip(said, self.ids, strict=True):
                if word.strip():
                    table.setdefault(word, []).append(id)
            self._tables.append(table)

    def find(self, text: str) -> str | None:
        """Return the id that a cell means; empty where nobody is called so, None where several are."""
        for table, word in zip(self._tables, (text, _plain(text), text, _plain(text)), strict=True):
            if word in table:
                return table[word][0] if len(table[word]) == 1 else None
        return ""

    def in_labels(self, message: str) -> str:
        """Return a message about ids in the words that stand in the sheets."""
        said = _SENTENCE.sub(lambda hit: f"'{self._label(hit[1])} {hit[2]} {self._label(hit[3])}'", message)
        return _QUOTED.sub(lambda hit: f"'{self._label(hit[1])}'", said)

    def _label(self, id: str) -> str:
        return self.label_of.get(id, id)


def _slugs(words: Sequence[str]) -> tuple[str, ...]:
    """Return an id for each actor: its label in small letters, numbered where two are alike."""
    plain = [slug if is_slug(slug := slug_of(word)) else "actor" for word in words]
    taken, counts, ids = set(plain), Counter[str](), []
    for slug in plain:
        counts[slug] += 1
        id = slug
        while counts[slug] > 1 and (id in taken or id == slug):
            id = f"{slug[:_LONGEST].strip('_')}_{counts[slug]}"
            if id in taken:
                counts[slug] += 1
        taken.add(id)
        ids.append(id)
    return tuple(ids)


def _labels(rows: Sequence[tuple[str, str, str, str]], ids: Sequence[str]) -> list[str]:
    """Return the label of every row as it stands on a map; that of the kind where the cell is empty."""
    try:
        actors = tuple(Actor(id, kind or "practitioner", sector=sector) for id, (_, _, kind, sector) in zip(ids, rows, strict=True))
        made = list(Case(actors=actors).labels().values())
    except InvalidError:
        made = ["" for _ in rows]
    return [label if label.strip() else blank for (label, _, _, _), blank in zip(rows, made, strict=True)]


def _plain(word: str) -> str:
    return " ".join(word.split()).casefold()
