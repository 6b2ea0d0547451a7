-- Code lenses and inlay hints, shown as the server's settings say.

local clients = require('farewell.clients')

local M = {}

---@param client vim.lsp.Client
---@param name string A setting of the server.
---@param default any
local function setting(client, name, default)
  local value = vim.tbl_get(client.settings or {}, 'farewell', name)
  if value == nil then
    return default
  end
  return value
end

-- How long a buffer rests before its lenses are asked for, in milliseconds.
local REST = 60

---@param client vim.lsp.Client
---@param bufnr integer
---@param group integer Of the autocommands.
local function show_lenses(client, bufnr, group)
  if vim.lsp.codelens.enable then
    vim.lsp.codelens.enable(true, { bufnr = bufnr })
    return
  end
  -- Neovim 0.11 asks for lenses only when it is told to, and drops what comes while it waits for an
  -- answer (`vim.lsp.codelens.refresh`): the last state of a text would be missed.
  local newest = 0
  local function refresh()
    newest = newest + 1
    local mine = newest
    vim.defer_fn(function()
      if mine ~= newest or not vim.api.nvim_buf_is_loaded(bufnr) or client:is_stopped() then
        return
      end
      local params = { textDocument = vim.lsp.util.make_text_document_params(bufnr) }
      client:request('textDocument/codeLens', params, function(error, lenses, context)
        if not error and mine == newest and vim.api.nvim_buf_is_loaded(bufnr) then
          vim.lsp.codelens.on_codelens(nil, lenses or {}, context)
        end
      end, bufnr)
    end, REST)
  end
  -- What lenses say changes with the findings, also by the first scan and by edits of other files.
  vim.api.nvim_create_autocmd({ 'BufEnter', 'InsertLeave', 'TextChanged', 'BufWritePost', 'DiagnosticChanged' }, {
    group = group,
    buffer = bufnr,
    callback = refresh,
  })
  refresh()
end

--- Shows what is set for each buffer that the server takes on.
function M.attach_to_clients()
  local group = vim.api.nvim_create_augroup('farewell', {})
  vim.api.nvim_create_autocmd('LspAttach', {
    group = group,
    callback = function(event)
      local client = vim.lsp.get_client_by_id(event.data.client_id)
      if not client or client.name ~= clients.NAME then
        return
      end
      vim.api.nvim_clear_autocmds({ group = group, buffer = event.buf })
      if setting(client, 'codeLens', true) then
        show_lenses(client, event.buf, group)
      end
      if setting(client, 'inlayHints', false) then
        vim.lsp.inlay_hint.enable(true, { bufnr = event.buf })
      end
    end,
  })
end

--- Goes to the ways out that a lens is about: to the only one, or to a list of them.
---@param command lsp.Command Its arguments are the document, the lens's place, and the places to go to.
---@param context lsp.HandlerContext
function M.show_ways(command, context)
  local client = vim.lsp.get_client_by_id(context.client_id)
  local locations = vim.tbl_get(command, 'arguments', 3) or {}
  if not client or #locations == 0 then
    return clients.tell('no way out was found from here.')
  end
  if #locations == 1 then
    vim.lsp.util.show_document(locations[1], client.offset_encoding, { focus = true })
    return
  end
  local items = vim.lsp.util.locations_to_items(locations, client.offset_encoding)
  vim.fn.setloclist(0, {}, ' ', { title = 'Farewell: ' .. command.title, items = items })
  vim.cmd('lopen')
end

return M
