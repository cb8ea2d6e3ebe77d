"""``python -m app.turtle``: JSON-LD in, Turtle out, in a process of its own.

rdflib takes 30 MB and half a second; the service needs it once a build, so it never loads it.
"""

import sys
from typing import Any

import orjson
from rdflib import Graph
from rdflib.compare import to_canonical_graph


def turtle(dokument: dict[str, Any]) -> bytes:
    """Return the triples of a JSON-LD document as Turtle; its prefixes are those of the context."""
    gelesen = Graph(bind_namespaces="none")
    gelesen.parse(data=orjson.dumps(dokument), format="json-ld")
    graph = Graph(bind_namespaces="none")
    for praefix, uri in dokument["@context"].items():
        graph.bind(praefix, uri)
    # nameless nodes get names made of what they hold: equal data, equal bytes
    for tripel in to_canonical_graph(gelesen):
        graph.add(tripel)
    return graph.serialize(format="turtle", encoding="utf-8")


def main() -> None:
    """Read a document from standard input, write Turtle to standard output."""
    sys.stdout.buffer.write(turtle(orjson.loads(sys.stdin.buffer.read())))


if __name__ == "__main__":
    main()
