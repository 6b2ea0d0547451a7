-- TypeScript's own server and Farewell in one Neovim: neither takes anything from the other.
--   nvim --clean --headless -l beside.lua SERVER TYPESCRIPT_LANGUAGE_SERVER FILE LINE COLUMN FIX PLUGIN
local server, typescript, path, line, column, fix, plugin = unpack(arg, 1, 7)
line, column = tonumber(line), tonumber(column)
local passed, failed = 0, 0

local function check(ok, what)
  if ok then
    passed = passed + 1
  else
    failed = failed + 1
    io.stdout:write('not ok: ' .. what .. '\n')
  end
  return ok
end

local function of_source(source)
  local found = {}
  for _, diagnostic in ipairs(vim.diagnostic.get(0)) do
    if diagnostic.source == source then
      table.insert(found, ('%d:%d %s'):format(diagnostic.lnum, diagnostic.col, diagnostic.code))
    end
  end
  table.sort(found)
  return found
end

local function menu(choose)
  vim.api.nvim_win_set_cursor(0, { line, column })
  local items
  vim.ui.select = function(shown, _, done)
    items = shown
    done(choose and choose(shown) or nil)
  end
  vim.lsp.buf.code_action()
  vim.wait(20000, function()
    return items ~= nil
  end, 20)
  local titles = vim.tbl_map(function(item)
    return vim.lsp.get_client_by_id(item.ctx.client_id).name .. ': ' .. item.action.title
  end, items or {})
  table.sort(titles)
  return titles
end

local function settled(source)
  vim.wait(30000, function()
    return #of_source(source) > 0
  end, 20)
  local last, rests = #of_source(source), 0
  vim.wait(10000, function()
    local now = #of_source(source)
    rests = now == last and rests + 1 or 0
    last = now
    return rests > 40
  end, 25)
  return of_source(source)
end

vim.opt.swapfile = false
vim.opt.runtimepath:prepend(plugin)
vim.cmd('filetype plugin on')
vim.lsp.config('ts_ls', {
  cmd = { typescript, '--stdio' },
  filetypes = { 'typescript', 'typescriptreact' },
  root_markers = { 'package.json' },
})
vim.g.farewell_enable = false
require('farewell').setup({ cmd = { server, 'lsp' } })
vim.cmd('runtime plugin/farewell.lua')

-- Each alone, then both.
vim.lsp.enable('ts_ls')
vim.cmd.edit(path)
local typescript_alone = settled('typescript')
local actions_of_typescript = menu()
check(#typescript_alone > 0, 'TypeScript has something to say of this file')
vim.lsp.enable('ts_ls', false)
vim.wait(10000, function()
  return #vim.lsp.get_clients() == 0
end, 20)

vim.lsp.enable('farewell')
vim.cmd.edit({ bang = true })
local farewell_alone = settled('farewell')
local actions_of_farewell = menu()
check(#farewell_alone == 1, 'Farewell has one finding: ' .. vim.inspect(farewell_alone))

vim.lsp.enable('ts_ls')
vim.cmd.edit({ bang = true })
check(vim.deep_equal(settled('typescript'), typescript_alone), "TypeScript's diagnostics are all there")
check(vim.deep_equal(settled('farewell'), farewell_alone), "Farewell's are all there: " .. vim.inspect(of_source('farewell')))
check(#vim.lsp.get_clients({ bufnr = 0 }) == 2, 'both run')

-- The menu is that of both, and no title is there twice.
local both = vim.list_extend(vim.list_extend({}, actions_of_typescript), actions_of_farewell)
table.sort(both)
local shown = menu(function(items)
  for _, item in ipairs(items) do
    if item.action.title == fix then
      return item
    end
  end
end)
check(vim.deep_equal(shown, both), 'the menu is that of both: ' .. vim.inspect({ shown = shown, both = both }))
check(#vim.fn.uniq(vim.deepcopy(shown)) == #shown, 'nothing is there twice')

check(vim.wait(20000, function()
  return not vim.tbl_contains(of_source('farewell'), farewell_alone[1])
end, 20), 'the fix of the menu mends the finding')
local mended = settled('typescript')
check(#mended >= #typescript_alone, "TypeScript's diagnostics are still there after the fix")
vim.lsp.buf.hover()
check(vim.wait(10000, function()
  return vim.iter(vim.api.nvim_list_wins()):any(function(window)
    return vim.api.nvim_win_get_config(window).relative ~= ''
  end)
end, 20), 'hover answers')
io.stdout:write(('Neovim %s beside TypeScript: %d of its diagnostics, %d actions together\n'):format(
  tostring(vim.version()), #typescript_alone, #shown))
io.stdout:write(('%d passed, %d failed\n'):format(passed, failed))
os.exit(failed == 0 and 0 or 1)
