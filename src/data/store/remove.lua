-- Removes a dataset: its description, its edits, its kept loads and, after a while, their files.
--
-- KEYS  1 dataset hash   2 set of dataset names   3 edits hash   4 edit order
--       5 hash of declared sources   6 key of a list of refused rows, without its id
--       7 hash of kept loads
-- ARGV  1 name           2 key of a generation without its id    3 seconds that the file stays
--
-- Returns 1 when removed, 0 when there was none.
local declared = redis.call('HDEL', KEYS[5], ARGV[1])
local current = redis.call('HGET', KEYS[1], 'generation')
if not current then return declared end

local rejects = redis.call('HGET', KEYS[1], 'rejects') or ''
if rejects ~= '' then redis.call('UNLINK', KEYS[6] .. rejects) end

local function expire(id)
  local generation = ARGV[2] .. id
  local count = tonumber(redis.call('HGET', generation, 'chunks') or '0')
  redis.call('EXPIRE', generation, ARGV[3])
  for index = 0, count - 1 do redis.call('EXPIRE', generation .. ':' .. index, ARGV[3]) end
end

expire(current)
for _, kept in ipairs(redis.call('HVALS', KEYS[7])) do expire(cjson.decode(kept).generation) end

redis.call('UNLINK', KEYS[1], KEYS[3], KEYS[4], KEYS[7])
redis.call('SREM', KEYS[2], ARGV[1])
return 1
