-- What there is to see of the finding under the cursor: its rule's page, and the path that leads to it.

local clients = require('farewell.clients')
local program = require('farewell.program')

local M = {}

---@return vim.Diagnostic? finding The one under the cursor, else the first of its line.
local function under_cursor()
  local row, column = unpack(vim.api.nvim_win_get_cursor(0))
  local findings = vim.tbl_filter(function(diagnostic)
    return diagnostic.source == clients.NAME
  end, vim.diagnostic.get(0, { lnum = row - 1 }))
  for _, finding in ipairs(findings) do
    if finding.lnum == row - 1 and finding.col <= column and (finding.end_lnum > row - 1 or column < finding.end_col) then
      return finding
    end
  end
  return findings[1]
end

---@param arguments string[]
---@return vim.SystemCompleted? result Nothing where the program cannot be run; the user has been told then.
local function run(arguments)
  local command = vim.list_extend({ program.of_config(vim.fs.root(0, '.git')) }, arguments)
  local has_run, result = pcall(function()
    return vim.system(command, { text = true }):wait(5000)
  end)
  if not has_run then
    clients.tell(('`%s` cannot be run. See :checkhealth farewell.'):format(command[1]), vim.log.levels.ERROR)
    return nil
  end
  return result
end

--- Shows the page of a rule in a window of its own: `:vertical`, `:tab` and the like are heeded.
---@param rule? string That of the finding under the cursor, where none is named.
---@param modifiers string Of the command.
function M.explain(rule, modifiers)
  local finding = not rule and under_cursor()
  rule = rule or (finding and finding.code)
  if not rule then
    return clients.tell('there is no finding under the cursor. :FarewellExplain RULE shows a rule by its name.')
  end
  local page = run({ 'explain', rule })
  if not page then
    return
  end
  if page.code ~= 0 then
    return clients.tell(vim.trim(page.stderr), vim.log.levels.ERROR)
  end
  local name = 'farewell://' .. rule
  local bufnr = vim.fn.bufnr(vim.fn.fnameescape(name))
  if bufnr == -1 then
    bufnr = vim.api.nvim_create_buf(false, true)
    vim.api.nvim_buf_set_name(bufnr, name)
    vim.api.nvim_buf_set_lines(bufnr, 0, -1, false, vim.split(vim.trim(page.stdout), '\n'))
    vim.bo[bufnr].modifiable = false
    vim.bo[bufnr].bufhidden = 'wipe'
    vim.keymap.set('n', 'q', '<Cmd>close<CR>', { buffer = bufnr, desc = 'Close the page' })
  end
  vim.cmd(('%s sbuffer %d'):format(modifiers, bufnr))
  vim.bo[bufnr].filetype = 'markdown'
  vim.wo.wrap = true
end

--- The names of the rules that begin with a text.
---@param start string
---@return string[]
function M.rules(start)
  local result = run({ 'rules' })
  local names = {}
  for line in vim.gsplit(result and result.stdout or '', '\n') do
    local name = line:match('^[%w-]+')
    if name and vim.startswith(name, start) then
      table.insert(names, name)
    end
  end
  return names
end

--- Puts the path that leads to the finding under the cursor into the location list, and the finding at its end.
function M.show_path()
  local finding = under_cursor()
  if not finding then
    return clients.tell('there is no finding under the cursor.')
  end
  local items = {}
  local client = clients.of_buffer(0)
  local diagnostic = vim.tbl_get(finding, 'user_data', 'lsp') or {}
  for _, related in ipairs(client and diagnostic.relatedInformation or {}) do
    local item = vim.lsp.util.locations_to_items({ related.location }, client.offset_encoding)[1]
    if item then
      item.text = related.message
      item.type = 'I'
      table.insert(items, item)
    end
  end
  table.insert(items, {
    bufnr = finding.bufnr,
    lnum = finding.lnum + 1,
    col = finding.col + 1,
    end_lnum = finding.end_lnum + 1,
    end_col = finding.end_col + 1,
    type = 'W',
    text = finding.message,
  })
  vim.fn.setloclist(0, {}, ' ', { title = 'Farewell: ' .. finding.code, items = items })
  vim.cmd('lopen')
end

return M
