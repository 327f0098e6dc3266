import django.db.models.deletion
import django.db.models.functions.datetime
import uuid
from django.core.management import call_command
from django.db import migrations, models



def create_cache_table(apps, schema_editor):
    """The table of the `default` cache (sign-in limits): `migrate` alone makes a database whole."""
    call_command("createcachetable", database=schema_editor.connection.alias, verbosity=0)


class Migration(migrations.Migration):
    initial = True
    replaces = [
        ('iimprove', '0001_initial'),
        ('iimprove', '0002_cache_table'),
        ('iimprove', '0003_bounces_and_doubt'),
    ]

    dependencies = [
        ('contenttypes', '0002_remove_content_type_name'),
    ]

    operations = [
        migrations.CreateModel(
            name='Mail',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('message', models.CharField(help_text='Which mail it is: the name of its template and function.', max_length=60)),
                ('to', models.EmailField(max_length=254, verbose_name='recipient')),
                ('language', models.CharField(max_length=8)),
                ('about_type', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, to='contenttypes.contenttype')),
                ('about_id', models.CharField(blank=True, max_length=40)),
                ('facts', models.JSONField(blank=True, default=dict, help_text='Small facts the mail needs and nothing else holds, as the time of a sign-in.')),
                ('state', models.CharField(choices=[('queued', 'Waiting'), ('leased', 'Being sent'), ('sent', 'Sent'), ('failed', 'Failed'), ('cancelled', 'Cancelled')], default='queued', max_length=10)),
                ('attempts', models.PositiveSmallIntegerField(default=0)),
                ('queued_at', models.DateTimeField(auto_now_add=True)),
                ('due_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), help_text='When it was to leave; a later attempt does not move it.')),
                ('next_attempt_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ('begun_at', models.DateTimeField(blank=True, help_text='When an attempt began of which it is not known whether the mail left.', null=True)),
                ('lease_token', models.UUIDField(blank=True, null=True)),
                ('leased_until', models.DateTimeField(blank=True, null=True)),
                ('sent_at', models.DateTimeField(blank=True, null=True)),
                ('provider_id', models.CharField(blank=True, help_text='What the mail provider calls it when it reports a bounce.', max_length=200)),
                ('error', models.CharField(blank=True, max_length=500)),
            ],
            options={
                'verbose_name': 'mail',
                'verbose_name_plural': 'mails',
                'ordering': ['-queued_at', 'pk'],
                'indexes': [models.Index(condition=models.Q(('state__in', ['queued', 'leased'])), fields=['next_attempt_at'], name='mail_waiting'), models.Index(fields=['queued_at'], name='mail_queued'), models.Index(fields=['to'], name='mail_to')],
            },
        ),
        migrations.CreateModel(
            name='Bounce',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('address', models.EmailField(help_text='In small letters.', max_length=254, verbose_name='address')),
                ('at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), verbose_name='when')),
                ('is_permanent', models.BooleanField(verbose_name='stops mail to the address')),
                ('words', models.CharField(blank=True, max_length=500, verbose_name='what was said')),
                ('event_id', models.CharField(help_text='A report that comes twice is kept once.', max_length=200, unique=True)),
                ('lifted_at', models.DateTimeField(blank=True, null=True, verbose_name='tried again from')),
            ],
            options={
                'verbose_name': 'bounced mail',
                'verbose_name_plural': 'bounced mails',
                'ordering': ['-at', 'pk'],
                'indexes': [models.Index(condition=models.Q(('is_permanent', True), ('lifted_at', None)), fields=['address'], name='bounce_standing')],
            },
        ),
        migrations.CreateModel(
            name='Heartbeat',
            fields=[
                ('name', models.CharField(max_length=40, primary_key=True, serialize=False)),
                ('at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
            ],
        ),
        migrations.RunPython(create_cache_table, migrations.RunPython.noop),
    ]
