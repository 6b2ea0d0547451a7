//! Turns the vocabulary's tables from TOML, which is written for people, into JSON, which a program that has just started
//! reads several times as fast. Owns the notation alone: what may stand in a table, `vocabulary` says where it reads it.

use std::error::Error;
use std::path::Path;
use std::{env, fs};

const TABLES: &str = "src/vocabulary/tables";

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-changed={TABLES}");
    let out = env::var_os("OUT_DIR").ok_or("cargo gives no OUT_DIR")?;
    for entry in fs::read_dir(TABLES)? {
        let path = entry?.path();
        if path.extension().is_some_and(|extension| extension == "toml") {
            translate(&path, Path::new(&out)).map_err(|error| format!("{}: {error}", path.display()))?;
        }
    }
    Ok(())
}

fn translate(path: &Path, out: &Path) -> Result<(), Box<dyn Error>> {
    let table: toml::Table = fs::read_to_string(path)?.parse()?;
    let name = path.file_stem().ok_or("it has no name")?;
    fs::write(out.join(name).with_extension("json"), serde_json::to_vec(&table)?)?;
    Ok(())
}
