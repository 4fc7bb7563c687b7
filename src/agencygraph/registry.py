"""Names for things that the library finds by itself: files of a package, and plug-ins of other packages."""

from __future__ import annotations

import importlib
import pkgutil
from typing import Generic, TypeVar

from agencygraph.errors import AgencyGraphError, InvalidError, UnknownNameError, did_you_mean

Thing = TypeVar("Thing")


class Registry(Generic[Thing]):
    """Things of one kind under their names; a new file in the package, or a plug-in, is found without any list.

    Parameters
    ----------
    what
        What one thing is called in messages: "measure".
    package
        The package whose modules register things as they are imported; empty for none.
    group
        The entry point group under which other packages offer modules or things of this kind; empty for none.

    Examples
    --------
    >>> shapes = Registry[str]("shape")
    >>> shapes.add("round", "circle")
    'circle'
    >>> shapes.get("rund")
    Traceback (most recent call last):
    agencygraph.errors.UnknownNameError: there is no shape 'rund'. Did you mean 'round'?
    """

    def __init__(self, what: str, package: str = "", group: str = "") -> None:
        self.what = what
        self._package = package
        self._group = group
        self._plugins_loaded = False
        self._things: dict[str, Thing] = {}

    def add(self, name: str, thing: Thing) -> Thing:
        """Put a thing under a name and return it; a name that is taken is refused."""
        name = plain(name)
        if not name:
            raise InvalidError(f"a {self.what} needs a name.")
        if name in self._things and self._things[name] != thing:
            raise InvalidError(f"two things claim to be the {self.what} '{name}'; give each its own name.")
        self._things[name] = thing
        return thing

    def remove(self, name: str) -> None:
        """Take a thing away."""
        self._things.pop(plain(name), None)

    def get(self, name: str) -> Thing:
        """Return the thing with a name; capital letters, hyphens and underscores make no difference."""
        found = self._things.get(plain(name))
        if found is None:
            self.load()
            found = self._things.get(plain(name))
        if found is None:
            raise UnknownNameError(f"there is no {self.what} '{name}'.{did_you_mean(plain(name), self._things)}")
        return found

    def names(self) -> tuple[str, ...]:
        """Return every name, in alphabetical order."""
        self.load()
        return tuple(sorted(self._things))

    def all(self) -> tuple[Thing, ...]:
        """Return every thing, in the order in which they were added."""
        self.load()
        return tuple(self._things.values())

    def load(self) -> None:
        """Import what has appeared since the last look: the modules of the package, then the plug-ins."""
        if self._package:
            home = importlib.import_module(self._package)
            for name in sorted(module.name for module in pkgutil.iter_modules(home.__path__)):
                importlib.import_module(f"{self._package}.{name}")
        if self._group and not self._plugins_loaded:
            self._load_plugins()
            self._plugins_loaded = True

    def _load_plugins(self) -> None:
        from importlib.metadata import entry_points

        for point in sorted(entry_points(group=self._group), key=lambda point: (point.name, point.value)):
            try:
                point.load()
            except Exception as error:
                # Whatever a plug-in does wrong, its user must learn which package to mend or to remove.
                raise AgencyGraphError(f"the plug-in '{point.name}' ({point.value}) cannot be loaded: {error}. "
                                       "Mend it or uninstall its package.") from error


def plain(name: str) -> str:
    """Return a name as it is filed: small letters, single spaces.

    >>> plain("Pairs_talking")
    'pairs talking'
    """
    return " ".join(str(name).replace("_", " ").replace("-", " ").lower().split())
