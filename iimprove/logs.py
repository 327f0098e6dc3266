"""Log lines without what opens something: the tokens of links that work without a password (RELIABILITY S11)."""

import logging
import re

OPENS = re.compile(r"(/(?:answer|pause|unsubscribe|invitation)/)[^/\s?\"']+")


class WithoutTokens(logging.Formatter):
    """The line as it is, but for the tokens in addresses; also in tracebacks."""

    def format(self, record):
        return OPENS.sub(r"\1…", super().format(record))
