from django.apps import AppConfig


class KernelConfig(AppConfig):
    name = "iimprove"
    verbose_name = "I_Improve"

    def ready(self):
        from iimprove import checks, emails  # noqa: F401  (checks the database before migrating; registers its message with the outbox)
        from iimprove.mail import events  # noqa: F401  (hears of bounces)
