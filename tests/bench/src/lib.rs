//! A generated TypeScript file that looks like real code, and an editor's session over it: the parts
//! that the benchmarks share. Owns the workload; must not measure.

use std::fmt::Write;
use std::sync::Arc;

use farewell_analysis::source::{FileRole, Language};
use farewell_analysis::{Database, Manifest, Project, Settings, SourceFile, SyntaxTree, report, syntax};
use salsa::Setter;
use tree_sitter::{InputEdit, Point, Tree};

/// A TypeScript file of at least `lines` lines: classes, hooks, handlers and logouts in the proportions
/// of a large service file.
pub fn typescript(lines: usize) -> String {
    let mut text = String::from(
        "import { FullStory } from '@fullstory/browser';\nimport { api } from './api';\nimport { router } from './router';\n\n",
    );
    let mut number = 0;
    while text.lines().count() < lines {
        number += 1;
        let _ = write!(text, "{}", UNIT.replace("NUMBER", &number.to_string()));
        if number % 5 == 0 {
            let _ = write!(text, "{}", LOGOUT.replace("NUMBER", &number.to_string()));
        }
    }
    text
}

const UNIT: &str = r"
export interface OrderNUMBER {
  id: string;
  items: Array<{ sku: string; amount: number }>;
  total: number;
}

export class OrderServiceNUMBER {
  private cache = new Map<string, OrderNUMBER>();

  constructor(private readonly retries: number) {}

  async load(id: string): Promise<OrderNUMBER | undefined> {
    const known = this.cache.get(id);
    if (known) {
      return known;
    }
    for (let attempt = 0; attempt < this.retries; attempt++) {
      try {
        const response = await api.get(`/orders/${id}`);
        if (response.status === 404) return undefined;
        const order = response.data as OrderNUMBER;
        order.total = order.items.reduce((sum, item) => sum + item.amount, 0);
        this.cache.set(id, order);
        return order;
      } catch (error) {
        if (attempt + 1 === this.retries) throw error;
        await new Promise((resolve) => setTimeout(resolve, 100 * attempt));
      }
    }
    return undefined;
  }

  open(id: string): void {
    FullStory('trackEvent', { name: 'Order opened', properties: { id } });
    router.push(`/orders/${id}`);
  }
}
";

const LOGOUT: &str = r"
export async function handleLogoutNUMBER(reason?: string): Promise<void> {
  try {
    await api.post('/logout', { reason });
    localStorage.removeItem('token');
    FullStory('trackEvent', { name: 'Logout', properties: { reason } });
    FullStory('setIdentity', { anonymous: true });
    window.location.href = '/login';
  } catch {
    window.location.href = '/login?error=1';
  }
}
";

/// An editor's session over one file.
pub struct Session {
    database: Database,
    file: SourceFile,
    text: String,
    tree: Tree,
}

impl Session {
    /// Opens a text: parses it and makes it a file of a project. Nothing is judged yet.
    pub fn open(text: &str) -> Option<Self> {
        let tree = syntax::parse(Language::TypeScript, text, None, &|| false)?;
        let mut database = Database::default();
        let settings = Settings { assume_fullstory: true, ..Settings::default() };
        let project = Project::new(&database, Manifest::default(), settings, Vec::new(), None);
        let file = SourceFile::new(
            &database,
            Arc::from("src/service.ts"),
            Language::TypeScript,
            FileRole::Product,
            Arc::from(text),
            Some(SyntaxTree(tree.clone())),
            project,
        );
        project.set_files(&mut database).to(vec![file]);
        Some(Self { database, file, text: text.to_owned(), tree })
    }

    /// Inserts one character at a byte offset, as a keystroke does, and parses again from the old tree.
    pub fn insert(&mut self, offset: usize, character: char) {
        let point = |text: &str| {
            let row = text.bytes().filter(|byte| *byte == b'\n').count();
            let column = text.len() - text.rfind('\n').map_or(0, |at| at + 1);
            Point { row, column }
        };
        let start_position = point(&self.text[..offset]);
        self.text.insert(offset, character);
        let end = offset + character.len_utf8();
        let new_end_position = point(&self.text[..end]);
        self.tree.edit(&InputEdit {
            start_byte: offset,
            old_end_byte: offset,
            new_end_byte: end,
            start_position,
            old_end_position: start_position,
            new_end_position,
        });
        if let Some(tree) = syntax::parse(Language::TypeScript, &self.text, Some(&self.tree), &|| false) {
            self.tree = tree;
        }
        self.file.set_text(&mut self.database).to(Arc::from(self.text.as_str()));
        self.file.set_tree(&mut self.database).to(Some(SyntaxTree(self.tree.clone())));
    }

    /// How many findings the file has.
    pub fn findings(&self) -> usize {
        report(&self.database, self.file).findings.len()
    }
}
