"""The names of a case's actors as they turn up in free text, and the public words that take their place."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from agencygraph.model import Actor, Case
from agencygraph.redaction.known_words import KNOWN, MONTHS, ORDINARY, is_role, plain_word

_WORD = re.compile(r"[^\W_]+(?:['’ʼ-][^\W_]+)*")
_PLACES = ("school", "agency")
_SOMEBODY = "Somebody"
Scrub = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Mention:
    """A way to write somebody's name or id: the words, whose it is, and whether only capitals make it a name."""

    words: tuple[str, ...]
    who: str
    needs_capital: bool = False


def mentions_of(case: Case) -> tuple[Mention, ...]:
    """Return every way in which a text can name the actors of a case, the case itself, or actors of the map before it."""
    found = [mention for actor in case.actors for mention in _of_actor(actor)]
    child = next((actor.id for actor in case.actors if actor.kind == "child"), "")
    found += _of_person(case.name, child)
    later = dict(reversed(case.lineage.became)) if case.lineage else {}
    gone = tuple(id for id in (*later, *(case.lineage.left if case.lineage else ())) if id not in case.ids)
    found += [mention for id in gone for mention in _of_id(id, later.get(id, ""), set(), is_person=False)]
    return tuple(dict.fromkeys(found))


def scrubber(mentions: tuple[Mention, ...], instead: Mapping[str, str]) -> Scrub:
    """Return the function that puts public words, by id, in place of every mention; "Somebody" for whoever is unknown."""
    patterns: dict[str, str] = {}
    # The longest name first, so that a surname alone does not cut a full name in two.
    for mention in sorted(mentions, key=lambda mention: -sum(map(len, mention.words))):
        for pattern in _patterns(mention):
            patterns.setdefault(pattern, mention.who)
    if not patterns:
        return lambda text: text
    ordered = list(patterns)
    whole = re.compile("|".join(f"({pattern})" for pattern in ordered))
    owners = [patterns[pattern] for pattern in ordered]
    return lambda text: whole.sub(lambda hit: instead.get(owners[(hit.lastindex or 1) - 1], _SOMEBODY), text)


def _of_actor(actor: Actor) -> Iterator[Mention]:
    is_person = actor.kind not in _PLACES
    yield from _of_person(actor.name, actor.id) if is_person else _of_place(actor.name, actor.id)
    own = {plain_word(word) for word in _WORD.findall(actor.name)}
    public = f"{actor.label} {actor.kind} {actor.sector} {actor.agency}"
    known = {plain_word(word) for word in _WORD.findall(public)} - {word for word in own if not is_role(word)}
    yield from _of_id(actor.id, actor.id, known, is_person)


def _of_person(name: str, who: str) -> Iterator[Mention]:
    """Yield a full name and each part of it that is no word of the field: Anna Smith, Anna, Smith."""
    words = _WORD.findall(name)
    if any(not is_role(word) for word in words) and sum(map(len, words)) > 1:
        yield _mention(words, who)
        parts = dict.fromkeys((*words, *(part for word in words for part in word.split("-"))))
        yield from (_mention([part], who) for part in parts if len(part) > 1 and not is_role(part))


def _of_place(name: str, who: str) -> Iterator[Mention]:
    """Yield a full name and what is left of it without the kind of place: St Mary's Primary School, St Mary's."""
    words = _WORD.findall(name)
    stem = words
    while stem and is_role(stem[-1]):
        stem = stem[:-1]
    if stem and sum(map(len, words)) > 1:
        yield _mention(words, who)
        if sum(map(len, stem)) > 2:
            yield _mention(stem, who)


def _of_id(id: str, who: str, known: set[str], is_person: bool) -> Iterator[Mention]:
    """Yield an id that says more than the public words of its actor do, and a person's id part by part."""
    words = id.split("_")
    telling = [word for word in words if word not in known and not is_role(word) and len(word) > 1]
    if telling:
        yield _mention(words, who)
        yield from (_mention([word], who) for word in telling if is_person and len(word) > 2)


def _mention(words: list[str], who: str) -> Mention:
    plain = plain_word(words[0])
    return Mention(tuple(words), who, needs_capital=len(words) == 1 and (plain in ORDINARY or plain in KNOWN))


def _patterns(mention: Mention) -> Iterator[str]:
    """Yield patterns for the spellings of a mention: composed and decomposed accents, and none at all."""
    text = " ".join(mention.words)
    composed, split = unicodedata.normalize("NFC", text), unicodedata.normalize("NFD", text)
    bare = "".join(letter for letter in split if not unicodedata.combining(letter))
    for form in dict.fromkeys((composed, split, bare)):
        words = form.split(" ")
        if not mention.needs_capital:
            body = r"[\s_.\-‐‑]+".join(_letters(word) for word in words)
            yield rf"{_edge(form[0], before=True)}(?i:{body}){_edge(form[-1])}"
        else:
            month = r"(?!\s+\d)" if form.casefold() in MONTHS else ""
            for shape in dict.fromkeys((form[:1].upper() + form[1:], form.upper())):
                yield rf"{_edge(form[0], before=True)}{_letters(shape)}{_edge(form[-1])}{month}"


def _letters(word: str) -> str:
    """Return the pattern of a word; apostrophes and hyphens are typed in more than one way."""
    return re.sub(r"\\-|-", "[-‐‑ ]?", re.sub(r"'|’|ʼ", "['’ʼ ]?", re.escape(word)))


def _edge(letter: str, before: bool = False) -> str:
    """Return the pattern for the end of a word: no letter next to it, and next to a figure no figure either."""
    neighbour = r"[^\W_]" if letter.isdigit() else r"[^\W\d_]"
    return f"(?<!{neighbour})" if before else f"(?!{neighbour})"
