"""The addresses of pages: made in one place, under the prefix that a proxy may have put before all of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import quote, quote_plus

from archive import values

#: A page says the same addresses again and again: its own in every link that leads back, units, fields.
_quoted = lru_cache(maxsize=4_096)(quote)
typed = lru_cache(maxsize=4_096)(quote_plus)


@dataclass(frozen=True, slots=True)
class Links:
    """Addresses under a prefix ("" or "/kehoach")."""

    prefix: str = ""

    def to(self, path: str, query: Mapping[str, object] | None = None, **more: object) -> str:
        """A path of ours ("/duties"); what is asked for without a value is left out."""
        if not query and not more:
            return f"{self.prefix}{_quoted(path)}"
        wanted = {**(query or {}), **more}.items()
        asked = "&".join(f"{typed(name)}={typed(str(value))}" for name, value in wanted if value not in (None, "", False))
        return f"{self.prefix}{_quoted(path)}{'?' if asked else ''}{asked}"

    def document(self, number: int, at: int | None = None, **query: object) -> str:
        """The page of a plan, at the passage of its text that begins at an offset."""
        return self.to(f"/documents/{number}", query) + ("" if at is None else f"#o{at}")

    def mention(self, hit: values.CitationHit) -> str:
        """The page of a plan, at a citation."""
        return f"{self.document(hit.document.id)}#m{hit.span[0]}"

    def cited(self, cited: values.CitedDocument | str) -> str:
        """The page of a cited document, by its key, or by what may be typed for it."""
        key = cited if isinstance(cited, str) else cited.key
        # A key with "?" stands for mentions that do not tell the document: they are asked for by what they print.
        if key.startswith("?") and not isinstance(cited, str):
            key = cited.symbol or cited.title or key[1:]
        return self.to(f"/cited/{key}")

    def node(self, node: values.GraphNode) -> str:
        """The page of a document of the graph: of the plan, else of the cited document."""
        return self.to(f"/cited/{node.id.removeprefix('cited:')}") if node.document_id is None else self.document(node.document_id)

    def unit(self, key: str) -> str:
        """The page of a unit."""
        return self.to(f"/units/{key}")

    def asset(self, name: str) -> str:
        """A file that pages load."""
        return self.to(f"/assets/{name}")
