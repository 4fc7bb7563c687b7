"""Graph files for Gephi, yEd, R and others: GraphML holds the whole graph of a case, GEXF its actors, ties and team names."""

from __future__ import annotations

import io
import re
from typing import Any

from agencygraph.errors import FileError, InvalidError, Problem
from agencygraph.files import Where
from agencygraph.formats.source import Source, open_source
from agencygraph.graph import from_networkx, to_networkx
from agencygraph.model import Case

_META = re.compile(r"<meta\b.*?</meta>", re.DOTALL)


def graph_bytes(case: Case, suffix: str, names: bool = False) -> bytes:
    """Return a case as the bytes of a ``.graphml`` or ``.gexf`` file.

    Examples
    --------
    >>> case = Case.of(actors={"tina": "child", "mother": "parent"}, ties=["tina <=> mother"])
    >>> graph_bytes(case, ".graphml").count(b"<edge ")
    2
    """
    from networkx.readwrite.gexf import GEXFWriter
    from networkx.readwrite.graphml import GraphMLWriter

    graph = to_networkx(case, names)
    if suffix == ".graphml":
        return ('<?xml version="1.0" encoding="utf-8"?>\n' + str(GraphMLWriter(graph)) + "\n").encode()
    # The writer puts the day and its own version into the file; the same case must give the same bytes.
    text = _META.sub("<meta><creator>agencygraph</creator></meta>", str(GEXFWriter(graph)), count=1)
    return ('<?xml version="1.0" encoding="utf-8"?>\n' + text + "\n").encode()


def read_graph_file(path: Where) -> Case:
    """Return the case that a ``.graphml`` or ``.gexf`` file describes.

    Raises
    ------
    FileError
        Where the file is no such file, or its graph breaks the rules of a case.
    """
    source = open_source(path)
    graph = _parse(source)
    try:
        return from_networkx(graph)
    except InvalidError as error:
        raise FileError([Problem(f"{source.shown}: {problem.message}", problem.path) for problem in error.problems]) from None


def _parse(source: Source) -> Any:
    """Return the graph of a file. A file that declares entities is refused, as these can unfold without end."""
    import networkx as nx

    declared = re.search(r"<!(?:DOCTYPE|ENTITY)", source.text, re.IGNORECASE)
    if declared is not None:
        line = source.text.count("\n", 0, declared.start()) + 1
        raise FileError(f"{source.shown} line {line}: a graph file with a DOCTYPE or an ENTITY is not read. Remove it.")
    try:
        if source.shown.lower().endswith(".graphml"):
            return nx.read_graphml(io.BytesIO(source.text.encode()), node_type=str)
        return nx.read_gexf(io.BytesIO(source.text.encode()), node_type=str)
    except SyntaxError as error:
        line = getattr(error, "position", (1, 0))[0]
        raise FileError(f"{source.shown} line {line}: this is not well-formed XML. Save the file anew from the program that made "
                        "it.") from None
    except (nx.NetworkXException, LookupError, ValueError, TypeError, AttributeError) as error:
        raise FileError(f"{source.shown}: this graph cannot be read: {error}. Save it anew as GraphML.") from None
