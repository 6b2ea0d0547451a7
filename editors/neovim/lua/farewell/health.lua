-- `:checkhealth farewell`

local clients = require('farewell.clients')
local program = require('farewell.program')

local M = {}

function M.check()
  local health = vim.health
  health.start('Farewell')
  if vim.fn.has('nvim-0.11') == 0 then
    health.error('Neovim is older than 0.11, which has `vim.lsp.config`.')
    return
  end
  health.ok('Neovim ' .. tostring(vim.version()))

  local path = program.of_config(vim.fs.root(0, '.git'))
  if vim.fn.executable(path) == 0 then
    health.error(('The program `%s` cannot be run.'):format(path), {
      'Install it, so that it is on PATH: cargo install --locked --path server/cli',
      "Or say where it is: require('farewell').setup({ cmd = { '/path/to/farewell', 'lsp' } })",
    })
  else
    local has_run, result = pcall(function()
      return vim.system({ path, '--version' }, { text = true }):wait(5000)
    end)
    if has_run and result.code == 0 and vim.startswith(result.stdout, 'farewell ') then
      health.ok(('%s (%s)'):format(vim.trim(result.stdout), vim.fn.exepath(path)))
    else
      health.error(('`%s --version` does not answer as Farewell does.'):format(path))
    end
  end

  if vim.lsp.is_enabled and not vim.lsp.is_enabled('farewell') then
    health.warn('Farewell is not enabled.', { "vim.lsp.enable('farewell')" })
  end
  local running = vim.lsp.get_clients({ name = clients.NAME })
  if #running == 0 then
    health.info('No server is running: no file of a language that it serves is open.')
  end
  for _, client in ipairs(running) do
    local way = client:supports_method('textDocument/diagnostic') and 'asked for' or 'sent unasked'
    local version = client.server_info and client.server_info.version or '?'
    health.ok(
      ('Server %s runs in %s, for %d buffers; diagnostics are %s'):format(
        version,
        client.root_dir or 'no folder',
        vim.tbl_count(client.attached_buffers),
        way
      )
    )
  end
end

return M
