//! `cargo xtask demo`: the whole path on the sample leads, in the terminal and in a page.

use crate::run::{cargo, heading, root, run};
use crate::serve::Site;
use crate::{pack, page};

const PORT: u16 = 8017;

/// What the demo was asked to do.
pub struct Options {
    port: u16,
    serve: bool,
}

impl Options {
    /// Reads the words after `demo`.
    ///
    /// # Errors
    /// Names the word that is not understood.
    pub fn read(words: &[&str]) -> Result<Self, String> {
        let mut options = Self { port: PORT, serve: true };
        let mut words = words.iter();
        while let Some(&word) = words.next() {
            match word {
                "--no-serve" => options.serve = false,
                "--port" => {
                    let port = words.next().copied().unwrap_or_default();
                    options.port = port.parse().map_err(|_| {
                        format!("--port takes a number from 0 to 65535, not \"{port}\"; 0 is any free one.")
                    })?;
                }
                other => return Err(format!("demo does not know \"{other}\"; it takes --port N and --no-serve.")),
            }
        }
        Ok(options)
    }
}

/// Builds the page, prints the queue of the sample leads, and serves the page.
///
/// # Errors
/// A step failed; the sentence says which and what to do.
pub fn demo(options: &Options) -> Result<(), String> {
    // Before the building, so that a taken port is told at once.
    let site = if options.serve { Some(Site::open(root().join("www"), options.port)?) } else { None };
    heading("Building the WebAssembly module and the page");
    pack::pack()?;
    page::assemble()?;
    heading("Today's queue for the sample leads");
    print_queue()?;
    if let Some(site) = site {
        heading("The page");
        println!("Open {} (Ctrl-C ends it).", site.address());
        site.serve()?;
    }
    Ok(())
}

fn print_queue() -> Result<(), String> {
    let mut queue = cargo();
    queue.args(["run", "--quiet", "--package", "cadans", "--bin", "cadans", "--", "decide", "--rules"]);
    queue.args(page::IN_FORCE.map(|pack| format!("rules/{pack}")));
    queue.args(["--leads", "www/sample/leads.json", "--now", page::NOW, "--today"]);
    run(&mut queue, "cargo could not be started.")
}
