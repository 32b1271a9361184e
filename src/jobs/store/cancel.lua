--[[
  Cancels a job that waits, at once; notes the wish on one that runs, and tells the workers. The first who
  asks is noted. A finished job is left as it is.

  KEYS[1]  record (hash)
  KEYS[2]  index of the open jobs (sorted set)
  KEYS[3]  log (list)
  ARGV[1]  id
  ARGV[2]  id of the request that asks
  ARGV[3]  address that it came from
  ARGV[4]  channel on which the workers listen
  ARGV[5]  milliseconds to keep a finished record
  Returns  the status before: 'submitted', 'in_progress', ...; false where there is no such job
]]
local status = redis.call('HGET', KEYS[1], 'status')
if status ~= 'submitted' and status ~= 'in_progress' then
  return status
end
local time = redis.call('TIME')
local now = string.format('%.0f', time[1] * 1000 + math.floor(time[2] / 1000))
if redis.call('HEXISTS', KEYS[1], 'cancel_at') == 0 then
  redis.call('HSET', KEYS[1], 'cancel_at', now, 'cancel_by', ARGV[2], 'cancel_address', ARGV[3])
end
if status == 'submitted' then
  redis.call('HSET', KEYS[1], 'status', 'cancelled', 'finished', now)
  redis.call('ZREM', KEYS[2], ARGV[1])
  redis.call('PEXPIRE', KEYS[1], ARGV[5])
  redis.call('PEXPIRE', KEYS[3], ARGV[5])
else
  redis.call('PUBLISH', ARGV[4], ARGV[1])
end
return status
