--[[
  Takes reports that are due, for a while: whoever does not settle one in that time leaves it to others.

  KEYS[1]  due reports (sorted set): job by the time of its next attempt
  ARGV[1]  most reports to take
  ARGV[2]  milliseconds for which they are taken
  Returns  ids of jobs
]]
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local ids = redis.call('ZRANGEBYSCORE', KEYS[1], '-inf', now, 'LIMIT', 0, ARGV[1])
for i = 1, #ids do
  redis.call('ZADD', KEYS[1], now + ARGV[2], ids[i])
end
return ids
