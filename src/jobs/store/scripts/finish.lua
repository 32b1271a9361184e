--[[
  Ends the work of a job, for the run that has it, with its last log lines and its results. Work that was to be
  stopped does not become complete.

  KEYS     none: they follow from the id
  ARGV[1]  id
  ARGV[2]  token of the run
  ARGV[3]  'complete', 'failed' or 'cancelled'
  ARGV[4]  problem as JSON, or ''
  ARGV[5]  version of the dataset that was read, or ''
  ARGV[6]  number of log lines
  ARGV[7]  the lines, then name, description and bytes of each result that is not kept yet (and on)
  Returns  the outcome of the work, or 'lost' where this run is not the one of the job. Called again after it
           worked, it changes nothing.
]]
local id = ARGV[1]
local work = redis.call('HMGET', job_key(id), 'run', 'state', 'outcome', 'stop')
if work[1] ~= ARGV[2] then
  return 'lost'
end
if work[2] ~= 'running' then
  return work[3] or 'lost'
end
local status = ARGV[3]
if status == 'complete' and work[4] then
  status = 'cancelled'
end
local results, version = 7 + ARGV[6], ARGV[5]
append(id, { unpack(ARGV, 7, results - 1) })
if status == 'complete' and #ARGV >= results then
  redis.call('SELECT', settings.results_database)
  local there = keep_results(id, { unpack(ARGV, results) })
  redis.call('SELECT', settings.queue_database)
  if #there > 0 then
    version = cjson.decode(there[2]).version
  end
end
end_work(id, status, ARGV[4], version)
return status
