--[[
  Removes the record and the log of a finished job whose work is over.

  KEYS     none: they follow from the id
  ARGV[1]  id
  Returns  {status before, job whose results nobody refers to any more or ''}; {} where there is no such job;
           nothing was removed where the status is 'submitted' or 'in_progress', or {'shared'} where other jobs
           wait for its work
]]
local id = ARGV[1]
local key = job_key(id)
local record = redis.call('HMGET', key, 'status', 'source', 'state', 'reuse')
if not record[1] then
  return {}
end
if is_open(id) then
  return { record[1], '' }
end
if record[3] and record[3] ~= 'done' then
  return { 'shared' }
end
local source = record[2] or id
redis.call('SREM', followers_key(source), id)
redis.call('ZREM', base .. ':jobs', id)
redis.call('ZREM', base .. ':jobs:status:' .. record[1], id)
redis.call('DEL', key, log_key(id))
local referred = redis.call('SCARD', followers_key(source)) > 0
  or redis.call('EXISTS', job_key(source)) == 1
if source == id and record[4] and redis.call('GET', reuse_key(record[4])) == id then
  redis.call('DEL', reuse_key(record[4]))
end
return { record[1], referred and '' or source }
