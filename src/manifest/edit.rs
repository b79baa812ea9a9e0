//! Changes of a `rulebook.toml` that leave all else as it stands: comments, order, layout.

use toml_edit::{Array, ArrayOfTables, DocumentMut, InlineTable, Item, Table, TableLike, Value};

use crate::limits;
use crate::manifest::{FORMAT, Manifest, ManifestFile, Refused, shown};
use crate::pack::layers::LayerKind;
use crate::pack::overrides::GivenValue;
use crate::wording::{Sentence, reader_error};

/// A `rulebook.toml` that is being changed. Layers and files go by their places in the manifest that was read of the same text.
#[derive(Debug)]
pub struct ManifestEdit {
    document: DocumentMut,
}

impl ManifestEdit {
    /// Begins to change a manifest. An empty text is one without layers.
    ///
    /// # Errors
    /// The text is no manifest, or has its layers in a list of one line.
    pub fn new(text: &str) -> Result<Self, Refused> {
        Manifest::parse(text)?;
        let unreadable = |error: toml_edit::TomlError| {
            let why = reader_error(&shown(error.message()));
            Box::new(Sentence::new("manifest-unreadable").with("line", 1_usize).with("why", why))
        };
        let mut document = text.parse::<DocumentMut>().map_err(unreadable)?;
        if document.is_empty() {
            document.insert("format", Item::Value(i64::from(FORMAT).into()));
        }
        let layers = document.entry("layer").or_insert_with(|| Item::ArrayOfTables(ArrayOfTables::new()));
        if !layers.is_array_of_tables() {
            return Err(Box::new(Sentence::new("manifest-inline-layers")));
        }
        Ok(Self { document })
    }

    /// The text as it is now.
    ///
    /// # Errors
    /// What was changed cannot be: too many layers or files, or two files of one path.
    pub fn text(&self) -> Result<String, Refused> {
        let text = self.document.to_string();
        Manifest::parse(&text)?;
        Ok(text)
    }

    /// Adds a layer after those of its kind and those before it, and returns its place.
    pub fn add_layer(&mut self, kind: LayerKind, name: &str, rep: Option<&str>) -> usize {
        let Some(layers) = self.layers() else { return 0 };
        let mut tables: Vec<Table> = layers.iter().cloned().collect();
        let kind_of = |table: &Table| table.get("kind").and_then(Item::as_str).and_then(LayerKind::from_word);
        let place = tables.iter().take_while(|table| kind_of(table).is_none_or(|own| own <= kind)).count();
        let mut table = Table::new();
        table.insert("kind", Item::Value(kind.word().into()));
        if name != rep.unwrap_or(kind.word()) {
            table.insert("name", Item::Value(name.into()));
        }
        if let Some(rep) = rep {
            table.insert("rep", Item::Value(rep.into()));
        }
        table.decor_mut().set_prefix("\n");
        tables.insert(place, table);
        *layers = tables.into_iter().collect();
        place
    }

    /// Adds a file to the end of a layer.
    pub fn add_file(&mut self, layer: usize, file: &ManifestFile) {
        let Some(layer) = self.layer(layer) else { return };
        match layer.entry("file").or_insert_with(|| Item::ArrayOfTables(ArrayOfTables::new())) {
            Item::ArrayOfTables(files) => {
                let mut table = Table::new();
                set_entries(&mut table, file);
                table.decor_mut().set_prefix("\n");
                files.push(table);
            }
            Item::Value(Value::Array(files)) => files.push(as_inline(file)),
            _ => {}
        }
    }

    /// Gives a file of a layer what is said of this one: path, hash, accepted rules, by whom, when and from whom. What is not said is taken away.
    pub fn set_file(&mut self, layer: usize, place: usize, file: &ManifestFile) {
        match self.layer(layer).and_then(|layer| layer.get_mut("file")) {
            Some(Item::ArrayOfTables(files)) => {
                files.get_mut(place).into_iter().for_each(|table| set_entries(table, file));
            }
            Some(Item::Value(Value::Array(files))) => {
                let table = files.get_mut(place).and_then(Value::as_inline_table_mut);
                table.into_iter().for_each(|table| set_entries(table, file));
            }
            _ => {}
        }
    }

    /// Gives a setting of a layer a value.
    pub fn set_setting(&mut self, layer: usize, name: &str, value: &GivenValue) {
        let Some(layer) = self.layer(layer) else { return };
        let settings = layer.entry("settings").or_insert_with(|| Item::Value(InlineTable::new().into()));
        if let Some(settings) = settings.as_table_like_mut() {
            settings.insert(name, Item::Value(as_toml(value, limits::NESTING)));
        }
    }

    /// The layers.
    fn layers(&mut self) -> Option<&mut ArrayOfTables> {
        self.document.get_mut("layer").and_then(Item::as_array_of_tables_mut)
    }

    /// One layer, by its place.
    fn layer(&mut self, place: usize) -> Option<&mut Table> {
        self.layers()?.get_mut(place)
    }
}

/// What is said of a file, key by key; `None` for what is not said.
fn entries(file: &ManifestFile) -> [(&'static str, Option<Value>); 6] {
    let rules = file.rules.as_ref().map(|rules| rules.iter().map(String::as_str).collect::<Array>().into());
    [
        ("path", Some(file.path.as_str().into())),
        ("sha256", file.sha256.as_deref().map(Value::from)),
        ("rules", rules),
        ("accepted_by", file.accepted_by.as_deref().map(Value::from)),
        ("accepted_on", file.accepted_on.as_deref().map(Value::from)),
        ("received_from", file.received_from.as_deref().map(Value::from)),
    ]
}

/// A file as a table on one line.
fn as_inline(file: &ManifestFile) -> InlineTable {
    entries(file).into_iter().filter_map(|(key, value)| Some((key, value?))).collect()
}

/// Gives a table what is said of a file. A value that stays the same keeps its layout and comment.
fn set_entries(table: &mut dyn TableLike, file: &ManifestFile) {
    for (key, value) in entries(file) {
        let Some(mut value) = value else {
            table.remove(key);
            continue;
        };
        match table.get_mut(key).and_then(Item::as_value_mut) {
            Some(old) => {
                *value.decor_mut() = old.decor().clone();
                *old = value;
            }
            None => drop(table.insert(key, Item::Value(value))),
        }
    }
}

/// A value of a setting. Lists within lists are followed `depth` deep; no setting has any.
fn as_toml(value: &GivenValue, depth: usize) -> Value {
    match value {
        GivenValue::Truth(truth) => (*truth).into(),
        GivenValue::Whole(count) => (*count).into(),
        GivenValue::Number(number) => (*number).into(),
        GivenValue::Text(text) => text.as_str().into(),
        GivenValue::List(items) => {
            let items = items.iter().filter(|_| depth > 0);
            items.map(|item| as_toml(item, depth - 1)).collect::<Array>().into()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const MANIFEST: &str = "\
# Ours.
format = 1

[[layer]]   # what the law says
kind = \"law\"
[[layer.file]]
path = \"law.rhai\"

# North
[[layer]]
kind = \"team\"
name = \"North\"
settings = { least = 2 } # by agreement

[[layer.file]]
path = \"north.rhai\"  # the first
rules = [\"A\"]

# Kim
[[layer]]
kind = \"rep\"
rep = \"kim\"
# the end
";

    fn file(path: &str) -> ManifestFile {
        ManifestFile { path: path.to_owned(), ..ManifestFile::default() }
    }

    #[test]
    fn what_is_added_stands_where_it_belongs_and_all_else_as_it_was() {
        let mut edit = ManifestEdit::new(MANIFEST).unwrap();
        edit.add_file(1, &file("received/a.rhai"));
        edit.set_setting(1, "Pack A/patience", &GivenValue::Text("3.days".to_owned()));
        let place = edit.add_layer(LayerKind::Company, "company", None);
        assert_eq!(place, 1);
        edit.add_file(place, &file("ours.rhai"));
        edit.set_file(2, 0, &ManifestFile { sha256: Some("0".repeat(64)), ..file("north-2.rhai") });
        let expected = MANIFEST
            .replace("path = \"law.rhai\"\n", "path = \"law.rhai\"\n\n[[layer]]\nkind = \"company\"\n\n[[layer.file]]\npath = \"ours.rhai\"\n")
            .replace("{ least = 2 }", "{ least = 2 , \"Pack A/patience\" = \"3.days\" }")
            .replace("path = \"north.rhai\"  # the first\nrules = [\"A\"]\n", &format!("path = \"north-2.rhai\"  # the first\nsha256 = \"{}\"\n\n[[layer.file]]\npath = \"received/a.rhai\"\n", "0".repeat(64)));
        assert_eq!(edit.text().unwrap(), expected);
    }

    #[test]
    fn an_empty_manifest_gets_its_first_layer() {
        let mut edit = ManifestEdit::new("").unwrap();
        let place = edit.add_layer(LayerKind::Rep, "kim", Some("kim"));
        edit.add_file(place, &ManifestFile { rules: Some(vec!["A".to_owned()]), ..file("a.rhai") });
        let expected = "format = 1\n\n[[layer]]\nkind = \"rep\"\nrep = \"kim\"\n\n[[layer.file]]\npath = \"a.rhai\"\nrules = [\"A\"]\n";
        assert_eq!(edit.text().unwrap(), expected);
    }

    #[test]
    fn files_in_a_list_of_one_line_are_changed_too() {
        let mut edit = ManifestEdit::new("[[layer]]\nkind = \"team\"\nfile = [{ path = \"a.rhai\" }]\n").unwrap();
        edit.add_file(0, &file("b.rhai"));
        edit.set_file(0, 0, &file("c.rhai"));
        let paths: Vec<String> = Manifest::parse(&edit.text().unwrap()).unwrap().files().map(str::to_owned).collect();
        assert_eq!(paths, ["c.rhai", "b.rhai"]);
        assert!(ManifestEdit::new("layer = [{ kind = \"team\" }]\n").is_err());
    }

    #[test]
    fn what_cannot_be_is_not_written() {
        let mut edit = ManifestEdit::new(MANIFEST).unwrap();
        edit.add_file(1, &file("law.rhai"));
        assert!(edit.text().is_err());
    }
}
