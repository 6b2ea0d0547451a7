-- The logout map as a quickfix list.

local clients = require('farewell.clients')

local M = {}

-- What becomes of the identity, as a type of the list.
local TYPES = { kept = 'W', ['too-late'] = 'W', released = 'I', attempted = 'N' }

-- The columns of the map count characters; those of the list count bytes.
---@param path string
---@param place {line: integer, column: integer} From 1.
---@param lines_of table<string, string[]> The files that were read.
---@return integer column From 1.
local function byte_column(path, place, lines_of)
  if not lines_of[path] then
    local bufnr = vim.fn.bufnr(path)
    if bufnr ~= -1 and vim.api.nvim_buf_is_loaded(bufnr) then
      lines_of[path] = vim.api.nvim_buf_get_lines(bufnr, 0, -1, false)
    else
      lines_of[path] = vim.fn.filereadable(path) == 1 and vim.fn.readfile(path) or {}
    end
  end
  local line = lines_of[path][place.line]
  return line and vim.str_byteindex(line, 'utf-32', place.column - 1, false) + 1 or place.column
end

---@param flow table A flow of the map.
---@param way table One of its ways out.
---@return string
local function words(flow, way)
  local verdict = way.accepted and ('accepted: ' .. way.accepted) or way.verdict
  local trigger = flow.trigger and (' ' .. flow.trigger) or ''
  -- Where nothing leads away the flow's end is the way out, which has no code of its own.
  local code = way.code == '' and 'its end' or vim.trim(way.code:gsub('%s+', ' '))
  return ('[%s] %s%s → %s (%s)'):format(verdict, flow.title, trigger, code, way.kind)
end

--- The items of a map.
---@param map table What `farewell.showAudit` returns.
---@param root string The folder that its paths start at.
---@return table[] items
function M.items(map, root)
  local items, lines_of = {}, {}
  local function add(place, type, text)
    local path = vim.fs.normalize(vim.fs.joinpath(root, place.path))
    table.insert(items, {
      filename = path,
      lnum = place.range.start.line,
      col = byte_column(path, place.range.start, lines_of),
      end_lnum = place.range['end'].line,
      end_col = byte_column(path, place.range['end'], lines_of),
      type = type,
      text = text,
    })
  end
  for _, flow in ipairs(map.flows) do
    for _, way in ipairs(flow.ways_out) do
      add(way, way.accepted and 'I' or TYPES[way.verdict] or 'N', words(flow, way))
    end
    if #flow.ways_out == 0 then
      add(flow, 'N', ('%s has no way out (%s)'):format(flow.title, flow.kind))
    end
  end
  return items
end

--- Asks for the map and opens it.
---@param bufnr integer The buffer whose workspace is looked at.
function M.show(bufnr)
  local client = clients.of_buffer(bufnr)
  if not client then
    return
  end
  local params = { command = 'farewell.showAudit', arguments = { { format = 'json' } } }
  client:request('workspace/executeCommand', params, function(error, result)
    if error then
      return clients.tell(error.message, vim.log.levels.ERROR)
    end
    local map = M.without_null(type(result) == 'string' and vim.json.decode(result) or result)
    local items = M.items(map, client.root_dir or vim.fn.getcwd())
    if #items == 0 then
      return clients.tell('no way out was found here.')
    end
    local flows = ('%d %s'):format(#map.flows, #map.flows == 1 and 'flow' or 'flows')
    vim.fn.setqflist({}, ' ', { title = 'Farewell: logout map, ' .. flows, items = items })
    vim.cmd('botright copen')
  end, bufnr)
end

--- The same with nothing where JSON has null.
---@param value any
---@return any
function M.without_null(value)
  if type(value) ~= 'table' then
    return value
  end
  local result = {}
  for key, inner in pairs(value) do
    if inner ~= vim.NIL then
      result[key] = M.without_null(inner)
    end
  end
  return result
end

return M
