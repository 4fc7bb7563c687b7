"""Answers to a comparison of caseloads: the value of each measure before and after, for every pair of maps.

By column they are read by the kernel, all maps at once; what it does not know, and all other caseloads, case by case.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from agencygraph.caseloads.columns import Columns
from agencygraph.comparison.blocks import related
from agencygraph.comparison.pairing import Load
from agencygraph.errors import UnknownNameError, did_you_mean
from agencygraph.measures import QUESTIONS, Question, Reading, readings
from agencygraph.model import Case, Lineage

if TYPE_CHECKING:
    from agencygraph.batch.readings import Answered, Asked
    from agencygraph.progress import Progress

_TOLD_EVERY = 100


def answer_pairs(before: Load, after: Load, pairs: Sequence[tuple[int, int]], asked: Sequence[Asked],
                 told: Progress) -> dict[Asked, Answered]:  # fmt: skip
    """Return the answers to each question; `told` hears how many of how many maps are done."""
    # The room of many cases is entered only where many cases are compared.
    from agencygraph.batch.readings import can_read, read_pairs

    found: dict[Asked, Answered] = {}
    if isinstance(before, Columns) and isinstance(after, Columns):
        quick = [one for one in asked if can_read(one.measure, one.detail)]
        found = dict(zip(quick, read_pairs(before, after, pairs, quick, told), strict=True))
    slow = [one for one in asked if one not in found]
    return found | dict(zip(slow, _case_by_case(before, after, pairs, slow, told), strict=True))


def _case_by_case(before: Load, after: Load, pairs: Sequence[tuple[int, int]], asked: Sequence[Asked],
                  told: Progress) -> list[Answered]:  # fmt: skip
    from agencygraph.batch.readings import Answered

    found: list[list[tuple[float | None, float | None, str]]] = [[] for _ in asked]
    for done, (a, b) in enumerate(pairs if asked else (), 1):
        # By column a case is made here, and gone again before the next one.
        maps = before[a], after[b]
        for one, values in zip(asked, found, strict=True):
            values.append(_values(maps, QUESTIONS.get(one.measure), one.detail, one.firm))
        if done % _TOLD_EVERY == 0 or done == len(pairs):
            told(done, len(pairs))
    return [Answered(*map(tuple, zip(*values, strict=True))) if values else Answered((), (), ()) for values in found]


def _values(maps: tuple[Case, Case], question: Question, detail: str, firm: bool) -> tuple[float | None, float | None, str]:
    """Return the values before and after, or neither and the reason."""
    from agencygraph.batch.readings import TAKEN_IN

    then, now = (_reading(case, question, detail, firm) for case in maps)
    reason = then.reason or now.reason
    if not reason and question.about == "unit" and _has_taken_in(maps, then.about, now.about):
        reason = TAKEN_IN
    return (None, None, reason) if reason else (then.value, now.value, "")


def _reading(case: Case, question: Question, detail: str, firm: bool) -> Reading:
    """Return the one answer that stands for a case: the whole map's, or that of the first school."""
    from agencygraph.batch.readings import NO_SCHOOL

    found = readings(case, question.name, firm=firm)
    if question.about != "map":
        school = next((actor.id for actor in case.actors if actor.kind == "school"), "")
        if not school:
            return Reading(reason=NO_SCHOOL)
        found = tuple(one for one in found if school in one.about)
    parts = tuple(dict.fromkeys(one.detail for one in found))
    if detail and detail not in parts:
        raise UnknownNameError(f"'{question.name}' has no part '{detail}'; it has {', '.join(parts) or 'none'}."
                               f"{did_you_mean(detail, parts)}")
    one = next((one for one in found if not detail or one.detail == detail), None)
    if one is None or (one.value is None and not one.reason):
        return Reading(reason=question.undefined)
    return one


def _has_taken_in(maps: tuple[Case, Case], earlier: tuple[str, ...], later: tuple[str, ...]) -> bool:
    """Say whether somebody who was outside a unit is inside it now: then its two numbers do not measure the same distance."""
    before, after = maps
    pairs = related(before, after, after.lineage or Lineage())
    outside = {actor.id for actor in before.actors if not actor.is_family} - {*earlier}
    return any(a in outside and b in later for a, b in pairs)
