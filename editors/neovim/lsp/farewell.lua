-- What `vim.lsp.enable('farewell')` starts (Neovim 0.11 and later). Settings of your own go over these:
-- `vim.lsp.config('farewell', { settings = { farewell = { inlayHints = true } } })`.
return {
  cmd = require('farewell.program').start,
  filetypes = {
    'javascript',
    'javascriptreact',
    'typescript',
    'typescriptreact',
    'vue',
    'svelte',
    'astro',
    'html',
    'swift',
    'objc',
    'objcpp',
    'kotlin',
    'java',
    'dart',
  },
  -- The workspace is the repository, so that calls are followed into its other packages; where there is
  -- none, the project. A Gradle build's modules have build files of their own: its settings go before.
  root_markers = {
    '.git',
    'farewell.toml',
    { 'settings.gradle.kts', 'settings.gradle' },
    { 'package.json', 'pubspec.yaml', 'build.gradle.kts', 'build.gradle', 'Podfile', 'Package.swift' },
  },
}
