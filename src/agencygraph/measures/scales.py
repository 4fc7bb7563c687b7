"""Scores of a questionnaire with subscales, such as Bronstein's Index of Interdisciplinary Collaboration.

The library ships no items and no key: they belong to their authors. Whoever has leave to use a questionnaire gives its
subscales here. Only the names of Bronstein's five components are known, as published.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from agencygraph.errors import InvalidError, Problem, did_you_mean
from agencygraph.table import Cell, Table

BRONSTEIN_COMPONENTS = (
    "interdependence", "newly created professional activities", "flexibility", "collective ownership of goals",
    "reflection on process",
)  # fmt: skip
TOTAL = "total"
COLUMNS = ("respondent", "subscale", "mean", "answered", "of", "reason")
_NOTE = ("Mean over the items that were answered, reverse-scored items turned round; how many were answered, of how many, stands "
         "beside it. In the rows of the mean over respondents, 'answered' counts the respondents who have a score.")
Answers = Mapping[str, float | None]


@dataclass(frozen=True, slots=True)
class _Key:
    """How a questionnaire is scored: which items make which subscale, which are turned round, and the range of an answer."""

    subscales: Mapping[str, tuple[str, ...]]
    turned: frozenset[str]
    low: float
    high: float

    @property
    def items(self) -> tuple[str, ...]:
        """Every item, in the order of the subscales."""
        return tuple(item for items in self.subscales.values() for item in items)


def score_scale(answers: Answers | Sequence[Answers], subscales: Mapping[str, Collection[str]], reversed: Collection[str] = (),
                low: float = 1, high: float = 5) -> Table:
    """Say how a team sees its own collaboration: the mean of each subscale of a questionnaire, and of the whole.

    Parameters
    ----------
    answers
        What one person answered: a number under each item; None, or no entry, where there is no answer. Or a list of such
        mappings, one for each respondent: then the mean over the respondents follows their rows.
    subscales
        The items of each subscale under its name; `BRONSTEIN_COMPONENTS` are the names in Bronstein (2002, 2003).
    reversed
        The items that are reverse-scored: an answer x counts as low + high - x.
    low, high
        The lowest and the highest answer.

    Returns
    -------
    Table
        One row for each respondent (by number) and subscale, then the total over all items. `mean` is the mean over the items
        that the person answered, `answered` "of" `of` of them; it is None, with the reason, where none was answered. No answer
        is ever filled in for a missing one: whoever wants a rule such as "at least half answered" can see by the counts what
        to leave out. The mean over respondents is the mean of their means, each person counting once.

    Raises
    ------
    InvalidError
        With everything that is wrong: unknown items, answers out of range or no numbers, an item in two subscales.

    Examples
    --------
    >>> subscales = {"flexibility": ["q1", "q2"], "interdependence": ["q3"]}
    >>> table = score_scale({"q1": 4, "q2": 1, "q3": None}, subscales, reversed=["q2"])
    >>> [(row["subscale"], row["mean"], row["answered"], row["of"]) for row in table]
    [('flexibility', 4.5, 2, 2), ('interdependence', None, 0, 1), ('total', 4.5, 2, 3)]
    """
    key_problems = list(_check_key(subscales, reversed, low, high))
    people: Sequence[Answers] = (answers,) if isinstance(answers, Mapping) else tuple(answers)
    known = {item for items in subscales.values() for item in items}
    problems = key_problems + [problem for number, one in enumerate(people, 1)
                               for problem in _check_answers(one, known, (low, high), number)]
    if problems:
        raise InvalidError(problems)
    key = _Key({name: tuple(items) for name, items in subscales.items()}, frozenset(reversed), low, high)
    scored = [_score(one, key) for one in people]
    rows: list[tuple[Cell, ...]] = [(str(number), *row) for number, found in enumerate(scored, 1) for row in found]
    if not isinstance(answers, Mapping):
        rows += [("mean", *row) for row in _over_people(scored, key)]
    return Table(COLUMNS, tuple(rows), "Scores of the questionnaire", _NOTE, heads=("respondent", "subscale"))


def _score(answers: Answers, key: _Key) -> list[tuple[str, float | None, int, int, str]]:
    """Return the rows of one person: each subscale, then all items together."""
    found = []
    for name, items in (*key.subscales.items(), (TOTAL, key.items)):
        given = [(item, answer) for item in items if (answer := answers.get(item)) is not None]
        values = [key.low + key.high - answer if item in key.turned else answer for item, answer in given]
        mean = math.fsum(values) / len(values) if values else None
        found.append((name, mean, len(values), len(items), "" if values else "nothing was answered"))
    return found


def _over_people(scored: Sequence[Sequence[tuple[str, float | None, int, int, str]]], key: _Key) -> Iterator[tuple[Cell, ...]]:
    """Yield the mean over the respondents for each subscale and the total."""
    for at, name in enumerate((*key.subscales, TOTAL)):
        means = [mean for found in scored if (mean := found[at][1]) is not None]
        reason = "" if means else "nobody answered"
        yield name, math.fsum(means) / len(means) if means else None, len(means), len(scored), reason


def _check_key(subscales: Mapping[str, Collection[str]], turned: Collection[str], low: float, high: float) -> Iterator[Problem]:
    """Yield everything that is wrong with the key of a questionnaire."""
    if not _is_span(low, high):
        yield Problem(f"low is {low!r} and high is {high!r}; give two numbers, the lower one first.", ("low",))
    if not subscales:
        yield Problem("there are no subscales: give the items of each under its name.", ("subscales",))
    for name, items in subscales.items():
        if isinstance(items, str):
            yield Problem(f"the subscale '{name}' is one text; give a list of items.", ("subscales", name))
        elif not items:
            yield Problem(f"the subscale '{name}' has no items.", ("subscales", name))
    if TOTAL in subscales:
        yield Problem(f"'{TOTAL}' is the name of the score over all items; call the subscale something else.", ("subscales", TOTAL))
    counts = Counter(item for items in subscales.values() for item in items)
    for item, count in counts.items():
        if count > 1:
            homes = ", ".join(f"'{name}'" for name, items in subscales.items() if item in items)
            message = f"the item '{item}' stands {count} times in {homes}; each item belongs to one subscale, once."
            yield Problem(message, ("subscales",))
    if isinstance(turned, str):
        yield Problem("reversed is one text; give a list of items.", ("reversed",))
    else:
        for item in turned:
            if item not in counts:
                yield Problem(f"the reversed item '{item}' is in no subscale.{did_you_mean(str(item), counts)}", ("reversed",))


def _check_answers(answers: Answers, known: Collection[str], span: tuple[float, float], number: int) -> Iterator[Problem]:
    """Yield everything that is wrong with the answers of one person."""
    whose = f"respondent {number}"
    if not isinstance(answers, Mapping):
        yield Problem(f"{whose} is {type(answers).__name__}; give a mapping of item to answer.", ("answers", number))
        return
    for item, answer in answers.items():
        where = ("answers", number, str(item))
        if item not in known:
            hint = did_you_mean(str(item), sorted(known))
            yield Problem(f"{whose} answers the item '{item}', which is in no subscale.{hint}", where)
        if answer is not None and not _is_number(answer):
            yield Problem(f"{whose}: the answer to '{item}' is {answer!r}; it must be a number, or None for no answer.", where)
        elif answer is not None and _is_span(*span) and not span[0] <= answer <= span[1]:
            yield Problem(f"{whose}: the answer to '{item}' is {answer}; it must lie from {span[0]} to {span[1]}.", where)


def _is_span(low: float, high: float) -> bool:
    return _is_number(low) and _is_number(high) and low < high


def _is_number(value: object) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool) and math.isfinite(value)
