"""Catalogues are whole: each text translated, with the same placeholders and all its plural forms."""

import re
from pathlib import Path

import pytest
from babel.messages.pofile import read_po
from django.conf import settings

CATALOGUES = sorted((Path(settings.BASE_DIR) / "locale").glob("*/LC_MESSAGES/django.po"))
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd]|{\w*}")
TAG = re.compile(r"</?\w+")


def messages(path):
    with path.open("rb") as file:
        return [message for message in read_po(file, domain="django") if message.id]


def forms(text):
    return text if isinstance(text, tuple | list) else (text,)


def test_every_language_but_english_has_a_catalogue():
    assert [path.parts[-3] for path in CATALOGUES] == sorted(code for code, _name in settings.LANGUAGES if code != "en")


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: path.parts[-3])
def test_nothing_is_left_untranslated(path):
    assert [message.id for message in messages(path) if message.fuzzy or not all(forms(message.string))] == []


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: path.parts[-3])
def test_placeholders_and_tags_are_kept(path):
    wrong = []
    for message in messages(path):
        known = set(PLACEHOLDER.findall("".join(forms(message.id))))
        needed = set(PLACEHOLDER.findall(forms(message.id)[-1])) & set(PLACEHOLDER.findall(forms(message.id)[0]))
        for form in filter(None, forms(message.string)):
            found = set(PLACEHOLDER.findall(form))
            if not needed <= found <= known or sorted(TAG.findall(form)) != sorted(TAG.findall(forms(message.id)[-1])):
                wrong.append((message.id, form))
    assert wrong == []
