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

--- How long a server may take to end before it is ended.
local ENDS_WITHIN_MS = 2000

--- Stops every server and starts those that open buffers want, with the settings as they are now. Returns at once.
function M.restart()
  local clients = vim.lsp.get_clients({ name = M.NAME })
  local function stop(force)
    for _, client in ipairs(clients) do
      client:stop(force)
    end
  end
  -- One that is stopping takes what it knew of its buffers along when it goes: the next one comes behind that.
  local function has_gone()
    return vim.iter(clients):all(function(client)
      return vim.lsp.get_client_by_id(client.id) == nil
    end)
  end
  local begin, is_forced = vim.uv.now(), false
  local function start_behind()
    if has_gone() then
      vim.lsp.enable(M.NAME)
      return
    end
    if not is_forced and vim.uv.now() - begin > ENDS_WITHIN_MS then
      is_forced = true
      stop(true)
    end
    vim.defer_fn(start_behind, 20)
  end
  stop(false)
  start_behind()
end

---@param message string
---@param level? integer
function M.tell(message, level)
  vim.notify('Farewell: ' .. message, level or vim.log.levels.INFO)
end

return M
