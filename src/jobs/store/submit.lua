--[[
  Writes the record of a new job and puts it into both indexes, in one step. Scores are microseconds, made
  unique and ever growing, so that the order of the index is the order of the submissions.

  KEYS[1]  record (hash)
  KEYS[2]  index of all jobs (sorted set)
  KEYS[3]  index of the open jobs (sorted set)
  ARGV[1]  id
  ARGV[2]  field, value, field, value, ... of the record (and on)
  Returns  {field, value, ...} of the record, or false where there is a job with this id already
]]
if redis.call('EXISTS', KEYS[1]) == 1 then
  return false
end
local time = redis.call('TIME')
local now = string.format('%.0f', time[1] * 1000 + math.floor(time[2] / 1000))
local order = time[1] * 1000000 + time[2]
local newest = tonumber(redis.call('ZRANGE', KEYS[2], -1, -1, 'WITHSCORES')[2] or 0)
if newest >= order then
  order = newest + 1
end
local score = string.format('%.0f', order)
redis.call('HSET', KEYS[1], 'id', ARGV[1], 'status', 'submitted', 'progress', 0, 'attempts', 0,
  'crashes', 0, 'faults', 0, 'created', now, 'heartbeat', now, unpack(ARGV, 2))
redis.call('ZADD', KEYS[2], score, ARGV[1])
redis.call('ZADD', KEYS[3], score, ARGV[1])
return redis.call('HGETALL', KEYS[1])
