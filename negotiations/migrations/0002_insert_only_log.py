"""The log can only grow, and a slot has one agreement: constraints that Django's models cannot say."""

from __future__ import annotations

from django.db import migrations

# Erasing a whole session (a school's right, and the demo's housekeeping) announces itself in its own
# transaction; nothing else may ever change or remove a line.
GUARD = """
CREATE FUNCTION negotiations_event_guard() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' AND current_setting('parley.erasing', true) = 'on' THEN
        RETURN OLD;
    END IF;
    RAISE EXCEPTION 'the log is insert-only' USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER negotiations_event_guard BEFORE UPDATE OR DELETE ON negotiations_event
    FOR EACH ROW EXECUTE FUNCTION negotiations_event_guard();
CREATE TRIGGER negotiations_event_no_truncate BEFORE TRUNCATE ON negotiations_event
    FOR EACH STATEMENT EXECUTE FUNCTION negotiations_event_guard();
CREATE UNIQUE INDEX one_agreement_a_slot ON negotiations_event (room_id, (payload->>'slot'))
    WHERE type = 'deal.made';
"""
UNDO = """
DROP INDEX one_agreement_a_slot;
DROP TRIGGER negotiations_event_no_truncate ON negotiations_event;
DROP TRIGGER negotiations_event_guard ON negotiations_event;
DROP FUNCTION negotiations_event_guard();
"""


class Migration(migrations.Migration):
    dependencies = [("negotiations", "0001_initial")]

    operations = [migrations.RunSQL(GUARD, UNDO)]
