from django.apps import AppConfig


class LearningConfig(AppConfig):
    name = "learning"

    def ready(self):
        from learning import emails, metrics  # noqa: F401  (register their messages with the outbox, their figures for operators)
