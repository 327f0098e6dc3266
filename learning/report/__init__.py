"""The report desk: what the programme asks in its final report, answered from what is kept. VALUE_MODEL §8.

`blocks` gathers once; the page, the spreadsheet and the PDF show the same blocks.
"""

from learning.report.block import Block, Quote, length
from learning.report.blocks import blocks

__all__ = ["Block", "Quote", "blocks", "length"]
