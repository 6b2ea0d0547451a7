//! Temporary.
#![allow(missing_docs, unused_variables)]
use std::sync::{Arc, LazyLock};
use super::*;
use crate::lowering::*;
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum ServerScope { #[default] None, WholeFile, Exports(Vec<Name>) }
impl ServerScope {
    pub fn covers(&self, name: Option<&str>, top: bool, directives: &[Name]) -> bool { false }
}
pub struct FileView<'a> { pub path: &'a str, pub text: &'a str, pub lowered: &'a LoweredFile, pub platform: Platform }
pub struct Vocabulary {}
pub struct TableError;
static BUILTIN: LazyLock<Vocabulary> = LazyLock::new(|| Vocabulary {});
static TEXTS: LazyLock<PlatformTexts> = LazyLock::new(PlatformTexts::default);
impl Vocabulary {
    pub fn builtin() -> &'static Vocabulary { &BUILTIN }
    pub fn extended(tables: &str, namespace: Option<&str>) -> Result<Vocabulary, TableError> { Err(TableError) }
    pub fn step(&self, file: &FileView<'_>, body: &Body, node: &Node) -> StepMeaning { StepMeaning::default() }
    pub fn runs(&self, file: &FileView<'_>, used: &BodyUse) -> Runs { Runs::Unknown }
    pub fn runs_argument(&self, file: &FileView<'_>, callee: &Path, written: &[Name], position: u32, key: Option<&str>) -> Runs { Runs::Unknown }
    pub fn lifecycle(&self, member: &str) -> Option<Runs> { None }
    pub fn condition(&self, file: &FileView<'_>, condition: &Condition, guards: &[Arc<str>]) -> ConditionMeaning { ConditionMeaning::Other }
    pub fn flow_name(&self, name: &str) -> Option<FlowName> { None }
    pub fn flow_label(&self, label: &str) -> Option<FlowName> { None }
    pub fn flow_class(&self, class: &str, member: &str) -> Option<FlowName> { None }
    pub fn server_scope(&self, path: &str, lowered: &LoweredFile) -> ServerScope { ServerScope::None }
    pub fn platform_by_import(&self, lowered: &LoweredFile) -> Option<Platform> { None }
    pub fn platform_by_suffix(&self, path: &str) -> Option<Platform> { None }
    pub fn is_current_user(&self, file: &FileView<'_>, uid: &Value) -> bool { false }
    pub fn texts(&self, platform: Platform) -> &PlatformTexts { &TEXTS }
    pub fn import_fault(&self, file: &FileView<'_>, import: &Import) -> Option<Fault> { None }
    pub fn mentions_identity(&self, text: &str) -> bool { false }
    pub fn goes_to_login(&self, file: &FileView<'_>, node: &Node) -> bool { false }
    pub fn is_screen(&self, path: &str) -> bool { false }
    pub fn cancels_timer(&self, file: &FileView<'_>, node: &Node) -> bool { false }
}
impl FlowKind {
    pub fn describe(self) -> &'static str { "" }
    pub fn event_name(self) -> &'static str { "" }
}
impl Platform { pub fn is_web(self) -> bool { false } }
