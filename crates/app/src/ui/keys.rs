//! Chords of keys, written as `Mod+Shift+Z`: `Mod` is ⌘ on Apple's machines and Ctrl elsewhere.

use crate::words::t;

/// Whether this is one of Apple's machines.
pub(crate) fn is_apple() -> bool {
    thread_local! {
        static APPLE: bool = web_sys::window()
            .and_then(|window| window.navigator().platform().ok())
            .is_some_and(|platform| platform.starts_with("Mac") || platform.starts_with("iP"));
    }
    APPLE.with(|apple| *apple)
}

/// The caps of a chord, one for each key, in the language of the page.
pub(crate) fn caps(chord: &str) -> Vec<String> {
    let apple = is_apple();
    chord
        .split('+')
        .map(|key| match key {
            "Mod" if apple => "⌘".to_owned(),
            "Shift" if apple => "⇧".to_owned(),
            "Alt" if apple => "⌥".to_owned(),
            "Mod" => t("ui.keys.name.ctrl"),
            "Shift" => t("ui.keys.name.shift"),
            "Alt" => t("ui.keys.name.alt"),
            "Space" => t("ui.keys.name.space"),
            "Delete" => t("ui.keys.name.delete"),
            "Backspace" => t("ui.keys.name.backspace"),
            "Enter" => t("ui.keys.name.enter"),
            "Escape" => t("ui.keys.name.escape"),
            "Tab" => t("ui.keys.name.tab"),
            "Arrows" => t("ui.keys.name.arrows"),
            "Drag" => t("ui.keys.drag"),
            "Click" => t("ui.keys.click"),
            "Wheel" => t("ui.keys.wheel"),
            "Plus" => "+".to_owned(),
            other => other.to_owned(),
        })
        .collect()
}

/// A chord as it stands in menus and tooltips; empty for none.
pub(crate) fn shown(chord: &str) -> String {
    if chord.is_empty() {
        return String::new();
    }
    caps(chord).join(if is_apple() { "" } else { "+" })
}

/// A chord as `aria-keyshortcuts` has it.
pub(crate) fn aria(chord: &str) -> Option<String> {
    let modifier = if is_apple() { "Meta" } else { "Control" };
    (!chord.is_empty()).then(|| chord.replace("Mod", modifier))
}

/// Whether an event is a chord.
pub(crate) fn hits(chord: &str, event: &web_sys::KeyboardEvent) -> bool {
    let command = event.ctrl_key() || event.meta_key();
    let (mut wants_command, mut wants_shift, mut wants_alt, mut wanted) = (false, false, false, "");
    for part in chord.split('+') {
        match part {
            "Mod" => wants_command = true,
            "Shift" => wants_shift = true,
            "Alt" => wants_alt = true,
            "Plus" => wanted = "+",
            key => wanted = key,
        }
    }
    let key = event.key();
    // Which signs need Shift depends on the keyboard, so it says nothing there.
    let sign = wanted.len() == 1 && !wanted.as_bytes()[0].is_ascii_alphanumeric();
    command == wants_command
        && event.alt_key() == wants_alt
        && (sign || event.shift_key() == wants_shift)
        && key.eq_ignore_ascii_case(wanted)
}

/// Whether somebody is typing where this event comes from, so that a bare letter is a letter.
pub(crate) fn is_typing(event: &web_sys::KeyboardEvent) -> bool {
    use wasm_bindgen::JsCast;
    let Some(element) = event.target().and_then(|target| target.dyn_into::<web_sys::HtmlElement>().ok()) else {
        return false;
    };
    match element.tag_name().as_str() {
        "TEXTAREA" | "SELECT" => true,
        "INPUT" => !matches!(
            element.get_attribute("type").as_deref(),
            Some("checkbox" | "radio" | "button" | "range" | "file" | "color")
        ),
        _ => element.is_content_editable(),
    }
}
