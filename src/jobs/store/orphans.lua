--[[
  Open jobs that were silent for a while and have no message in Bull's queue. Looks at a bounded part of
  the index.

  KEYS[1]  index of the open jobs (sorted set)
  ARGV[1]  key of a record without its id
  ARGV[2]  key of a message without its id
  ARGV[3]  place to start from: a score, exclusive, as '(123', or '-inf'
  ARGV[4]  how many may be looked at
  ARGV[5]  milliseconds of silence
  ARGV[6]  milliseconds for which the caller has been connected: silence before that means nothing
  Returns  {score to go on from or '' at the end, id, ...}
]]
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local limit = tonumber(ARGV[4])
local found = redis.call('ZRANGEBYSCORE', KEYS[1], ARGV[3], '+inf', 'WITHSCORES', 'LIMIT', 0, limit)
local answer = { #found == 2 * limit and found[#found] or '' }
for i = 1, #found, 2 do
  local heartbeat = redis.call('HGET', ARGV[1] .. found[i], 'heartbeat')
  if not heartbeat then
    redis.call('ZREM', KEYS[1], found[i])
  elseif math.min(now - heartbeat, tonumber(ARGV[6])) >= tonumber(ARGV[5])
    and redis.call('EXISTS', ARGV[2] .. found[i]) == 0 then
    answer[#answer + 1] = found[i]
  end
end
return answer
