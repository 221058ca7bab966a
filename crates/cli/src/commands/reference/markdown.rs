//! Pages in Markdown, as git hosts show them.

use trazo_texts::Lang;

use super::said;

/// A page that is being written.
pub(crate) struct Page {
    lang: Lang,
    text: String,
}

impl Page {
    /// A page with its title, and where it comes from.
    pub(crate) fn new(lang: Lang, title: &str) -> Self {
        let mut page = Self { lang, text: String::new() };
        page.text.push_str(&format!("<!-- {} -->\n", said(lang, "made")));
        page.heading(1, title);
        page
    }

    /// A heading, `depth` from 1 to 6.
    pub(crate) fn heading(&mut self, depth: usize, text: &str) {
        self.text.push_str(&format!("\n{} {text}\n", "#".repeat(depth)));
    }

    /// A place that links can name, before what follows.
    pub(crate) fn anchor(&mut self, name: &str) {
        self.text.push_str(&format!("\n<a id=\"{name}\"></a>\n"));
    }

    /// A paragraph; none where there is nothing to say.
    pub(crate) fn paragraph(&mut self, text: &str) {
        if !text.is_empty() {
            self.text.push_str(&format!("\n{text}\n"));
        }
    }

    /// A list of points.
    pub(crate) fn points(&mut self, points: impl IntoIterator<Item = String>) {
        let points: Vec<String> = points.into_iter().map(|point| format!("- {point}\n")).collect();
        if !points.is_empty() {
            self.text.push_str(&format!("\n{}", points.concat()));
        }
    }

    /// A table; its columns are named by the keys of their texts. Nothing where there are no rows.
    pub(crate) fn table(&mut self, columns: &[&str], rows: impl IntoIterator<Item = Vec<String>>) {
        let rows: Vec<String> = rows.into_iter().map(|row| line(row.iter().map(|text| cell(text)))).collect();
        if rows.is_empty() {
            return;
        }
        let head = line(columns.iter().map(|key| said(self.lang, &format!("column.{key}"))));
        let rule = line(columns.iter().map(|_| "---".to_owned()));
        self.text.push_str(&format!("\n{head}{rule}{}", rows.concat()));
    }

    /// The page as it is written to its file.
    pub(crate) fn finish(self) -> String {
        self.text
    }
}

fn line(cells: impl Iterator<Item = String>) -> String {
    format!("| {} |\n", cells.collect::<Vec<_>>().join(" | "))
}

/// A text within a table: on one line, its bars kept from ending the cell.
fn cell(text: &str) -> String {
    text.replace('|', "\\|").replace('\n', " ")
}

/// Words that lead elsewhere; only the words where it leads nowhere.
pub(crate) fn link(text: &str, to: &str) -> String {
    if to.is_empty() { text.to_owned() } else { format!("[{text}]({to})") }
}

/// What is typed exactly so.
pub(crate) fn code(text: &str) -> String {
    let fence = if text.contains('`') { "``" } else { "`" };
    if text.is_empty() { String::new() } else { format!("{fence}{}{fence}", text.replace('\n', "⏎")) }
}
