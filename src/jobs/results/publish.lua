--[[
  Writes all results of a job in one step. The first writer wins: a second run of the job changes nothing.

  KEYS[1]  results of the job (hash: name -> description as JSON)
  KEYS[2]  one key for the bytes of each result (and on)
  ARGV[1]  milliseconds to keep them
  ARGV[2]  name, description, bytes of each result, in the order of the keys (and on)
  Returns  {} when written; otherwise {name, description, ...} of the results that are there already
]]
local there = redis.call('HGETALL', KEYS[1])
if #there > 0 then
  return there
end
for i = 2, #KEYS do
  local at = 3 * i - 4
  redis.call('HSET', KEYS[1], ARGV[at], ARGV[at + 1])
  redis.call('SET', KEYS[i], ARGV[at + 2], 'PX', ARGV[1])
end
redis.call('PEXPIRE', KEYS[1], ARGV[1])
return {}
