--[[
  Records of the shortest of some lists, newest first, that match a filter. Looks at a bounded number of them, so
  that a page may come out short; the place to go on from is always told. Ids whose record has expired are dropped.

  KEYS[1]  a list (sorted set), and further ones (and on)
  ARGV[1]  place to start from: a score, exclusive, as '(123', or '+inf'
  ARGV[2]  least score, '-inf' for all
  ARGV[3]  how many records are wanted
  ARGV[4]  how many may be looked at
  ARGV[5]  field, value, ...: what the records must have (and on)
  Returns  {score to go on from or '' at the end, {field, value, ...} of a record, ...}
]]
local wanted, left = tonumber(ARGV[3]), tonumber(ARGV[4])
local from, answer = ARGV[1], { '' }
local list, length = KEYS[1], redis.call('ZCARD', KEYS[1])
for i = 2, #KEYS do
  local count = redis.call('ZCARD', KEYS[i])
  if count < length then
    list, length = KEYS[i], count
  end
end

local function matches(key)
  for i = 5, #ARGV, 2 do
    if redis.call('HGET', key, ARGV[i]) ~= ARGV[i + 1] then
      return false
    end
  end
  return true
end

local last = ''
while left > 0 do
  local step = math.min(left, 200)
  local found = redis.call('ZREVRANGEBYSCORE', list, from, ARGV[2], 'WITHSCORES', 'LIMIT', 0, step)
  for i = 1, #found, 2 do
    if #answer > wanted then
      answer[1] = last
      return answer
    end
    local key = job_key(found[i])
    if redis.call('EXISTS', key) == 0 then
      redis.call('ZREM', list, found[i])
    elseif matches(key) then
      answer[#answer + 1] = redis.call('HGETALL', key)
    end
    last = found[i + 1]
  end
  if #found < 2 * step then
    return answer
  end
  left = left - step
  from = '(' .. last
end
answer[1] = last
return answer
