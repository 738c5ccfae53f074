-- Where the words of a reading stand on its pages, packed (src/sources/layout.ts); the body holds their SHA-256.
alter table reading add column layout bytea;
