--[[
  Starts a run of a job, unless it is finished or another run of it lives. A run that fell silent has
  crashed; the second crash fails the job. A job whose cancelling was asked for ends here.

  KEYS[1]  record (hash)
  KEYS[2]  index of the open jobs (sorted set)
  KEYS[3]  log (list)
  ARGV[1]  id
  ARGV[2]  token of the run
  ARGV[3]  name of the worker
  ARGV[4]  milliseconds of silence after which another run counts as crashed
  ARGV[5]  milliseconds for which the caller has been connected: silence before that means nothing
  ARGV[6]  crashes that fail the job
  ARGV[7]  problem of a job that fails so, as JSON
  ARGV[8]  milliseconds to keep a finished record
  Returns  {'run', field, value, ...}, or one of {'unknown'}, {'finished'}, {'busy'}, {'cancelled'}, {'crashed'}
]]
local status = redis.call('HGET', KEYS[1], 'status')
if not status then
  return { 'unknown' }
end
if status ~= 'submitted' and status ~= 'in_progress' then
  return { 'finished' }
end
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local stamp = string.format('%.0f', now)

local function finish(ending, problem)
  redis.call('HSET', KEYS[1], 'status', ending, 'finished', stamp)
  if problem then
    redis.call('HSET', KEYS[1], 'problem', problem)
  end
  redis.call('ZREM', KEYS[2], ARGV[1])
  redis.call('PEXPIRE', KEYS[1], ARGV[8])
  redis.call('PEXPIRE', KEYS[3], ARGV[8])
end

if status == 'in_progress' then
  local silent = math.min(now - redis.call('HGET', KEYS[1], 'heartbeat'), tonumber(ARGV[5]))
  if silent < tonumber(ARGV[4]) then
    return { 'busy' }
  end
  local crashes = redis.call('HINCRBY', KEYS[1], 'crashes', 1)
  if redis.call('HEXISTS', KEYS[1], 'cancel_at') == 0 and crashes >= tonumber(ARGV[6]) then
    finish('failed', ARGV[7])
    return { 'crashed' }
  end
end
if redis.call('HEXISTS', KEYS[1], 'cancel_at') == 1 then
  finish('cancelled')
  return { 'cancelled' }
end
redis.call('HINCRBY', KEYS[1], 'attempts', 1)
redis.call('HSET', KEYS[1], 'status', 'in_progress', 'started', stamp, 'heartbeat', stamp,
  'progress', 0, 'run', ARGV[2], 'worker', ARGV[3])
local answer = redis.call('HGETALL', KEYS[1])
table.insert(answer, 1, 'run')
return answer
