--[[
  Gives a message to open jobs that were silent for a while and have none in Bull's queue. Looks at a bounded part
  of the index.

  KEYS     none
  ARGV[1]  place to start from: a score, exclusive, as '(123', or '-inf'
  ARGV[2]  how many may be looked at
  ARGV[3]  milliseconds of silence
  ARGV[4]  milliseconds for which the caller has been connected: silence before that means nothing
  Returns  {score to go on from or '' at the end, id, ...} of the jobs that got a message
]]
local open = base .. ':jobs:open'
local limit = tonumber(ARGV[2])
local found = redis.call('ZRANGEBYSCORE', open, ARGV[1], '+inf', 'WITHSCORES', 'LIMIT', 0, limit)
local answer = { #found == 2 * limit and found[#found] or '' }

local function look(id)
  local work = id
  local record = redis.call('HMGET', job_key(id), 'heartbeat', 'priority', 'run_at', 'source')
  if record[4] then
    work = record[4]
    record = redis.call('HMGET', job_key(work), 'heartbeat', 'priority', 'run_at')
  end
  if not record[1] then
    redis.call('ZREM', open, id)
    return
  end
  local silent = math.min(now_ms - record[1], tonumber(ARGV[4]))
  if silent >= tonumber(ARGV[3]) and redis.call('EXISTS', bull .. work) == 0 then
    local delay = math.max(0, tonumber(record[3] or 0) - now_ms)
    enqueue(work, tonumber(record[2] or 0), delay)
    answer[#answer + 1] = work
  end
end

for i = 1, #found, 2 do
  look(found[i])
end
return answer
