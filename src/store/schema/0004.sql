-- A warning whose mails wait behind its deadline is overdue, too.  Those that were passed over are
-- looked at again.

DROP INDEX warning_deadline;
CREATE INDEX warning_deadline ON warning (deadline_at) WHERE state IN ('queued', 'sent');
DELETE FROM meta WHERE name = 'called_until';
