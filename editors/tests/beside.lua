-- TypeScript's own server and Farewell in one Neovim: neither takes anything from the other (headless.py runs it).
--   beside.lua SERVER TYPESCRIPT_LANGUAGE_SERVER APPS PLUGIN CASES.json
local support = dofile(vim.fs.joinpath(vim.fs.dirname(debug.getinfo(1, 'S').source:sub(2)), 'support.lua'))
local check, wait = support.check, support.wait
local server, typescript, apps, plugin, cases_path = unpack(arguments)
local case = vim.iter(vim.json.decode(table.concat(vim.fn.readfile(cases_path), '\n'))):find(function(each)
  return each.file == 'src/services/http.ts'
end)
local path = vim.fs.joinpath(apps, case.app, case.file)

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

-- The titles of the menu at the finding, each with its server's name. `choose` is given what is in it.
local function menu(choose)
  vim.api.nvim_win_set_cursor(0, { case.line, case.column - 1 })
  local items
  vim.ui.select = function(shown, _, done)
    items = shown
    done(choose and choose(shown) or nil)
  end
  vim.lsp.buf.code_action()
  vim.wait(support.PATIENCE_MS, function()
    return items ~= nil
  end, 20)
  local titles = vim.tbl_map(function(item)
    return vim.lsp.get_client_by_id(item.ctx.client_id).name .. ': ' .. item.action.title
  end, items or {})
  table.sort(titles)
  return titles
end

-- What a server says when nothing has been added for a second: TypeScript's tells bit by bit.
local function settled(source)
  local last, since
  vim.wait(support.PATIENCE_MS, function()
    local now = table.concat(of_source(source), '\n')
    if now ~= last then
      last, since = now, vim.uv.now()
    end
    return now ~= '' and vim.uv.now() - since > 1000
  end, 20)
  return of_source(source)
end

local function has_all(source, wanted)
  return function()
    local now = of_source(source)
    return vim.iter(wanted):all(function(each)
      return vim.tbl_contains(now, each)
    end)
  end
end

support.load(plugin)
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
wait("TypeScript's server ends", function()
  return #vim.lsp.get_clients() == 0
end)

vim.lsp.enable('farewell')
vim.cmd.edit({ bang = true })
local farewell_alone = settled('farewell')
local actions_of_farewell = menu()
check(#farewell_alone == 1, 'Farewell has one finding: ' .. vim.inspect(farewell_alone))

vim.lsp.enable('ts_ls')
vim.cmd.edit({ bang = true })
wait("TypeScript's diagnostics are all there", has_all('typescript', typescript_alone))
wait("Farewell's are all there", has_all('farewell', farewell_alone))
check(#of_source('farewell') == #farewell_alone, 'and none twice')
check(#vim.lsp.get_clients({ bufnr = 0 }) == 2, 'both run')

-- The menu is that of both, and no title is there twice.
local both = vim.list_extend(vim.list_extend({}, actions_of_typescript), actions_of_farewell)
table.sort(both)
local shown
wait('the menu is that of both: ' .. vim.inspect(both), function()
  shown = menu()
  return vim.deep_equal(shown, both)
end)
check(#vim.fn.uniq(vim.deepcopy(shown)) == #shown, 'nothing is there twice: ' .. vim.inspect(shown))

menu(function(items)
  return vim.iter(items):find(function(item)
    return item.action.title == case.fix
  end)
end)
wait('the fix of the menu mends the finding', function()
  return not vim.tbl_contains(of_source('farewell'), farewell_alone[1])
end)
wait("TypeScript's diagnostics are still there after the fix", function()
  return #of_source('typescript') >= #typescript_alone
end)
vim.lsp.buf.hover()
check(support.float() ~= '', 'hover answers')
support.finish(('Neovim %s beside TypeScript: %d of its diagnostics, %d actions together'):format(
  tostring(vim.version()), #typescript_alone, #shown))
