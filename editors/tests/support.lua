-- What the tests in a Neovim without a screen share: the count, waiting, the editor with the plugin in it.
local M = {}
local passed, failed = 0, 0

-- This machine may be busy with other things: what is waited for comes, or the test fails.
M.PATIENCE_MS = 60000

function M.check(ok, what)
  if ok then
    passed = passed + 1
  else
    failed = failed + 1
    io.stdout:write('not ok: ' .. what .. '\n')
  end
  return ok
end

-- Runs the event loop until the condition holds.
function M.wait(what, condition)
  return M.check(vim.wait(M.PATIENCE_MS, condition, 20), what)
end

-- With `-l` neither plugins nor file types are on.
function M.load(plugin)
  vim.opt.swapfile = false
  vim.opt.runtimepath:prepend(plugin)
  vim.cmd('filetype plugin on')
end

-- What a window shows that floats over the others: a hover, once there is one.
function M.float()
  local float
  vim.wait(M.PATIENCE_MS, function()
    float = vim.iter(vim.api.nvim_list_wins()):find(function(window)
      return vim.api.nvim_win_get_config(window).relative ~= ''
    end)
    return float ~= nil
  end, 20)
  if not float then
    return ''
  end
  local text = table.concat(vim.api.nvim_buf_get_lines(vim.api.nvim_win_get_buf(float), 0, -1, false), '\n')
  vim.api.nvim_win_close(float, true)
  return text
end

function M.finish(name)
  io.stdout:write(('%s\n%d passed, %d failed\n'):format(name, passed, failed))
  os.exit(failed == 0 and passed > 0 and 0 or 1)
end

return M
