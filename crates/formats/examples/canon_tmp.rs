//! Temporary.
fn main() {
    for name in std::env::args().skip(1) {
        let d = trazo_formats::manifest::read(&std::fs::read_to_string(format!("/tmp/{name}.json")).unwrap());
        match d {
            Err(e) => println!("{name}: {e:?}"),
            Ok(d) => {
                for f in trazo_model::check(&d) { println!("{name}: {:?} {} {:?} {:?}", f.severity, f.code, f.target, f.field); }
                std::fs::write(format!("tests/fixtures/{name}.trazo.json"), trazo_formats::manifest::write(&d)).unwrap();
            }
        }
    }
}
