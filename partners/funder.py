"""The funder's fixed sentence: a legal formula, never translated, said once here and shown wherever something is made public."""

SUPPORT = (
    "The European Commission's support for the production of this publication does not constitute an endorsement of the contents, "
    "which reflect the views only of the authors, and the Commission cannot be held responsible for any use which may be made of the "
    "information contained therein."
)
