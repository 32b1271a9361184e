--[[
  The start of a run, for the script which a worker calls and for the one that hands it a message.

  KEYS     none of its own
  Returns  nothing
]]
--- Starts a run of work that nobody runs.
--- @return {'run', field, value, ...} of the record, or {'cancelled'}
local function begin_run(id, token)
  local key = job_key(id)
  local work = redis.call('HMGET', key, 'stop', 'attempts', 'status')
  if work[1] then
    end_work(id, 'cancelled', '', '')
    return { 'cancelled' }
  end
  local shown = is_open_status(work[3]) and 'in_progress' or work[3]
  redis.call('HSET', key, 'state', 'running', 'heartbeat', now, 'started', now, 'progress', 0, 'run', token,
    'attempts', work[2] + 1, 'status', shown)
  tell(id)
  show_followers(id, 'status', 'in_progress', 'started', now)
  local answer = redis.call('HGETALL', key)
  table.insert(answer, 1, 'run')
  return answer
end
