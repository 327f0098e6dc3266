import django.contrib.postgres.fields
import django.db.models.deletion
import django.utils.timezone
import django_countries.fields
import partners.models.fields
import uuid
from django.conf import settings
from django.db import migrations, models


APPEND_ONLY = (
    """
    CREATE FUNCTION changemakers_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
    END $$;
    CREATE TRIGGER append_only BEFORE UPDATE OF practice_id, partner_id, stage, "on", note, recorded_at ON changemakers_practicestage
        FOR EACH ROW EXECUTE FUNCTION changemakers_append_only();
    """,
    "DROP TRIGGER append_only ON changemakers_practicestage; DROP FUNCTION changemakers_append_only;",
)


class Migration(migrations.Migration):
    initial = True
    replaces = [
        ('changemakers', '0001_initial'),
        ('changemakers', '0002_practice_stage'),
    ]

    dependencies = [
        ('partners', '0001_squashed_0006_name_new_events'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Changemaker',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('published_at', models.DateTimeField(blank=True, null=True)),
                ('published_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('slug', models.SlugField(max_length=60, unique=True, verbose_name='short address')),
                ('name', models.CharField(max_length=160, verbose_name='name')),
                ('name_note', models.CharField(blank=True, max_length=300, verbose_name='about the name')),
                ('kind', models.CharField(choices=[('person', 'Person'), ('organisation', 'Organisation')], max_length=12, verbose_name='kind')),
                ('what', models.CharField(blank=True, help_text='In a few words: visual artist, game design studio.', max_length=200, verbose_name='who they are')),
                ('place', models.CharField(blank=True, max_length=120, verbose_name='place')),
                ('country', django_countries.fields.CountryField(blank=True, max_length=2, verbose_name='country')),
                ('website', models.URLField(blank=True, verbose_name='website')),
                ('about', partners.models.fields.LongText(blank=True, max_length=20000, verbose_name='about')),
                ('credit', models.CharField(blank=True, help_text='How they want to be named where the practice is used.', max_length=300, verbose_name='credit')),
                ('sources', models.JSONField(blank=True, default=list, verbose_name='sources')),
                ('created_at', models.DateTimeField(auto_now_add=True)),
            ],
            options={
                'verbose_name': 'changemaker',
                'verbose_name_plural': 'changemakers',
                'ordering': ['name', 'pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(('published_by__isnull', True), ('published_at__isnull', False), _connector='OR'), name='changemaker_published_at_and_by')],
            },
        ),
        migrations.CreateModel(
            name='Choice',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('project', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='choices', to='partners.project')),
                ('partner', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='choices', to='partners.partner')),
                ('changemaker', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='choices', to='changemakers.changemaker')),
                ('state', models.CharField(choices=[('candidate', 'Candidate'), ('chosen', 'Chosen'), ('ended', 'Ended')], default='candidate', max_length=10, verbose_name='state')),
                ('reasons', partners.models.fields.LongText(blank=True, help_text='Why this candidate; why chosen, or not.', max_length=20000, verbose_name='reasons')),
                ('basis', models.CharField(blank=True, help_text='Stated somewhere, or concluded: from what?', max_length=500, verbose_name='how we know')),
                ('change', partners.models.fields.LongText(blank=True, max_length=20000, verbose_name='evidence for change')),
                ('innovation', partners.models.fields.LongText(blank=True, max_length=20000, verbose_name='evidence for innovation')),
                ('community', partners.models.fields.LongText(blank=True, max_length=20000, verbose_name='evidence for community')),
                ('chosen_on', models.DateField(blank=True, null=True, verbose_name='chosen on')),
                ('ended_on', models.DateField(blank=True, null=True, verbose_name='ended on')),
                ('ended_reason', partners.models.fields.LongText(blank=True, max_length=20000, verbose_name='why it ended')),
            ],
            options={
                'verbose_name': 'choice',
                'verbose_name_plural': 'choices',
                'ordering': ['partner__short_name', 'state', 'changemaker__name'],
                'constraints': [models.UniqueConstraint(fields=('project', 'partner', 'changemaker'), name='one_choice_per_changemaker'), models.UniqueConstraint(condition=models.Q(('state', 'chosen')), fields=('project', 'partner'), name='one_chosen_changemaker', violation_error_message='A changemaker is chosen already: end that work first.'), models.CheckConstraint(condition=models.Q(('chosen_on__isnull', True), ('ended_on__isnull', True), ('ended_on__gte', models.F('chosen_on')), _connector='OR'), name='choice_in_order', violation_error_message='The end is before the start.')],
            },
        ),
        migrations.CreateModel(
            name='Practice',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('changemaker', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='practices', to='changemakers.changemaker')),
                ('slug', models.SlugField(max_length=60)),
                ('name', models.CharField(max_length=200, verbose_name='name')),
                ('summary', partners.models.fields.LongText(blank=True, max_length=20000, verbose_name='in short')),
                ('steps', django.contrib.postgres.fields.ArrayField(base_field=models.TextField(max_length=1000), blank=True, default=list, size=None, verbose_name='steps')),
                ('must_not_be_lost', partners.models.fields.LongText(blank=True, max_length=20000, verbose_name='what must not be lost')),
                ('language', models.CharField(choices=[('en', 'English'), ('sv', 'Swedish'), ('nl', 'Dutch'), ('de', 'German'), ('it', 'Italian'), ('pl', 'Polish'), ('lt', 'Lithuanian')], default='en', max_length=8, verbose_name='language')),
                ('sources', models.JSONField(blank=True, default=list, verbose_name='sources')),
            ],
            options={
                'verbose_name': 'practice',
                'verbose_name_plural': 'practices',
                'ordering': ['name', 'pk'],
                'constraints': [models.UniqueConstraint(fields=('changemaker', 'slug'), name='one_practice_per_slug')],
            },
        ),
        migrations.CreateModel(
            name='PracticeStage',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('practice', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='stages', to='changemakers.practice', verbose_name='practice')),
                ('partner', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='practice_stages', to='partners.partner', verbose_name='organisation')),
                ('stage', models.CharField(choices=[('heard', 'Heard of it'), ('saw', 'Saw it'), ('tried', 'Tried it'), ('adapted', 'Adapted it'), ('routine', 'Routine by now'), ('stopped', 'Stopped')], max_length=8, verbose_name='stage')),
                ('on', models.DateField(blank=True, help_text='Leave it empty where the day is not known.', null=True, verbose_name='since when')),
                ('note', partners.models.fields.LongText(blank=True, help_text='Where, with whom, what was different, what came of it.', max_length=2000, verbose_name='note')),
                ('language', models.CharField(choices=[('en', 'English'), ('sv', 'Swedish'), ('nl', 'Dutch'), ('de', 'German'), ('it', 'Italian'), ('pl', 'Polish'), ('lt', 'Lithuanian')], default='en', max_length=8, verbose_name='language')),
                ('recorded_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('by', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('taken_back_at', models.DateTimeField(blank=True, editable=False, null=True)),
            ],
            options={
                'verbose_name': 'stage of a practice',
                'verbose_name_plural': 'stages of practices',
                'ordering': ['recorded_at', 'pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(('stage__in', ['heard', 'saw', 'tried', 'adapted', 'routine', 'stopped'])), name='practice_stage_known')],
            },
        ),
        migrations.RunSQL(*APPEND_ONLY),
    ]
