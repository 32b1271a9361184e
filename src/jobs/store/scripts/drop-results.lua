--[[
  Removes the results of a job. Runs in the database of the results.

  KEYS     none: they follow from the id
  ARGV[1]  id of the job
  Returns  1
]]
drop_results(ARGV[1])
return 1
