-- Lookups that had no index: an item by its name in any dossier (`show`), tags of what a page shows, findings of a
-- dossier, a person's drafts, newest first.
create index statement_by_item on statement (organisation, item) where item is not null;
create index remark_by_item on remark (organisation, item) where item is not null;
create index tag_by_subject on tag (organisation, subject);
create index finding_by_dossier on finding (organisation, dossier);
create index draft_by_person on draft (organisation, person, saved_at desc);
