-- The plugin's one function for `init.lua`. It need not be called.

local M = {}

---@class farewell.Options
---@field cmd? string[] The server's command line, instead of what the plugin finds.
---@field settings? table The server's settings: codeLens, inlayHints, run, severity, logLevel, …

--- Says which program to run and what to set. What is left out keeps its default.
---@param options? farewell.Options
function M.setup(options)
  options = options or {}
  local config = {}
  if options.cmd then
    config.cmd = options.cmd
  end
  if options.settings then
    config.settings = { farewell = options.settings }
  end
  if next(config) then
    vim.lsp.config('farewell', config)
  end
end

return M
