"""What the plan stands on, read from the tables in a number of queries that does not depend on how many people there are."""

from learning.facts.existing import read_existing
from learning.facts.experiences import Facts, read_facts
from learning.facts.news import last_month, read_news, taken_in
from learning.facts.recipients import read_recipients
from learning.facts.upcoming import read_upcoming

__all__ = ["Facts", "last_month", "read_existing", "read_facts", "read_news", "read_recipients", "read_upcoming", "taken_in"]
