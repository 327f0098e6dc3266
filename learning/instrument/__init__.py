"""What people are asked, declared once: DESIGN §6, VALUE_MODEL §3."""

from learning.instrument.declared import FORMS
from learning.instrument.description import describe
from learning.instrument.grammar import Form, Question, Type, When
from learning.instrument.minutes import minutes

__all__ = ["FORMS", "Form", "Question", "Type", "When", "describe", "minutes"]
