"""Hypothesis strategies: actors, ties and whole cases that the model takes, with every field and many alphabets.

`cases()` draws any valid case of 0 to 12 actors; `records()` its plain record. What is drawn here is valid by making, not by
throwing away, and what draws a field is built once (building costs more than drawing), so that other tests stay quick.
"""

from __future__ import annotations

from functools import cache
from typing import Any

from hypothesis import settings
from hypothesis import strategies as st

from agencygraph.model import ActionPlan, Actor, Case, Caseload, Chronology, Event, Gap, Lineage, Question, Team, Tie, When
from agencygraph.model import words as vocabulary
from agencygraph.model.plan import CONSENSUS, THEMES
from agencygraph.model.record import record_of

EVERYDAY = 40  # examples of a test that does not say how many; see conftest.py


def examples(everyday: int) -> int:
    """How many examples a thorough test takes: so many every day, fewer on a second Python, more in a night."""
    return max(1, everyday * settings.default.max_examples // EVERYDAY)


# Words that file formats trip over stand beside words of the people who use them.
AWKWARD = (
    "no", "on", "Yes", "null", "~", "012", "1:30", "2004-02-14", "1e5", ".5", "-", "- a", "a: b", "a #b", "#a", "'quoted'",
    '"quoted"', "=1+1", "+44 20", "@cmd", "-2", "'=1", " a", "a ", "a, b; c", "{a}", "[a]", "*a", "&a", "!a", "|", ">", "%", "`",
    "\\", "a\\nb", "y", "Ysgol Gynradd Tŷ Ddewi", "اردو بولنے والی ماں", "👩‍👧 Mam", "<b>&amp;</b>", "Ελένη", "٠١٢", "\u202eabc",
    "a\u2028b", "\x85", "\ufeff", "\xa0", "＝1", "TRUE", "3-4", "<", "=", "?", "? a", ": a", "...", "---", "0x1F", "1_000",
)  # fmt: skip
_BLOCKS = (
    "one\ntwo", "one\n\ntwo\n", "\n", "\n\n a\n", " a\n  b", "a \nb\t", "a" * 150, "word " * 60 + "end", "a  b " * 40 + "c",
    "=1\n-2", "x\n\n\n", "[\n", "['a']", "a\n\nb", "\n=1",
)  # fmt: skip
_LETTERS = st.characters(codec="utf-8", exclude_categories=("Cs", "Cc"), exclude_characters="\ufffe\uffff")


@cache
def ids() -> st.SearchStrategy[str]:
    """An id, now and then one that YAML would misread."""
    return st.one_of(st.from_regex(r"[a-z][a-z0-9]{0,5}(_[a-z0-9]{1,4})?", fullmatch=True),
                     st.sampled_from(("no", "on", "yes", "null", "true", "y", "n", "e1", "a" * 60)))


@cache
def lines(max_size: int = 12) -> st.SearchStrategy[str]:
    """A text of one line, often empty."""
    return st.one_of(st.just(""), st.sampled_from(AWKWARD), st.text(_LETTERS, max_size=max_size))


@cache
def texts() -> st.SearchStrategy[str]:
    """A text of any number of lines."""
    return st.one_of(lines(30), st.sampled_from(_BLOCKS), st.text(st.one_of(_LETTERS, st.sampled_from("\n\t ")), max_size=40))


@cache
def dates() -> st.SearchStrategy[When]:
    """A date known to the year, the month or the day."""
    return st.builds(lambda day, parts: When(*(day.year, day.month, day.day)[:parts]), st.dates(), st.integers(1, 3))


@st.composite
def actors(draw: st.DrawFn, id: str = "", places: tuple[str, ...] = ()) -> Actor:
    """An actor with every field; based at one of the places, or nowhere."""
    kind = draw(st.sampled_from(vocabulary.KINDS))
    return Actor(
        id or draw(ids()), kind, draw(lines()), draw(lines()), draw(lines()), draw(_sectors()),
        draw(st.sampled_from(("", *places))), kind not in vocabulary.FAMILY_KINDS and draw(st.booleans()), draw(texts()),
        draw(lines()),
    )  # fmt: skip


@cache
def _sectors() -> st.SearchStrategy[str]:
    return st.one_of(st.sampled_from(("", *vocabulary.SECTORS)), lines().map(lambda s: vocabulary.SECTOR_ALIASES.get(s, s)))


@cache
def _ink() -> st.SearchStrategy[dict[str, Any]]:
    seen = {"strength": st.sampled_from(vocabulary.STRENGTHS), "status": st.sampled_from(vocabulary.STATUSES)}
    plain = st.fixed_dictionaries(seen)
    full = st.fixed_dictionaries({
        **seen, "basis": st.sampled_from(vocabulary.BASES), "note": texts(), "evidence": texts(), "reported_by": lines(),
        "layer": lines(),
    })  # fmt: skip
    return st.one_of(plain, full)


@st.composite
def _links(draw: st.DrawFn, names: list[str]) -> tuple[tuple[Tie, ...], tuple[Gap, ...]]:
    """Ties and gaps of pairs of actors: a two-way tie, a one-way tie, two of different ink, a gap, or a gap against a tie."""
    ties: list[Tie] = []
    gaps: list[Gap] = []
    if len(names) > 1:
        pairs = st.tuples(st.sampled_from(names), st.sampled_from(names)).filter(lambda pair: pair[0] != pair[1])
        for a, b in draw(st.lists(pairs, max_size=14, unique_by=lambda pair: tuple(sorted(pair)))):
            shape = draw(st.sampled_from(("two", "one", "both", "gap", "answer")))
            ink = draw(_ink())
            if shape == "gap":
                gaps.append(Gap(a, b, draw(texts())))
                continue
            ties.append(Tie(a, b, two_way=shape == "two", **ink))
            if shape == "both":
                other = {**ink, "strength": "peripheral" if ink["strength"] == "critical" else "critical"}
                ties.append(Tie(b, a, **other))
            if shape == "answer":
                gaps.append(Gap(b, a))
    return tuple(draw(st.permutations(ties))), tuple(gaps)


@st.composite
def _teams(draw: st.DrawFn, names: list[str]) -> tuple[Team, ...]:
    """Up to three teams of different actors."""
    free = list(draw(st.permutations(names)))
    titles = draw(st.lists(lines().filter(str.strip), max_size=3, unique=True))
    teams = []
    for title in titles:
        if not free:
            break
        size = draw(st.integers(1, len(free)))
        members, free = free[:size], free[size:]
        host = draw(st.sampled_from(("", *(name for name in names if name not in members))))
        teams.append(Team(title, tuple(members), draw(st.sampled_from(("", *members))), host))
    return tuple(teams)


@st.composite
def _events(draw: st.DrawFn, names: list[str]) -> Event:
    way = draw(st.sampled_from(("one-way", "two-way", "meeting")))
    crowd = draw(st.lists(st.sampled_from(names), min_size=2, max_size=5, unique=True))
    cut = draw(st.integers(1, len(crowd) - 1))
    return Event(draw(dates()), tuple(crowd[:cut]), tuple(crowd[cut:]), draw(st.integers(-3, 3)), way, draw(texts()), draw(texts()))


@st.composite
def _lineages(draw: st.DrawFn, names: list[str]) -> Lineage | None:
    if draw(st.booleans()):
        return None
    earlier = draw(st.lists(ids(), max_size=5, unique=True))
    pairs: list[tuple[str, str]] = []
    if names and earlier:
        pairs = draw(st.lists(st.tuples(st.sampled_from(earlier), st.sampled_from(names)), max_size=5, unique=True))
    became, came = {a for a, _ in pairs}, {b for _, b in pairs}
    return Lineage(tuple(pairs), tuple(name for name in names if name not in came and draw(st.booleans())),
                   tuple(name for name in earlier if name not in became))


def _places(names: list[str]) -> st.SearchStrategy[tuple[tuple[str, float, float], ...]]:
    """Places of some of the actors."""
    length = st.integers(0, 9000).map(lambda tenths: tenths / 10)
    some = st.lists(st.sampled_from(names), unique=True) if names else st.just([])
    return some.flatmap(lambda who: st.tuples(*(st.tuples(st.just(name), length, length) for name in who)))


@cache
def plans() -> st.SearchStrategy[ActionPlan]:
    """A few questions with every field, each once under its theme."""
    question = st.builds(
        Question, st.sampled_from(THEMES), texts().filter(str.strip), st.lists(texts(), max_size=2).map(tuple), lines(),
        st.one_of(st.none(), dates()), st.sampled_from(CONSENSUS), st.booleans(), texts())
    return st.lists(question, max_size=3, unique_by=lambda one: (one.theme, one.text)).map(lambda some: ActionPlan(tuple(some)))


@st.composite
def cases(draw: st.DrawFn, max_actors: int = 12) -> Case:
    """Any valid case of 0 to 12 actors, with every field."""
    names = draw(st.lists(ids(), max_size=max_actors, unique=True))
    places = tuple(names[: len(names) // 3])
    people = tuple(draw(actors(name, () if name in places else places)) for name in names)
    ties, gaps = draw(_links(names))
    fields: dict[str, Any] = {
        "arrangement": draw(st.sampled_from(vocabulary.ARRANGEMENTS)), "age": draw(st.one_of(st.none(), st.integers(0, 25))),
        "names_published": draw(st.booleans()), "agreed_on": draw(st.one_of(st.none(), dates())), "lineage": draw(_lineages(names)),
        "places": draw(_places(names)), "teams": draw(_teams(names)), "plan": draw(st.one_of(st.just(ActionPlan()), plans())),
    }  # fmt: skip
    if len(names) > 1:
        fields["chronology"] = Chronology(tuple(draw(st.lists(_events(names), max_size=3))))
    fields |= {field: draw(lines()) for field in ("name", "title", "complexity", "situation")}
    fields |= {field: draw(texts()) for field in ("source", "description", "history", "other_information")}
    fields |= {field: tuple(draw(st.lists(texts(), max_size=3))) for field in ("informants", "key_issues", "proposals")}
    return Case(actors=people, ties=ties, gaps=gaps, **fields)


def caseloads(max_cases: int = 3) -> st.SearchStrategy[Caseload]:
    """A few small cases."""
    return st.builds(Caseload, st.lists(cases(max_actors=4), max_size=max_cases).map(tuple))


def records() -> st.SearchStrategy[dict[str, Any]]:
    """The plain record of any valid case."""
    return cases().map(record_of)


