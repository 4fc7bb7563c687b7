"""Compiling: turn a plain function on arrays of numbers into machine code, once, kept for the next time."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeAlias, TypeVar, cast

from agencygraph.errors import MissingExtraError

Function = TypeVar("Function", bound=Callable[..., Any])
# A whole number to Python, a signed 64-bit word to the machine; the types of both come from the call.
Bits: TypeAlias = Any
Pack: TypeAlias = tuple[Any, ...]


def compiled(function: Function) -> Function:
    """Compile a function so that it runs without the interpreter lock; the machine code is kept beside the package.

    Raises
    ------
    MissingExtraError
        Where numba is not installed.
    """
    try:
        import numba
    except ImportError as error:
        raise MissingExtraError("the compiled kernel needs numba: pip install 'agencygraph[caseload]'.") from error
    try:
        return cast(Function, numba.njit(function, cache=True, nogil=True))
    except RuntimeError:
        # Neither the folder of the package nor that of the user may be written: compile anew each time.
        return cast(Function, numba.njit(function, nogil=True))
