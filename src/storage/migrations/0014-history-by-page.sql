-- The history is read a page at a time: entries by when they were made, the newest first. The index holds what row security
-- asks, so that the history which a reader may not see is passed over without being fetched.
drop index revision_by_time;
create index revision_by_time on revision (organisation, at desc, entry desc) include (level, "case");
