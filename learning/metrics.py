from django.db.models import Count

from iimprove.metrics import gauge
from learning.models import Prompt


@gauge("iimprove_prompts_open", "Questions that are open, by form.", "form")
def prompts_open():
    counts = dict(Prompt.objects.open().filter(outcome="").order_by().values_list("form").annotate(Count("pk")))
    return {(form.value,): counts.get(form, 0) for form in Prompt.Form}
