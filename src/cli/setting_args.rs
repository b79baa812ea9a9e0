//! The values that the command line gives to settings: `--set`, and files with `--settings`.

use std::path::PathBuf;

use clap::Args;

use super::failure::Failure;
use super::files;
use super::screen::plain;
use cadans::book::value::Value;
use cadans::limits;
use cadans::manifest::read_settings;
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
        let mut all = Overrides::default();
        for path in &self.files {
            let name = path.display().to_string();
            let text = files::text(path, limits::PACK_BYTES).map_err(|error| Failure::read(name.as_str(), &error))?;
            let read = read_settings(&text).map_err(|why| {
                let what = Sentence::new("failure-settings").with("file", &*plain(&name));
                Failure::contents(what).why(*why).help(Sentence::new("settings-file-help"))
            })?;
            all = all.then(&read);
        }
        let mut given = Overrides::default();
        for setting in &self.set {
            match setting.split_once('=') {
                Some((name, value)) if !name.trim().is_empty() && !value.trim().is_empty() => {
                    given.set(name.trim(), value_of(value.trim()));
                }
                _ => {
                    let what = Sentence::new("failure-set").with("setting", &*plain(setting));
                    return Err(Failure::misuse(what).help(Sentence::new("failure-set-help")));
                }
            }
        }
        Ok(all.then(&given))
    }
}

/// The value as a pack would have it: `3`, `2.5`, `true`, else a text, as which a setting takes `4.hours` and `30%` too.
fn value_of(text: &str) -> Value {
    if let Ok(whole) = text.parse::<i64>() {
        return Value::Whole(whole);
    }
    if let Some(number) = text.parse::<f64>().ok().filter(|number| number.is_finite()) {
        return Value::Number(number);
    }
    if let Ok(truth) = text.parse::<bool>() {
        return Value::Truth(truth);
    }
    Value::text(text.trim_matches('"'))
}
