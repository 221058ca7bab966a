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
    for file in ["cloudformation/cloudformation.json", "svg/architecture.svg", "manifest/design.trazo.json"] {
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
