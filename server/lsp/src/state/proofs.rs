//! The proofs of one revision. Owns that what was proved once is not proved again until an input changes: an
//! editor asks for actions at every move of the caret. Must not know what a fix or a comment does.

use std::collections::HashMap;
use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use farewell_analysis::fixes::{Fix, Ignore};
use farewell_analysis::rules::{Finding, Rule};
use farewell_analysis::source::Span;
use farewell_analysis::{Database, Scratch, SourceFile, fixes_of, ignores_of};
use salsa::Database as _;

/// What was proved of the findings of one revision, and what it was proved in.
#[derive(Default)]
pub(crate) struct Proofs {
    made: Mutex<Made>,
}

#[derive(Default)]
struct Made {
    /// Made when something is proved: most keystrokes ask for no proof.
    scratch: Option<Scratch>,
    fixes: HashMap<Key, Arc<Vec<Fix>>>,
    ignores: HashMap<Key, Arc<Vec<Ignore>>>,
}

/// A finding: two of one rule at one place are one to whoever asks.
type Key = (SourceFile, Rule, Span);

/// Where proofs of one sort are kept.
type Kept<T> = fn(&mut Made) -> &mut HashMap<Key, Arc<Vec<T>>>;

/// What proves.
type Prove<T> = fn(&dyn farewell_analysis::Db, SourceFile, &Finding, &mut Scratch) -> Vec<T>;

impl Proofs {
    /// The proved fixes of one of a file's findings, in this revision of the database.
    pub(crate) fn fixes(&self, db: &Database, file: SourceFile, finding: &Finding) -> Arc<Vec<Fix>> {
        self.proved(db, file, finding, |made| &mut made.fixes, fixes_of)
    }

    /// The proved comments that suppress it.
    pub(crate) fn ignores(&self, db: &Database, file: SourceFile, finding: &Finding) -> Arc<Vec<Ignore>> {
        self.proved(db, file, finding, |made| &mut made.ignores, ignores_of)
    }

    fn proved<T>(
        &self,
        db: &Database,
        file: SourceFile,
        finding: &Finding,
        kept: Kept<T>,
        prove: Prove<T>,
    ) -> Arc<Vec<T>> {
        // A proof may take long, and it knows nothing of this database's revisions.
        db.unwind_if_revision_cancelled();
        let key = (file, finding.rule, finding.span);
        let mut scratch = {
            let mut made = self.made();
            if let Some(known) = kept(&mut made).get(&key) {
                return Arc::clone(known);
            }
            // It is given back only when the proof went well. Whoever asks meanwhile begins another one.
            made.scratch.take().unwrap_or_default()
        };
        let proved = Arc::new(prove(db, file, finding, &mut scratch));
        let mut made = self.made();
        made.scratch = Some(scratch);
        kept(&mut made).insert(key, Arc::clone(&proved));
        proved
    }

    /// What is made is whole after a panic: each change of it is one call.
    fn made(&self) -> MutexGuard<'_, Made> {
        self.made.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl fmt::Debug for Proofs {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Proofs").finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use farewell_analysis::source::{FileRole, Language};
    use farewell_analysis::{Database, Manifest, Project, Settings, SourceFile, report};
    use salsa::Setter;

    use super::Proofs;

    #[test]
    fn what_is_proved_is_not_proved_again() {
        let mut db = Database::default();
        let settings = Settings { assume_fullstory: true, ..Settings::default() };
        let project = Project::new(&db, Manifest::default(), settings, Vec::new(), None);
        let text = "function logout() {\n  auth.signOut();\n  location.href = '/login';\n}\n";
        let (path, role) = (Arc::from("a.ts"), FileRole::Product);
        let file = SourceFile::new(&db, path, Language::TypeScript, role, Arc::from(text), None, project);
        project.set_files(&mut db).to(vec![file]);
        let finding = report(&db, file).findings[0].clone();
        let proofs = Proofs::default();
        let (fixes, ignores) = (proofs.fixes(&db, file, &finding), proofs.ignores(&db, file, &finding));
        assert!(!fixes.is_empty() && ignores.len() == 2);
        assert!(Arc::ptr_eq(&fixes, &proofs.fixes(&db, file, &finding)));
        assert!(Arc::ptr_eq(&ignores, &proofs.ignores(&db, file, &finding)));
        // Proofs of another revision are others.
        assert!(!Arc::ptr_eq(&fixes, &Proofs::default().fixes(&db, file, &finding)));
    }
}
