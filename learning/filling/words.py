"""Words of invented notes, in the languages of the site. Put together at random they say nothing, and that is meant: nobody should take them for real."""

import random

WORDS = {
    "en": "river bridge neighbour key library quay walk garden story market street listen paint map kitchen workshop school boat choir window",
    "sv": "älv bro granne nyckel bibliotek kaj promenad trädgård berättelse torg gata lyssna måla karta kök verkstad skola båt kör fönster",
    "nl": "rivier brug buur sleutel bibliotheek kade wandeling tuin verhaal markt straat luister teken kaart keuken werkplaats school boot koor raam",
    "de": "Fluss Brücke Nachbarin Schlüssel Bücherei Ufer Weg Garten Geschichte Markt Straße hören malen Karte Küche Werkstatt Schule Boot Chor Fenster",
    "it": "fiume ponte vicina chiave biblioteca molo giro giardino racconto mercato strada ascolto disegno mappa cucina officina scuola barca coro finestra",
    "pl": "rzeka most sąsiad klucz biblioteka brzeg spacer ogród opowieść targ ulica słuchać malować mapa kuchnia warsztat szkoła łódź chór okno",
    "lt": "upė tiltas kaimynas raktas biblioteka krantinė takas sodas pasaka turgus gatvė klausa piešinys žemėlapis virtuvė dirbtuvė mokykla valtis choras langas",
}
WORDS = {language: words.split() for language, words in WORDS.items()}
SYLLABLES = [consonant + vowel for consonant in "bdfgklmnprstv" for vowel in "aeiou"]
IS_COMMON, COMMONEST = 0.3, 2  # most words are rare, and some of the rare ones less so


class Words:
    """Titles and texts, drawn with `rng`: a few words are in many of them, most in few."""

    def __init__(self, rng: random.Random):
        self._rng = rng

    def title(self, language):
        return f"(invented) {self._some(language, self._rng.randint(3, 8))}"

    def text(self, language):
        """One note in four has more words than its things."""
        return f"(invented) {self._some(language, self._rng.randint(15, 60))}" if self._rng.random() < 0.25 else ""

    def _some(self, language, count):
        return " ".join(self._rng.choice(WORDS[language]) if self._rng.random() < IS_COMMON else self._rare() for _ in range(count))

    def _rare(self):
        """A word of no language."""
        return "".join(SYLLABLES[int(len(SYLLABLES) * self._rng.random() ** COMMONEST)] for _ in range(3))
