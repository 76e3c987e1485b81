dist_man_MANS += doc/seinpost.1 doc/seinpost.conf.5
dist_doc_DATA = README.md NEWS.md SECURITY.md doc/architecture.md doc/backup.md doc/conventions.md doc/durability.md doc/formats.md

TESTS += tests/style/docs.sh
EXTRA_DIST += tests/style/docs.sh
