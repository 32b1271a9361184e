--[[
  Accepts a job: its record, its place in the lists and its message in the queue, in one step. A job that asks
  what another has answered, or is answering, shares its work. Scores are microseconds, made unique and ever
  growing, so that the order of the lists is the order of the submissions.

  KEYS     none: they follow from the ids
  ARGV[1]  JSON: id; fields (field, value, ...); lists (names of lists that it belongs to); priority; delay in
           milliseconds; reuse (fingerprint of the question, or absent); fresh (true: compute it in any case);
           usable (job whose results are known to be there, where this script cannot look); timeout; once (absent, or key and body of the request)
  Returns  {how, field, value, ...} of the record; how: 'accepted', 'joined', 'reused', or 'known' where the
           request was accepted before; {'closed', message} where the queue takes no jobs; {'taken'} where there is a job with this id, {'other'} where the key of
           the request stands for another body
]]
local request = cjson.decode(ARGV[1])
local id = request.id
local key = job_key(id)
if redis.call('EXISTS', key) == 1 then
  return { 'taken' }
end

local function answer(how, of)
  local record = redis.call('HGETALL', job_key(of))
  table.insert(record, 1, how)
  return record
end

local once = request.once and base .. ':once:' .. request.once.key
if once then
  local known = redis.call('HMGET', once, 'body', 'job')
  if known[1] and known[1] ~= request.once.body then
    return { 'other' }
  end
  if known[2] and redis.call('EXISTS', job_key(known[2])) == 1 then
    return answer('known', known[2])
  end
end
local closed = redis.call('HMGET', base .. ':queue:' .. settings.queue .. ':closed', 'closed', 'message')
if closed[1] then
  return { 'closed', closed[2] or '' }
end
if once then
  redis.call('HSET', once, 'body', request.once.body, 'job', id)
  redis.call('PEXPIRE', once, settings.once_ttl)
end

--- Whether the results of a job are still kept; not known where they are on another server.
local function has_results(of)
  if of == request.usable or settings.together == 0 then
    return of == request.usable
  end
  redis.call('SELECT', settings.results_database)
  local there = redis.call('EXISTS', base .. ':results:' .. of)
  redis.call('SELECT', settings.queue_database)
  return there == 1
end

--- The job whose work this one can share, with its state; nothing where there is none.
local function sharable()
  if not request.reuse or request.fresh or request.delay > 0 then
    return
  end
  local source = redis.call('GET', reuse_key(request.reuse))
  if not source then
    return
  end
  local work = redis.call('HMGET', job_key(source), 'state', 'outcome', 'stop', 'timeout', 'run_at')
  if work[1] == 'done' then
    if work[2] == 'complete' and has_results(source) then
      return source, 'done'
    end
    return
  end
  local waits = work[5] and tonumber(work[5]) > now_ms
  if work[1] and not work[3] and not waits and work[4] == tostring(request.timeout)
    and redis.call('SCARD', followers_key(source)) < settings.most_followers then
    return source, work[1]
  end
end

local order = time[1] * 1000000 + time[2]
local newest = tonumber(redis.call('ZRANGE', base .. ':jobs', -1, -1, 'WITHSCORES')[2] or 0)
if newest >= order then
  order = newest + 1
end
local score = string.format('%.0f', order)
redis.call('HSET', key, 'id', id, 'status', 'submitted', 'progress', 0, 'attempts', 0, 'crashes', 0,
  'faults', 0, 'created', now, 'heartbeat', now, 'order', score, unpack(request.fields))
redis.call('ZADD', base .. ':jobs', score, id)
trim(base .. ':jobs')
for i = 1, #request.lists do
  local list = base .. ':jobs:' .. request.lists[i]
  redis.call('ZADD', list, score, id)
  redis.call('PEXPIRE', list, 2 * settings.job_ttl)
  trim(list)
end

local source, state = sharable()
if state == 'done' then
  local found = redis.call('HMGET', job_key(source), 'version', 'finished')
  redis.call('HSET', key, 'source', source, 'age', now_ms - found[2], 'started', now)
  redis.call('SADD', followers_key(source), id)
  redis.call('PEXPIRE', followers_key(source), settings.job_ttl)
  end_record(id, 'complete', { 'progress', 100, 'version', found[1] })
  return answer('reused', id)
end
redis.call('ZADD', base .. ':jobs:open', score, id)
if source then
  redis.call('HSET', key, 'source', source, 'age', 0)
  redis.call('SADD', followers_key(source), id)
  if state == 'running' then
    redis.call('HSET', key, 'status', 'in_progress', 'started', now)
  end
  return answer('joined', id)
end
redis.call('HSET', key, 'state', 'waiting')
if request.delay > 0 then
  redis.call('HSET', key, 'run_at', string.format('%.0f', now_ms + request.delay))
elseif request.reuse then
  redis.call('HSET', key, 'reuse', request.reuse)
  redis.call('SET', reuse_key(request.reuse), id, 'PX', settings.job_ttl)
end
enqueue(id, request.priority, request.delay)
return answer('accepted', id)
