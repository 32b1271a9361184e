-- Makes a generation the current one of its dataset, if nothing else became so in the meantime.
--
-- KEYS  1 dataset hash      2 set of dataset names   3 hash of load numbers
--       4 generation hash   5 edits hash             6 edit order
--       7 key of a list of refused rows, without its id
--       8 hash of kept loads
-- ARGV  1 name              2 generation expected to be current ('' for none)
--       3 id of the new generation                   4 seconds that the old one stays
--       5 seconds since 1970, as text of the time of loading
--       6 random epoch, used where the dataset is new
--       7 id of the list of refused rows of this load, '' for none
--       8 the load as JSON, for the hash of kept loads
--       9.. pairs of field and value for the dataset hash
-- The file of the load before stays: it is kept until it is freed. Only a file that edits were folded into goes.
-- The chunks of a generation are its hash key followed by ':' and an index; their count is in it.
--
-- Returns {1, load} when published, {0} when another generation is current,
--         {-1, index} when a chunk is missing.
local current = redis.call('HGET', KEYS[1], 'generation') or ''
if current ~= ARGV[2] then return {0} end

local chunks = tonumber(redis.call('HGET', KEYS[4], 'chunks'))
for index = 0, chunks - 1 do
  if redis.call('EXISTS', KEYS[4] .. ':' .. index) == 0 then return {-1, index} end
end

local load = tonumber(redis.call('HGET', KEYS[3], ARGV[1]) or '0') + 1
redis.call('HSET', KEYS[3], ARGV[1], load)

redis.call('PERSIST', KEYS[4])
for index = 0, chunks - 1 do redis.call('PERSIST', KEYS[4] .. ':' .. index) end

if current ~= '' and current ~= redis.call('HGET', KEYS[1], 'original') then
  local old = string.sub(KEYS[4], 1, -1 - #ARGV[3]) .. current
  local count = tonumber(redis.call('HGET', old, 'chunks') or '0')
  redis.call('EXPIRE', old, ARGV[4])
  for index = 0, count - 1 do redis.call('EXPIRE', old .. ':' .. index, ARGV[4]) end
end

local rejects = redis.call('HGET', KEYS[1], 'rejects') or ''
if rejects ~= '' then redis.call('UNLINK', KEYS[7] .. rejects) end
if ARGV[7] ~= '' then redis.call('PERSIST', KEYS[7] .. ARGV[7]) end

redis.call('UNLINK', KEYS[5], KEYS[6])
redis.call('HSETNX', KEYS[1], 'epoch', ARGV[6])
redis.call('HSETNX', KEYS[1], 'created', ARGV[5])
redis.call('HSET', KEYS[1], 'name', ARGV[1], 'generation', ARGV[3], 'load', load, 'edit', 0,
  'loaded', ARGV[5], 'original', ARGV[3], 'rejects', ARGV[7],
  unpack(ARGV, 9))
redis.call('HSET', KEYS[8], load, ARGV[8])
redis.call('SADD', KEYS[2], ARGV[1])
return {1, load}
