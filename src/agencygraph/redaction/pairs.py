"""Two maps of one child: names of either taken out of the texts of both."""

from __future__ import annotations

from agencygraph.errors import Path
from agencygraph.model import Case
from agencygraph.redaction.fields import ONE_LINE, ReadText, rewrite
from agencygraph.redaction.names_in_text import Scrub, mentions_of, scrubber
from agencygraph.redaction.pseudonyms import redact

_LONGEST_LINE = 200


def redact_pair(before: Case, after: Case) -> tuple[Case, Case]:
    """Return two cases whose words name nobody of either map, unless their names are published; fields for names are kept.

    Parameters
    ----------
    before, after
        The two maps.

    Returns
    -------
    tuple
        The same two, in that order, with labels in place of names in every text.

    Examples
    --------
    >>> one = Case.of(actors={"rose": {"kind": "child", "name": "Rose Hill"}})
    >>> two = Case.of(actors={"pupil": "child"}, history="Rose Hill is well.")
    >>> redact_pair(one, two)[1].history
    'Child is well.'
    """
    return _scrubbed(before, after), _scrubbed(after, before)


def _scrubbed(case: Case, other: Case) -> Case:
    """Return a case whose words name neither its own actors nor those of the other map."""
    hidden = [one for one in (case, other) if not one.names_published]
    # All at once, the longest name first: a surname that is an id here must not cut the full name there in two.
    mentions = tuple(mention for one in hidden for mention in mentions_of(one))
    labels = {id: label for one in (other, case) for id, label in redact(one).labels().items()}
    kinds = {actor.id: actor.kind.capitalize() for one in (other, case) for actor in one.actors}
    return rewrite(case, {}, _reader(scrubber(mentions, labels), scrubber(mentions, kinds)))


def _reader(in_texts: Scrub, on_cards: Scrub) -> ReadText:
    """Return the function that rewrites words by their place; two questions that become alike are told apart by a number."""
    seen: dict[str, str] = {}

    def read(path: Path, text: str) -> str:
        if path[-1] == "name" and path[0] in ("name", "actors"):
            return text  # private, and taken out whole later
        if path[0] == "actors" and path[-1] != "note":
            return on_cards(text)[:_LONGEST_LINE]
        said = in_texts(text)[:_LONGEST_LINE] if path[-1] in ONE_LINE else in_texts(text)
        if path[0] == "plan" and path[-1] == "text" and seen.setdefault(said, text) != text:
            said = f"{said} ({len(seen) + 1})"
            seen[said] = text
        return said

    return read
