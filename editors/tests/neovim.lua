-- The plugin in a real Neovim without a screen, on copies of the apps (headless.py runs it):
--   neovim.lua SERVER default|push APPS PLUGIN CASES.json
-- `default` takes what this Neovim and the server agree on; `push` hides that Neovim can ask for diagnostics.
local support = dofile(vim.fs.joinpath(vim.fs.dirname(debug.getinfo(1, 'S').source:sub(2)), 'support.lua'))
local check, wait = support.check, support.wait
local server, mode, apps, plugin, cases_path = unpack(arguments)
local cases = vim.json.decode(table.concat(vim.fn.readfile(cases_path), '\n'))

local function findings(bufnr, rule)
  return vim.tbl_filter(function(diagnostic)
    return diagnostic.source == 'farewell' and (not rule or diagnostic.code == rule)
  end, vim.diagnostic.get(bufnr))
end

local function text_of(bufnr)
  return table.concat(vim.api.nvim_buf_get_lines(bufnr, 0, -1, false), '\n')
end

local function read(path)
  local file = assert(io.open(path, 'rb'))
  local text = file:read('*a')
  file:close()
  return text
end

-- What the hover window shows at a place, as a person asks for it.
local function hover(line, column)
  vim.api.nvim_win_set_cursor(0, { line, column - 1 })
  vim.lsp.buf.hover()
  return support.float()
end

local function lenses(bufnr)
  local titles = {}
  for _, lens in ipairs(vim.lsp.codelens.get(vim.lsp.codelens.enable and { bufnr = bufnr } or bufnr)) do
    table.insert(titles, vim.tbl_get(lens, 'command', 'title') or vim.tbl_get(lens, 'lens', 'command', 'title'))
  end
  return titles
end

-- What the text has to be: each edit's first text is there once.
local function expected(case, before)
  for _, edit in ipairs(case.edits) do
    local from, to = before:find(edit[1], 1, true)
    assert(from and not before:find(edit[1], to + 1, true), edit[1])
    before = before:sub(1, from - 1) .. edit[2] .. before:sub(to + 1)
  end
  return before
end

support.load(plugin)
require('farewell').setup({ cmd = { server, 'lsp' }, settings = { inlayHints = true } })
if mode == 'push' then
  vim.lsp.config('farewell', {
    before_init = function(params)
      params.capabilities.textDocument.diagnostic = nil
    end,
  })
end
vim.cmd('runtime plugin/farewell.lua')
local told = {}
vim.notify = function(message)
  table.insert(told, message)
end

local asks
for _, case in ipairs(cases) do
  local path = vim.fs.joinpath(apps, case.app, case.file)
  local function of_case(what)
    return case.file .. ': ' .. what
  end
  local original = read(path)
  vim.cmd.edit(vim.fn.fnameescape(path))
  local bufnr = vim.api.nvim_get_current_buf()
  check(vim.bo.filetype == case.filetype, of_case('the file type is ' .. vim.bo.filetype))
  wait(of_case('the finding shows'), function()
    return #findings(bufnr, case.rule) == 1
  end)
  local finding = findings(bufnr, case.rule)[1]
  if not finding then
    break
  end
  local client = vim.lsp.get_clients({ bufnr = bufnr, name = 'farewell' })[1]
  asks = client:supports_method('textDocument/diagnostic', bufnr)
  check(finding.lnum == case.line - 1 and finding.col == case.column - 1, of_case('it is at its place'))
  check(finding.message:find(case.says, 1, true) ~= nil, of_case('it says what is wrong: ' .. finding.message))
  local path_of_finding = vim.tbl_map(function(step)
    return step.message
  end, vim.tbl_get(finding, 'user_data', 'lsp', 'relatedInformation') or {})
  check(vim.deep_equal(path_of_finding, case.path), of_case('it has its path: ' .. vim.inspect(path_of_finding)))

  wait(of_case('the lens shows'), function()
    return vim.tbl_contains(lenses(bufnr), case.lens)
  end)
  check(vim.lsp.inlay_hint.is_enabled({ bufnr = bufnr }), of_case('inlay hints are on, as they are set'))
  local text = hover(case.line, case.column)
  check(text:find(case.rule, 1, true) and text:find(case.hover, 1, true), of_case('hover: ' .. text))

  -- The path as a list.
  vim.api.nvim_win_set_cursor(0, { case.line, case.column - 1 })
  vim.cmd.FarewellPath()
  local places = vim.fn.getloclist(0)
  local last = places[#places]
  check(#places == #case.path + 1 and places[1].text == case.path[1], of_case(':FarewellPath'))
  check(last and last.lnum == case.line, of_case(':FarewellPath ends at the finding'))
  vim.cmd.lclose()

  -- The page of its rule.
  vim.cmd.FarewellExplain()
  check(vim.api.nvim_buf_get_lines(0, 0, 1, false)[1] == '# ' .. case.rule, of_case(':FarewellExplain'))
  check(vim.bo.filetype == 'markdown', of_case('the page is Markdown'))
  vim.cmd.close()

  -- The first entry of the editor's menu is the preferred fix.
  vim.api.nvim_win_set_cursor(0, { case.line, case.column - 1 })
  local menu
  vim.ui.select = function(items, _, choose)
    menu = items
    choose(items[1], 1)
  end
  vim.lsp.buf.code_action()
  wait(of_case('the finding goes'), function()
    return #findings(bufnr, case.rule) == 0
  end)
  check(menu and menu[1].action.title == case.fix, of_case('the menu begins with ' .. vim.inspect(menu and menu[1])))
  check(menu and menu[1].action.isPreferred, of_case('its first entry is preferred'))
  vim.cmd('silent write')
  check(read(path) == expected(case, original), of_case('the saved file is what it has to be'))
  wait(of_case('the lens says that the identity is released'), function()
    local titles = lenses(bufnr)
    return not vim.tbl_contains(titles, case.lens) and (titles[1] or ''):find('✓ released', 1, true) ~= nil
  end)

  -- Over the call that was written: this file's platform comes first.
  local call = vim.fn.search([[\V]] .. case.call:gsub('^%[', ''), 'w')
  local column = vim.fn.col('.')
  local first = vim.split(hover(call, column), '\n')[1]
  check(first:find('Fullstory', 1, true) and first:find(case.platform, 1, true), of_case('hover begins with ' .. first))
end

-- The map of the workspace of the last file.
vim.cmd.FarewellAudit()
wait(':FarewellAudit fills the quickfix list', function()
  return vim.fn.getqflist({ title = 1 }).title:find('logout map', 1, true) ~= nil
end)
local items = vim.fn.getqflist()
check(#items >= 8, ':FarewellAudit has every way out, not ' .. #items)
local released = vim.tbl_filter(function(item)
  return item.text:find('%[released%] .*forceLogout') ~= nil and item.type == 'I'
end, items)
check(#released > 0, ':FarewellAudit says that the mended flow is released: ' .. vim.inspect(vim.tbl_map(function(item)
  return item.text
end, items)))
check(vim.iter(items):all(function(item)
  return item.bufnr > 0 and item.lnum > 0 and item.col > 0
end), 'each has a place')
vim.cmd.cclose()

-- A lens leads to its ways out.
local client = vim.lsp.get_clients({ name = 'farewell', bufnr = 0 })[1]
local uri = vim.uri_from_bufnr(0)
local function location(line)
  return { uri = uri, range = { start = { line = line, character = 0 }, ['end'] = { line = line, character = 1 } } }
end
local function run_lens(locations)
  client:exec_cmd({ title = 'ways', command = 'farewell.showWays', arguments = { uri, location(0).range.start, locations } })
end
run_lens({ location(4) })
check(vim.api.nvim_win_get_cursor(0)[1] == 5, 'a lens with one way out goes there')
run_lens({ location(2), location(6) })
check(#vim.fn.getloclist(0) == 2, 'a lens with two has a list')
vim.cmd.lclose()
run_lens({})
check((told[#told] or ''):find('no way out', 1, true) ~= nil, 'a lens without any says so')

-- A rule that there is not, and names to complete.
vim.cmd('FarewellExplain no-such-rule')
check((told[#told] or ''):find('no-such-rule', 1, true) ~= nil, ':FarewellExplain of an unknown rule: ' .. vim.inspect(told))
check(vim.tbl_contains(vim.fn.getcompletion('FarewellExplain missing-', 'cmdline'), 'missing-anonymize'), 'rules are completed')

-- Health, while it runs.
vim.cmd('checkhealth farewell')
local health = text_of(0)
check(health:find('farewell %d+%.%d+') and health:find('Server %d', 1) and not health:find('ERROR', 1, true), health)
check(health:find(asks and 'asked for' or 'sent unasked', 1, true) ~= nil, 'health tells how diagnostics come')
vim.cmd.bdelete()

-- After a restart, and after the servers were killed, the findings are there again.
local page = vim.fs.joinpath(apps, 'web-shop/src/pages/delete-account.tsx')
vim.cmd.edit(page)
wait('another file', function()
  return #findings(0, 'wrong-anonymize-syntax') == 1
end)
local function serves_anew(what, before)
  wait(what, function()
    local now = vim.lsp.get_clients({ name = 'farewell', bufnr = 0 })[1]
    return now and now.id > before and #findings(0, 'wrong-anonymize-syntax') == 1
  end)
end
local function newest()
  return vim.iter(vim.lsp.get_clients({ name = 'farewell' })):fold(0, function(id, each)
    return math.max(id, each.id)
  end)
end
local before = newest()
vim.cmd.FarewellRestart()
serves_anew('a new server after :FarewellRestart', before)

before = newest()
for _, process in ipairs(vim.api.nvim_get_proc_children(vim.uv.os_getpid())) do
  if vim.uv.fs_readlink(('/proc/%d/exe'):format(process)) == vim.uv.fs_realpath(server) then
    vim.uv.kill(process, 'sigkill')
  end
end
wait('the editor knows that the servers were killed', function()
  return #vim.lsp.get_clients({ _uninitialized = true }) == 0 and #findings(0) == 0
end)
vim.cmd.FarewellRestart()
serves_anew('a new server after it was killed', before)

-- A client that is still starting is none yet.
wait('the servers stop', function()
  for _, running in ipairs(vim.lsp.get_clients()) do
    running:stop()
  end
  return #vim.lsp.get_clients({ _uninitialized = true }) == 0
end)
support.finish(('Neovim %s, %s, diagnostics %s'):format(
  tostring(vim.version()), mode, asks and 'asked for' or 'sent unasked'))
