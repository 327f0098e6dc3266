"""Whatever changes what figures count leaves a mark in its project. docs/adr/0011-figures-kept-in-memory.md"""

# Nobody waits for anybody: who finds the mark of a project held by another transaction makes a second one.
MARK = (
    """
    CREATE SEQUENCE learning_marks;
    CREATE FUNCTION learning_mark(projects bigint[]) RETURNS void LANGUAGE plpgsql AS $$
    DECLARE
        changed bigint;
    BEGIN
        FOR changed IN SELECT DISTINCT each FROM unnest(projects) AS each WHERE each IS NOT NULL LOOP
            UPDATE learning_changemark SET mark = nextval('learning_marks') WHERE id = (
                SELECT id FROM learning_changemark WHERE project_id = changed ORDER BY id LIMIT 1 FOR UPDATE SKIP LOCKED
            );
            IF NOT FOUND THEN
                INSERT INTO learning_changemark (project_id, mark) VALUES (changed, nextval('learning_marks'));
            END IF;
        END LOOP;
    END $$;
    """,
    "DROP FUNCTION learning_mark; DROP SEQUENCE learning_marks;",
)

PROJECTS = {  # table → the projects of its rows that `changed`
    "partners_attendance": "SELECT a.project_id FROM changed JOIN partners_activity a ON a.id = changed.activity_id",
    "learning_leftout": "SELECT project_id FROM changed",
    "learning_reflection": "SELECT project_id FROM changed",
    "learning_takeaway": "SELECT r.project_id FROM changed JOIN learning_reflection r ON r.id = changed.reflection_id",
    "learning_takeaway_source_partners": """
        SELECT r.project_id FROM changed
        JOIN learning_takeaway t ON t.id = changed.takeaway_id JOIN learning_reflection r ON r.id = t.reflection_id
    """,
    "learning_followup": """
        SELECT r.project_id FROM changed
        JOIN learning_takeaway t ON t.id = changed.takeaway_id JOIN learning_reflection r ON r.id = t.reflection_id
    """,
    "learning_confirmation": """
        SELECT r.project_id FROM changed JOIN learning_followup f ON f.id = changed.follow_up_id
        JOIN learning_takeaway t ON t.id = f.takeaway_id JOIN learning_reflection r ON r.id = t.reflection_id
    """,
    "learning_prompt": """
        SELECT coalesce(changed.project_id, a.project_id, r.project_id) FROM changed
        LEFT JOIN partners_activity a ON a.id = changed.activity_id LEFT JOIN learning_reflection r ON r.id = changed.moment_id
    """,
}
CHANGES = {"come": ("INSERT", "NEW"), "gone": ("DELETE", "OLD"), "new": ("UPDATE", "NEW"), "old": ("UPDATE", "OLD")}  # a row may go to another project


def marked():
    make = undo = ""
    for table, projects in PROJECTS.items():
        make += f"""
            CREATE FUNCTION {table}_marks() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN
                PERFORM learning_mark(ARRAY({projects}));
                RETURN NULL;
            END $$;
        """
        for name, (event, rows) in CHANGES.items():
            make += f"CREATE TRIGGER marks_{name} AFTER {event} ON {table} REFERENCING {rows} TABLE AS changed EXECUTE FUNCTION {table}_marks();\n"
            undo += f"DROP TRIGGER marks_{name} ON {table};\n"
        undo += f"DROP FUNCTION {table}_marks;\n"
    return make, undo
