--[[
  Takes a job that was running when a backup was taken back to where it waits: its worker is not there any
  more, and that is nobody's fault.

  KEYS[1]  record of the job (hash)
  Returns  1, or 0 where it was not running
]]
if redis.call('HGET', KEYS[1], 'status') ~= 'in_progress' then
  return 0
end
redis.call('HDEL', KEYS[1], 'run', 'worker')
redis.call('HSET', KEYS[1], 'status', 'submitted', 'progress', 0)
return 1
