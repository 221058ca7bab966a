//! The languages side by side.

use crate::{Texts, arguments, both, entries, none};

/// Texts of which the words of both languages may be the same.
const ALIKE: &[&str] = &[".aws"];

#[test]
fn no_key_has_two_texts() {
    let mut faults = Vec::new();
    for lang in ["es", "en"] {
        for pair in entries(lang).windows(2).filter(|pair| pair[0].key == pair[1].key) {
            faults.push(format!("{}: {} is already at {}", pair[1].place, pair[1].key, pair[0].place));
        }
    }
    none(faults);
}

#[test]
fn both_languages_have_the_same_keys() {
    let [es, en] = both();
    let lacks = |from: &Texts, other: &Texts, name: &str| -> Vec<String> {
        let alone = from.values().filter(|entry| !other.contains_key(&entry.key));
        alone.map(|entry| format!("{}: {} has no {name} text", entry.place, entry.key)).collect()
    };
    none([lacks(&es, &en, "English"), lacks(&en, &es, "Spanish")].concat());
}

#[test]
fn both_languages_have_their_texts_in_files_of_the_same_name() {
    let [es, en] = both();
    let file = |place: &str| place.rsplit_once(':').map(|at| at.0.splitn(3, '/').last().unwrap_or_default().to_owned());
    let pairs = es.values().filter_map(|entry| Some((entry, en.get(&entry.key)?)));
    let apart = pairs.filter(|(es, en)| file(&es.place) != file(&en.place));
    none(apart.map(|(es, en)| format!("{}: {} is at {} in English", es.place, es.key, en.place)));
}

#[test]
fn both_languages_take_the_same_arguments() {
    let [es, en] = both();
    let mut faults = Vec::new();
    for (es, en) in es.values().filter_map(|entry| Some((entry, en.get(&entry.key)?))) {
        // "Un error" may stand beside "{n} error".
        let counts = |name: &&str| *name == "n" && es.key.ends_with(".one");
        let names = |text| arguments(text).unwrap_or_default().into_iter().filter(|name| !counts(name));
        let (here, there): (Vec<_>, Vec<_>) = (names(&es.text).collect(), names(&en.text).collect());
        if here != there {
            faults.push(format!("{}: {} takes {here:?}, in English {there:?}", es.place, es.key));
        }
    }
    none(faults);
}

#[test]
fn plural_forms_come_in_pairs() {
    let [es, en] = both();
    let mut faults = Vec::new();
    for texts in [es, en] {
        for entry in texts.values() {
            let has = |form: &str, base: &str| texts.contains_key(&format!("{base}.{form}"));
            let key = entry.key.as_str();
            let lacks_other = key.strip_suffix(".one").is_some_and(|base| !has("other", base));
            let counts = entry.text.contains("{n}");
            let lacks_one = key.strip_suffix(".other").is_some_and(|base| counts && !has("one", base));
            if lacks_other || lacks_one {
                faults.push(format!("{}: {key} has no fellow", entry.place));
            }
        }
    }
    none(faults);
}

#[test]
fn no_sentence_was_left_untranslated() {
    let [es, en] = both();
    let words = |text: &str| text.split_whitespace().filter(|word| word.chars().all(char::is_alphabetic)).count();
    let same = es.values().filter(|entry| {
        let may = ALIKE.iter().any(|end| entry.key.ends_with(end));
        !may && words(&entry.text) >= 3 && en.get(&entry.key).is_some_and(|other| other.text == entry.text)
    });
    none(same.map(|entry| format!("{}: {} is the same in both languages", entry.place, entry.key)));
}
