"""Record the digests of a few maps anew, after a look at them: `python tools/digests.py`."""

from __future__ import annotations

import json
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent / "tests"))

import map_digests


def main() -> int:
    """Write the record, and name the maps that differ from what was recorded before."""
    old = json.loads(map_digests.FILE.read_text(encoding="utf-8"))["digests"] if map_digests.FILE.exists() else {}
    new = map_digests.digests()
    for name in new:
        changed = [kind for kind, digest in new[name].items() if old.get(name, {}).get(kind) != digest]
        print(f"{name}: {', '.join(changed) or 'as before'}")
    record = {"versions": map_digests.versions(), "digests": new}
    map_digests.FILE.write_text(json.dumps(record, indent=1) + "\n", encoding="utf-8", newline="\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
