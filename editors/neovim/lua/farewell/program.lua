-- Finds the `farewell` program: the project's own, else that of PATH.

local M = {}

--- The program for a project.
---@param root? string The project's folder.
---@return string path Of what was found; `farewell` where nothing was.
function M.find(root)
  local own = vim.fs.find('node_modules/.bin/farewell', { path = root or vim.fn.getcwd(), upward = true })[1]
  if own and vim.fn.executable(own) == 1 then
    return own
  end
  return 'farewell'
end

--- The program that runs for a client: the user's `cmd`, where there is one.
---@param root? string The project's folder.
---@return string path
function M.of_config(root)
  local cmd = vim.lsp.config.farewell.cmd
  return type(cmd) == 'table' and cmd[1] or M.find(root)
end

--- Starts the server: a `cmd` of `vim.lsp.Config`.
---@param dispatchers vim.lsp.rpc.Dispatchers
---@param config? vim.lsp.ClientConfig
---@return vim.lsp.rpc.PublicClient
function M.start(dispatchers, config)
  local root = config and config.root_dir or vim.fs.root(0, { 'farewell.toml', '.git' })
  return vim.lsp.rpc.start({ M.find(root), 'lsp' }, dispatchers, { cwd = root })
end

return M
