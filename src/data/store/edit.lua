-- Writes a list of edits, all or none.
--
-- KEYS  1 dataset hash   2 edits hash   3 edit order
-- ARGV  1 generation on which the edits were checked
--       2 most edits that may wait
--       then five for each edit:
--         id of the record ('' asks for the next row number)
--         what must hold: 'any', 'absent', 'present', or the number of the record's latest edit
--           ('0' where it has none since the generation)
--         '1' if the generation holds the record, else '0'
--         row number of the record in the generation, '' where it has none there
--         the values as JSON, '' to delete the record
-- An edit is kept as "<number> <row number> <values>"; the values are '' for a deleted record.
--
-- Returns {'done', edit, id, ...} with the ids that were written,
--         {'moved'} when another generation is current, {'full', waiting},
--         {'conflict', position} for the edit (from 0) whose condition does not hold.
local state = redis.call('HMGET', KEYS[1], 'generation', 'edit', 'rows', 'base')
if state[1] ~= ARGV[1] then return {'moved'} end

local edit, rows, base = tonumber(state[2]), tonumber(state[3]), tonumber(state[4])
local count = (#ARGV - 2) / 5
local waiting = redis.call('ZCARD', KEYS[3])
if waiting + count > tonumber(ARGV[2]) then return {'full', waiting} end

local answer, writes, seen = {'done', 0}, {}, {}
for position = 0, count - 1 do
  local at = 3 + position * 5
  local id, must, stored, row, values = ARGV[at], ARGV[at + 1], ARGV[at + 2], ARGV[at + 3], ARGV[at + 4]
  edit = edit + 1
  local number, present, kept = 0, stored == '1', row
  if id == '' then id = string.format('%d', base + edit) end
  local latest = seen[id] or redis.call('HGET', KEYS[2], id)
  if latest then
    local n, r, v = string.match(latest, '^(%d+) (%d+) (.*)$')
    number, present, kept = tonumber(n), v ~= '', r
    if not present then kept = '' end
  end
  if (must == 'absent' and present) or (must == 'present' and not present)
    or (tonumber(must) and tonumber(must) ~= number) then
    return {'conflict', position}
  end
  if values == '' then
    if present then rows = rows - 1 end
    if kept == '' then kept = '0' end
  else
    if not present then rows = rows + 1 end
    if kept == '' or not present then kept = string.format('%d', base + edit) end
  end
  local entry = edit .. ' ' .. kept .. ' ' .. values
  seen[id] = entry
  writes[#writes + 1] = {id, edit, entry}
  answer[#answer + 1] = id
end

for _, write in ipairs(writes) do
  redis.call('HSET', KEYS[2], write[1], write[3])
  redis.call('ZADD', KEYS[3], write[2], write[1])
end
redis.call('HSET', KEYS[1], 'edit', edit, 'rows', rows)
answer[2] = edit
return answer
