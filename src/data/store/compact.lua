-- Makes a generation current which holds the same version as before, with edits folded in, or the next
-- version, from which records were removed.
--
-- KEYS  1 dataset hash   2 hash of the new generation   3 edits hash   4 edit order
-- ARGV  1 generation that was folded    2 id of the new generation
--       3 number of the last edit that is folded in     4 seconds that the old one stays
--       5 rows of the next version, '' where the version stays
-- The file of the load itself stays: it is kept until it is freed.
-- The chunks of a generation are its hash key followed by ':' and an index; their count is in it.
--
-- Returns 1 when done, 0 when another generation is current, a chunk is missing, or records were to be
--         removed and there was a further edit.
local state = redis.call('HMGET', KEYS[1], 'generation', 'edit')
if state[1] ~= ARGV[1] then return 0 end
if ARGV[5] ~= '' and state[2] ~= ARGV[3] then return 0 end

local chunks = tonumber(redis.call('HGET', KEYS[2], 'chunks') or '0')
for index = 0, chunks - 1 do
  if redis.call('EXISTS', KEYS[2] .. ':' .. index) == 0 then return 0 end
end
redis.call('PERSIST', KEYS[2])
for index = 0, chunks - 1 do redis.call('PERSIST', KEYS[2] .. ':' .. index) end

local old = string.sub(KEYS[2], 1, -1 - #ARGV[2]) .. ARGV[1]
if ARGV[1] ~= redis.call('HGET', KEYS[1], 'original') then
  local count = tonumber(redis.call('HGET', old, 'chunks') or '0')
  redis.call('EXPIRE', old, ARGV[4])
  for index = 0, count - 1 do redis.call('EXPIRE', old .. ':' .. index, ARGV[4]) end
end

local folded = redis.call('ZRANGEBYSCORE', KEYS[4], '-inf', ARGV[3])
for from = 1, #folded, 1000 do
  redis.call('HDEL', KEYS[3], unpack(folded, from, math.min(from + 999, #folded)))
end
redis.call('ZREMRANGEBYSCORE', KEYS[4], '-inf', ARGV[3])
redis.call('HSET', KEYS[1], 'generation', ARGV[2])
if ARGV[5] ~= '' then
  redis.call('HSET', KEYS[1], 'edit', string.format('%d', ARGV[3] + 1), 'rows', ARGV[5])
end
return 1
