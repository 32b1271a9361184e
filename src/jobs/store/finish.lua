--[[
  Ends a job, for the run that has it. A job whose cancelling was asked for does not become complete.

  KEYS[1]  record (hash)
  KEYS[2]  index of the open jobs (sorted set)
  KEYS[3]  log (list)
  ARGV[1]  id
  ARGV[2]  token of the run
  ARGV[3]  'complete', 'failed' or 'cancelled'
  ARGV[4]  problem as JSON, or ''
  ARGV[5]  version of the dataset that was read, or ''
  ARGV[6]  milliseconds to keep the record
  Returns  the status which the job has now, or 'lost' where this run is not the one of the job. Called again
           after it worked, it changes nothing.
]]
if redis.call('HGET', KEYS[1], 'run') ~= ARGV[2] then
  return 'lost'
end
local before = redis.call('HGET', KEYS[1], 'status')
if before ~= 'in_progress' then
  return before
end
local status = ARGV[3]
if status == 'complete' and redis.call('HEXISTS', KEYS[1], 'cancel_at') == 1 then
  status = 'cancelled'
end
local time = redis.call('TIME')
redis.call('HSET', KEYS[1], 'status', status,
  'finished', string.format('%.0f', time[1] * 1000 + math.floor(time[2] / 1000)))
if status == 'complete' then
  redis.call('HSET', KEYS[1], 'progress', 100)
end
if ARGV[4] ~= '' then
  redis.call('HSET', KEYS[1], 'problem', ARGV[4])
end
if ARGV[5] ~= '' then
  redis.call('HSET', KEYS[1], 'version', ARGV[5])
end
redis.call('ZREM', KEYS[2], ARGV[1])
redis.call('PEXPIRE', KEYS[1], ARGV[6])
redis.call('PEXPIRE', KEYS[3], ARGV[6])
return status
