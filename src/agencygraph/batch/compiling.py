"""Compiling: turn a plain function on arrays of numbers into machine code, once, kept for the next time."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable
from contextlib import suppress
from importlib.util import find_spec
from typing import Any, TypeAlias, TypeVar, cast

from agencygraph import __version__
from agencygraph.errors import MissingExtraError

Function = TypeVar("Function", bound=Callable[..., Any])
# A whole number to Python, a signed 64-bit word to the machine; the types of both come from the call.
Bits: TypeAlias = Any
Pack: TypeAlias = tuple[Any, ...]


def compiled(function: Function, keep: bool = False) -> Function:
    """Compile a function so that it runs without the interpreter lock.

    `keep` keeps the machine code beside the package, with that of all functions that are called. It is for one function alone,
    whose closure must hold the `stamp`: numba looks for changes in that function only, and would run old code of the others.

    Raises
    ------
    MissingExtraError
        Where numba is not installed.
    """
    try:
        import numba
    except ImportError as error:
        raise MissingExtraError.of("the compiled kernel", "numba", "caseload") from error
    if keep:
        # Where neither the folder of the package nor that of the user may be written, it is compiled anew each time.
        with suppress(RuntimeError):
            return cast(Function, numba.njit(function, cache=True, nogil=True))
    return cast(Function, numba.njit(function, nogil=True))


def stamp(*modules: str) -> str:
    """Return a word that changes whenever the text of one of these modules does.

    >>> stamp("agencygraph.batch.slots") == stamp("agencygraph.batch.slots") != stamp("agencygraph.batch.plain")
    True
    """
    found = hashlib.sha256(__version__.encode())
    for name in modules:
        spec = find_spec(name)
        if spec is not None and spec.origin is not None and os.path.isfile(spec.origin):
            with open(spec.origin, "rb") as file:
                found.update(file.read())
    return found.hexdigest()
