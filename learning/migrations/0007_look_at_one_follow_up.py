"""Whether a follow-up is read more widely than its thing is looked up by an index: how many follow-ups there are does not matter."""

from django.db import migrations

LEVELS = """
    CREATE OR REPLACE FUNCTION learning_follow_up_level_fits() RETURNS trigger LANGUAGE plpgsql AS $$
    DECLARE
        levels CONSTANT text[] := ARRAY['only_me', 'person', 'organisation', 'partnership', 'public'];
        thing uuid;
    BEGIN
        IF TG_TABLE_NAME = 'learning_takeaway' THEN thing := NEW.id; ELSE thing := NEW.takeaway_id; END IF;
        IF EXISTS (
            SELECT FROM learning_followup f JOIN learning_takeaway t ON t.id = f.takeaway_id
            WHERE t.id = thing AND f.takeaway_id = thing
            AND (array_position(levels, f.visibility::text) > array_position(levels, t.visibility::text)
                 OR f.visibility = 'person' AND t.visibility = 'person' AND f.reader_id <> t.reader_id)
        ) THEN
            RAISE EXCEPTION 'what became of it would be read more widely than the thing itself'
                USING ERRCODE = 'check_violation', CONSTRAINT = 'follow_up_not_wider_than_its_takeaway';
        END IF;
        RETURN NULL;
    END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("learning", "0006_report_pack")]

    operations = [migrations.RunSQL(LEVELS, migrations.RunSQL.noop)]
