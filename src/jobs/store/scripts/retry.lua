--[[
  Lets a failed job wait for a run again, as if it were new.

  KEYS     none: they follow from the id
  ARGV[1]  id
  Returns  {field, value, ...} of the record; {'not', status} where it has not failed; {} where there is no such job
]]
local id = ARGV[1]
local key = job_key(id)
local record = redis.call('HMGET', key, 'status', 'order', 'priority')
if not record[1] then
  return {}
end
if record[1] ~= 'failed' then
  return { 'not', record[1] }
end
redis.call('HDEL', key, 'problem', 'finished', 'started', 'stop', 'run', 'source', 'age', 'outcome',
  'run_at', 'reuse')
redis.call('HSET', key, 'status', 'submitted', 'state', 'waiting', 'progress', 0, 'crashes', 0, 'faults', 0,
  'heartbeat', now)
redis.call('DEL', followers_key(id))
redis.call('PERSIST', key)
redis.call('PERSIST', log_key(id))
redis.call('ZREM', base .. ':jobs:status:failed', id)
redis.call('ZADD', base .. ':jobs:open', record[2], id)
enqueue(id, tonumber(record[3] or 0), 0)
tell(id)
return redis.call('HGETALL', key)
