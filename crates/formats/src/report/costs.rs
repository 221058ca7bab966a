//! What a design costs a month, as far as a table of list prices tells.

use trazo_model::{NodeId, Phrase};
use trazo_prices::{DATED, Item, dollars, estimate};
use trazo_stack::{Element, Origin};

use super::{Page, cell};

impl Page<'_> {
    pub(super) fn costs(&mut self) {
        self.title("costs");
        let region = self.source.design.region();
        let estimate = estimate(self.source.design, self.source.stack, region);
        if estimate.items.is_empty() {
            let nothing = self.say("costs_nothing");
            return self.line(&nothing);
        }
        let sum = range(estimate.low(), estimate.high());
        let said = self.source.voice.say("export.report.costs_sum", &[("sum", &sum), ("date", DATED)]);
        self.line(&said);
        if !estimate.is_region_known {
            let said = self.source.voice.say("export.report.costs_other", &[("region", region)]);
            self.line("");
            self.line(&said);
        }
        self.line("");
        let heads = ["good", "whose", "monthly"].map(|key| self.say(key));
        self.line(&format!("| {} |", heads.join(" | ")));
        self.line("|---|---|---:|");
        let mut items: Vec<&Item> = estimate.items.iter().collect();
        trazo_model::sort::sort_by_key(&mut items, |item| std::cmp::Reverse(item.high_cost()));
        for item in items {
            self.cost(item);
        }
        let total = self.say("total");
        self.line(&format!("| **{total}** | | **{sum}** |"));
        self.phrases("assumed", &estimate.assumptions);
        self.phrases("left_out", &estimate.left_out);
    }

    fn cost(&mut self, item: &Item) {
        let good = self.source.voice.say(item.good.key(), &[]);
        let detail = if item.detail.is_empty() { String::new() } else { format!(" `{}`", item.detail) };
        let row = format!(
            "| {}{detail} | {} | {} |",
            cell(&good),
            cell(&self.whose(&item.element)),
            range(item.low_cost(), item.high_cost())
        );
        self.out.push(&row, Some(&Origin::whole(item.element.clone())));
    }

    fn whose(&self, element: &Element) -> String {
        let design = self.source.design;
        let name = |id: &str| design.node(&NodeId::new(id)).map(|node| node.name.clone());
        let named = match element {
            Element::Design => None,
            Element::Node(id) => name(id),
            Element::Link(id) => {
                design.links().find(|link| link.id.as_str() == &**id).and_then(|link| name(link.to.as_str()))
            }
        };
        named.unwrap_or_else(|| design.name().to_owned())
    }

    fn phrases(&mut self, key: &str, phrases: &[Phrase]) {
        if phrases.is_empty() {
            return;
        }
        let title = self.say(key);
        self.line("");
        self.line(&title);
        self.line("");
        for phrase in phrases {
            let said = self.source.voice.tell(phrase);
            self.line(&format!("- {}", said.trim_end()));
        }
    }
}

/// One amount, or from one to the other.
fn range(low: u64, high: u64) -> String {
    let (low, high) = (dollars(low), dollars(high));
    if low == high { high } else { format!("{low}–{high}") }
}

#[cfg(test)]
mod tests {
    use trazo_model::lower;

    use crate::export::{Keys, Source, find};
    use crate::templates;

    #[test]
    fn every_template_tells_what_it_costs_and_for_whom() {
        for template in templates::ALL {
            let design = template.design().unwrap();
            let stack = lower(&design);
            let source = Source {
                design: &design,
                stack: &stack,
                voice: &Keys,
                route: &|_| Vec::new(),
                kept: &crate::Kept::default(),
            };
            let page = (find("report").unwrap().write)(&source).files.remove(0).document;
            let estimate = trazo_prices::estimate(&design, &stack, design.region());
            let sum = super::range(estimate.low(), estimate.high());
            let text = page.text();
            let has = |part: &str| text.contains(part);
            assert!(has(&format!("**{sum}** |")) && has(trazo_prices::DATED), "{text}");
            // A row leads to the element that costs it.
            let rows = (0..page.len()).filter(|at| page.line_text(*at).starts_with("| deploy.cost.good."));
            let origins: Vec<_> = rows.map(|at| page.origin(at).map(|origin| origin.element.clone())).collect();
            assert_eq!(origins.len(), estimate.items.len());
            assert!(estimate.items.iter().all(|item| origins.contains(&Some(item.element.clone()))));
        }
    }
}
