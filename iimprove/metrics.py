"""Figures about the running site for Prometheus, read from the database at each asking. METRICS_TOKEN opens them, nothing else does."""

from datetime import timedelta

from django.contrib.auth.decorators import login_not_required
from django.db.models import Count
from django.http import Http404, HttpResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, generate_latest
from prometheus_client.core import GaugeMetricFamily

from iimprove import health
from iimprove.models import Bounce, Heartbeat, Mail

_gauges = []


def gauge(name, words, *labels):
    """Register the decorated function as what the figure `name` is: {values of the labels: value}."""

    def register(function):
        _gauges.append((name, words, labels, function))
        return function

    return register


@gauge("iimprove_mails_waiting", "Mails in the outbox that have not ended.", "state")
def mails_waiting():
    counts = dict(Mail.objects.waiting().order_by().values_list("state").annotate(Count("pk")))
    return {(state.value,): counts.get(state, 0) for state in (Mail.State.QUEUED, Mail.State.LEASED)}


@gauge("iimprove_mails_last_day", "What has become of the mails written within the last 24 hours.", "message", "state")
def mails_last_day():
    written = Mail.objects.filter(queued_at__gt=timezone.now() - timedelta(days=1)).order_by()
    return {(message, state): count for message, state, count in written.values_list("message", "state").annotate(Count("pk"))}


@gauge("iimprove_mail_oldest_due_seconds", "For how long the mail that has waited longest should have left.")
def oldest_due():
    return {(): health.oldest_due_seconds()}


@gauge("iimprove_addresses_stopped", "Addresses that get no mail, because mail to them came back.")
def addresses_stopped():
    return {(): Bounce.objects.standing().values("address").distinct().count()}


@gauge("iimprove_heartbeat_age_seconds", "For how long a periodic job has not run.", "job")
def heartbeats():
    now = timezone.now()
    return {(name,): (now - at).total_seconds() for name, at in Heartbeat.objects.values_list("name", "at")}


class Collector:
    def collect(self):
        for name, words, labels, function in _gauges:
            family = GaugeMetricFamily(name, words, labels=labels)
            for values, value in function().items():
                family.add_metric(values, value)
            yield family


@never_cache
@login_not_required
@require_safe
def metrics(request):
    if not health.gives_token(request):
        raise Http404
    registry = CollectorRegistry()
    registry.register(Collector())
    return HttpResponse(generate_latest(registry), content_type=CONTENT_TYPE_LATEST)
