--[[
  Writes all results of a job in one step. The first writer wins: a second run of the job changes nothing. Runs in
  the database of the results.

  KEYS     none: they follow from the id
  ARGV[1]  id of the job
  ARGV[2]  name, description, bytes of each result (and on)
  Returns  {} when written; otherwise {name, description, ...} of the results that are there already
]]
return keep_results(ARGV[1], { unpack(ARGV, 2) })
