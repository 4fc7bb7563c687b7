"""What a pack says beside its maps: how to read them, who agreed them and when, what is in doubt."""

from __future__ import annotations

from collections.abc import Iterator

from agencygraph import captions
from agencygraph.model import Actor, Case, Gap, Tie, When
from agencygraph.packs.views import Reader

WORTH = "This is a map of arrangements, not of people's worth: it shows who passes information to whom, and judges nobody."
PLANNED = "A later map that was planned rather than lived shows a plan, not its effect on the child."
READ = "On the maps each line shows who passes information to whom: the arrow points to whoever is told."
SAME_PLACES = "Everybody who is on both maps stands in the same place."
COUNTS = ("Practitioners, schools and agencies count; child and family do not. A way is from one of them to another, directly or "
          "through others.")  # fmt: skip
STRENGTHS = ("A bold line is critical: the work depends on it. A broken line is peripheral: it exists, and the work does not hang "
             "on it.")  # fmt: skip
LEGEND = (
    "A line says that information passes. The arrow points to whoever is told; a line with two arrows goes both ways.",
    STRENGTHS,
    "A line marked by a question mark is one that the group does not agree on, or that nobody in the room could confirm.",
    "No line means that the group knows of nothing that is passed on; it does not mean that nobody ever spoke.",
    "Colour and pattern of a card tell the service; nothing rests on colour alone.",
)
STORY = (
    ("Brief description", "description"),
    ("History", "history"),
    ("Key issues", "key_issues"),
    ("Proposals for change", "proposals"),
    ("Other information (unsubstantiated)", "other_information"),
)
AUDIENCES = {
    "practitioners": "For the practitioners of the meeting",
    "family": "For the child and the family",
    "research": "For research: ages are in bands, and the story is left out",
}
# Words of the trade, which stand on no summary.
JARGON = ("flow", "tie", "ties", "density", "centrality", "betweenness", "reciprocity", "isolate", "isolates", "broker", "node",
          "nodes", "edge", "edges", "peripheral", "component", "cut-point")  # fmt: skip


def is_plain(sentence: str) -> bool:
    """Say whether a sentence has none of the words of the trade.

    >>> is_plain("School hears from nobody."), is_plain("8 flows are gone.")
    (True, False)
    """
    told = "".join(letter if letter.isalpha() or letter == "-" else " " for letter in sentence.lower()).split()
    return not any(word in told or f"{word}s" in told for word in JARGON)


def dated(when: When) -> str:
    """Return a date as people write it.

    >>> dated(When(2004)), dated(When(2004, 2)), dated(When(2004, 2, 14))
    ('2004', 'February 2004', '14 February 2004')
    """
    return when.words


def leads_of(case: Case, names: bool) -> str:
    """Return who leads, or that nobody is named."""
    labels = case.labels(names)
    return captions.listed([labels[id] for id in case.leads]) or "nobody is named as the lead"


def kind_of(case: Case) -> str:
    """Return complexity and situation in the words of the case."""
    return "; ".join(part for part in (case.complexity, case.situation) if part)


def size_of(case: Case) -> str:
    """Return how many are on the map, and how many ties."""
    critical = sum(tie.is_critical for tie in case.ties)
    return (f"{captions.counted(len(case.actors), 'person or agency', 'people and agencies')}, "
            f"{captions.counted(len(case.ties), 'tie')} ({critical} critical)")  # fmt: skip


def agreed_by(case: Case) -> str:
    """Return who agreed the map, in the words of the case; empty where it is not recorded."""
    return captions.listed(list(case.informants))


def agreed_on(case: Case) -> str:
    """Return when the map was agreed; empty where it is not recorded."""
    return dated(case.agreed_on) if case.agreed_on else ""


def caveats_of(case: Case, moment: str, reader: Reader) -> Iterator[str]:
    """Yield who agreed a map and when, and what on it is disputed or not known; for research not who."""
    name = f"The map {moment}".strip()
    who, when = agreed_by(case), agreed_on(case)
    if who or when:
        yield f"{name} was agreed{f' by {who}' if who else ''}{f': {when}' if when else ''}."
    if (not who or not when) and reader.audience != "research":
        missing = " and ".join(word for word, said in (("who agreed it", who), ("when it was agreed", when)) if not said)
        yield f"{name}: {missing} is not recorded."
    for status, head in (("disputed", "the group does not agree on"), ("unknown", "nobody in the room could confirm")):
        found = [about(tie, case, reader.names) for tie in case.ties if tie.status == status]
        if found:
            yield f"{name}: {head} {captions.counted(len(found), 'tie')}: {'; '.join(found)}."
    if all(tie.status == "agreed" for tie in case.ties):
        yield f"{name}: no tie is disputed or unknown."


def about(what: Actor | Tie | Gap, case: Case, names: bool) -> str:
    """Return in words what a note is about: an actor, or a tie between two."""
    labels = case.labels(names)
    if isinstance(what, Actor):
        return labels[what.id]
    way = "and" if isinstance(what, Tie) and what.two_way else "to"
    return f"{labels[what.source]} {way} {labels[what.target]}"
