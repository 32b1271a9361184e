-- The edits which a replica has not applied yet, read together with the state that they lead to.
--
-- KEYS  1 dataset hash   2 edits hash   3 edit order
-- ARGV  1 generation of the replica     2 number of its last edit   3 most edits to return
--
-- Returns {'moved'} when another generation is current, else
--         {'edits', edit, id, entry, id, entry, ...}, where `edit` is the number that the replica has
--         reached once these are applied. Entries are those of edit.lua.
local state = redis.call('HMGET', KEYS[1], 'generation', 'edit')
if state[1] ~= ARGV[1] then return {'moved'} end

local found = redis.call('ZRANGEBYSCORE', KEYS[3], '(' .. ARGV[2], '+inf', 'WITHSCORES',
  'LIMIT', 0, ARGV[3])
local answer = {'edits', tonumber(state[2])}
if #found == 2 * tonumber(ARGV[3]) then answer[2] = tonumber(found[#found]) end
for index = 1, #found, 2 do
  answer[#answer + 1] = found[index]
  answer[#answer + 1] = redis.call('HGET', KEYS[2], found[index])
end
return answer
