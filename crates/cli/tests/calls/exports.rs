//! Designs in other formats.

use super::{err, out, trazo};

fn tienda() -> String {
    out(&trazo(&["templates", "show", "tienda-virtual"], ""))
}

fn written(format: &str, manifest: &str) -> String {
    let export = trazo(&["export", "-", "--to", format, "--lang", "es"], manifest);
    assert_eq!(export.status.code(), Some(0), "{}", err(&export));
    out(&export)
}

#[test]
fn pictures_and_report_of_the_tienda() {
    for format in ["mermaid", "drawio", "report", "terraform"] {
        insta::assert_snapshot!(format, written(format, &tienda()));
    }
    let svg = written("svg", &tienda());
    for said in ["catalogo", "tienda-api", "tienda-alb", "<polyline", "<path"] {
        assert!(svg.contains(said), "{said}");
    }
}

#[test]
fn the_picture_in_pixels_is_twice_as_large_and_has_colours() {
    let drawn = trazo(&["export", "-", "--to", "png"], &tienda()).stdout;
    let picture = resvg::tiny_skia::Pixmap::decode_png(&drawn).unwrap();
    let svg = written("svg", &tienda());
    let size = format!("width=\"{}\" height=\"{}\"", picture.width() / 2, picture.height() / 2);
    assert!(svg.contains(&size), "{size}");
    let mut colours: Vec<_> = picture.pixels().iter().map(|pixel| [pixel.red(), pixel.green(), pixel.blue()]).collect();
    let white = colours.iter().filter(|colour| **colour == [255; 3]).count();
    assert!((colours.len() / 3..colours.len() * 9 / 10).contains(&white), "{white} of {}", colours.len());
    assert_eq!(picture.pixels().iter().find(|pixel| pixel.alpha() < 255), None);
    colours.sort_unstable();
    colours.dedup();
    // The colours of compute and of network, as the light theme has them, and what lies between them and white.
    assert!(colours.contains(&[0xb0, 0x4e, 0x00]) && colours.contains(&[0x6d, 0x3b, 0xd1]), "{colours:?}");
    assert!(colours.len() > 100, "{}", colours.len());
}

/// An API and its load balancer, so far apart.
fn pair(gap: i32) -> String {
    let x = 200 + gap;
    format!(
        r#"{{"trazo":1,"name":"dos","region":"us-east-1","nodes":[
            {{"id":"api1","kind":"http_api","name":"api","x":0,"y":0}},
            {{"id":"alb1","kind":"load_balancer","name":"alb","x":{x},"y":0}}],
            "links":[{{"id":"link1","from":"api1","to":"alb1","props":{{"routes":[{{"method":"ANY","path":"/{{proxy+}}"}}]}}}}],"notes":[]}}"#
    )
}

#[test]
fn what_a_link_carries_is_told_where_there_is_room_for_it() {
    let far = written("svg", &pair(300));
    assert!(far.contains(">ANY /{proxy+}<"), "{far}");
    let near = written("svg", &pair(60));
    assert!(near.contains(">ANY") && near.contains("…</text>") && !near.contains("{proxy+}"), "{near}");
    // Where only a letter or two would be left, none are.
    let close = written("svg", &pair(16));
    assert!(!close.contains('…') && !close.contains("ANY"), "{close}");
}

#[test]
fn names_cannot_break_out_of_a_picture() {
    let manifest = tienda().replace("\"name\": \"tienda-api\"", r#""name": "<script>\"]&#;--> `a`|""#);
    let svg = written("svg", &manifest);
    assert!(!svg.contains("<script>") && svg.contains("&lt;script&gt;"), "{svg}");
    for format in ["drawio", "mermaid", "report"] {
        let text = written(format, &manifest);
        assert!(!text.contains("<script>"), "{format}: {text}");
    }
    assert!(!written("mermaid", &manifest).contains("`a`"));
}

#[test]
fn all_formats_at_once_go_into_a_folder() {
    let folder = std::env::temp_dir().join(format!("trazo-cli-all-{}", std::process::id()));
    let export = trazo(&["export", "-", "--to", "all", "--out", folder.to_str().unwrap()], &tienda());
    let said = out(&export);
    let read_me = std::fs::read_to_string(folder.join("README.md")).unwrap();
    std::fs::remove_dir_all(&folder).unwrap();
    assert_eq!(export.status.code(), Some(0), "{}", err(&export));
    for file in [
        "cloudformation/cloudformation.json",
        "svg/architecture.svg",
        "png/architecture.png",
        "manifest/design.trazo.json",
    ] {
        assert!(said.contains(file), "{said}");
    }
    assert!(read_me.contains("`cloudformation/`"), "{read_me}");
    // Without a folder there is nowhere to put them.
    let nowhere = trazo(&["export", "-", "--to", "all", "--lang", "en"], &tienda());
    assert_eq!(nowhere.status.code(), Some(2));
    assert!(err(&nowhere).contains("--out"), "{}", err(&nowhere));
}

#[test]
fn the_tienda_for_the_aws_cli() {
    let folder = std::env::temp_dir().join(format!("trazo-cli-aws-{}", std::process::id()));
    let export =
        trazo(&["export", "-", "--to", "aws-cli", "--out", folder.to_str().unwrap(), "--lang", "es"], &tienda());
    let files: Vec<String> =
        out(&export).lines().filter_map(|path| path.rsplit(['/', '\\']).next().map(str::to_owned)).collect();
    let deploy = std::fs::read_to_string(folder.join("deploy.sh")).unwrap();
    let service = std::fs::read_to_string(folder.join("290-create-service-catalogo.json")).unwrap();
    std::fs::remove_dir_all(&folder).unwrap();
    assert_eq!(export.status.code(), Some(0), "{}", err(&export));
    assert!(service.contains("\"subnets\": [\"${SubnetIds[@]}\"]"), "{service}");
    insta::assert_snapshot!("aws-cli", format!("{}\n\n{deploy}", files.join("\n")));
}
