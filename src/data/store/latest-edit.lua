-- The state of a dataset and the latest edit of one record, from one moment: between two reads a compaction could
-- hide an edit of the old generation. A script, since Redis at its memory limit lets no transaction begin.
--
-- KEYS  1 dataset hash   2 edits hash
-- ARGV  1 id of the record
--       2.. fields of the dataset that are its state
--
-- Returns {values of the fields, entry}, nil for what is not there. Entries are those of edit.lua.
return {redis.call('HMGET', KEYS[1], unpack(ARGV, 2)), redis.call('HGET', KEYS[2], ARGV[1])}
