//! The forms of declarations: variables, functions, classes and their members. Must not know any one
//! grammar.

use super::{ArgumentForm, Block, Expression, Kept};
use crate::lowering::{BodyKind, Name};
use crate::source::Span;

/// A name with its place and its type.
#[derive(Clone, Debug)]
pub(in crate::lowering) struct Variable {
    /// The name.
    pub(in crate::lowering) name: Name,
    /// The name's bytes.
    pub(in crate::lowering) span: Span,
    /// Its declared type.
    pub(in crate::lowering) type_name: Option<TypeName>,
}

/// A type's dotted name, without arguments: `Navigator`, `FirebaseAuth`, `AuthViewModel.State`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::lowering) struct TypeName {
    /// Its parts.
    pub(in crate::lowering) parts: Vec<Name>,
    /// Its bytes.
    pub(in crate::lowering) span: Span,
}

/// A variable or constant that is declared.
#[derive(Clone, Debug)]
pub(in crate::lowering) struct Declaration {
    /// Its names: several where a pattern takes the value apart, of which nothing is known then.
    pub(in crate::lowering) names: Vec<Variable>,
    /// Its value.
    pub(in crate::lowering) value: Option<Expression>,
    /// Whether the value is made when it is first read: `by lazy { … }`, Dart's `late`.
    pub(in crate::lowering) lazy: bool,
}

/// A function, method, closure or accessor.
#[derive(Clone, Debug)]
pub(in crate::lowering) struct Function {
    /// What sort of body it is.
    pub(in crate::lowering) kind: BodyKind,
    /// Its name; for an accessor its property's.
    pub(in crate::lowering) name: Option<Name>,
    /// The name's bytes; the first token's where it has none.
    pub(in crate::lowering) name_span: Span,
    /// Its parameters, the implicit ones that it uses too (`it`, `$0`).
    pub(in crate::lowering) parameters: Vec<Parameter>,
    /// What it runs; `None` for an abstract declaration, which makes no body.
    pub(in crate::lowering) body: FunctionBody,
    /// Its bytes, from its first modifier to its end.
    pub(in crate::lowering) span: Span,
    /// The bytes between its braces, or of its expression.
    pub(in crate::lowering) inner: Span,
    /// The type that it returns, where that is written.
    pub(in crate::lowering) returns: Option<TypeName>,
    /// The type that it extends: `fun Activity.logout()`.
    pub(in crate::lowering) extends: Option<TypeName>,
    /// Whether who calls it may go on before it has ended: Swift's and Dart's `async`, not `suspend`.
    pub(in crate::lowering) is_async: bool,
    /// Whether it is a generator.
    pub(in crate::lowering) is_generator: bool,
    /// Whether it belongs to the type and not to an instance.
    pub(in crate::lowering) is_static: bool,
    /// Whether it is private or protected.
    pub(in crate::lowering) is_private: bool,
    /// Whether it makes a piece of user interface: SwiftUI's `body`, `@Composable`, a widget's `build`.
    pub(in crate::lowering) returns_markup: bool,
    /// Whether its last statement is its result where it has no `return`: closures.
    pub(in crate::lowering) last_is_result: bool,
    /// Its annotations' and attributes' names, without `@`.
    pub(in crate::lowering) annotations: Vec<Name>,
}

impl Function {
    /// What a function says of itself before its body, with its places and its body in another text. Parameters belong
    /// to what is inside.
    pub(super) fn head(&self, place: impl Fn(Span) -> Span, body: FunctionBody) -> Self {
        let named = |name: &TypeName| TypeName { parts: name.parts.clone(), span: place(name.span) };
        Self {
            name: self.name.clone(),
            name_span: place(self.name_span),
            parameters: Vec::new(),
            body,
            span: place(self.span),
            inner: place(self.inner),
            returns: self.returns.as_ref().map(named),
            extends: self.extends.as_ref().map(named),
            last_is_result: false,
            annotations: self.annotations.clone(),
            ..*self
        }
    }
}

/// What a function runs.
#[derive(Clone, Debug)]
pub(in crate::lowering) enum FunctionBody {
    /// It is only declared.
    None,
    /// Statements.
    Block(Block),
    /// An expression: `= value`, `=> value`, `-> value`.
    Expression(Expression),
    /// What it ran in a former text, its parameters with it: none of that is read again.
    Kept(Kept),
}

/// A parameter.
#[derive(Clone, Debug)]
pub(in crate::lowering) struct Parameter {
    /// Its name inside, and its type.
    pub(in crate::lowering) variable: Variable,
    /// Its default value.
    pub(in crate::lowering) default: Option<Expression>,
    /// The member that it initialises: `this.auth` in Dart, `private val auth` in Kotlin.
    pub(in crate::lowering) member: Option<Name>,
}

/// What a class-like declaration is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::lowering) enum ClassKind {
    /// A class, structure, actor, mixin or enumeration.
    Class,
    /// An interface or protocol: its members without a body are nobody's.
    Interface,
    /// An object with one instance, whose name is that instance: Kotlin's `object`, a companion.
    Object,
    /// An extension or category of another type: its members are that type's.
    Extension,
    /// A class without a name, whose instance is made where it stands.
    Anonymous,
}

/// A class, or what is like one.
#[derive(Clone, Debug)]
pub(in crate::lowering) struct ClassForm {
    /// What it is.
    pub(in crate::lowering) kind: ClassKind,
    /// Its name; for an extension the extended type's; for a companion `None`.
    pub(in crate::lowering) name: Option<Name>,
    /// The name's bytes.
    pub(in crate::lowering) name_span: Span,
    /// What it extends and implements, the class first where that can be told.
    pub(in crate::lowering) parents: Vec<TypeName>,
    /// The arguments of its parent's constructor, and of an anonymous class's.
    pub(in crate::lowering) parent_arguments: Vec<ArgumentForm>,
    /// The parameters of a constructor in its head.
    pub(in crate::lowering) parameters: Vec<Parameter>,
    /// Its members, in order.
    pub(in crate::lowering) members: Vec<MemberForm>,
    /// Its annotations' names, without `@`.
    pub(in crate::lowering) annotations: Vec<Name>,
    /// Its bytes.
    pub(in crate::lowering) span: Span,
}

/// A member of a class.
#[derive(Clone, Debug)]
pub(in crate::lowering) enum MemberForm {
    /// A method, constructor or operator.
    Function(Function),
    /// A field or property.
    Field(Field),
    /// `init { … }`, `static { … }`; the flag says that it is static.
    Initialiser(Block, bool),
    /// A class inside; a companion's members are the class's static ones.
    Class(ClassForm),
    /// A case of an enumeration.
    Case(Variable),
}

/// A field or property.
#[derive(Clone, Debug)]
pub(in crate::lowering) struct Field {
    /// Its name and type.
    pub(in crate::lowering) variable: Variable,
    /// Its initial value.
    pub(in crate::lowering) value: Option<Expression>,
    /// Whether the value is made when it is first read.
    pub(in crate::lowering) lazy: bool,
    /// Getters, setters and observers.
    pub(in crate::lowering) accessors: Vec<Function>,
    /// Whether it belongs to the type.
    pub(in crate::lowering) is_static: bool,
    /// Whether it is private or protected.
    pub(in crate::lowering) is_private: bool,
    /// Whether it can be assigned to: `var`.
    pub(in crate::lowering) is_mutable: bool,
    /// Its bytes.
    pub(in crate::lowering) span: Span,
}
