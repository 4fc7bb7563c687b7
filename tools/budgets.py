"""Lower the budgets of the shipped maps to what they are drawn with now: `python tools/budgets.py`.

Whatever is above its budget stays as it was and is named, unless a reason is given: `python tools/budgets.py --raise "why"`.
The reason is recorded beside the budgets.
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent / "tests"))

import map_budgets


def renew(now: dict[str, map_budgets.Figures], reason: str) -> int:
    """Write the budgets again; return 0, or 1 where something is above its budget and no reason is given."""
    held = json.loads(map_budgets.FILE.read_text(encoding="utf-8")) if map_budgets.FILE.exists() else {"budgets": {}, "raised": []}
    old: dict[str, map_budgets.Figures] = held["budgets"]
    above, below = map_budgets.differences(old, now)
    first = not old
    if above and not first:
        print(*above, sep="\n")
    if above and reason:
        held["raised"] += [{"what": what, "why": reason} for what in above]
    if reason or first:
        held["budgets"] = now
    else:
        held["budgets"] = {name: {what: min(value, found.get(what, value)) for what, value in old[name].items()}
                           for name, found in now.items() if name in old}  # fmt: skip
    map_budgets.FILE.write_text(_as_text(held), encoding="utf-8", newline="\n")
    print(f"{len(below)} lowered, {len(above) if reason or first else 0} raised or new")
    if above and not reason and not first:
        print("These budgets stay. Draw better maps, or say why not: python tools/budgets.py --raise 'the reason'")
        return 1
    return 0


def _as_text(held: dict[str, object]) -> str:
    """The file with one line for each map, so that a change can be read."""
    budgets, raised = held["budgets"], held["raised"]
    assert isinstance(budgets, dict)
    assert isinstance(raised, list)
    rows = ",\n".join(f"  {json.dumps(name)}: {json.dumps(found)}" for name, found in budgets.items())
    why = ",\n".join(f"  {json.dumps(one, ensure_ascii=False)}" for one in raised)
    return f'{{"budgets": {{\n{rows}\n}},\n"raised": [{chr(10) + why + chr(10) if why else ""}]}}\n'


def main() -> int:
    """Measure every shipped map and renew its budget."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("--raise", dest="reason", default="", metavar="WHY", help="let budgets rise, and record why")
    reason = str(parser.parse_args().reason).strip()
    return renew(map_budgets.measured(), reason)


if __name__ == "__main__":
    sys.exit(main())
