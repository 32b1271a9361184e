--[[
  Notes an attempt to report the end of a job, and when to try again.

  KEYS[1]  due reports (sorted set)
  KEYS[2]  attempts (list), oldest first
  ARGV[1]  id of the job
  ARGV[2]  milliseconds until the next attempt, or '' for none
  ARGV[3]  the attempt as JSON
  ARGV[4]  attempts to keep
  ARGV[5]  milliseconds to keep them
  Returns  nothing
]]
if ARGV[2] == '' then
  redis.call('ZREM', KEYS[1], ARGV[1])
else
  local time = redis.call('TIME')
  redis.call('ZADD', KEYS[1], time[1] * 1000 + math.floor(time[2] / 1000) + ARGV[2], ARGV[1])
end
redis.call('RPUSH', KEYS[2], ARGV[3])
redis.call('LTRIM', KEYS[2], -ARGV[4], -1)
redis.call('PEXPIRE', KEYS[2], ARGV[5])
