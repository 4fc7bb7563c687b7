"""`python -m agencygraph` is the command line."""

from agencygraph.cli import main

if __name__ == "__main__":
    raise SystemExit(main())
