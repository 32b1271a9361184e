--[[
  Puts the message of a job into Bull's queue. `bull_add_job` is the script of Bull itself as a function; it is
  written in front of this.

  KEYS     none of its own
  Returns  nothing
]]
local bull = base .. ':bull:' .. settings.queue .. ':'

--- @param priority 0 to 100, the highest is run first; for Bull 1 comes first, and 0 last
--- @param delay in milliseconds; @param head true: before all that wait. Nothing happens where there is a message.
local function enqueue(id, priority, delay, head)
  priority = priority > 0 and 101 - priority or 0
  local options = cjson.encode({
    jobId = id, attempts = 1000000, backoff = { type = settings.backoff }, stackTraceLimit = 1,
    removeOnComplete = true, removeOnFail = true, delay = delay, priority = priority,
    timestamp = now_ms })
  bull_add_job(
    { bull .. 'wait', bull .. 'paused', bull .. 'meta-paused', bull .. 'id', bull .. 'delayed',
      bull .. 'priority' },
    { bull, id, '__default__', cjson.encode({ id = id }), cmsgpack.pack(options), now, delay,
      delay > 0 and now_ms + delay or 0, priority, head and 'RPUSH' or 'LPUSH', '', '', '', '' })
end
