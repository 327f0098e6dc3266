from django.apps import AppConfig


class KernelConfig(AppConfig):
    name = "iimprove"
    verbose_name = "I_Improve"
