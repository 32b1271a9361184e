--[[
  Records of an index, newest first, that match a filter. Looks at a bounded number of them, so that a page
  may come out short; the place to go on from is always told. Ids whose record has expired are dropped.

  KEYS[1]  index (sorted set)
  ARGV[1]  key of a record without its id
  ARGV[2]  place to start from: a score, exclusive, as '(123', or '+inf'
  ARGV[3]  how many records are wanted
  ARGV[4]  how many may be looked at
  ARGV[5]  field, value, ...: what the records must have (and on)
  Returns  {score to go on from or '' at the end, {field, value, ...} of a record, ...}
]]
local wanted, left = tonumber(ARGV[3]), tonumber(ARGV[4])
local from, answer = ARGV[2], { '' }

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
  local found = redis.call('ZREVRANGEBYSCORE', KEYS[1], from, '-inf', 'WITHSCORES', 'LIMIT', 0, step)
  for i = 1, #found, 2 do
    if #answer > wanted then
      answer[1] = last
      return answer
    end
    local key = ARGV[1] .. found[i]
    if redis.call('EXISTS', key) == 0 then
      redis.call('ZREM', KEYS[1], found[i])
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
