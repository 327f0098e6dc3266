from django import forms


class DayInput(forms.DateInput):
    """A date picker of the browser's own; the value is written as browsers read it, in every language."""

    input_type = "date"

    def __init__(self, attrs=None):
        super().__init__(attrs, format="%Y-%m-%d")
