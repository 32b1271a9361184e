--[[
  A script of Bull that may hand out a message (moveToActive, moveToFinished), and in the same step the start of
  the run of its job. The answer of Bull is handed on; `start` in the data of the message says what became of
  the record, as in start.lua, or is {'ask'} where another run may live. `bull_script` is the script of Bull as a
  function, `token_at` the place of the lock's token among its arguments.

  KEYS     those of Bull
  ARGV     those of Bull
  Returns  what Bull returns
]]
local taken = bull_script(KEYS, ARGV)
if type(taken) ~= 'table' then
  return taken
end
local message, id = taken[1], taken[2]
local work = redis.call('HMGET', job_key(id), 'state', 'attempts')
local start
if not work[1] then
  start = { 'unknown' }
elseif work[1] == 'done' then
  start = { 'finished' }
elseif work[1] == 'running' then
  start = { 'ask' }
else
  start = begin_run(id, ARGV[token_at] .. ':' .. id .. ':' .. (work[2] + 1))
end
local traced = false
for i = 1, #message, 2 do
  if message[i] == 'data' then
    message[i + 1] = cjson.encode({ id = id, start = start })
  end
  traced = traced or message[i] == 'stacktrace'
end
-- Without one Bull throws, and catches, an error for every message.
if not traced then
  message[#message + 1], message[#message + 2] = 'stacktrace', '[]'
end
return taken
