--[[
  Starts a run of a job, unless it is finished or another run of it lives. A run that fell silent has
  crashed; the second crash fails the job. A job whose cancelling was asked for ends here.

  KEYS     none: they follow from the id
  ARGV[1]  id
  ARGV[2]  token of the run
  ARGV[3]  milliseconds of silence after which another run counts as crashed
  ARGV[4]  milliseconds for which the caller has been connected: silence before that means nothing
  Returns  {'run', field, value, ...}, or one of {'unknown'}, {'finished'}, {'busy'}, {'cancelled'}, {'crashed'}
]]
local id = ARGV[1]
local work = redis.call('HMGET', job_key(id), 'state', 'heartbeat', 'stop')
if not work[1] then
  return { redis.call('EXISTS', job_key(id)) == 1 and 'finished' or 'unknown' }
end
if work[1] == 'done' then
  return { 'finished' }
end
if work[1] == 'running' then
  if math.min(now_ms - work[2], tonumber(ARGV[4])) < tonumber(ARGV[3]) then
    return { 'busy' }
  end
  local crashes = redis.call('HINCRBY', job_key(id), 'crashes', 1)
  if not work[3] and crashes >= settings.most_crashes then
    end_work(id, 'failed', settings.crashed, '')
    return { 'crashed' }
  end
end
return begin_run(id, ARGV[2])
