--[[
  Begins every script of jobs: the time, and the names of keys and channels. `base` (KEY_PREFIX) and `settings`
  are written in front of it.

  KEYS     none of its own
  Returns  nothing
]]
local time = redis.call('TIME')
local now_ms = time[1] * 1000 + math.floor(time[2] / 1000)
local now = string.format('%.0f', now_ms)

local function job_key(id)
  return base .. ':job:' .. id
end

local function log_key(id)
  return base .. ':job:' .. id .. ':log'
end

--- Set: the jobs that share the work of a job.
local function followers_key(id)
  return base .. ':job:' .. id .. ':followers'
end

local function reuse_key(fingerprint)
  return base .. ':reuse:' .. fingerprint
end

--- Wakes whoever follows a job.
local function tell(id)
  redis.call('PUBLISH', base .. ':job-events:' .. id, '')
end

--- Scores below this belong to jobs whose records have expired long ago. They cost only room, so one call in some
--- removes them.
local function trim(index)
  if time[2] % 16 ~= 0 then
    return
  end
  redis.call('ZREMRANGEBYSCORE', index, '-inf',
    string.format('%.0f', (now_ms - 2 * settings.job_ttl) * 1000))
end

local function append(id, lines)
  if #lines == 0 then
    return
  end
  for i = 1, #lines do
    lines[i] = now .. ' ' .. lines[i]
  end
  if redis.call('RPUSH', log_key(id), unpack(lines)) > settings.log_lines then
    redis.call('LTRIM', log_key(id), -settings.log_lines, -1)
  end
  redis.call('HINCRBY', job_key(id), 'lines', #lines)
end
