"""What in the texts of a case looks like somebody's name, number or address, though nobody on the map is called so."""

from __future__ import annotations

import re
from collections.abc import Iterator

from agencygraph.model import Case
from agencygraph.redaction.fields import said_where, texts_of
from agencygraph.redaction.known_words import is_public, plain_word
from agencygraph.table import Table

_NAME = r"[^\W\d_a-z][^\W\d_]*(?:['’-][^\W\d_]+)*"
_STREETS = "Road|Street|Lane|Avenue|Close|Drive|Way|Court|Crescent|Gardens|Rd|St|Ave"
_NUMBERS = (
    ("an e-mail address", re.compile(r"[\w.+'-]+@[\w-]+(?:\.[\w-]+)+")),
    ("a web address", re.compile(r"(?:https?://|www\.)\S+")),
    ("a postcode", re.compile(r"\b[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}\b", re.IGNORECASE)),
    ("a pupil number", re.compile(r"\b[A-Z]\d{12}\b|\b[A-Z]\d{11}[A-Z]\b", re.IGNORECASE)),
    ("a national insurance number", re.compile(r"\b[A-Z]{2} ?\d{2} ?\d{2} ?\d{2} ?[A-D]\b", re.IGNORECASE)),
    ("a telephone number", re.compile(r"(?<![\w.])(?:\+44|0044|\(?0)[\d ()-]{8,14}\d(?!\w)")),
    ("an NHS number", re.compile(r"(?<![\w.-])\d{3}[ -]?\d{3}[ -]?\d{4}(?![\w-])")),
    ("a full date, such as a date of birth", re.compile(
        r"\b\d{1,2}(?:st|nd|rd|th)?[ ./-](?:\d{1,2}|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*[ ./-]\d{2,4}\b"
        r"|\b(?:d\.?o\.?b\.?|born on)[:\s]+\S+", re.IGNORECASE)),
    ("a house and a street", re.compile(rf"\b\d+[a-z]? (?:{_NAME} )+(?:{_STREETS})\b")),
)  # fmt: skip
_TITLED = re.compile(rf"\b(?:Mr|Mrs|Ms|Miss|Mx|Dr|Prof|Professor|Sir|Lady|Rev|Revd|Fr|PC|Sgt|Cllr)\.?\s+(?:[A-Z]\.?\s*)?{_NAME}"
                     rf"(?: {_NAME})?")
_CAPITAL = re.compile(rf"(?<![\w'’]){_NAME}")
# An initial with its stop begins no sentence.
_BEGINS = re.compile(r"(?:^|(?<![^\W\d_a-z]\.)(?<=[.!?:;•*\n])\s*|[.!?]['\"’”)]\s*|^\W+)$")
_LONGEST_ABBREVIATION = 6


def further_names(case: Case) -> Table:
    """List what looks like a name, number or address in the texts of a case, before it is handed to anybody.

    Looked for are capitals in the middle of a sentence, words after Mr, Mrs or Dr, telephone numbers, postcodes, e-mail
    addresses, full dates and numbers as of the NHS. Words of the field, of the case's own labels, names of actors (which
    `pseudonymise` replaces) and abbreviations are passed over. A name at the beginning of a sentence is found only
    where it stands elsewhere too, and in scripts without capitals none is: read the texts all the same.

    Parameters
    ----------
    case
        The case; after `pseudonymise` only what is left.

    Returns
    -------
    Table
        A row for each find: the field, the words, and what they look like. For the keeper of the case only.

    Examples
    --------
    >>> case = Case.of(actors={"child": "child"}, history="The child told Darren Brown, then Mrs Khan on 020 7946 0123.")
    >>> further_names(case).column("words")
    ('Mrs Khan', '020 7946 0123', 'Darren Brown')
    """
    texts = list(texts_of(case))
    own = frozenset(word for path, text in texts if path[0] == "actors" and path[-1] in ("label", "agency", "name")
                    for word in re.findall(r"[^\W_]+", text.casefold()))
    names = {name for _, text in texts for at, name in _capitals(text, own) if not _begins(text, at)}
    rows = [(said_where(case, path), words, what) for path, text in texts if path != ("name",) and path[-1] != "name"
            for words, what in dict.fromkeys(_found(text, own, names))]
    note = "A list of what looks so, not of what is so; what is not on it may be a name as well."
    return Table(("field", "words", "looks like"), tuple(rows), "Further names in the texts", note, heads=("field", "words"))


def _found(text: str, own: frozenset[str], names: set[str]) -> Iterator[tuple[str, str]]:
    """Yield what a text holds: people with a title, then numbers, then bare capitals, none of them twice."""
    taken: list[tuple[int, int]] = []
    for what, pattern in (("a name with a title", _TITLED), *_NUMBERS):
        for hit in pattern.finditer(text):
            if not _overlaps(hit.span(), taken):
                taken.append(hit.span())
                yield hit[0], what
    for at, name in _capitals(text, own):
        if name in names and not _overlaps((at, at + len(name)), taken):
            yield name, "a name"


def _capitals(text: str, own: frozenset[str]) -> Iterator[tuple[int, str]]:
    """Yield runs of words with a capital that belong to nobody in particular: Darren, Darren Brown."""
    start, end = -1, -1
    for hit in _CAPITAL.finditer(text):
        word = hit[0]
        is_short = word.isupper() and len(word) <= _LONGEST_ABBREVIATION
        is_known = is_public(word) or is_public(word.partition("-")[0]) or plain_word(word) in own
        if is_short or is_known:
            continue
        if end >= 0 and text[end : hit.start()] == " ":
            end = hit.end()
            continue
        if end >= 0:
            yield start, text[start:end]
        start, end = hit.span()
    if end >= 0:
        yield start, text[start:end]


def _begins(text: str, at: int) -> bool:
    """Say whether a sentence begins here, where every word has a capital."""
    return _BEGINS.search(text[:at]) is not None


def _overlaps(span: tuple[int, int], taken: list[tuple[int, int]]) -> bool:
    return any(span[0] < end and start < span[1] for start, end in taken)
