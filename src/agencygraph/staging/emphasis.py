"""What a map can put forward: who is cut off, on whom routes hang, how news spreads, which links are missing, what is doubtful."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction

from agencygraph import captions
from agencygraph.errors import UnknownNameError, did_you_mean
from agencygraph.flows import flows_of
from agencygraph.measures import readings, say
from agencygraph.measures.spreading import Spread, spread
from agencygraph.model import Case
from agencygraph.scene import Remark
from agencygraph.staging.setting import Setting
from agencygraph.staging.view import Note, View

SHOWS = ("isolation", "single points", "spread:ID", "gaps", "disputed")
CARD, LINE, NUMBER, GAP = "card", "line", "number", "gap"


@dataclass(frozen=True, slots=True)
class Ground:
    """The case on which something is put forward, with its keys by id and by team."""

    case: Case
    keys: Mapping[str, str]
    teams: Mapping[str, str]
    labels: Mapping[str, str]
    names: bool

    def keys_of(self, ids: Iterable[str]) -> tuple[str, ...]:
        """Return the keys of some actors."""
        return tuple(self.keys[id] for id in ids)

    def hops(self, pairs: Iterable[tuple[str, str]]) -> tuple[str, ...]:
        """Return pairs of ids as flows between keys: "n3>n5"."""
        return tuple(f"{self.keys[a]}>{self.keys[b]}" for a, b in pairs)


def view_of(setting: Setting, at: int, show: str, names: bool) -> View | None:
    """Return what a map puts forward, by the word for it; None for no word.

    Raises
    ------
    UnknownNameError
        For another word, or for news that starts with nobody of the case.
    """
    word, _, who = str(show).partition(":")
    word = " ".join(word.lower().replace("_", " ").split())
    if not word:
        return None
    case = setting.cases[at]
    ground = Ground(case, setting.keys[at], setting.team_keys, setting.labels[at], names)
    if word == "spread":
        if not who.strip():
            raise UnknownNameError("show='spread' needs the id of the one with whom the news starts, such as 'spread:"
                                   f"{next(iter(case.ids), 'school')}'.")  # fmt: skip
        case.actor(who.strip())
        return _spread(ground, who.strip())
    if word not in _VIEWS or who:
        known = [*_VIEWS, "spread:ID"]
        raise UnknownNameError(f"show is {show!r}; it must be one of {', '.join(known)}.{did_you_mean(word, _VIEWS)}")
    return _VIEWS[word](ground)


def _isolation(ground: Ground) -> View:
    """Everybody says how many of the others they hear from; whoever hears from fewest comes forward."""
    asked = readings(ground.case, "isolation")
    found = [(reading, reading.count or 0, reading.of or 0) for reading in asked if reading.value is not None]
    worst = max((Fraction(silent, of) for _, silent, of in found), default=Fraction(0))
    notes: list[Note] = []
    strong: list[str] = []
    for reading, silent, of in found:
        is_cut = worst > 0 and Fraction(silent, of) == worst
        anchor, rest = _anchor(ground, reading.about)
        notes.append(Note(anchor, f"hears from {of - silent} of {of}", strong=is_cut))
        notes += [Note(key, f"counted with {name}") for key, name in rest]
        strong += [anchor, *(key for key, _ in rest)] if is_cut else []
    words = "Hears from none of the others" if worst == 1 else "Hears from fewest of the others"
    legend = ((CARD, words), ("faint", "Hears from some" if worst == 1 else "Hears from more")) if strong else ()
    said = tuple(Remark(say(ground.case, "isolation", reading, names=ground.names)) for reading in asked)
    return View(tuple(strong), (), (), tuple(notes), (), legend, said, "Who is cut off",
                "From how many of the practitioners outside each one ever hears news, directly or through others.")  # fmt: skip


def _anchor(ground: Ground, members: tuple[str, ...]) -> tuple[str, tuple[tuple[str, str], ...]]:
    """The key on which words about a unit stand, and the other cards of the unit with the name of the one it counts with."""
    for team in ground.case.teams:
        if members[0] in team.members:
            extra = [id for id in members if id not in team.members]
            return ground.teams[team.name], tuple((ground.keys[id], "the team") for id in extra)
    homes = [ground.case.actor(id).based_at or id for id in members]
    first = next((id for id, home in zip(members, homes, strict=True) if id == home), members[0])
    return ground.keys[first], tuple((ground.keys[id], ground.labels[first]) for id in members if id != first)


def _single_points(ground: Ground) -> View:
    """Whoever carries routes of others comes forward, with how many would be lost, and the ties they hang on."""
    found = [reading for reading in readings(ground.case, "single points") if reading.count]
    notes = tuple(Note(ground.keys[r.about[0]], f"without: {r.count} of {r.of} ways lost", strong=True) for r in found)
    pairs = [pair for r in found for tie in r.ties for pair in (*tie.flows, *((b, a) for a, b in tie.flows))]
    said = [Remark(say(ground.case, "single points", reading, names=ground.names)) for reading in found]
    none = [Remark("Nobody: where one is gone, there is always another way.")]
    legend = ((CARD, "Others reach each other only through this one"), (LINE, "Tie to such a one")) if found else ()
    return View(ground.keys_of(r.about[0] for r in found), ground.hops(pairs), (), notes, (), legend, tuple(said or none),
                "Without whom practitioners would lose ways to each other",
                "How many ways from one practitioner to another would be lost if one were gone.")  # fmt: skip


def _spread(ground: Ground, start: str) -> View:
    """Whoever comes to know comes forward, numbered by hand-offs, with the ties along which the news first comes."""
    found = spread(ground.case, start, names=ground.names)
    notes = [Note(ground.keys[start], "starts here", strong=True)]
    for number, told in enumerate(found.rounds, 1):
        notes += [Note(ground.keys[id], str(number), strong=True, is_round=True) for id in told]
    never = (*found.never, *found.family_never)
    notes += [Note(ground.keys[id], "never") for id in never]
    known = (start, *(id for told in found.rounds for id in told))
    legend = [(CARD, "Comes to know"), (NUMBER, "After so many hand-offs")] if found.rounds else []
    legend += [(LINE, "The way of the news")] if found.rounds else []
    legend += [("faint", "Never comes to know")] if never else []
    said = tuple(Remark(sentence) for sentence in str(found).splitlines())
    label = ground.labels[start]
    below = f"News starts with {label}; practitioners pass on what they are told, the child and the family need not."
    return View(ground.keys_of(known), ground.hops(_hops(ground, found)), (), tuple(notes), (), tuple(legend), said,
                f"Who comes to know what {label} learns", below)  # fmt: skip


def _hops(ground: Ground, found: Spread) -> list[tuple[str, str]]:
    """The flows by which somebody first comes to know, from whoever knew one hand-off earlier."""
    flows = flows_of(ground.case)
    rounds = [(found.start,), *found.rounds]
    at = {id: number for number, told in enumerate(rounds) for id in told}
    may = {id for id in at if id == found.start or flows.relays >> flows.ids.index(id) & 1}
    return [(a, b) for tie in ground.case.ties if tie.status != "unknown" for a, b in tie.flows
            if a in may and b in at and at[b] == at[a] + 1]  # fmt: skip


def _gaps(ground: Ground) -> View:
    """Links that should be there stand between those whom they would join."""
    case, labels = ground.case, ground.labels
    wanted: dict[str, list[str]] = {}
    for gap in case.gaps:
        wanted.setdefault(gap.source, []).append(labels[gap.target])
    notes = tuple(Note(ground.keys[id], f"no link to {captions.listed(whom)}", strong=True) for id, whom in wanted.items())
    sentences = [f"{labels[gap.source]} should tell {labels[gap.target]}, and does not." for gap in case.gaps]
    gaps = tuple((ground.keys[gap.source], ground.keys[gap.target], words) for gap, words in zip(case.gaps, sentences, strict=True))
    ends = dict.fromkeys(end for gap in case.gaps for end in (gap.source, gap.target))
    legend = ((GAP, "A link that the group says should be there"),) if gaps else ()
    said = sentences or ["The case names no link that should be there and is not."]
    return View(ground.keys_of(ends), (), (), notes, gaps, legend, tuple(map(Remark, said)), "Links that should be there",
                "Where the group says that one should tell the other, and does not.")  # fmt: skip


def _disputed(ground: Ground) -> View:
    """Ties that the group does not agree on or cannot confirm come forward, and whoever they join."""
    doubtful = [tie for tie in ground.case.ties if tie.status != "agreed"]
    ends = dict.fromkeys(end for tie in doubtful for end in (tie.source, tie.target))
    pairs = [(ground.labels[tie.source], ground.labels[tie.target]) for tie in doubtful]
    words = [captions.pair_words(pair, tie.is_critical, tie.two_way, tie.status, True)
             for pair, tie in zip(pairs, doubtful, strict=True)]  # fmt: skip
    said = [f"{sentence}." for sentence in words] or ["Nobody doubts any tie on this map."]
    legend = ((LINE, "A tie in doubt"),) if doubtful else ()
    statuses = ("disputed", "unknown") if doubtful else ()
    return View(ground.keys_of(ends), (), statuses, (), (), legend, tuple(map(Remark, said)), "Ties in doubt",
                "Ties on which the group does not agree, or which nobody could confirm.")  # fmt: skip


_VIEWS: Mapping[str, Callable[[Ground], View]] = {
    "isolation": _isolation, "single points": _single_points, "gaps": _gaps, "disputed": _disputed,
}  # fmt: skip


def follow(show: str, became: Mapping[str, str]) -> str:
    """Return what to put forward on the later map: news that started with somebody starts with whoever they became."""
    word, colon, who = show.partition(":")
    return f"{word}{colon}{became.get(who.strip(), who)}" if colon else show
