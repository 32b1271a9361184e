-- Lets the file of a kept load go, unless the load is the current one.
--
-- KEYS  1 dataset hash   2 hash of kept loads   3 hash of the generation of the load
-- ARGV  1 number of the load                    2 seconds that the file stays; 0 removes it at once
-- The chunks of a generation are its hash key followed by ':' and an index; their count is in it.
--
-- Returns 1 when freed, 0 when the load is the current one or not kept.
if redis.call('HGET', KEYS[1], 'load') == ARGV[1] then return 0 end
if redis.call('HDEL', KEYS[2], ARGV[1]) == 0 then return 0 end

local count = tonumber(redis.call('HGET', KEYS[3], 'chunks') or '0')
redis.call('EXPIRE', KEYS[3], ARGV[2])
for index = 0, count - 1 do redis.call('EXPIRE', KEYS[3] .. ':' .. index, ARGV[2]) end
return 1
