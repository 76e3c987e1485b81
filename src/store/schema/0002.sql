-- Who signed an answer.  Words of signed_words; '' where the mail is not signed.

ALTER TABLE inbox ADD COLUMN signature TEXT NOT NULL DEFAULT '';
ALTER TABLE inbox ADD COLUMN signed_by TEXT NOT NULL DEFAULT '';
