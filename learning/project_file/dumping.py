"""How a project file looks as YAML: for people to read, and to compare line by line."""

import datetime
import re

import yaml

SHORT = 24  # characters; a list of such words stands in one line
NOT_AS_BLOCK = re.compile("[\r\x85\u2028\u2029\ufeff]")  # YAML would read these line ends back as others


class Dumper(yaml.SafeDumper):
    """Long texts as blocks, short lists in one line, longer ones set in below their key, no aliases."""

    def ignore_aliases(self, data):
        return True

    def increase_indent(self, flow=False, indentless=False):
        return super().increase_indent(flow, indentless=False)


def _text(dumper, value):
    style = '"' if NOT_AS_BLOCK.search(value) else "|" if "\n" in value else None
    return dumper.represent_scalar("tag:yaml.org,2002:str", value, style=style)


def _list(dumper, value):
    is_short = all(isinstance(item, datetime.date) or (isinstance(item, str) and len(item) <= SHORT) for item in value)
    return dumper.represent_sequence("tag:yaml.org,2002:seq", value, flow_style=is_short)


Dumper.add_representer(str, _text)
Dumper.add_representer(list, _list)
