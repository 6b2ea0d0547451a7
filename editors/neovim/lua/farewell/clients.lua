-- The running servers.

local M = {}

M.NAME = 'farewell'

--- The server of a buffer, else any that runs.
---@param bufnr integer
---@return vim.lsp.Client? client Nothing where none runs; the user has been told then.
function M.of_buffer(bufnr)
  local client = vim.lsp.get_clients({ name = M.NAME, bufnr = bufnr })[1] or vim.lsp.get_clients({ name = M.NAME })[1]
  if not client then
    M.tell('no server is running. Open a source file, or see :checkhealth farewell.', vim.log.levels.WARN)
  end
  return client
end

--- Stops every server and starts those that open buffers want, with the settings as they are now.
function M.restart()
  local clients = vim.lsp.get_clients({ name = M.NAME })
  for _, client in ipairs(clients) do
    client:stop()
  end
  local has_stopped = function()
    return vim.iter(clients):all(function(client)
      return client:is_stopped()
    end)
  end
  if not vim.wait(2000, has_stopped, 20) then
    for _, client in ipairs(clients) do
      client:stop(true)
    end
    vim.wait(2000, has_stopped, 20)
  end
  vim.lsp.enable(M.NAME)
end

---@param message string
---@param level? integer
function M.tell(message, level)
  vim.notify('Farewell: ' .. message, level or vim.log.levels.INFO)
end

return M
