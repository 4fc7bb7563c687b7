"""Made-up cases of fourteen actors, the same for the same number on every machine."""

from __future__ import annotations

from collections.abc import Iterator

from agencygraph.model import Case

SECTORS = ("health", "social care", "police and justice", "community")


def make_case(number: int, flows: int = 25) -> Case:
    """Return a case of a child, two of the family, a school with two based at it, and eight agencies."""
    actors: dict[str, object] = {"child": "child", "mother": "parent", "father": "parent"}
    actors |= {"school": {"kind": "school", "sector": "education"}}
    actors |= {id: {"kind": "practitioner", "sector": "education", "based_at": "school"} for id in ("senco", "nurse")}
    actors |= {f"agency_{k}": {"kind": "agency", "sector": SECTORS[k % 4], "lead": k == 0} for k in range(8)}
    ids, draw, chosen = list(actors), _draws(number), dict[tuple[str, str], bool]()
    while len(chosen) < flows:
        a, b = ids[next(draw) % len(ids)], ids[next(draw) % len(ids)]
        if a != b:
            chosen.setdefault((a, b), next(draw) % 2 == 0)
    ties = []
    for (a, b), critical in chosen.items():
        both = chosen.get((b, a)) is critical
        if not both or a < b:
            ties.append(f"{a} {'<' * both}{'=' if critical else '-'}> {b}")
    return Case.of(actors=actors, ties=ties)


def _draws(seed: int) -> Iterator[int]:
    """Yield the high bits of a linear congruential generator (Knuth's MMIX)."""
    state = seed
    while True:
        state = (state * 6364136223846793005 + 1442695040888963407) % 2**64
        yield state >> 40
