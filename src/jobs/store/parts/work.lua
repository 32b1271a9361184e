--[[
  The end of a job, and of the work that several jobs may share. The record of the first of them holds the work:
  `state` is waiting, running or done. The others name it as their `source`, and stand in its set of followers.
  `status` is what people see of each.

  KEYS     none of its own
  Returns  nothing
]]
local function is_open_status(status)
  return status == 'submitted' or status == 'in_progress'
end

local function is_open(id)
  return is_open_status(redis.call('HGET', job_key(id), 'status'))
end

local function index_status(id, status, order)
  local index = base .. ':jobs:status:' .. status
  redis.call('ZADD', index, order, id)
  trim(index)
end

--- @param more field, value, ... of the record
local function end_record(id, status, more)
  local key = job_key(id)
  local record = redis.call('HMGET', key, 'order', 'callback')
  redis.call('HSET', key, 'status', status, 'finished', now, unpack(more))
  redis.call('ZREM', base .. ':jobs:open', id)
  index_status(id, status, record[1])
  redis.call('PEXPIRE', key, settings.job_ttl)
  redis.call('PEXPIRE', log_key(id), settings.job_ttl)
  -- Its end is to be reported: noted in the same step, so that no report is lost.
  if record[2] then
    redis.call('ZADD', base .. ':callbacks:due', now, id)
  end
  tell(id)
end

--- The mean time of the complete runs of an analysis; the latest twenty count most.
local function note_duration(analysis, started)
  local key = base .. ':durations'
  local known = redis.call('HGET', key, analysis)
  local mean, count = 0, 0
  if known then
    mean, count = string.match(known, '^(%S+) (%d+)$')
  end
  count = math.min(count + 1, 20)
  mean = mean + (now_ms - started - mean) / count
  redis.call('HSET', key, analysis, string.format('%.1f %d', mean, count))
end

--- Lets other jobs find the results of this one for as long as they are kept; or makes them look no more.
local function settle_reuse(id, fingerprint, status)
  local key = reuse_key(fingerprint)
  if redis.call('GET', key) ~= id then
    return
  end
  if status == 'complete' then
    redis.call('PEXPIRE', key, settings.result_ttl)
  else
    redis.call('DEL', key)
  end
end

--- Ends the work of a job, and every job that waits for it.
--- @param problem JSON, or ''; @param version '' where it is not known
local function end_work(id, status, problem, version)
  local key = job_key(id)
  local work = redis.call('HMGET', key, 'started', 'attempts', 'analysis', 'reuse', 'progress', 'status')
  local more = { 'attempts', work[2], 'progress', status == 'complete' and 100 or work[5] }
  if problem ~= '' then
    more[5], more[6] = 'problem', problem
  end
  if version ~= '' then
    more[#more + 1] = 'version'
    more[#more + 1] = version
  end
  if is_open_status(work[6]) then
    end_record(id, status, { 'state', 'done', 'outcome', status, unpack(more) })
  else
    redis.call('HSET', key, 'state', 'done', 'outcome', status)
    redis.call('PEXPIRE', key, settings.job_ttl)
  end
  local followers = redis.call('SMEMBERS', followers_key(id))
  for i = 1, #followers do
    end_record(followers[i], status, more)
  end
  if #followers > 0 then
    redis.call('PEXPIRE', followers_key(id), settings.job_ttl)
  end
  if work[4] then
    settle_reuse(id, work[4], status)
  end
  if status == 'complete' and work[1] then
    note_duration(work[3], work[1])
  end
end

--- What people see of the jobs that share the work of a job.
local function show_followers(id, ...)
  local followers = redis.call('SMEMBERS', followers_key(id))
  for i = 1, #followers do
    redis.call('HSET', job_key(followers[i]), ...)
    tell(followers[i])
  end
end
