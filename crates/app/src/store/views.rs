//! What was last seen of each design's canvas. Looking around is no change of a design, so it is not stored with it at once;
//! but who comes back finds the canvas as it was left.

use trazo_model::View;

use crate::prefs;

/// The view in which a design was left.
pub(crate) fn read(id: &str) -> Option<View> {
    from_line(&prefs::read(&key(id))?)
}

/// Notes the view in which a design is left.
pub(crate) fn write(id: &str, view: View) {
    prefs::write(&key(id), &line(view));
}

/// Forgets the view of a design that is taken away.
pub(crate) fn forget(id: &str) {
    if let Some(storage) = prefs::storage() {
        // What cannot be removed is three numbers that nobody asks for again.
        let _ = storage.remove_item(&key(id));
    }
}

fn key(id: &str) -> String {
    format!("trazo.view.{id}")
}

fn line(view: View) -> String {
    format!("{} {} {}", view.x, view.y, view.zoom)
}

fn from_line(line: &str) -> Option<View> {
    let mut numbers = line.split(' ').map(str::parse::<i32>);
    let (x, y, zoom) = (numbers.next()?.ok()?, numbers.next()?.ok()?, numbers.next()?.ok()?);
    (5..=400).contains(&zoom).then_some(View { x, y, zoom })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_view_is_read_as_it_was_written() {
        let view = View { x: -40, y: 312, zoom: 75 };
        assert_eq!(from_line(&line(view)), Some(view));
        for bad in ["", "1 2", "1 2 x", "1 2 0", "1 2 9000"] {
            assert_eq!(from_line(bad), None, "{bad}");
        }
    }
}
