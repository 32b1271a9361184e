--[[
  Removes the record and the log of a finished job.

  KEYS[1]  record (hash)
  KEYS[2]  index of all jobs (sorted set)
  KEYS[3]  log (list)
  ARGV[1]  id
  Returns  the status before, 'submitted' and 'in_progress' mean that nothing was removed; false where
           there is no such job
]]
local status = redis.call('HGET', KEYS[1], 'status')
if status and status ~= 'submitted' and status ~= 'in_progress' then
  redis.call('DEL', KEYS[1], KEYS[3])
  redis.call('ZREM', KEYS[2], ARGV[1])
end
return status
