//! The values that the command line gives to settings: `--set`, and files with `--settings`.

use std::path::PathBuf;

use clap::Args;

use super::failure::Failure;
use super::screen::plain;
use cadans::files;
use cadans::pack::Overrides;
use cadans::wording::Sentence;

/// Values for settings.
#[derive(Args, Clone, Debug, Default)]
pub struct SettingArgs {
    /// Gives a setting of the packs another value, such as hot_visits=3
    #[arg(long = "set", value_name = "NAME=VALUE")]
    pub set: Vec<String>,
    /// Gives settings the values in a file, a name and a value a line (TOML): hot_visits = 3. What --set says goes before it
    #[arg(long = "settings", value_name = "FILE")]
    pub files: Vec<PathBuf>,
}

impl SettingArgs {
    /// The values: those of the files in order, then those of `--set`.
    ///
    /// # Errors
    /// When a file cannot be read or is none of settings, or a `--set` does not say which value.
    pub fn overrides(&self) -> Result<Overrides, Failure> {
        let mut given = Overrides::default();
        for setting in &self.set {
            given.set_as_written(setting).map_err(|_| {
                let what = Sentence::new("failure-set").with("setting", &*plain(setting));
                Failure::misuse(what).help(Sentence::new("failure-set-help"))
            })?;
        }
        Ok(files::settings(&self.files)?.then(&given))
    }
}
