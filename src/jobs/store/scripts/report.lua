--[[
  Heartbeat of a run, with its progress and its new log lines.

  KEYS     none: they follow from the id
  ARGV[1]  id
  ARGV[2]  token of the run
  ARGV[3]  progress, 0 to 100; it never goes back within a run
  ARGV[4]  version of the dataset that is read, or ''
  ARGV[5]  log lines, oldest first (and on)
  Returns  'ok', 'cancel' where cancelling was asked for, 'lost' where this run is not the one of the job
]]
local id = ARGV[1]
local key = job_key(id)
local work = redis.call('HMGET', key, 'run', 'state', 'progress', 'stop')
if work[1] ~= ARGV[2] or work[2] ~= 'running' then
  return 'lost'
end
local progress = math.max(tonumber(ARGV[3]), tonumber(work[3]))
redis.call('HSET', key, 'heartbeat', now, 'progress', tostring(progress))
if ARGV[4] ~= '' then
  redis.call('HSET', key, 'version', ARGV[4])
end
append(id, { unpack(ARGV, 5) })
if progress > tonumber(work[3]) or #ARGV > 4 then
  tell(id)
end
return work[4] and 'cancel' or 'ok'
