--[[
  Heartbeat of a run, with its progress and its new log lines.

  KEYS[1]  record (hash)
  KEYS[2]  log (list)
  ARGV[1]  token of the run
  ARGV[2]  progress, 0 to 100; it never goes back within a run
  ARGV[3]  version of the dataset that is read, or ''
  ARGV[4]  log lines to keep
  ARGV[5]  log lines, oldest first (and on); `now` is written in front of each
  Returns  'ok', 'cancel' where cancelling was asked for, 'lost' where this run is not the one of the job
]]
if redis.call('HGET', KEYS[1], 'run') ~= ARGV[1]
  or redis.call('HGET', KEYS[1], 'status') ~= 'in_progress' then
  return 'lost'
end
local time = redis.call('TIME')
local now = string.format('%.0f', time[1] * 1000 + math.floor(time[2] / 1000))
local progress = math.max(tonumber(ARGV[2]), tonumber(redis.call('HGET', KEYS[1], 'progress')))
redis.call('HSET', KEYS[1], 'heartbeat', now, 'progress', tostring(progress))
if ARGV[3] ~= '' then
  redis.call('HSET', KEYS[1], 'version', ARGV[3])
end
for i = 5, #ARGV do
  redis.call('RPUSH', KEYS[2], now .. ' ' .. ARGV[i])
end
if #ARGV > 4 then
  redis.call('LTRIM', KEYS[2], -tonumber(ARGV[4]), -1)
end
if redis.call('HEXISTS', KEYS[1], 'cancel_at') == 1 then
  return 'cancel'
end
return 'ok'
