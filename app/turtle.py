"""``python -m app.turtle``: JSON-LD in, Turtle out, in a process of its own.

rdflib takes 30 MB and half a second; the service needs it once a build, so it never loads it.
"""

import sys
from typing import Any

import orjson
from rdflib import Graph


def turtle(dokument: dict[str, Any]) -> bytes:
    """Return the triples of a JSON-LD document as Turtle; its prefixes are those of the context."""
    graph = Graph(bind_namespaces="none")
    for praefix, uri in dokument["@context"].items():
        graph.bind(praefix, uri)
    graph.parse(data=orjson.dumps(dokument), format="json-ld")
    return graph.serialize(format="turtle", encoding="utf-8")


def main() -> None:
    """Read a document from standard input, write Turtle to standard output."""
    sys.stdout.buffer.write(turtle(orjson.loads(sys.stdin.buffer.read())))


if __name__ == "__main__":
    main()
