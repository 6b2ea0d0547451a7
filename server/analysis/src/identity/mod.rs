//! Identity over the control flow. Owns the lattice; must not know grammars or LSP.
