"""The command line. Exit status: 0 all well, 1 a file or a request is wrong, 2 the command itself is misspelt.

What is wrong is said in one clear message: what, where, and how to mend it.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence

from agencygraph.cli.parsing import make_parser
from agencygraph.errors import AgencyGraphError


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command line and return its exit status."""
    _show_what_can_be_shown()
    asked = make_parser().parse_args(argv)
    try:
        status: int = asked.run(asked)
        sys.stdout.flush()
    except AgencyGraphError as error:
        print(f"agencygraph: {error}", file=sys.stderr)
        return 1
    except BrokenPipeError:
        # Whoever was reading (head, more) has gone; that is no fault, but the interpreter would complain on closing.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except KeyboardInterrupt as stop:
        # A long run that was stopped says what it kept and how to go on.
        print(f"agencygraph: {stop or 'stopped; no half-written file is left behind.'}", file=sys.stderr)
        return 1
    return status


def _show_what_can_be_shown() -> None:
    """Let a Windows console print every label: what it cannot show is escaped, never an error."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")
