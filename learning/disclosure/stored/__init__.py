"""Rows as they are stored, for the measures. What may be counted is not decided here."""

from learning.disclosure.stored.scopes import stored, stored_cards, stored_cards_in_parts, stored_memory, stored_open, stored_said, stored_windows

__all__ = ["stored", "stored_cards", "stored_cards_in_parts", "stored_memory", "stored_open", "stored_said", "stored_windows"]
