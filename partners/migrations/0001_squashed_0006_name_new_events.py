import datetime
import django.contrib.postgres.constraints
import django.contrib.postgres.fields
import django.core.validators
import django.db.models.deletion
import django.db.models.functions.comparison
import django.db.models.functions.text
import django.utils.timezone
import django_countries.fields
import iimprove.clock
import partners.models.fields
import partners.models.invitation
import partners.models.person
import uuid
from django.conf import settings
from django.contrib.postgres.operations import BtreeGistExtension, TrigramExtension, UnaccentExtension
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True
    replaces = [
        ('partners', '0001_initial'),
        ('partners', '0002_add_changed_at'),
        ('partners', '0003_add_account_events'),
        ('partners', '0004_add_activity_unheld'),
        ('partners', '0005_asking_again'),
        ('partners', '0006_name_new_events'),
    ]

    dependencies = [
        ('auth', '0012_alter_user_first_name_max_length'),
    ]

    operations = [
        BtreeGistExtension(),
        TrigramExtension(),
        UnaccentExtension(),
        migrations.CreateModel(
            name='Person',
            fields=[
                ('password', models.CharField(max_length=128, verbose_name='password')),
                ('last_login', models.DateTimeField(blank=True, null=True, verbose_name='last login')),
                ('is_superuser', models.BooleanField(default=False, help_text='Designates that this user has all permissions without explicitly assigning them.', verbose_name='superuser status')),
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('email', models.EmailField(error_messages={'unique': 'Somebody has this address already.'}, max_length=254, unique=True, verbose_name='e-mail address')),
                ('name', models.CharField(help_text='As colleagues know you.', max_length=120, verbose_name='name')),
                ('language', models.CharField(choices=[('en', 'English'), ('sv', 'Swedish'), ('nl', 'Dutch'), ('de', 'German'), ('it', 'Italian'), ('pl', 'Polish'), ('lt', 'Lithuanian')], default='en', max_length=2, verbose_name='language')),
                ('time_zone', models.CharField(blank=True, max_length=50, validators=[partners.models.person.validate_zone], verbose_name='time zone')),
                ('send_at', models.TimeField(default=datetime.time(9, 30), help_text='Your local time, on working days.', verbose_name='mail me at')),
                ('mail_preference', models.CharField(choices=[('all', 'Ask me after each activity, and again later'), ('fewer', 'Ask me less: only after 3 and 12 months'), ('none', 'Send me no questions')], default='all', max_length=8, verbose_name='questions by mail')),
                ('titles_in_mail', models.BooleanField(default=False, help_text='Then what you noted stands in the mail; anybody who sees it can read it.', verbose_name='name my own things in the mail')),
                ('calendar_in_mail', models.BooleanField(default=False, verbose_name='add a calendar entry to the mail')),
                ('private_address', models.EmailField(blank=True, help_text='So that you can take your notes along when you leave.', max_length=254, verbose_name='private e-mail address')),
                ('is_sample', models.BooleanField(default=False, help_text='Invented, for a sample project: no mail to this person leaves the site.')),
                ('is_active', models.BooleanField(default=True)),
                ('is_staff', models.BooleanField(default=False, verbose_name='platform admin')),
                ('joined_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('groups', models.ManyToManyField(blank=True, help_text='The groups this user belongs to. A user will get all permissions granted to each of their groups.', related_name='user_set', related_query_name='user', to='auth.group', verbose_name='groups')),
                ('user_permissions', models.ManyToManyField(blank=True, help_text='Specific permissions for this user.', related_name='user_set', related_query_name='user', to='auth.permission', verbose_name='user permissions')),
            ],
            options={
                'verbose_name': 'person',
                'verbose_name_plural': 'people',
                'ordering': ['name', 'id'],
                'constraints': [models.CheckConstraint(condition=models.Q(('email', django.db.models.functions.text.Lower('email'))), name='person_email_lower')],
            },
        ),
        migrations.CreateModel(
            name='Absence',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='absences', to=settings.AUTH_USER_MODEL)),
                ('starts_on', models.DateField(verbose_name='from')),
                ('ends_on', models.DateField(verbose_name='last day')),
            ],
            options={
                'ordering': ['starts_on'],
                'constraints': [models.CheckConstraint(condition=models.Q(('starts_on__isnull', True), ('ends_on__isnull', True), ('ends_on__gte', models.F('starts_on')), _connector='OR'), name='absence_in_order', violation_error_message='The end is before the start.')],
            },
        ),
        migrations.CreateModel(
            name='Partner',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('slug', models.SlugField(max_length=60, unique=True, verbose_name='short address')),
                ('name', models.CharField(max_length=200, verbose_name='name')),
                ('short_name', models.CharField(help_text='As people call it: in tables, on cards.', max_length=60, verbose_name='short name')),
                ('kind', models.CharField(blank=True, max_length=200, verbose_name='kind of organisation')),
                ('city', models.CharField(blank=True, max_length=120, verbose_name='city')),
                ('country', django_countries.fields.CountryField(blank=True, max_length=2, verbose_name='country')),
                ('languages', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=8), blank=True, default=list, size=None, verbose_name='languages')),
                ('time_zone', models.CharField(blank=True, max_length=50, validators=[partners.models.person.validate_zone], verbose_name='time zone')),
                ('website', models.URLField(blank=True, verbose_name='website')),
                ('about', partners.models.fields.LongText(blank=True, max_length=20000, verbose_name='about')),
                ('created_at', models.DateTimeField(auto_now_add=True)),
            ],
            options={
                'verbose_name': 'partner',
                'verbose_name_plural': 'partners',
                'ordering': ['short_name', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='Membership',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='memberships', to=settings.AUTH_USER_MODEL)),
                ('partner', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='memberships', to='partners.partner')),
                ('role', models.CharField(choices=[('member', 'Member'), ('admin', 'Partner admin')], default='member', max_length=8, verbose_name='role')),
                ('job_title', models.CharField(blank=True, max_length=120, verbose_name='job title')),
                ('contract', models.CharField(blank=True, choices=[('', 'Not said'), ('permanent', 'Permanent'), ('fixed_term', 'Fixed term'), ('project', 'For a project'), ('freelance', 'Freelance'), ('intern', 'Intern or trainee'), ('volunteer', 'Volunteer')], default='', max_length=12, verbose_name='contract')),
                ('started_on', models.DateField(blank=True, help_text='Leave empty if unknown.', null=True, verbose_name='since')),
                ('expected_end_on', models.DateField(blank=True, help_text='When the contract runs out, as far as known.', null=True, verbose_name='expected end')),
                ('ended_on', models.DateField(blank=True, help_text='From this day on there is no access.', null=True, verbose_name='ended on')),
                ('ended_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'membership',
                'verbose_name_plural': 'memberships',
                'ordering': ['person__name', 'started_on', 'pk'],
                'constraints': [django.contrib.postgres.constraints.ExclusionConstraint(expressions=[('person', '='), ('partner', '='), (partners.models.fields.DateRange(models.F('started_on'), models.F('ended_on')), '&&')], name='one_membership_at_a_time', violation_error_message='This person has a place at this organisation in that time already.'), models.CheckConstraint(condition=models.Q(('started_on__isnull', True), ('ended_on__isnull', True), ('ended_on__gte', models.F('started_on')), _connector='OR'), name='membership_in_order', violation_error_message='The end is before the start.'), models.CheckConstraint(condition=models.Q(('started_on__isnull', True), ('expected_end_on__isnull', True), ('expected_end_on__gte', models.F('started_on')), _connector='OR'), name='membership_expected_in_order', violation_error_message='The end is before the start.')],
            },
        ),
        migrations.CreateModel(
            name='Project',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('published_at', models.DateTimeField(blank=True, null=True)),
                ('published_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('slug', models.SlugField(max_length=60, unique=True, verbose_name='short address')),
                ('short_name', models.CharField(max_length=60, verbose_name='short name')),
                ('name', models.CharField(blank=True, max_length=250, verbose_name='full name')),
                ('programme', models.CharField(blank=True, max_length=120, verbose_name='programme')),
                ('key_action', models.CharField(blank=True, max_length=200, verbose_name='key action')),
                ('grant_reference', models.CharField(blank=True, max_length=60, verbose_name='grant number')),
                ('working_language', models.CharField(default='en', max_length=8, verbose_name='working language')),
                ('starts_on', models.DateField(blank=True, null=True, verbose_name='first day')),
                ('ends_on', models.DateField(blank=True, null=True, verbose_name='last day')),
                ('period_note', models.CharField(blank=True, max_length=500, verbose_name='note on the period')),
                ('about', partners.models.fields.LongText(blank=True, max_length=20000, verbose_name='about')),
                ('question', models.CharField(blank=True, max_length=500, verbose_name='guiding question')),
                ('sources', models.JSONField(blank=True, default=list, verbose_name='sources')),
                ('is_sample', models.BooleanField(default=False, verbose_name='sample')),
                ('created_at', models.DateTimeField(auto_now_add=True)),
            ],
            options={
                'verbose_name': 'project',
                'verbose_name_plural': 'projects',
                'ordering': ['short_name', 'pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(('starts_on__isnull', True), ('ends_on__isnull', True), ('ends_on__gte', models.F('starts_on')), _connector='OR'), name='project_in_order', violation_error_message='The end is before the start.'), models.CheckConstraint(condition=models.Q(('published_by__isnull', True), ('published_at__isnull', False), _connector='OR'), name='project_published_at_and_by')],
            },
        ),
        migrations.CreateModel(
            name='ProjectPartner',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('project', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='parts', to='partners.project')),
                ('partner', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='parts', to='partners.partner')),
                ('part', models.CharField(choices=[('lead', 'Lead partner'), ('full', 'Partner'), ('associated', 'Associated partner')], default='full', max_length=10, verbose_name='part')),
                ('note', models.CharField(blank=True, max_length=500, verbose_name='note')),
            ],
            options={
                'verbose_name': 'partner in a project',
                'verbose_name_plural': 'partners in projects',
                'ordering': ['partner__short_name', 'pk'],
                'constraints': [models.UniqueConstraint(fields=('project', 'partner'), name='one_part_per_partner'), models.UniqueConstraint(condition=models.Q(('part', 'lead')), fields=('project',), name='one_lead', violation_error_message='There is a lead partner already.')],
            },
        ),
        migrations.AddField(
            model_name='project',
            name='partners',
            field=models.ManyToManyField(related_name='projects', through='partners.ProjectPartner', to='partners.partner'),
        ),
        migrations.CreateModel(
            name='ProjectRole',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('project', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='roles', to='partners.project')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='project_roles', to=settings.AUTH_USER_MODEL)),
                ('role', models.CharField(choices=[('coordinator', 'Coordinator'), ('educator', 'Informal educator')], max_length=12, verbose_name='role')),
                ('started_on', models.DateField(blank=True, null=True, verbose_name='since')),
                ('ended_on', models.DateField(blank=True, help_text='From this day on there is no access.', null=True, verbose_name='ended on')),
            ],
            options={
                'verbose_name': 'role in a project',
                'verbose_name_plural': 'roles in projects',
                'ordering': ['role', 'person__name', 'started_on', 'pk'],
                'constraints': [django.contrib.postgres.constraints.ExclusionConstraint(expressions=[('person', '='), ('project', '='), ('role', '='), (partners.models.fields.DateRange(models.F('started_on'), models.F('ended_on')), '&&')], name='one_project_role_at_a_time', violation_error_message='This person has this role in that time already.'), models.CheckConstraint(condition=models.Q(('started_on__isnull', True), ('ended_on__isnull', True), ('ended_on__gte', models.F('started_on')), _connector='OR'), name='project_role_in_order', violation_error_message='The end is before the start.')],
            },
        ),
        migrations.CreateModel(
            name='Baseline',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('project', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='baselines', to='partners.project')),
                ('partner', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='baselines', to='partners.partner')),
                ('version', models.PositiveSmallIntegerField(default=1, help_text='1 is the baseline, later ones reread it.')),
                ('language', models.CharField(choices=[('en', 'English'), ('sv', 'Swedish'), ('nl', 'Dutch'), ('de', 'German'), ('it', 'Italian'), ('pl', 'Polish'), ('lt', 'Lithuanian')], default='en', max_length=8, verbose_name='language')),
                ('improve', partners.models.fields.LongText(blank=True, max_length=20000, verbose_name='what we want to improve')),
                ('project_idea', partners.models.fields.LongText(blank=True, max_length=20000, verbose_name='our idea for the project')),
                ('changemaker_idea', partners.models.fields.LongText(blank=True, max_length=20000, verbose_name='our idea of a changemaker')),
                ('what_changed', partners.models.fields.LongText(blank=True, max_length=20000, verbose_name='what changed since, and why')),
                ('written_on', models.DateField(default=iimprove.clock.today, verbose_name='written on')),
                ('by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'baseline',
                'verbose_name_plural': 'baselines',
                'ordering': ['partner', 'project', 'version'],
                'constraints': [models.UniqueConstraint(fields=('project', 'partner', 'version'), name='one_baseline_per_version')],
            },
        ),
        migrations.CreateModel(
            name='Invitation',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('email', models.EmailField(max_length=254, verbose_name='e-mail address')),
                ('name', models.CharField(blank=True, max_length=120, verbose_name='name')),
                ('language', models.CharField(choices=[('en', 'English'), ('sv', 'Swedish'), ('nl', 'Dutch'), ('de', 'German'), ('it', 'Italian'), ('pl', 'Polish'), ('lt', 'Lithuanian')], default='en', max_length=2, verbose_name='language')),
                ('partner', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='invitations', to='partners.partner')),
                ('role', models.CharField(blank=True, choices=[('member', 'Member'), ('admin', 'Partner admin')], max_length=8, verbose_name='role')),
                ('job_title', models.CharField(blank=True, max_length=120, verbose_name='job title')),
                ('expected_end_on', models.DateField(blank=True, null=True, verbose_name='expected end')),
                ('project', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='invitations', to='partners.project')),
                ('project_role', models.CharField(blank=True, choices=[('coordinator', 'Coordinator'), ('educator', 'Informal educator')], max_length=12, verbose_name='role in the project')),
                ('nonce', models.CharField(default=partners.models.invitation.new_nonce, editable=False, max_length=20)),
                ('sent_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('sent_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('bounced_at', models.DateTimeField(blank=True, null=True)),
                ('accepted_at', models.DateTimeField(blank=True, null=True)),
                ('accepted_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='invitations_accepted', to=settings.AUTH_USER_MODEL)),
                ('withdrawn_at', models.DateTimeField(blank=True, null=True)),
                ('withdrawn_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'invitation',
                'verbose_name_plural': 'invitations',
                'ordering': ['-sent_at', 'pk'],
                'constraints': [models.UniqueConstraint(condition=models.Q(('accepted_at', None), ('partner__isnull', False), ('withdrawn_at', None)), fields=('partner', 'email'), name='one_pending_invitation'), models.UniqueConstraint(condition=models.Q(('accepted_at', None), ('project__isnull', False), ('withdrawn_at', None)), fields=('project', 'project_role', 'email'), name='one_pending_project_invitation'), models.CheckConstraint(condition=models.Q(models.Q(('partner__isnull', False), ('project', None), ('project_role', ''), models.Q(('role', ''), _negated=True)), models.Q(('partner', None), ('project__isnull', False), ('role', ''), models.Q(('project_role', ''), _negated=True)), _connector='OR'), name='invitation_to_a_partner_or_a_project'), models.CheckConstraint(condition=models.Q(('accepted_at', None), ('withdrawn_at', None), _connector='OR'), name='invitation_accepted_or_withdrawn'), models.CheckConstraint(condition=models.Q(('email', django.db.models.functions.text.Lower('email'))), name='invitation_email_lower'), models.CheckConstraint(condition=models.Q(('accepted_by__isnull', True), ('accepted_at__isnull', False), _connector='OR'), name='invitation_accepted_at_and_by'), models.CheckConstraint(condition=models.Q(('withdrawn_by__isnull', True), ('withdrawn_at__isnull', False), _connector='OR'), name='invitation_withdrawn_at_and_by')],
            },
        ),
        migrations.CreateModel(
            name='Activity',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('published_at', models.DateTimeField(blank=True, null=True)),
                ('published_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('project', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='activities', to='partners.project')),
                ('code', models.CharField(help_text='As the partners call it: TM1, C4, E5a. It is also the address of the page and does not change.', max_length=20, validators=[django.core.validators.RegexValidator('^[A-Za-z0-9_-]+$', 'Letters, digits, - and _ only.')], verbose_name='code')),
                ('kind', models.CharField(choices=[('transnational_meeting', 'Transnational meeting'), ('bilateral_meeting', 'Bilateral meeting'), ('learning_week', 'Learning week'), ('lab', 'Lab'), ('result_sharing', 'Result sharing'), ('workshop', 'Workshop'), ('job_shadowing', 'Job shadowing'), ('online_meeting', 'Online meeting'), ('audience_activity', 'Audience activity')], max_length=24, verbose_name='kind')),
                ('title', models.CharField(blank=True, max_length=200, verbose_name='title')),
                ('place', models.CharField(blank=True, help_text='Leave empty if unknown.', max_length=200, verbose_name='place')),
                ('country', django_countries.fields.CountryField(blank=True, max_length=2, verbose_name='country')),
                ('is_online', models.BooleanField(default=False, verbose_name='online')),
                ('starts_on', models.DateField(blank=True, null=True, verbose_name='first day')),
                ('ends_on', models.DateField(blank=True, null=True, verbose_name='last day')),
                ('month_on', models.DateField(blank=True, help_text='The first of the month, where only the month is known.', null=True, verbose_name='month')),
                ('alternatives', django.contrib.postgres.fields.ArrayField(base_field=models.DateField(), blank=True, default=list, help_text='Where sources leave more than one day open.', size=None, verbose_name='possible first days')),
                ('dates_note', models.CharField(blank=True, help_text='What is known, and from where.', max_length=500, verbose_name='about the dates')),
                ('sorts_on', models.GeneratedField(db_persist=True, expression=django.db.models.functions.comparison.Coalesce('starts_on', 'alternatives__0', 'month_on', 'ends_on'), output_field=models.DateField())),
                ('ends_at', models.TimeField(default=datetime.time(17, 0), help_text='Local time on the last day.', verbose_name='ends at')),
                ('time_zone', models.CharField(blank=True, max_length=50, validators=[partners.models.person.validate_zone], verbose_name='time zone')),
                ('theme', models.CharField(blank=True, max_length=500, verbose_name='theme')),
                ('programme', partners.models.fields.LongText(blank=True, help_text='What was, or will be, done: one line each.', max_length=20000, verbose_name='programme')),
                ('outputs', partners.models.fields.LongText(blank=True, max_length=20000, verbose_name='what came out of it')),
                ('partners_note', models.CharField(blank=True, max_length=500, verbose_name='about the partners')),
                ('sources', models.JSONField(blank=True, default=list, verbose_name='sources')),
                ('status', models.CharField(choices=[('planned', 'Planned'), ('moved', 'Moved'), ('held', 'Held'), ('cancelled', 'Cancelled')], default='planned', max_length=10, verbose_name='status')),
                ('status_reason', partners.models.fields.LongText(blank=True, max_length=20000, verbose_name='reason')),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('changed_at', models.DateTimeField(auto_now=True)),
            ],
            options={
                'verbose_name': 'activity',
                'verbose_name_plural': 'activities',
                'ordering': ['project', 'code'],
                'indexes': [models.Index(fields=['project', 'sorts_on'], name='activity_project_sorts_on')],
                'constraints': [models.UniqueConstraint(models.F('project'), django.db.models.functions.text.Lower('code'), name='one_activity_per_code', violation_error_message='This code is in use in this project.'), models.CheckConstraint(condition=models.Q(('starts_on__isnull', True), ('ends_on__isnull', True), ('ends_on__gte', models.F('starts_on')), _connector='OR'), name='activity_in_order', violation_error_message='The last day is before the first.'), models.CheckConstraint(condition=models.Q(('starts_on', None), models.Q(('alternatives__len', 0), ('month_on', None)), _connector='OR'), name='activity_dates_known_or_vague', violation_error_message='Give the first day, or what is known instead of it, not both.'), models.CheckConstraint(condition=models.Q(('month_on', None), ('month_on__day', 1), _connector='OR'), name='activity_month_is_a_first'), models.CheckConstraint(condition=models.Q(('published_by__isnull', True), ('published_at__isnull', False), _connector='OR'), name='activity_published_at_and_by')],
            },
        ),
        migrations.CreateModel(
            name='ActivityPartner',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('activity', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='sides', to='partners.activity')),
                ('partner', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='sides', to='partners.partner')),
                ('side', models.CharField(choices=[('host', 'Host'), ('guest', 'Guest')], max_length=5, verbose_name='side')),
            ],
            options={
                'verbose_name': 'partner in an activity',
                'verbose_name_plural': 'partners in activities',
                'ordering': ['-side', 'partner__short_name'],
                'constraints': [models.UniqueConstraint(fields=('activity', 'partner'), name='one_side_per_partner'), models.UniqueConstraint(condition=models.Q(('side', 'host')), fields=('activity',), name='one_host')],
            },
        ),
        migrations.AddField(
            model_name='activity',
            name='partners',
            field=models.ManyToManyField(related_name='activities', through='partners.ActivityPartner', to='partners.partner'),
        ),
        migrations.CreateModel(
            name='Attendance',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='attendances', to=settings.AUTH_USER_MODEL)),
                ('activity', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='attendances', to='partners.activity')),
                ('partner', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='attendances', to='partners.partner')),
                ('state', models.CharField(choices=[('expected', 'Expected'), ('attended', 'Was there'), ('absent', 'Was not there')], default='expected', max_length=10, verbose_name='state')),
                ('recorded_at', models.DateTimeField(auto_now=True)),
                ('recorded_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'attendance',
                'verbose_name_plural': 'attendance',
                'ordering': ['person__name', 'pk'],
                'constraints': [models.UniqueConstraint(fields=('person', 'activity'), name='one_attendance_per_person')],
            },
        ),
        migrations.CreateModel(
            name='Headcount',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('activity', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='headcounts', to='partners.activity')),
                ('role', models.CharField(help_text='By role: librarians, neighbours, policymakers.', max_length=120, verbose_name='who')),
                ('number', models.PositiveIntegerField(blank=True, help_text='Leave empty if unknown.', null=True, verbose_name='how many')),
                ('note', models.CharField(blank=True, max_length=300, verbose_name='note')),
            ],
            options={
                'verbose_name': 'head-count',
                'verbose_name_plural': 'head-counts',
                'ordering': ['role'],
                'constraints': [models.UniqueConstraint(models.F('activity'), django.db.models.functions.text.Lower('role'), name='one_headcount_per_role')],
            },
        ),
        migrations.CreateModel(
            name='Event',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField(auto_now_add=True)),
                ('by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('verb', models.CharField(choices=[('invited', 'invited'), ('invitation_withdrawn', 'invitation withdrawn'), ('invitation_bounced', 'invitation bounced'), ('joined', 'joined'), ('role_changed', 'role changed'), ('dates_changed', 'dates changed'), ('left', 'left'), ('project_role_given', 'role in the project given'), ('project_role_ended', 'role in the project ended'), ('second_factor_reset', 'second factor reset'), ('email_changed', 'e-mail address changed'), ('account_closed', 'account closed'), ('account_reopened', 'account opened again'), ('partner_added', 'partner added'), ('partner_removed', 'partner removed'), ('profile_changed', 'details changed'), ('period_changed', 'project period changed'), ('activity_created', 'activity created'), ('activity_changed', 'activity changed'), ('activity_moved', 'activity moved'), ('activity_cancelled', 'activity cancelled'), ('activity_restored', 'activity takes place after all'), ('activity_held', 'activity took place'), ('activity_unheld', 'activity did not take place'), ('attendance_recorded', 'attendance recorded'), ('headcount_recorded', 'head-count recorded'), ('write_up_written', 'write-up written'), ('write_up_revised', 'write-up revised'), ('baseline_written', 'baseline written'), ('published', 'published'), ('unpublished', 'taken back from the public'), ('changemaker_considered', 'changemaker considered'), ('changemaker_chosen', 'changemaker chosen'), ('changemaker_ended', 'work with a changemaker ended'), ('questions_changed', 'questions asked otherwise'), ('reminded', 'reminder sent to those who have not answered'), ('mail_tried_again', 'mail tried again'), ('imported', 'imported'), ('exported', 'exported')], max_length=24)),
                ('person', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='events', to=settings.AUTH_USER_MODEL)),
                ('partner', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='events', to='partners.partner')),
                ('project', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='events', to='partners.project')),
                ('activity', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='events', to='partners.activity')),
                ('details', models.JSONField(blank=True, default=dict, help_text='Old and new dates, roles, states. No text anybody wrote.')),
            ],
            options={
                'verbose_name': 'event',
                'verbose_name_plural': 'events',
                'ordering': ['-at', '-pk'],
                'indexes': [models.Index(fields=['partner', '-at'], name='event_partner_at'), models.Index(fields=['project', '-at'], name='event_project_at')],
            },
        ),
        migrations.CreateModel(
            name='PlanChange',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('project', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='plan_changes', to='partners.project')),
                ('activity', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='plan_changes', to='partners.activity')),
                ('kind', models.CharField(choices=[('period', 'Project period changed'), ('moved', 'Moved'), ('cancelled', 'Cancelled'), ('restored', 'Taking place after all')], max_length=10)),
                ('planned', models.CharField(blank=True, help_text='The dates and place as they stood, in words.', max_length=300, verbose_name='planned before')),
                ('reason', partners.models.fields.LongText(blank=True, max_length=20000, verbose_name='reason')),
                ('at', models.DateTimeField(default=django.utils.timezone.now)),
                ('by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['-at', '-pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('activity', None), ('kind', 'period')), models.Q(models.Q(('kind', 'period'), _negated=True), ('activity__isnull', False)), _connector='OR'), name='plan_change_of_project_or_activity')],
            },
        ),
        migrations.CreateModel(
            name='WriteUp',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('activity', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='write_ups', to='partners.activity')),
                ('partner', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='write_ups', to='partners.partner')),
                ('language', models.CharField(choices=[('en', 'English'), ('sv', 'Swedish'), ('nl', 'Dutch'), ('de', 'German'), ('it', 'Italian'), ('pl', 'Polish'), ('lt', 'Lithuanian')], default='en', max_length=8, verbose_name='language')),
                ('text', partners.models.fields.LongText(blank=True, max_length=20000, verbose_name='text')),
                ('written_on', models.DateField(default=iimprove.clock.today, verbose_name='written on')),
                ('author', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='write_ups', to=settings.AUTH_USER_MODEL)),
                ('sources', models.JSONField(blank=True, default=list, verbose_name='sources')),
                ('revised_at', models.DateTimeField(blank=True, null=True)),
                ('changed_at', models.DateTimeField(auto_now=True)),
                ('public_at', models.DateTimeField(blank=True, null=True)),
                ('public_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'write-up',
                'verbose_name_plural': 'write-ups',
                'ordering': ['written_on', 'pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(('public_by__isnull', True), ('public_at__isnull', False), _connector='OR'), name='write_up_public_at_and_by')],
            },
        ),
        migrations.CreateModel(
            name='WriteUpRevision',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('write_up', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='revisions', to='partners.writeup')),
                ('text', partners.models.fields.LongText(blank=True, max_length=20000)),
                ('replaced_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('replaced_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['-replaced_at', '-pk'],
            },
        ),
    ]
