--[[
  Cancels a job. Its work goes on where another job waits for it; otherwise it ends at once if it has not begun,
  and the workers are told to stop it if it has. The first who asks is noted. A finished job is left as it is.

  KEYS     none: they follow from the id
  ARGV[1]  id
  ARGV[2]  id of the request that asks
  ARGV[3]  address that it came from
  Returns  {status before, work that shall lose its message or ''}; {} where there is no such job
]]
local id = ARGV[1]
local key = job_key(id)
local record = redis.call('HMGET', key, 'status', 'source')
if not record[1] then
  return {}
end
if not is_open(id) then
  return { record[1], '' }
end
if redis.call('HEXISTS', key, 'cancel_at') == 0 then
  redis.call('HSET', key, 'cancel_at', now, 'cancel_by', ARGV[2], 'cancel_address', ARGV[3])
end
local work = record[2] or id
if record[2] then
  redis.call('SREM', followers_key(work), id)
  end_record(id, 'cancelled', {})
end
if redis.call('SCARD', followers_key(work)) > 0 or (record[2] and is_open(work)) then
  if work == id then
    end_record(id, 'cancelled', {})
    redis.call('PERSIST', key)
  end
  return { record[1], '' }
end
if redis.call('HGET', job_key(work), 'state') == 'waiting' then
  end_work(work, 'cancelled', '', '')
  return { record[1], work }
end
redis.call('HSET', job_key(work), 'stop', now)
redis.call('PUBLISH', base .. ':cancel', work)
return { record[1], '' }
