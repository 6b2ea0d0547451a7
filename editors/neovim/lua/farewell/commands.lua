-- The commands of the plugin.

local M = {}

--- Makes the commands, and the one that a code lens of the server runs.
function M.create()
  local command = vim.api.nvim_create_user_command
  command('FarewellAudit', function()
    require('farewell.audit').show(vim.api.nvim_get_current_buf())
  end, { desc = 'Every way out of the app, in the quickfix list' })
  command('FarewellPath', function()
    require('farewell.finding').show_path()
  end, { desc = 'The path that leads to the finding under the cursor, in the location list' })
  command('FarewellExplain', function(call)
    require('farewell.finding').explain(call.fargs[1], call.mods)
  end, {
    nargs = '?',
    complete = function(start)
      return require('farewell.finding').rules(start)
    end,
    desc = "The page of a rule, or of the rule of the cursor's finding",
  })
  command('FarewellRestart', function()
    require('farewell.clients').restart()
  end, { desc = 'Start the language server anew' })
  vim.lsp.commands['farewell.showWays'] = function(called, context)
    require('farewell.views').show_ways(called, context)
  end
end

return M
