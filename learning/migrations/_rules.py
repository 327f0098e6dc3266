"""Rules that a single row cannot keep: an activity is one of the project's, levels fit, what happened is not rewritten."""

ACTIVITY_OF_PROJECT = (
    """
    CREATE UNIQUE INDEX activity_id_and_project ON partners_activity (id, project_id);
    ALTER TABLE learning_reflection ADD CONSTRAINT reflection_activity_of_its_project
        FOREIGN KEY (activity_id, project_id) REFERENCES partners_activity (id, project_id) DEFERRABLE INITIALLY DEFERRED;
    """,
    """
    ALTER TABLE learning_reflection DROP CONSTRAINT reflection_activity_of_its_project;
    DROP INDEX activity_id_and_project;
    """,
)

TAKEAWAY_LEVEL = (
    """
    CREATE FUNCTION learning_takeaway_level_fits() RETURNS trigger LANGUAGE plpgsql AS $$
    DECLARE
        told learning_reflection;
    BEGIN
        SELECT * INTO told FROM learning_reflection WHERE id = NEW.reflection_id;
        IF NEW.visibility IN ('partnership', 'public') AND told.project_id IS NULL THEN
            RAISE EXCEPTION 'all partners of which project?' USING ERRCODE = 'check_violation', CONSTRAINT = 'takeaway_partnership_implies_project';
        END IF;
        IF NEW.visibility IN ('organisation', 'public') AND told.partner_then_id IS NULL THEN
            RAISE EXCEPTION 'everybody at which organisation?'
                USING ERRCODE = 'check_violation', CONSTRAINT = 'takeaway_organisation_implies_partner';
        END IF;
        RETURN NULL;
    END $$;
    CREATE CONSTRAINT TRIGGER takeaway_level_fits AFTER INSERT OR UPDATE OF visibility, reflection_id ON learning_takeaway
        DEFERRABLE INITIALLY IMMEDIATE FOR EACH ROW EXECUTE FUNCTION learning_takeaway_level_fits();
    """,
    "DROP TRIGGER takeaway_level_fits ON learning_takeaway; DROP FUNCTION learning_takeaway_level_fits;",
)

# Checked at the end of the transaction: the takeaway and its follow-ups may be narrowed in any order.
FOLLOW_UP_LEVEL = (
    """
    CREATE FUNCTION learning_follow_up_level_fits() RETURNS trigger LANGUAGE plpgsql AS $$
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
    CREATE CONSTRAINT TRIGGER follow_up_level_fits AFTER INSERT OR UPDATE OF visibility, reader_id, takeaway_id ON learning_followup
        DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION learning_follow_up_level_fits();
    CREATE CONSTRAINT TRIGGER takeaway_not_narrower_than_follow_ups AFTER UPDATE OF visibility, reader_id ON learning_takeaway
        DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION learning_follow_up_level_fits();
    """,
    """
    DROP TRIGGER takeaway_not_narrower_than_follow_ups ON learning_takeaway;
    DROP TRIGGER follow_up_level_fits ON learning_followup;
    DROP FUNCTION learning_follow_up_level_fits;
    """,
)

APPEND_ONLY = {
    "learning_followup": "takeaway_id, wave, observed_at, state, effect, without, texts",
    "learning_visibilitychange": "reflection_id, takeaway_id, follow_up_id, kind, before, after, at",
    "learning_revision": "reflection_id, takeaway_id, before, replaced_at",
    "learning_consentchange": "person_id, about, is_given, at",
    "learning_noticeacceptance": "person_id, version, accepted_at",
    "learning_release": "at, figures, batches, windows",
    "learning_coversecret": "value",
}


def append_only():
    """Rows may be added and, when somebody is erased, removed; these columns of them are never rewritten."""
    make = """
        CREATE FUNCTION learning_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
        END $$;
    """
    for table, columns in APPEND_ONLY.items():
        make += f"CREATE TRIGGER append_only BEFORE UPDATE OF {columns} ON {table} FOR EACH ROW EXECUTE FUNCTION learning_append_only();\n"
    undo = "".join(f"DROP TRIGGER append_only ON {table};\n" for table in APPEND_ONLY)
    return make, undo + "DROP FUNCTION learning_append_only;"
