use proptest::prelude::*;
use trazo_model::Design;

use super::*;
use crate::export::{self, Keys, Source};
use crate::import::{self, Understood};

fn drawn(design: &Design) -> String {
    let stack = trazo_model::lower(design);
    let source = Source { design, stack: &stack, voice: &Keys, route: &|_| Vec::new(), kept: &crate::Kept::default() };
    let written = (export::find("drawio").unwrap().write)(&source);
    written.files[0].document.text()
}

fn read(text: &str) -> Understood {
    import::read("a.drawio", text.as_bytes(), None).unwrap()
}

/// A design as its manifest, without what is not drawn: the order of nodes, and where the window was.
fn sorted(design: &Design) -> Json {
    let mut all: Json = serde_json::from_str(&crate::manifest::write(design)).unwrap();
    for list in ["nodes", "links", "notes"] {
        all[list].as_array_mut().unwrap().sort_by_key(|item| item["id"].to_string());
    }
    all["view"] = Json::Null;
    all
}

#[test]
fn every_template_comes_back_as_it_was() {
    for template in crate::templates::ALL {
        let design = template.design().unwrap();
        let understood = read(&drawn(&design));
        assert_eq!((understood.notes, understood.placed), (Vec::new(), true), "{}", template.key);
        assert_eq!(sorted(&understood.design), sorted(&design), "{}", template.key);
    }
}

#[test]
fn what_was_moved_and_renamed_in_the_drawing_stays_so() {
    let text = include_str!("../../../../../tests/imports/drawio/edited.drawio");
    let understood = read(text);
    let service = understood.design.named("tienda-web").next().unwrap();
    assert_eq!((service.place.x, service.place.y), (440, 300));
    let cluster = service.place.parent.as_ref().and_then(|id| understood.design.node(id)).unwrap();
    assert_eq!(cluster.name, "campus");
    assert!(understood.design.links().any(|link| link.from == service.id));
    let keys: Vec<&str> = understood.notes.iter().map(|note| note.key).collect();
    let told = ["import.note.drawio.cell", "import.note.drawio.drawn", "import.note.drawio.loose"];
    assert_eq!(told.map(|key| keys.iter().filter(|other| **other == key).count()), [1, 1, 1], "{:?}", understood.notes);
}

#[test]
fn drawings_of_others_are_refused_with_the_reason() {
    let foreign = "<mxfile><diagram name=\"a\"><mxGraphModel><root><mxCell id=\"0\"/><mxCell id=\"2\" value=\"Web\" \
                   style=\"shape=mxgraph.aws4.fargate\" vertex=\"1\" parent=\"0\"/></root></mxGraphModel></diagram></mxfile>";
    let failure = |text: &str| import::read("a", text.as_bytes(), None).unwrap_err();
    assert_eq!(failure(foreign), ImportError::Foreign);
    assert_eq!(failure("<mxfile><diagram name=\"a\">7VZdb5swFP0</diagram></mxfile>"), ImportError::Packed);
    assert_eq!(failure("<mxfile>\n<diagram>").position().map(|at| at.line), Some(2));
    assert!(matches!(failure("<!DOCTYPE a [<!ENTITY a \"b\">]><mxfile>&a;</mxfile>"), ImportError::Xml { .. }));
    let many = format!("<mxfile>{}</mxfile>", "<a/>".repeat(300_000));
    assert!(matches!(failure(&many), ImportError::TooMany { .. }));
    let deep = format!("<mxfile>{}", "<a>".repeat(150_000));
    assert!(matches!(failure(&deep), ImportError::Xml { .. }));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn whatever_is_cut_or_changed_gets_an_answer(at in 0_usize..20_000, size in 0_usize..40, with in "[<>a-z\"=/{}0-9 ]{0,12}") {
        let text = include_str!("../../../../../tests/imports/drawio/edited.drawio");
        let mut bytes: Vec<char> = text.chars().collect();
        let at = at % bytes.len();
        let end = (at + size).min(bytes.len());
        bytes.splice(at..end, with.chars());
        let text: String = bytes.into_iter().collect();
        let _ = import::read("a", text.as_bytes(), Some("drawio"));
    }
}
