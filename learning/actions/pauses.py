"""Who has not answered three times is left in peace, and asked once how often they want to be asked. VALUE_MODEL §7, S13."""

from django.db.models import Count, DateTimeField, Exists, F, OuterRef, Q, Subquery, Value
from django.db.models.functions import Coalesce, Greatest

from learning.models import Pause, Prompt
from learning.models.prompt import WAVE_OF
from partners.models import Person

MOST_SILENT = 3
LONG_AGO = Value("1970-01-01T00:00Z", output_field=DateTimeField())


def pause_the_silent(people, now):
    """Of these, the ones who have been silent three times since they last answered, or last said how often to ask them."""
    answered = Prompt.objects.filter(person=OuterRef("pk"), answered_at__isnull=False).order_by("-answered_at").values("answered_at")[:1]
    paused = Pause.objects.filter(person=OuterRef("pk"), ended_at__isnull=False).order_by("-ended_at").values("ended_at")[:1]
    since = Greatest(Coalesce(Subquery(answered), LONG_AGO), Coalesce(Subquery(paused), LONG_AGO))
    silent = Q(prompts__outcome=Prompt.Outcome.SILENT, prompts__form__in=list(WAVE_OF), prompts__closes_at__gt=F("heard_at"))
    rows = Person.objects.filter(pk__in=people).annotate(heard_at=since).annotate(count=Count("prompts", filter=silent))
    Pause.objects.bulk_create([Pause(person=person, since=now) for person in rows.filter(count__gte=MOST_SILENT)], ignore_conflicts=True)


def end_pauses(now):
    """Whoever answers something, without being asked how often, goes on being asked."""
    answered = Prompt.objects.filter(person=OuterRef("person"), answered_at__gt=OuterRef("since"))
    Pause.objects.filter(Exists(answered), ended_at=None).update(ended_at=now)
