//! All that the model's tables name has a text in both languages.

use trazo_model::check::all_checks;
use trazo_model::field::{Control, Field, TextRule};
use trazo_model::{Kind, LinkKind};

fn field_keys(base: &str, fields: &[Field], out: &mut Vec<String>) {
    for field in fields {
        let key = format!("{base}.{}", field.key);
        out.push(format!("{key}.label"));
        out.push(format!("{key}.help"));
        out.push(format!("section.{}", field.section));
        if !field.unit.is_empty() {
            out.push(format!("unit.{}", field.unit));
        }
        match &field.control {
            Control::Records { fields, .. } => field_keys(&key, fields, out),
            Control::Text { rule, .. }
            | Control::Lines { rule }
            | Control::Suggest { rule, .. }
            | Control::Texts { rule, .. } => rule_key(rule, out),
            _ => {}
        }
    }
}

fn rule_key(rule: &TextRule, out: &mut Vec<String>) {
    out.push(format!("rule.{}", rule.key));
}

#[test]
fn kinds_links_and_fields_have_their_texts() {
    let mut keys = Vec::new();
    for kind in Kind::ALL {
        let spec = kind.spec();
        keys.extend(["name", "counted", "help"].map(|part| format!("kind.{}.{part}", spec.key)));
        rule_key(&spec.name_rule, &mut keys);
        field_keys(&format!("field.{}", spec.key), spec.fields, &mut keys);
    }
    for kind in LinkKind::ALL {
        let spec = kind.spec();
        keys.extend(["name", "help"].map(|part| format!("link.{}.{part}", spec.key)));
        field_keys(&format!("field.{}", spec.key), spec.fields, &mut keys);
    }
    for template in trazo_formats::templates::ALL {
        keys.extend(["name", "help"].map(|part| format!("template.{}.{part}", template.key)));
    }
    keys.sort();
    keys.dedup();
    let keys: Vec<&str> = keys.iter().map(String::as_str).collect();
    assert_eq!(trazo_texts::missing(&keys), Vec::<String>::new());
}

#[test]
fn checks_have_their_texts_and_codes_of_their_own() {
    let checks = all_checks();
    for pair in checks.windows(2) {
        assert_ne!(pair[0].code, pair[1].code, "a code names one check");
    }
    let keys: Vec<String> = checks
        .iter()
        .flat_map(|check| ["message", "help"].map(|part| format!("check.{}.{part}", check.code)))
        .collect();
    let keys: Vec<&str> = keys.iter().map(String::as_str).collect();
    assert_eq!(trazo_texts::missing(&keys), Vec::<String>::new());
}

#[test]
fn plans_and_pasted_credentials_have_their_texts() {
    use trazo_provision::credentials::Fault;
    use trazo_provision::plan::Notice;
    use trazo_provision::prices::Good;
    let mut keys: Vec<String> = Fault::ALL.iter().map(|fault| fault.key().to_owned()).collect();
    keys.extend(Good::ALL.iter().flat_map(|good| [good.key().to_owned(), good.unit().to_owned()]));
    for notice in Notice::ALL {
        keys.extend(["message", "help"].map(|part| format!("deploy.plan.{}.{part}", notice.code)));
    }
    assert_eq!(trazo_texts::missing(&keys), Vec::<String>::new());
}
