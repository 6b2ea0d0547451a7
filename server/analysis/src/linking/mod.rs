//! From a call to the bodies that it may reach. Owns imports, declared names and members; must not know
//! what any name means to identity (which wrappers hand their callback back is asked of the caller).

mod local;

pub use local::{Target, bodies_of, targets_of_value};
