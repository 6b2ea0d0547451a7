;;; Farewell in Emacs 29 and later with eglot, which runs one server for a buffer.  -*- lexical-binding: t -*-
(with-eval-after-load 'eglot
  (add-to-list 'eglot-server-programs
               '((js-mode js-ts-mode js-jsx-mode tsx-ts-mode typescript-ts-mode typescript-mode web-mode vue-mode
                  svelte-mode astro-ts-mode html-mode html-ts-mode mhtml-mode swift-mode objc-mode kotlin-mode
                  kotlin-ts-mode java-mode java-ts-mode dart-mode)
                 . ("farewell" "lsp"))))
;; M-x eglot in a buffer starts it; eglot-code-actions, eldoc and flymake show what it says.
;; Settings are `eglot-workspace-configuration', by folder in .dir-locals.el:
;; ((nil . ((eglot-workspace-configuration . (:farewell (:severity (:missing-logout-event "off")))))))
