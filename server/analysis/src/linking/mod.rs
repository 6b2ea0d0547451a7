//! From a call to the bodies that it may reach. Owns imports and declared names; must not know what names mean.
