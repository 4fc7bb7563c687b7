"""Every error that the library raises on purpose, and the help it gives.

AgencyGraphError
|-- InvalidError          a value or a file breaks the rules; holds every Problem at once   (also a ValueError)
|   `-- FileError         the same for a file: it cannot be read, or what it says is wrong
|-- UnknownNameError      a measure, a style, an actor that does not exist                   (also a LookupError)
|-- UndefinedError        a question that has no answer on this case, and why                (also a ValueError)
`-- MissingExtraError     a part that is not installed, and what to install                  (also an ImportError)
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

Step = str | int
Path = tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong: what it is and how to mend it, and where in the record it stands.

    Parameters
    ----------
    message
        What is wrong and how to mend it, as a sentence.
    path
        Where it stands in the record: names of fields, and places in lists.

    Examples
    --------
    >>> Problem("it must be text.", ("label",)).within("actors", "school").path
    ('actors', 'school', 'label')
    """

    message: str
    path: Path = ()

    def within(self, *steps: Step) -> Problem:
        """Return the same problem seen from an enclosing record."""
        return Problem(self.message, (*steps, *self.path))


class AgencyGraphError(Exception):
    """The root of the library's errors: catch this one to catch them all.

    Examples
    --------
    >>> issubclass(FileError, AgencyGraphError)
    True
    """


class InvalidError(AgencyGraphError, ValueError):
    """A value breaks the rules. `problems` holds everything that is wrong with it, not only the first.

    Parameters
    ----------
    problems
        Each a `Problem`; or one sentence.

    Examples
    --------
    >>> from agencygraph import Case
    >>> try:
    ...     Case.of(age=90, actors={"school": "scool"})
    ... except InvalidError as error:
    ...     [problem.path for problem in error.problems]
    [('age',), ('actors', 'school', 'kind')]
    """

    def __init__(self, problems: Sequence[Problem] | str) -> None:
        self.problems: tuple[Problem, ...] = (Problem(problems),) if isinstance(problems, str) else tuple(problems)
        super().__init__(say_all(problem.message for problem in self.problems))


class FileError(InvalidError):
    """A file cannot be read or written, or what it says breaks the rules.

    Examples
    --------
    >>> from agencygraph import read
    >>> try:
    ...     read("case.pdf.yaml")
    ... except FileError as error:
    ...     len(error.problems)
    1
    """


class UnknownNameError(AgencyGraphError, LookupError):
    """A name that nothing in the library or in the case answers to.

    Examples
    --------
    >>> from agencygraph import explain
    >>> try:
    ...     explain("isolat")
    ... except UnknownNameError as error:
    ...     "Did you mean 'isolate'?" in str(error)
    True
    """

    def __str__(self) -> str:
        return str(self.args[0]) if self.args else ""


class UndefinedError(AgencyGraphError, ValueError):
    """A question that has no answer on this case; the message says why.

    Examples
    --------
    >>> from agencygraph import cases, pathways
    >>> try:
    ...     pathways.steps_of(cases.tina())
    ... except UndefinedError as error:
    ...     "chronology" in str(error)
    True
    """


class MissingExtraError(AgencyGraphError, ImportError):
    """A part of the library that is not installed; the message says what to install.

    Examples
    --------
    >>> print(MissingExtraError.of("a .png", "resvg-py", "pack"))
    a .png needs resvg-py, which is not installed: pip install "agencygraph[pack]".
    """

    @classmethod
    def of(cls, what: str, package: str, extra: str, instead: str = "") -> MissingExtraError:
        """Say what needs which package, what to install for it, quoted as every shell takes it, and what does without."""
        return cls(f'{what} needs {package}, which is not installed: pip install "agencygraph[{extra}]". {instead}'.rstrip())


def say_all(messages: Iterable[str]) -> str:
    """Return one message as it is, several as a numbered list under a heading; of very many only the first fifty.

    Parameters
    ----------
    messages
        The messages, in the order in which they should be read.

    Returns
    -------
    str
        One text.

    Examples
    --------
    >>> print(say_all(["the kind is missing.", "the age is no number."]))
    2 things are wrong:
      1. the kind is missing.
      2. the age is no number.
    """
    found = list(messages)
    if len(found) == 1:
        return found[0]
    lines = [f"{len(found)} things are wrong:", *(f"  {n}. {text}" for n, text in enumerate(found[:50], 1))]
    return "\n".join([*lines, f"  ... and {len(found) - 50} more."] if len(found) > 50 else lines)


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """Return the sentence " Did you mean 'school'?" for the nearest known word, or nothing if none is near.

    Parameters
    ----------
    word
        What was written.
    known
        What might have been meant; the first 500 are looked at.

    Returns
    -------
    str
        Begins with a space, to stand behind another sentence.

    Examples
    --------
    >>> did_you_mean("scool", ["home", "school"])
    " Did you mean 'school'?"
    """
    import difflib
    from itertools import islice

    # Nobody mistypes a word of a thousand letters, and a broken file must not keep anybody waiting.
    choices = list(islice(known, 500)) if len(word) <= 100 else []
    lowered = {choice.lower(): choice for choice in reversed(choices)}
    near = difflib.get_close_matches(word.lower(), list(lowered), n=1, cutoff=0.6)
    return f" Did you mean '{lowered[near[0]]}'?" if near else ""
