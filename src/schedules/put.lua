--[[
  Writes a schedule as a whole: its fields, its place in the list, and when it is due.

  KEYS[1]  schedule (hash)
  KEYS[2]  all schedules by the time of their making (sorted set)
  KEYS[3]  due times (sorted set)
  ARGV[1]  id
  ARGV[2]  'new', or 'old' for one that must be there already
  ARGV[3]  the schedule as JSON, without its next time
  ARGV[4]  next time in milliseconds since 1970, or '' for none
  ARGV[5]  time of its making
  ARGV[6]  most schedules
  Returns  'ok', 'gone' where an old one is not there, 'full' where there are too many
]]
if ARGV[2] == 'old' and redis.call('EXISTS', KEYS[1]) == 0 then
  return 'gone'
end
if ARGV[2] == 'new' and redis.call('ZCARD', KEYS[2]) >= tonumber(ARGV[6]) then
  return 'full'
end
redis.call('HSET', KEYS[1], 'schedule', ARGV[3])
redis.call('ZADD', KEYS[2], ARGV[5], ARGV[1])
if ARGV[4] == '' then
  redis.call('ZREM', KEYS[3], ARGV[1])
else
  redis.call('ZADD', KEYS[3], ARGV[4], ARGV[1])
end
return 'ok'
