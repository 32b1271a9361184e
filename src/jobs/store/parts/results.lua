--[[
  Keeping results, in their own database: until they are too old, or until all together are too large. The oldest
  go first.

  KEYS     none of its own
  Returns  nothing
]]
local kept = base .. ':results-kept'
local sizes = base .. ':results-sizes'
local total = base .. ':results-bytes'

local function result_key(id, name)
  return base .. ':result:' .. id .. ':' .. name
end

local function drop_results(id)
  local names = redis.call('HKEYS', base .. ':results:' .. id)
  for i = 1, #names do
    redis.call('UNLINK', result_key(id, names[i]))
  end
  redis.call('DEL', base .. ':results:' .. id)
  redis.call('DECRBY', total, redis.call('HGET', sizes, id) or 0)
  redis.call('HDEL', sizes, id)
  redis.call('ZREM', kept, id)
end

--- Lets old results go, but not those of `id`; at most a hundred jobs' at a time.
--- @param bytes of all results
local function make_room(id, bytes)
  for _ = 1, 100 do
    local oldest = redis.call('ZRANGE', kept, 0, 0, 'WITHSCORES')
    if #oldest == 0 or oldest[1] == id then
      return
    end
    local expired = tonumber(oldest[2]) < now_ms - settings.result_ttl
    if not expired and bytes <= settings.results_bytes then
      return
    end
    drop_results(oldest[1])
    bytes = tonumber(redis.call('GET', total))
  end
end

--- The first writer wins.
--- @param entries name, description, bytes, ...
--- @return {} when written; otherwise {name, description, ...} of those that are there already
local function keep_results(id, entries)
  local key = base .. ':results:' .. id
  local there = redis.call('HGETALL', key)
  if #there > 0 then
    return there
  end
  local size = 0
  for i = 1, #entries, 3 do
    redis.call('HSET', key, entries[i], entries[i + 1])
    redis.call('SET', result_key(id, entries[i]), entries[i + 2], 'PX', settings.result_ttl)
    size = size + #entries[i + 2]
  end
  redis.call('PEXPIRE', key, settings.result_ttl)
  redis.call('ZADD', kept, now, id)
  redis.call('HSET', sizes, id, size)
  make_room(id, redis.call('INCRBY', total, size))
  return {}
end
