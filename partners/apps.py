from django.apps import AppConfig


class PartnersConfig(AppConfig):
    name = "partners"

    def ready(self):
        from partners import emails  # noqa: F401  (registers its messages with the outbox)
        from partners.accounts import changes  # noqa: F401  (hears of changed addresses)
