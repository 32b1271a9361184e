--[[
  Notes a run of a schedule and sets its next time, unless another worker has done so, or the schedule was changed
  or removed meanwhile.

  KEYS[1]  schedule (hash)
  KEYS[2]  due times (sorted set)
  KEYS[3]  runs of the schedule (list), newest first
  ARGV[1]  id
  ARGV[2]  time for which the run was, milliseconds since 1970
  ARGV[3]  next time, or '' for none
  ARGV[4]  the run as JSON
  ARGV[5]  runs to keep
  Returns  1, or 0 where nothing was changed
]]
if redis.call('EXISTS', KEYS[1]) == 0 or redis.call('ZSCORE', KEYS[2], ARGV[1]) ~= ARGV[2] then
  return 0
end
if ARGV[3] == '' then
  redis.call('ZREM', KEYS[2], ARGV[1])
else
  redis.call('ZADD', KEYS[2], ARGV[3], ARGV[1])
end
redis.call('LPUSH', KEYS[3], ARGV[4])
redis.call('LTRIM', KEYS[3], 0, ARGV[5] - 1)
return 1
