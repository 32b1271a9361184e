--[[
  The start of a run, for the script which a worker calls and for the one that hands it a message.

  KEYS     none of its own
  Returns  nothing
]]
--- Starts a run of work that nobody runs.
--- @return {'run', field, value, ...} of the record, or {'cancelled'}
local function begin_run(id, token)
  local key = job_key(id)
  if redis.call('HEXISTS', key, 'stop') == 1 then
    end_work(id, 'cancelled', '', '')
    return { 'cancelled' }
  end
  redis.call('HINCRBY', key, 'attempts', 1)
  redis.call('HSET', key, 'state', 'running', 'heartbeat', now, 'started', now, 'progress', 0, 'run', token)
  show(id, 'status', 'in_progress', 'started', now)
  local answer = redis.call('HGETALL', key)
  table.insert(answer, 1, 'run')
  return answer
end
