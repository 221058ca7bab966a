//! PNG pictures of an SVG, drawn here: with the fonts of this machine, since Trazo brings none along.

use std::sync::{Arc, OnceLock};

use resvg::tiny_skia::{Pixmap, Transform};
use resvg::usvg::fontdb::{Database, Family, Query};
use resvg::usvg::{Options, Tree};
use trazo_formats::export::png_scale;

/// What stands for `sans-serif` on a machine that does not say so itself, the first that there is.
const PLAIN: &[&str] =
    &["Arial", "Liberation Sans", "DejaVu Sans", "Noto Sans", "Helvetica", "Segoe UI", "Roboto", "Cantarell", "Ubuntu"];

/// A picture, and whether there was a font for its texts.
pub(crate) struct Drawn {
    pub(crate) png: Vec<u8>,
    pub(crate) has_text: bool,
}

/// Draws an SVG. `None` where it cannot be read or is too large for the memory, which no design brings about.
pub(crate) fn draw(svg: &str) -> Option<Drawn> {
    let fonts = fonts();
    let options = Options { fontdb: fonts.clone(), ..Options::default() };
    let tree = Tree::from_str(svg, &options).ok()?;
    let size = tree.size();
    let (width, height) = (size.width(), size.height());
    #[expect(clippy::cast_possible_truncation, reason = "a number from 0 to 2")]
    let scale = png_scale(f64::from(width), f64::from(height)) as f32;
    let mut pixels = Pixmap::new(whole(width * scale), whole(height * scale))?;
    resvg::render(&tree, Transform::from_scale(scale, scale), &mut pixels.as_mut());
    Some(Drawn { png: pixels.encode_png().ok()?, has_text: !fonts.is_empty() })
}

fn whole(length: f32) -> u32 {
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "it saturates, and is at least 1")]
    let whole = length.round().max(1.0) as u32;
    whole
}

/// The fonts of this machine: to look for them takes longer than to draw.
fn fonts() -> Arc<Database> {
    static FONTS: OnceLock<Arc<Database>> = OnceLock::new();
    let found = FONTS.get_or_init(|| {
        let mut fonts = Database::new();
        fonts.load_system_fonts();
        let is_there =
            |name: &str| fonts.query(&Query { families: &[Family::Name(name)], ..Query::default() }).is_some();
        let plain = PLAIN.iter().find(|name| is_there(name)).map(|name| (*name).to_owned());
        // Any font is better than none.
        let any = || fonts.faces().find_map(|face| face.families.first().map(|(name, _)| name.clone()));
        if let Some(name) = plain.or_else(any) {
            fonts.set_sans_serif_family(name);
        }
        Arc::new(fonts)
    });
    found.clone()
}
