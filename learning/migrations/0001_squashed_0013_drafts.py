import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.contrib.postgres.search
import django.db.models.deletion
import django.db.models.lookups
import django.utils.timezone
import iimprove.clock
import learning.models.prompt
import learning.models.release
import learning.models.search
import partners.models.fields
import uuid
from django.conf import settings
from django.db import migrations, models

from learning.migrations._marks import MARK, marked
from learning.migrations._rules import ACTIVITY_OF_PROJECT, FOLLOW_UP_LEVEL, TAKEAWAY_LEVEL, append_only


# Words as they are, in any language, without accents: unaccent() itself may not stand in a generated column.
MAKE_SEARCH = """
CREATE TEXT SEARCH CONFIGURATION simple_unaccent (COPY = simple);
ALTER TEXT SEARCH CONFIGURATION simple_unaccent ALTER MAPPING FOR hword, hword_part, word WITH unaccent, simple;
"""


class Migration(migrations.Migration):
    initial = True
    replaces = [
        ('learning', '0001_initial'),
        ('learning', '0002_keep_across_tables'),
        ('learning', '0003_index_what_is_read'),
        ('learning', '0004_asking_again'),
        ('learning', '0005_releases'),
        ('learning', '0006_report_pack'),
        ('learning', '0007_look_at_one_follow_up'),
        ('learning', '0008_public_figure'),
        ('learning', '0009_unsubscription'),
        ('learning', '0010_check_in'),
        ('learning', '0011_search_what_is_public'),
        ('learning', '0012_mark_changes'),
        ('learning', '0013_drafts'),
    ]

    dependencies = [
        ('iimprove', '0001_squashed_0003_bounces_and_doubt'),
        ('changemakers', '0001_squashed_0002_practice_stage'),
        ('partners', '0001_squashed_0006_name_new_events'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RunSQL(MAKE_SEARCH, "DROP TEXT SEARCH CONFIGURATION simple_unaccent"),
        migrations.CreateModel(
            name='QuestionSettings',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('project', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='question_settings', to='partners.project')),
                ('values', models.JSONField(blank=True, default=dict, help_text="By group and name, only what differs: {'waves': {'m3': 60}}.")),
                ('sender', models.ForeignKey(blank=True, help_text="The name people see in front of the site's address: somebody they know.", null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='in whose name')),
                ('greeting', models.CharField(blank=True, help_text='A sentence of your own, above the questions in each mail.', max_length=300, verbose_name='greeting')),
                ('changed_at', models.DateTimeField(auto_now=True)),
                ('changed_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'settings of questions',
                'verbose_name_plural': 'settings of questions',
            },
        ),
        migrations.CreateModel(
            name='Nudge',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('project', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='nudges', to='partners.project')),
                ('activity', models.ForeignKey(blank=True, help_text='Or all of the project.', null=True, on_delete=django.db.models.deletion.CASCADE, related_name='nudges', to='partners.activity')),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('at', models.DateTimeField(auto_now_add=True)),
            ],
            options={
                'verbose_name': 'reminder by hand',
                'verbose_name_plural': 'reminders by hand',
                'ordering': ['-at', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='ChangeMark',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('project', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='partners.project')),
                ('mark', models.BigIntegerField(help_text='From a sequence: none comes twice.')),
            ],
            options={
                'verbose_name': 'mark of a change',
                'verbose_name_plural': 'marks of changes',
            },
        ),
        migrations.CreateModel(
            name='NoticeAcceptance',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='notice_acceptances', to=settings.AUTH_USER_MODEL)),
                ('version', models.CharField(max_length=20)),
                ('partner', models.ForeignKey(blank=True, help_text='The organisation that was named in it.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partners.partner')),
                ('accepted_at', models.DateTimeField(auto_now_add=True)),
            ],
            options={
                'verbose_name': 'notice read',
                'verbose_name_plural': 'notices read',
                'ordering': ['accepted_at', 'pk'],
                'constraints': [models.UniqueConstraint(fields=('person', 'version'), name='one_acceptance_per_version')],
            },
        ),
        migrations.CreateModel(
            name='LeftOut',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='left_out', to=settings.AUTH_USER_MODEL)),
                ('project', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='left_out', to='partners.project')),
                ('since', models.DateTimeField(auto_now_add=True)),
            ],
            options={
                'verbose_name': 'left out of figures',
                'verbose_name_plural': 'left out of figures',
                'constraints': [models.UniqueConstraint(fields=('person', 'project'), name='left_out_once')],
            },
        ),
        migrations.CreateModel(
            name='Pause',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='pauses', to=settings.AUTH_USER_MODEL)),
                ('since', models.DateTimeField(default=django.utils.timezone.now)),
                ('mail', models.ForeignKey(blank=True, help_text='The one that asked.', null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='iimprove.mail')),
                ('nonce', models.CharField(default=learning.models.prompt.new_nonce, editable=False, max_length=20)),
                ('said', models.CharField(blank=True, choices=[('', 'Nothing yet'), ('more', 'Go on asking me'), ('less', 'Ask me less'), ('stop', 'Stop')], default='', max_length=4)),
                ('ended_at', models.DateTimeField(blank=True, null=True)),
            ],
            options={
                'verbose_name': 'pause',
                'verbose_name_plural': 'pauses',
                'ordering': ['-since', 'pk'],
                'constraints': [models.UniqueConstraint(condition=models.Q(('ended_at', None)), fields=('person',), name='one_pause_at_a_time')],
            },
        ),
        migrations.CreateModel(
            name='Release',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('project', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='releases', to='partners.project')),
                ('at', models.DateTimeField()),
                ('figures', models.JSONField()),
                ('batches', models.JSONField(help_text='Hidden people who were let in, and what they add: only the next release may know.')),
                ('windows', models.JSONField(help_text='Which waves of which activities had closed.')),
            ],
            options={
                'verbose_name': 'release of figures',
                'verbose_name_plural': 'releases of figures',
                'ordering': ['at', 'pk'],
                'constraints': [models.UniqueConstraint(fields=('project', 'at'), name='one_release_at_a_time')],
            },
        ),
        migrations.CreateModel(
            name='PublicFigure',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('project', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='public_figures', to='partners.project')),
                ('name', models.CharField(help_text='As learning/figures names it.', max_length=20)),
                ('published_at', models.DateTimeField(auto_now_add=True)),
                ('published_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'public figure',
                'verbose_name_plural': 'public figures',
                'ordering': ['project', 'name'],
                'constraints': [models.UniqueConstraint(fields=('project', 'name'), name='one_public_figure_of_a_name')],
            },
        ),
        migrations.CreateModel(
            name='CoverSecret',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('value', models.BinaryField(default=learning.models.release.new_secret)),
            ],
            options={
                'verbose_name': 'secret of the figures',
                'verbose_name_plural': 'secrets of the figures',
                'constraints': [models.CheckConstraint(condition=models.Q(('pk', 1)), name='one_cover_secret')],
            },
        ),
        migrations.CreateModel(
            name='ReportPack',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('project', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='report_packs', to='partners.project')),
                ('kind', models.CharField(choices=[('xlsx', 'Spreadsheet (XLSX)'), ('pdf', 'Document (PDF)')], max_length=4)),
                ('period', models.CharField(blank=True, help_text='As learning/periods.py names it.', max_length=4)),
                ('language', models.CharField(choices=[('en', 'English'), ('sv', 'Swedish'), ('nl', 'Dutch'), ('de', 'German'), ('it', 'Italian'), ('pl', 'Polish'), ('lt', 'Lithuanian')], max_length=8)),
                ('asked_by', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='report_packs', to=settings.AUTH_USER_MODEL)),
                ('asked_at', models.DateTimeField(auto_now_add=True)),
                ('leased_until', models.DateTimeField(blank=True, null=True)),
                ('attempts', models.PositiveSmallIntegerField(default=0)),
                ('done', models.PositiveSmallIntegerField(default=0, help_text='How far it is, in percent.')),
                ('file', models.BinaryField(blank=True, null=True)),
                ('made_at', models.DateTimeField(blank=True, null=True)),
            ],
            options={
                'verbose_name': 'report as a file',
                'verbose_name_plural': 'reports as files',
                'ordering': ['-asked_at', 'pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(('kind__in', ['xlsx', 'pdf'])), name='report_pack_kind_known'), models.CheckConstraint(condition=models.Q(('made_at', None), ('file__isnull', False), _connector='OR'), name='report_pack_made_has_a_file'), models.UniqueConstraint(models.F('project'), models.F('kind'), models.F('period'), models.F('language'), models.F('asked_by'), condition=models.Q(('made_at', None)), name='one_report_pack_being_made')],
            },
        ),
        migrations.CreateModel(
            name='Unsubscription',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='unsubscriptions', to=settings.AUTH_USER_MODEL)),
                ('kind', models.CharField(choices=[('news', 'Once a month: what others took from my organisation'), ('replies', 'When somebody answers me'), ('attendance', 'Who goes, and who was there (for admins and coordinators)')], max_length=10)),
                ('since', models.DateTimeField(default=django.utils.timezone.now)),
            ],
            options={
                'verbose_name': 'unsubscription',
                'verbose_name_plural': 'unsubscriptions',
                'ordering': ['kind'],
                'constraints': [models.UniqueConstraint(fields=('person', 'kind'), name='one_unsubscription_per_kind'), models.CheckConstraint(condition=models.Q(('kind__in', ['news', 'replies', 'attendance'])), name='unsubscription_kind_known')],
            },
        ),
        migrations.CreateModel(
            name='Reflection',
            fields=[
                ('visibility', models.CharField(choices=[('only_me', 'Only me'), ('person', 'One person'), ('organisation', 'Everybody at my organisation'), ('partnership', 'All partners'), ('public', 'Anyone on the internet')], default='only_me', max_length=12, verbose_name='who may read this')),
                ('reader', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='reader')),
                ('approved_at', models.DateTimeField(blank=True, editable=False, help_text='Checked by the organisation: public from then on.', null=True)),
                ('approved_by', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('deleted_at', models.DateTimeField(blank=True, editable=False, help_text='Read by nobody from then on; gone for good some days later.', null=True)),
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('author', models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='reflections', to=settings.AUTH_USER_MODEL)),
                ('client_key', models.UUIDField(default=uuid.uuid4, editable=False, help_text='Made by the form: the same form sent twice is one reflection.')),
                ('partner_then', models.ForeignKey(blank=True, help_text='For whom the author worked.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partners.partner')),
                ('project', models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='reflections', to='partners.project', verbose_name='project')),
                ('activity', models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='reflections', to='partners.activity', verbose_name='activity')),
                ('starter', models.CharField(choices=[('line', 'A line'), ('questions', 'Questions'), ('story', 'A story'), ('letter', 'A letter'), ('together', 'Ask each other')], default='line', max_length=10, verbose_name='starter')),
                ('medium', models.CharField(choices=[('typed', 'Typed'), ('spoken', 'Spoken'), ('photo', 'Photo')], default='typed', max_length=8, verbose_name='medium')),
                ('instrument', models.CharField(blank=True, help_text='The form and version whose words were read: F2.1', max_length=8)),
                ('language', models.CharField(choices=[('en', 'English'), ('sv', 'Swedish'), ('nl', 'Dutch'), ('de', 'German'), ('it', 'Italian'), ('pl', 'Polish'), ('lt', 'Lithuanian')], default='en', max_length=8, verbose_name='language')),
                ('happened_on', models.DateField(default=iimprove.clock.today, verbose_name='happened on')),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('submitted_at', models.DateTimeField(blank=True, editable=False, null=True)),
                ('edited_at', models.DateTimeField(blank=True, editable=False, null=True)),
                ('gave', models.SmallIntegerField(blank=True, choices=[(-1, 'It cost more than it gave'), (0, 'Little that was new'), (1, 'Something'), (2, 'A lot')], null=True, verbose_name='What did it give you?')),
                ('text', partners.models.fields.LongText(blank=True, help_text='What is more than the things one takes: the story, the letter, a long note.', max_length=20000, verbose_name='text')),
                ('answers', models.JSONField(blank=True, default=dict, help_text='Context by question code, read as it stands and never counted.')),
                ('draft', models.JSONField(blank=True, default=dict, help_text='The form as typed so far; empty once submitted.')),
                ('shown_as', models.CharField(choices=[('name', 'With my name'), ('role', 'Without my name, by my role')], default='name', max_length=4, verbose_name='shown')),
                ('counts_when_few', models.BooleanField(default=False, verbose_name="Count my taps in this visit's figures, also when we are few.")),
                ('search', models.GeneratedField(db_persist=True, expression=learning.models.search.Together(learning.models.search.Words('text'), learning.models.search.WordsOfAnswers('answers'), learning.models.search.WordsOfAnswers('draft')), output_field=django.contrib.postgres.search.SearchVectorField())),
            ],
            options={
                'verbose_name': 'note',
                'verbose_name_plural': 'notes',
                'ordering': ['-happened_on', '-created_at', 'pk'],
                'indexes': [django.contrib.postgres.indexes.GinIndex(fields=['search'], name='reflection_search'), models.Index(fields=['author', '-happened_on', '-created_at'], name='reflection_timeline'), models.Index(condition=models.Q(('deleted_at', None), ('submitted_at', None)), fields=['author', '-created_at'], name='reflection_drafts'), models.Index(fields=['activity', 'submitted_at'], name='reflection_of_activity'), models.Index(fields=['project', 'submitted_at'], name='reflection_of_project'), models.Index(condition=models.Q(('approved_at__isnull', False), ('visibility', 'public')), fields=['submitted_at'], name='reflection_public'), django.contrib.postgres.indexes.GinIndex(condition=models.Q(('approved_at__isnull', False), ('visibility', 'public')), fields=['search'], name='reflection_public_search'), models.Index(condition=models.Q(('deleted_at__isnull', False)), fields=['deleted_at'], name='reflection_deleted')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('reader__isnull', False), ('visibility', 'person')), models.Q(models.Q(('visibility', 'person'), _negated=True), ('reader', None)), _connector='OR'), name='reflection_reader_iff_one_person', violation_error_message='Say who may read it.'), models.CheckConstraint(condition=models.Q(('visibility__in', ['only_me', 'person', 'organisation', 'partnership', 'public'])), name='reflection_visibility_known'), models.CheckConstraint(condition=models.Q(('approved_at', None), ('visibility', 'public'), _connector='OR'), name='reflection_only_public_is_approved'), models.CheckConstraint(condition=models.Q(('approved_by__isnull', True), ('approved_at__isnull', False), _connector='OR'), name='reflection_approved_at_and_by'), models.UniqueConstraint(fields=('author', 'client_key'), name='one_reflection_per_client_key'), models.CheckConstraint(condition=models.Q(('activity', None), ('project__isnull', False), _connector='OR'), name='reflection_activity_implies_project'), models.CheckConstraint(condition=models.Q(models.Q(('visibility__in', ['partnership', 'public']), _negated=True), ('project__isnull', False), _connector='OR'), name='reflection_partnership_implies_project', violation_error_message='Choose the project whose partners may read it.'), models.CheckConstraint(condition=models.Q(models.Q(('visibility__in', ['organisation', 'public']), _negated=True), ('partner_then__isnull', False), _connector='OR'), name='reflection_organisation_implies_partner', violation_error_message='You work for no organisation that could read or check it.'), models.CheckConstraint(condition=models.Q(('gave__isnull', True), ('gave__in', [-1, 0, 1, 2]), _connector='OR'), name='reflection_gave_known'), models.CheckConstraint(condition=models.Q(('submitted_at', None), ('draft', {}), _connector='OR'), name='reflection_draft_until_submitted')],
            },
        ),
        migrations.CreateModel(
            name='Takeaway',
            fields=[
                ('visibility', models.CharField(choices=[('only_me', 'Only me'), ('person', 'One person'), ('organisation', 'Everybody at my organisation'), ('partnership', 'All partners'), ('public', 'Anyone on the internet')], default='only_me', max_length=12, verbose_name='who may read this')),
                ('reader', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='reader')),
                ('approved_at', models.DateTimeField(blank=True, editable=False, help_text='Checked by the organisation: public from then on.', null=True)),
                ('approved_by', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('deleted_at', models.DateTimeField(blank=True, editable=False, help_text='Read by nobody from then on; gone for good some days later.', null=True)),
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('reflection', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='takeaways', to='learning.reflection')),
                ('position', models.PositiveSmallIntegerField(default=0)),
                ('title', models.CharField(blank=True, max_length=300, verbose_name='What do you want to keep?')),
                ('kinds', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(choices=[('what', 'A fact, tool or example'), ('why', 'A reason why'), ('how', 'Something I can do'), ('who', 'A person or contact'), ('place', 'A feel for a place'), ('me', 'Something about me'), ('other', 'Something else')], max_length=5), blank=True, default=list, size=None, verbose_name='What kind of thing is it?')),
                ('is_doubt', models.BooleanField(default=False, verbose_name='a question or a doubt')),
                ('will_use', models.SmallIntegerField(blank=True, choices=[(0, 'Probably not'), (1, 'Perhaps, too early to say'), (2, 'Yes, and I know where')], null=True, verbose_name='Will you use it?')),
                ('handover', models.CharField(blank=True, choices=[('write', 'I could write it down'), ('show', 'I could show it'), ('meet', 'They must meet the person or see the place'), ('cannot', 'Not yet')], max_length=6, verbose_name='Could you hand it over?')),
                ('practice', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='takeaways', to='changemakers.practice', verbose_name='practice')),
                ('plan_when', models.CharField(blank=True, max_length=300, verbose_name='When is the next chance to use it?')),
                ('plan_then', models.CharField(blank=True, max_length=300, verbose_name='What will you do then?')),
                ('importance', models.SmallIntegerField(blank=True, null=True, verbose_name='How much would it be missed?')),
                ('kept_at', models.DateTimeField(blank=True, editable=False, help_text='Ticked as worth keeping when the visit was over.', null=True)),
                ('taken_from', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='taken_by', to='learning.takeaway')),
                ('search', models.GeneratedField(db_persist=True, expression=learning.models.search.Together(learning.models.search.Words('title')), output_field=django.contrib.postgres.search.SearchVectorField())),
                ('source_partners', models.ManyToManyField(blank=True, related_name='+', to='partners.partner', verbose_name='Where does it come from?')),
            ],
            options={
                'verbose_name': 'what I take with me',
                'verbose_name_plural': 'what we take with us',
                'ordering': ['reflection', 'position', 'pk'],
                'indexes': [django.contrib.postgres.indexes.GinIndex(fields=['search'], name='takeaway_search'), models.Index(condition=models.Q(('approved_at__isnull', False), ('visibility', 'public')), fields=['reflection'], name='takeaway_public'), django.contrib.postgres.indexes.GinIndex(condition=models.Q(('approved_at__isnull', False), ('visibility', 'public')), fields=['search'], name='takeaway_public_search'), models.Index(condition=models.Q(('deleted_at__isnull', False)), fields=['deleted_at'], name='takeaway_deleted')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('reader__isnull', False), ('visibility', 'person')), models.Q(models.Q(('visibility', 'person'), _negated=True), ('reader', None)), _connector='OR'), name='takeaway_reader_iff_one_person', violation_error_message='Say who may read it.'), models.CheckConstraint(condition=models.Q(('visibility__in', ['only_me', 'person', 'organisation', 'partnership', 'public'])), name='takeaway_visibility_known'), models.CheckConstraint(condition=models.Q(('approved_at', None), ('visibility', 'public'), _connector='OR'), name='takeaway_only_public_is_approved'), models.CheckConstraint(condition=models.Q(('approved_by__isnull', True), ('approved_at__isnull', False), _connector='OR'), name='takeaway_approved_at_and_by'), models.CheckConstraint(condition=models.Q(('kinds__contained_by', ['what', 'why', 'how', 'who', 'place', 'me', 'other']), ('kinds__len__lte', 2), models.Q(django.db.models.lookups.Regex(models.Func(models.F('kinds'), models.Value(' '), function='array_to_string', output_field=models.TextField()), '^(\\w+) \\1$'), _negated=True)), name='takeaway_one_or_two_kinds', violation_error_message='Choose one kind, or two.'), models.CheckConstraint(condition=models.Q(('will_use__isnull', True), ('will_use__in', [0, 1, 2]), _connector='OR'), name='takeaway_will_use_known'), models.CheckConstraint(condition=models.Q(('taken_from', models.F('pk')), _negated=True), name='takeaway_taken_from_another')],
            },
        ),
        migrations.CreateModel(
            name='FollowUp',
            fields=[
                ('visibility', models.CharField(choices=[('only_me', 'Only me'), ('person', 'One person'), ('organisation', 'Everybody at my organisation'), ('partnership', 'All partners'), ('public', 'Anyone on the internet')], default='only_me', max_length=12, verbose_name='who may read this')),
                ('reader', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='reader')),
                ('approved_at', models.DateTimeField(blank=True, editable=False, help_text='Checked by the organisation: public from then on.', null=True)),
                ('approved_by', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('deleted_at', models.DateTimeField(blank=True, editable=False, help_text='Read by nobody from then on; gone for good some days later.', null=True)),
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('takeaway', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='follow_ups', to='learning.takeaway')),
                ('reflection', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='follow_ups', to='learning.reflection')),
                ('wave', models.CharField(choices=[('t0', 'The next working day'), ('w2', 'After two weeks'), ('m3', 'After three months'), ('m12', 'After twelve months'), ('end', "At the project's end"), ('any', 'Something came of it')], max_length=3)),
                ('observed_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('state', models.CharField(choices=[('none_yet', 'Nothing yet'), ('tried', 'Tried it'), ('in_use', 'I use it'), ('stopped', 'I stopped'), ('wont', 'I do not expect to use it'), ('other', 'Someone else uses it now'), ('unsure', 'I cannot say')], max_length=8, verbose_name='What became of it?')),
                ('effect', models.CharField(blank=True, choices=[('no', 'Nobody'), ('self', 'Only I'), ('team', 'Colleagues or partners'), ('public', 'Our audience or community'), ('harm', 'It caused a problem'), ('unsure', 'I cannot say')], max_length=6, verbose_name='Who noticed?')),
                ('without', models.CharField(blank=True, choices=[('anyway', 'Happened anyway'), ('later', 'Happened later or smaller'), ('not', 'Not happened'), ('unsure', 'I cannot say')], max_length=6, verbose_name='Without this activity it would have:')),
                ('evidence', models.SmallIntegerField(choices=[(0, 'Said so'), (1, 'One concrete example told'), (2, 'A document, photo or link'), (3, 'Confirmed by another person')], default=0)),
                ('texts', models.JSONField(blank=True, default=dict, help_text='What was told, by question code.')),
                ('activity', models.ForeignKey(blank=True, help_text='The later activity it led to.', null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='partners.activity')),
            ],
            options={
                'verbose_name': 'what became of it',
                'verbose_name_plural': 'what became of things',
                'ordering': ['observed_at', 'pk'],
                'indexes': [models.Index(fields=['takeaway', '-observed_at'], name='follow_up_of_takeaway')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('reader__isnull', False), ('visibility', 'person')), models.Q(models.Q(('visibility', 'person'), _negated=True), ('reader', None)), _connector='OR'), name='follow_up_reader_iff_one_person', violation_error_message='Say who may read it.'), models.CheckConstraint(condition=models.Q(('visibility__in', ['only_me', 'person', 'organisation', 'partnership', 'public'])), name='follow_up_visibility_known'), models.CheckConstraint(condition=models.Q(('approved_at', None), ('visibility', 'public'), _connector='OR'), name='follow_up_only_public_is_approved'), models.CheckConstraint(condition=models.Q(('approved_by__isnull', True), ('approved_at__isnull', False), _connector='OR'), name='follow_up_approved_at_and_by'), models.CheckConstraint(condition=models.Q(('state__in', ['none_yet', 'tried', 'in_use', 'stopped', 'wont', 'other', 'unsure'])), name='follow_up_state_known'), models.CheckConstraint(condition=models.Q(('effect__in', ['', 'no', 'self', 'team', 'public', 'harm', 'unsure'])), name='follow_up_effect_known'), models.CheckConstraint(condition=models.Q(('evidence__in', [0, 1, 2, 3])), name='follow_up_evidence_known')],
            },
        ),
        migrations.CreateModel(
            name='Confirmation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('follow_up', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='confirmations', to='learning.followup')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='confirmations', to=settings.AUTH_USER_MODEL)),
                ('said', models.CharField(choices=[('saw', 'I saw it'), ('too', 'I do it too now'), ('differently', 'I see it differently'), ('unsure', 'I cannot say')], max_length=11, verbose_name='Is it so?')),
                ('at', models.DateTimeField(default=django.utils.timezone.now)),
            ],
            options={
                'verbose_name': 'confirmation',
                'verbose_name_plural': 'confirmations',
                'ordering': ['at', 'pk'],
                'constraints': [models.UniqueConstraint(fields=('follow_up', 'person'), name='one_confirmation_per_person'), models.CheckConstraint(condition=models.Q(('said__in', ['saw', 'too', 'differently', 'unsure'])), name='confirmation_known')],
            },
        ),
        migrations.CreateModel(
            name='Obstacle',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='%(class)ss', to=settings.AUTH_USER_MODEL)),
                ('activity', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='%(class)ss', to='partners.activity')),
                ('moment', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='learning.reflection')),
                ('project', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='partners.project')),
                ('wave', models.CharField(choices=[('t0', 'The next working day'), ('w2', 'After two weeks'), ('m3', 'After three months'), ('m12', 'After twelve months'), ('end', "At the project's end"), ('any', 'Something came of it')], max_length=3)),
                ('codes', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(choices=[('time', 'Time'), ('money', 'Money'), ('alone', 'Nobody else is interested'), ('not_mine', 'Not mine to decide'), ('begin', 'I do not know how to begin'), ('contract', 'My contract ends'), ('nothing', 'Nothing'), ('other', 'Something else')], max_length=8), size=None, verbose_name='What is in the way?')),
                ('said_at', models.DateTimeField(auto_now=True)),
            ],
            options={
                'verbose_name': 'obstacle',
                'verbose_name_plural': 'obstacles',
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('activity__isnull', False), ('moment__isnull', True), ('project__isnull', True)), models.Q(('activity__isnull', True), ('moment__isnull', False), ('project__isnull', True)), models.Q(('activity__isnull', True), ('moment__isnull', True), ('project__isnull', False)), _connector='OR'), name='obstacle_about_one'), models.UniqueConstraint(condition=models.Q(('activity__isnull', False)), fields=('person', 'activity', 'wave'), name='one_obstacle_per_activity'), models.UniqueConstraint(condition=models.Q(('moment__isnull', False)), fields=('person', 'moment', 'wave'), name='one_obstacle_per_moment'), models.UniqueConstraint(condition=models.Q(('project__isnull', False)), fields=('person', 'project', 'wave'), name='one_obstacle_per_project'), models.CheckConstraint(condition=models.Q(('codes__contained_by', ['time', 'money', 'alone', 'not_mine', 'begin', 'contract', 'nothing', 'other'])), name='obstacle_known')],
            },
        ),
        migrations.CreateModel(
            name='Passing',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='%(class)ss', to=settings.AUTH_USER_MODEL)),
                ('activity', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='%(class)ss', to='partners.activity')),
                ('moment', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='learning.reflection')),
                ('project', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='partners.project')),
                ('wave', models.CharField(choices=[('t0', 'The next working day'), ('w2', 'After two weeks'), ('m3', 'After three months'), ('m12', 'After twelve months'), ('end', "At the project's end"), ('any', 'Something came of it')], max_length=3)),
                ('audiences', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(choices=[('nobody', 'Nobody'), ('colleague', 'A colleague'), ('partner', 'Another partner'), ('outside', 'Someone outside')], max_length=9), size=None, verbose_name='Have you told or shown anyone?')),
                ('said_at', models.DateTimeField(auto_now=True)),
            ],
            options={
                'verbose_name': 'passing on',
                'verbose_name_plural': 'passing on',
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('activity__isnull', False), ('moment__isnull', True), ('project__isnull', True)), models.Q(('activity__isnull', True), ('moment__isnull', False), ('project__isnull', True)), models.Q(('activity__isnull', True), ('moment__isnull', True), ('project__isnull', False)), _connector='OR'), name='passing_about_one'), models.UniqueConstraint(condition=models.Q(('activity__isnull', False)), fields=('person', 'activity', 'wave'), name='one_passing_per_activity'), models.UniqueConstraint(condition=models.Q(('moment__isnull', False)), fields=('person', 'moment', 'wave'), name='one_passing_per_moment'), models.UniqueConstraint(condition=models.Q(('project__isnull', False)), fields=('person', 'project', 'wave'), name='one_passing_per_project'), models.CheckConstraint(condition=models.Q(('audiences__contained_by', ['nobody', 'colleague', 'partner', 'outside'])), name='audience_known')],
            },
        ),
        migrations.CreateModel(
            name='Change',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='%(class)ss', to=settings.AUTH_USER_MODEL)),
                ('activity', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='%(class)ss', to='partners.activity')),
                ('moment', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='learning.reflection')),
                ('project', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='partners.project')),
                ('wave', models.CharField(choices=[('t0', 'The next working day'), ('w2', 'After two weeks'), ('m3', 'After three months'), ('m12', 'After twelve months'), ('end', "At the project's end"), ('any', 'Something came of it')], max_length=3)),
                ('changed', models.CharField(blank=True, choices=[('no', 'No'), ('differently', 'I look at it differently'), ('rule', 'We changed a goal, plan or rule')], max_length=11, verbose_name='Has it changed what you or your organisation find important?')),
                ('stays', models.CharField(blank=True, choices=[('nothing', 'Nothing'), ('document', 'A document'), ('colleague', 'A colleague can do it'), ('routine', 'It is how we do things here')], max_length=9, verbose_name='If you left tomorrow, what would stay?')),
                ('said_at', models.DateTimeField(auto_now=True)),
            ],
            options={
                'verbose_name': 'change',
                'verbose_name_plural': 'changes',
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('activity__isnull', False), ('moment__isnull', True), ('project__isnull', True)), models.Q(('activity__isnull', True), ('moment__isnull', False), ('project__isnull', True)), models.Q(('activity__isnull', True), ('moment__isnull', True), ('project__isnull', False)), _connector='OR'), name='change_about_one'), models.UniqueConstraint(condition=models.Q(('activity__isnull', False)), fields=('person', 'activity', 'wave'), name='one_change_per_activity'), models.UniqueConstraint(condition=models.Q(('moment__isnull', False)), fields=('person', 'moment', 'wave'), name='one_change_per_moment'), models.UniqueConstraint(condition=models.Q(('project__isnull', False)), fields=('person', 'project', 'wave'), name='one_change_per_project'), models.CheckConstraint(condition=models.Q(('changed__in', ['', 'no', 'differently', 'rule'])), name='changed_known'), models.CheckConstraint(condition=models.Q(('stays__in', ['', 'nothing', 'document', 'colleague', 'routine'])), name='stays_known')],
            },
        ),
        migrations.CreateModel(
            name='SwitchedOff',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='%(class)ss', to=settings.AUTH_USER_MODEL)),
                ('activity', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='%(class)ss', to='partners.activity')),
                ('moment', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='learning.reflection')),
                ('project', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='partners.project')),
                ('since', models.DateTimeField(auto_now_add=True)),
            ],
            options={
                'verbose_name': 'switched off',
                'verbose_name_plural': 'switched off',
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('activity__isnull', False), ('moment__isnull', True), ('project__isnull', True)), models.Q(('activity__isnull', True), ('moment__isnull', False), ('project__isnull', True)), models.Q(('activity__isnull', True), ('moment__isnull', True), ('project__isnull', False)), _connector='OR'), name='switched_off_about_one'), models.UniqueConstraint(condition=models.Q(('activity__isnull', False)), fields=('person', 'activity'), name='one_switched_off_per_activity'), models.UniqueConstraint(condition=models.Q(('moment__isnull', False)), fields=('person', 'moment'), name='one_switched_off_per_moment'), models.UniqueConstraint(condition=models.Q(('project__isnull', False)), fields=('person', 'project'), name='one_switched_off_per_project')],
            },
        ),
        migrations.CreateModel(
            name='CheckIn',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('project', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='check_ins', to='partners.project')),
                ('partner', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='check_ins', to='partners.partner')),
                ('on', models.DateField(default=iimprove.clock.today, verbose_name='day')),
                ('language', models.CharField(choices=[('en', 'English'), ('sv', 'Swedish'), ('nl', 'Dutch'), ('de', 'German'), ('it', 'Italian'), ('pl', 'Polish'), ('lt', 'Lithuanian')], default='en', max_length=8, verbose_name='language')),
                ('instrument', models.CharField(blank=True, editable=False, max_length=20)),
                ('wanted', partners.models.fields.LongText(blank=True, max_length=20000, verbose_name='what we wanted to learn')),
                ('fitted', models.CharField(blank=True, choices=[('yes', 'Yes'), ('partly', 'In part'), ('no', 'No')], max_length=6, verbose_name='did the activities fit')),
                ('helped', partners.models.fields.LongText(blank=True, max_length=20000, verbose_name='what helped')),
                ('obstacles', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(choices=[('time', 'Time'), ('money', 'Money'), ('alone', 'Nobody else is interested'), ('not_mine', 'Not mine to decide'), ('begin', 'I do not know how to begin'), ('contract', 'My contract ends'), ('nothing', 'Nothing'), ('other', 'Something else')], max_length=8), blank=True, default=list, size=None, verbose_name='what stopped people')),
                ('stopped', partners.models.fields.LongText(blank=True, max_length=20000, verbose_name='more about what stopped them')),
                ('story', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='learning.takeaway', verbose_name='which story first')),
                ('why', partners.models.fields.LongText(blank=True, max_length=20000, verbose_name='why this one')),
                ('by', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('written_at', models.DateTimeField(auto_now_add=True)),
            ],
            options={
                'verbose_name': 'check-in',
                'verbose_name_plural': 'check-ins',
                'ordering': ['-on', '-written_at', 'pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(('fitted__in', ['', 'yes', 'partly', 'no'])), name='check_in_fitted_known'), models.CheckConstraint(condition=models.Q(('obstacles__contained_by', ['time', 'money', 'alone', 'not_mine', 'begin', 'contract', 'nothing', 'other'])), name='check_in_obstacles_known')],
            },
        ),
        migrations.CreateModel(
            name='ConsentChange',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='consent_changes', to=settings.AUTH_USER_MODEL)),
                ('about', models.CharField(choices=[('notice', 'taking part is voluntary'), ('counts_when_few', 'count my taps, also when we are few'), ('left_out', 'leave me out')], max_length=15)),
                ('is_given', models.BooleanField()),
                ('project', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='partners.project')),
                ('reflection', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='learning.reflection')),
                ('at', models.DateTimeField(auto_now_add=True)),
            ],
            options={
                'verbose_name': 'change of consent',
                'verbose_name_plural': 'changes of consent',
                'ordering': ['at', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='VisibilityChange',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('reflection', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='visibility_changes', to='learning.reflection')),
                ('takeaway', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='visibility_changes', to='learning.takeaway')),
                ('follow_up', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='visibility_changes', to='learning.followup')),
                ('kind', models.CharField(choices=[('set', 'set by the author'), ('approved', 'checked: public'), ('declined', 'checked: not public'), ('moderated', 'narrowed by an admin or coordinator'), ('revised', 'to be checked again: the text changed')], max_length=9)),
                ('before', models.CharField(choices=[('only_me', 'Only me'), ('person', 'One person'), ('organisation', 'Everybody at my organisation'), ('partnership', 'All partners'), ('public', 'Anyone on the internet')], max_length=12)),
                ('after', models.CharField(choices=[('only_me', 'Only me'), ('person', 'One person'), ('organisation', 'Everybody at my organisation'), ('partnership', 'All partners'), ('public', 'Anyone on the internet')], max_length=12)),
                ('reader', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('at', models.DateTimeField(auto_now_add=True)),
                ('by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'change of who may read',
                'verbose_name_plural': 'changes of who may read',
                'ordering': ['at', 'pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('follow_up__isnull', True), ('reflection__isnull', False), ('takeaway__isnull', True)), models.Q(('follow_up__isnull', True), ('reflection__isnull', True), ('takeaway__isnull', False)), models.Q(('follow_up__isnull', False), ('reflection__isnull', True), ('takeaway__isnull', True)), _connector='OR'), name='visibility_change_of_one_thing')],
            },
        ),
        migrations.CreateModel(
            name='Revision',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('reflection', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='revisions', to='learning.reflection')),
                ('takeaway', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='revisions', to='learning.takeaway')),
                ('before', models.JSONField(help_text='The fields that changed, as they stood.')),
                ('replaced_at', models.DateTimeField(auto_now_add=True)),
            ],
            options={
                'verbose_name': 'earlier version',
                'verbose_name_plural': 'earlier versions',
                'ordering': ['replaced_at', 'pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('reflection__isnull', False), ('takeaway__isnull', True)), models.Q(('reflection__isnull', True), ('takeaway__isnull', False)), _connector='OR'), name='revision_of_one_thing')],
            },
        ),
        migrations.CreateModel(
            name='Carrier',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('takeaway', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='carriers', to='learning.takeaway')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='carries', to=settings.AUTH_USER_MODEL)),
                ('since', models.DateField(default=iimprove.clock.today)),
                ('confirmed_at', models.DateTimeField(blank=True, help_text='When the carrier said so.', null=True)),
            ],
            options={
                'verbose_name': 'carrier',
                'verbose_name_plural': 'carriers',
                'ordering': ['since', 'pk'],
                'constraints': [models.UniqueConstraint(fields=('takeaway', 'person'), name='one_carrier_per_person')],
            },
        ),
        migrations.CreateModel(
            name='Artefact',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('takeaway', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='artefacts', to='learning.takeaway')),
                ('link', models.URLField(blank=True, max_length=500, verbose_name='link')),
                ('file', models.FileField(blank=True, upload_to='artefacts/', verbose_name='file')),
                ('checked_at', models.DateTimeField(blank=True, null=True)),
                ('checked_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'artefact',
                'verbose_name_plural': 'artefacts',
                'ordering': ['pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('link', ''), models.Q(('file', ''), _negated=True)), models.Q(models.Q(('link', ''), _negated=True), ('file', '')), _connector='OR'), name='artefact_link_or_file'), models.CheckConstraint(condition=models.Q(('checked_by__isnull', True), ('checked_at__isnull', False), _connector='OR'), name='artefact_checked_at_and_by')],
            },
        ),
        migrations.CreateModel(
            name='KeepMark',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('takeaway', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='keep_marks', to='learning.takeaway')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='keep_marks', to=settings.AUTH_USER_MODEL)),
                ('at', models.DateTimeField(auto_now_add=True)),
            ],
            options={
                'verbose_name': 'to be kept',
                'verbose_name_plural': 'to be kept',
                'ordering': ['at', 'pk'],
                'constraints': [models.UniqueConstraint(fields=('takeaway', 'person'), name='one_keep_mark_per_person')],
            },
        ),
        migrations.CreateModel(
            name='Reply',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('takeaway', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='replies', to='learning.takeaway')),
                ('author', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='replies', to=settings.AUTH_USER_MODEL)),
                ('client_key', models.UUIDField(default=uuid.uuid4, editable=False)),
                ('language', models.CharField(choices=[('en', 'English'), ('sv', 'Swedish'), ('nl', 'Dutch'), ('de', 'German'), ('it', 'Italian'), ('pl', 'Polish'), ('lt', 'Lithuanian')], default='en', max_length=8, verbose_name='language')),
                ('text', partners.models.fields.LongText(blank=True, max_length=20000, verbose_name='your answer')),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('deleted_at', models.DateTimeField(blank=True, editable=False, null=True)),
            ],
            options={
                'verbose_name': 'answer',
                'verbose_name_plural': 'answers',
                'ordering': ['created_at', 'pk'],
                'constraints': [models.UniqueConstraint(fields=('author', 'client_key'), name='one_reply_per_client_key')],
            },
        ),
        migrations.CreateModel(
            name='Prompt',
            fields=[
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='%(class)ss', to=settings.AUTH_USER_MODEL)),
                ('activity', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='%(class)ss', to='partners.activity')),
                ('moment', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='learning.reflection')),
                ('project', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='partners.project')),
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('follow_up', models.ForeignKey(blank=True, help_text='What a colleague is asked to confirm (F7).', null=True, on_delete=django.db.models.deletion.CASCADE, related_name='prompts', to='learning.followup')),
                ('form', models.CharField(choices=[('F0', 'Aim'), ('F1', 'Note'), ('F2', 'After an activity'), ('F3', 'After two weeks'), ('F4', 'After three months'), ('F5', 'After twelve months'), ('F6', 'Leaving'), ('F7', 'Confirm'), ('F8', 'Partner check-in')], max_length=2)),
                ('due_at', models.DateTimeField()),
                ('closes_at', models.DateTimeField()),
                ('state', models.CharField(choices=[('open', 'Open'), ('closed', 'Closed')], default='open', max_length=6)),
                ('outcome', models.CharField(blank=True, choices=[('', 'Not known yet'), ('answered', 'Answered'), ('silent', 'Not answered'), ('left', 'Has left'), ('opted_out', 'Wants no questions'), ('undeliverable', 'Mail did not arrive'), ('cancelled', 'Cancelled')], default='', max_length=13)),
                ('answered_at', models.DateTimeField(blank=True, null=True)),
                ('snoozes', models.PositiveSmallIntegerField(default=0, help_text="How often it was put off; its dates are then the person's own.")),
                ('nonce', models.CharField(default=learning.models.prompt.new_nonce, editable=False, max_length=20)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
            ],
            options={
                'verbose_name': 'question from the project',
                'verbose_name_plural': 'questions from the project',
                'ordering': ['due_at', 'pk'],
                'indexes': [models.Index(condition=models.Q(('outcome', ''), ('state', 'open')), fields=['due_at'], name='prompt_due'), models.Index(condition=models.Q(('state', 'open')), fields=['closes_at'], name='prompt_closing')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('activity__isnull', False), ('follow_up__isnull', True), ('moment__isnull', True), ('project__isnull', True)), models.Q(('activity__isnull', True), ('follow_up__isnull', True), ('moment__isnull', False), ('project__isnull', True)), models.Q(('activity__isnull', True), ('follow_up__isnull', True), ('moment__isnull', True), ('project__isnull', False)), models.Q(('activity__isnull', True), ('follow_up__isnull', False), ('moment__isnull', True), ('project__isnull', True)), _connector='OR'), name='prompt_about_one'), models.UniqueConstraint(condition=models.Q(('activity__isnull', False)), fields=('person', 'activity', 'form'), name='one_prompt_per_activity'), models.UniqueConstraint(condition=models.Q(('moment__isnull', False)), fields=('person', 'moment', 'form'), name='one_prompt_per_moment'), models.UniqueConstraint(condition=models.Q(('project__isnull', False)), fields=('person', 'project', 'form'), name='one_prompt_per_project'), models.UniqueConstraint(condition=models.Q(('follow_up__isnull', False)), fields=('person', 'follow_up', 'form'), name='one_prompt_per_follow_up'), models.CheckConstraint(condition=models.Q(('form__in', ['F0', 'F1', 'F2', 'F3', 'F4', 'F5', 'F6', 'F7', 'F8'])), name='prompt_form_known'), models.CheckConstraint(condition=models.Q(models.Q(('outcome__in', ['', 'answered']), ('state', 'open')), models.Q(('outcome__in', ['answered', 'silent', 'left', 'opted_out', 'undeliverable', 'cancelled']), ('state', 'closed')), _connector='OR'), name='prompt_closed_iff_outcome'), models.CheckConstraint(condition=models.Q(models.Q(('answered_at__isnull', False), ('outcome', 'answered')), models.Q(models.Q(('outcome', 'answered'), _negated=True), ('answered_at', None)), _connector='OR'), name='prompt_answered_at'), models.CheckConstraint(condition=models.Q(('closes_at__gt', models.F('due_at'))), name='prompt_closes_after_due')],
            },
        ),
        migrations.AddField(
            model_name='reflection',
            name='prompt',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='reflections', to='learning.prompt'),
        ),
        migrations.CreateModel(
            name='PromptMail',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('prompt', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='prompt_mails', to='learning.prompt')),
                ('mail', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='prompt_mails', to='iimprove.mail')),
                ('kind', models.CharField(choices=[('first', 'First'), ('reminder', 'Reminder')], default='first', max_length=8)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('prompt', 'mail'), name='one_prompt_per_mail')],
            },
        ),
        migrations.AddField(
            model_name='prompt',
            name='mails',
            field=models.ManyToManyField(related_name='prompts', through='learning.PromptMail', to='iimprove.mail'),
        ),
        migrations.RunSQL(*ACTIVITY_OF_PROJECT),
        migrations.RunSQL(*TAKEAWAY_LEVEL),
        migrations.RunSQL(*FOLLOW_UP_LEVEL),
        migrations.RunSQL(*append_only()),
        migrations.RunSQL(*MARK),
        migrations.RunSQL(*marked()),
    ]
