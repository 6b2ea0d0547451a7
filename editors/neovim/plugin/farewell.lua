-- Switches Farewell on when the plugin is loaded. `vim.g.farewell_enable = false`, set before, leaves that
-- to `vim.lsp.enable('farewell')`.
if vim.g.loaded_farewell then
  return
end
vim.g.loaded_farewell = true

if vim.fn.has('nvim-0.11') == 0 then
  vim.notify('Farewell needs Neovim 0.11 or later.', vim.log.levels.WARN)
  return
end

require('farewell.commands').create()
require('farewell.views').attach_to_clients()

if vim.g.farewell_enable ~= false then
  vim.lsp.enable('farewell')
end
