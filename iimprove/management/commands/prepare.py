from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.core.management import call_command, get_commands
from django.core.management.base import BaseCommand, CommandError
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from iimprove import assets
from iimprove.checks import TOO_OLD, is_half_taken


class Command(BaseCommand):
    requires_system_checks = ()  # they take longer than all the rest when there is nothing to do
    help = "Local mode only: bring the database up to date, fill an empty one with the demo, collect the static files."

    def handle(self, **options):
        if not settings.LOCAL:
            raise CommandError("prepare is for local mode; an installation uses migrate and start_installation (docs/operations.md).")
        executor = MigrationExecutor(connection)
        self.refuse_what_cannot_be_brought_up_to_date(executor.loader)
        if executor.migration_plan(executor.loader.graph.leaf_nodes()):
            self.stdout.write("Updating the database ...")
            call_command("migrate", interactive=False, verbosity=0)
        self.import_the_demo()
        assets.collect_if_changed()

    def refuse_what_cannot_be_brought_up_to_date(self, loader):
        if is_half_taken(loader):
            raise CommandError(TOO_OLD)
        on_disk, applied = loader.disk_migrations, loader.applied_migrations
        known = {*on_disk, *(earlier for migration in on_disk.values() for earlier in migration.replaces)}
        if unknown := sorted(f"{app}.{name}" for app, name in applied.keys() - known if apps.is_installed(app)):
            raise CommandError(
                f"The database was last used by a newer version of I_Improve, which this one does not know (its {unknown[0]}); "
                "update I_Improve, or start with another data folder: make run VAR=var-2"
            )

    def import_the_demo(self):
        demo = Path(settings.BASE_DIR) / "demo" / "iimprove.yaml"
        if "import_project" not in get_commands() or not demo.exists() or apps.get_model("partners", "Project").objects.exists():
            return
        self.stdout.write("Filling the empty database with the demo ...")
        call_command("import_project", str(demo), verbosity=0)
        if "sample_visit" in get_commands():
            call_command("sample_visit")
