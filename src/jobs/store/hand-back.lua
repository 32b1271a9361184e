--[[
  Gives up a run: the job waits again. It is no crash.

  KEYS[1]  record (hash)
  ARGV[1]  token of the run
  ARGV[2]  what is added to the faults of the job: 1 after an unexpected error, 0 otherwise
  Returns  1, or 0 where this run is not the one of the job
]]
if redis.call('HGET', KEYS[1], 'run') ~= ARGV[1]
  or redis.call('HGET', KEYS[1], 'status') ~= 'in_progress' then
  return 0
end
local time = redis.call('TIME')
redis.call('HINCRBY', KEYS[1], 'faults', ARGV[2])
redis.call('HDEL', KEYS[1], 'run', 'worker')
redis.call('HSET', KEYS[1], 'status', 'submitted', 'progress', 0,
  'heartbeat', string.format('%.0f', time[1] * 1000 + math.floor(time[2] / 1000)))
return 1
