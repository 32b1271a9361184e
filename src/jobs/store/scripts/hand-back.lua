--[[
  Gives up a run: the job waits again. It is no crash.

  KEYS     none: they follow from the id
  ARGV[1]  id
  ARGV[2]  token of the run
  ARGV[3]  what is added to the faults of the job: 1 after an unexpected error, 0 otherwise
  Returns  1, or 0 where this run is not the one of the job
]]
local id = ARGV[1]
local key = job_key(id)
local work = redis.call('HMGET', key, 'run', 'state', 'status')
if work[1] ~= ARGV[2] or work[2] ~= 'running' then
  return 0
end
redis.call('HINCRBY', key, 'faults', ARGV[3])
redis.call('HDEL', key, 'run')
redis.call('HSET', key, 'state', 'waiting', 'progress', 0, 'heartbeat', now,
  'status', is_open_status(work[3]) and 'submitted' or work[3])
tell(id)
show_followers(id, 'status', 'submitted')
return 1
