//! What a program's file says of itself on Windows: its icon, that of drafts, its version
//! and who made it. `build.rs` has this file; without a resource compiler the program is
//! built all the same.

use std::error::Error;
use std::path::Path;
use std::process::Command;
use std::{env, fs};

const MANIFEST: &str = include_str!("windows/rationale.manifest");

/// Has the resources linked into the programs, where they are built for Windows.
pub(crate) fn link(folder: &Path) -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-changed=packaging/resource.rs");
    println!("cargo::rerun-if-changed=packaging/windows/rationale.manifest");
    println!("cargo::rerun-if-changed=assets/icon.ico");
    println!("cargo::rerun-if-changed=assets/draft.ico");
    if env::var("CARGO_CFG_TARGET_OS").as_deref() != Ok("windows") {
        return Ok(());
    }
    let (manifest, script) = (folder.join("program.manifest"), folder.join("program.rc"));
    fs::write(&manifest, MANIFEST.replace("VERSION", &numbers(".")?))?;
    fs::write(&script, words(&manifest)?)?;
    match compiled(&script, folder) {
        Some(object) => println!("cargo::rustc-link-arg-bins={object}"),
        None => {
            println!("cargo::warning=the program gets no icon: install windres or rc");
        }
    }
    Ok(())
}

/// The version as four numbers.
fn numbers(between: &str) -> Result<String, Box<dyn Error>> {
    Ok(format!("{}.0", env::var("CARGO_PKG_VERSION")?).replace('.', between))
}

fn words(manifest: &Path) -> Result<String, Box<dyn Error>> {
    let (commas, version) = (numbers(",")?, env::var("CARGO_PKG_VERSION")?);
    let project = env::var("CARGO_MANIFEST_DIR")?.replace('\\', "/");
    let manifest = manifest.to_string_lossy().replace('\\', "/");
    let about = env::var("CARGO_PKG_DESCRIPTION")?;
    Ok(format!(
        r#"1 ICON "{project}/assets/icon.ico"
2 ICON "{project}/assets/draft.ico"
1 24 "{manifest}"
1 VERSIONINFO
FILEVERSION {commas}
PRODUCTVERSION {commas}
FILEOS 0x40004
FILETYPE 1
BEGIN
  BLOCK "StringFileInfo"
  BEGIN
    BLOCK "040904B0"
    BEGIN
      VALUE "CompanyName", "The Rationale authors"
      VALUE "FileDescription", "Rationale"
      VALUE "FileVersion", "{version}"
      VALUE "InternalName", "rationale"
      VALUE "LegalCopyright", "MIT or Apache-2.0"
      VALUE "ProductName", "Rationale"
      VALUE "ProductVersion", "{version}"
      VALUE "Comments", "{about}"
    END
  END
  BLOCK "VarFileInfo"
  BEGIN
    VALUE "Translation", 0x409, 1200
  END
END
"#
    ))
}

/// The compiled resources, by the compiler of either linker.
fn compiled(script: &Path, folder: &Path) -> Option<String> {
    if env::var("CARGO_CFG_TARGET_ENV").as_deref() == Ok("msvc") {
        let output = folder.join("program.res");
        let done = Command::new("rc.exe").arg("/fo").arg(&output).arg(script).status();
        return done.ok()?.success().then(|| output.display().to_string());
    }
    let output = folder.join("program.o");
    for program in ["x86_64-w64-mingw32-windres", "windres"] {
        let done = Command::new(program).arg(script).arg(&output).status();
        if done.is_ok_and(|status| status.success()) {
            return Some(output.display().to_string());
        }
    }
    None
}
