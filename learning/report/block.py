"""One heading of the report, with all that is said under it."""

from dataclasses import dataclass, field

from django.utils.translation import ngettext


@dataclass(frozen=True)
class Quote:
    """Words to be told outside: let out by their author and checked, signed as the public reads it; or an organisation's own, signed by it."""

    words: str
    by: str
    language: str


@dataclass(frozen=True)
class Block:
    """One heading: facts in lines, figures in words, quotes, and what nobody has said yet (words, address of the form or None)."""

    key: str
    heading: str
    facts: tuple[str, ...] = ()
    figures: tuple = ()
    quotes: tuple[Quote, ...] = ()
    missing: tuple[tuple[str, str | None], ...] = ()
    text: str = field(init=False, default="")

    def __post_init__(self):
        object.__setattr__(self, "text", _text(self))

    @property
    def is_empty(self):
        return not (self.text or self.figures or self.missing)


def _text(block):
    """Plain paragraphs to paste: facts, then figures that say something with of whom they speak, then quotes."""
    said = [f"{told.sentence} ({told.ground})" if told.ground else told.sentence for told in block.figures if not told.hidden]
    quotes = [f"“{quote.words}” ({quote.by})" for quote in block.quotes]
    return "\n\n".join("\n".join(part) for part in (block.facts, said, quotes) if part)


def length(text):
    return ngettext("%(count)s character", "%(count)s characters", len(text)) % {"count": len(text)}
