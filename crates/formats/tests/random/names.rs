//! Names: those that people give, and those at the limits of what AWS takes.

use trazo_model::{Design, Kind};

use super::dice::Dice;

const WORDS: &[&str] = &[
    "catalogo",
    "carrito",
    "pagos",
    "pedidos",
    "tienda",
    "Tienda Virtual",
    "gestión",
    "año-nuevo",
    "api",
    "web",
    "checkout-service",
    "backend_v2",
    "x",
    "usuarios",
    "inventario-de-productos-del-almacen-central",
    "a1",
    "B2b",
    "2024-ventas",
    "mi.servicio",
    "notificaciones",
    "service",
    "task-definition",
    "load-balancer",
    "LabRole",
];

/// A name for a design.
pub(crate) fn of_design(dice: &mut Dice) -> String {
    dice.of(WORDS).copied().unwrap_or("Tienda").to_owned()
}

/// A name that the kind's rule accepts and that no other node of the kind has.
pub(crate) fn of_node(design: &Design, kind: Kind, dice: &mut Dice) -> String {
    let rule = &kind.spec().name_rule;
    for _ in 0..12 {
        let word = dice.of(WORDS).copied().unwrap_or("a");
        let name = match dice.below(8) {
            0 => word.repeat(rule.max.min(300) / word.chars().count().max(1)),
            1 => format!("{word}-{}", dice.below(1000)),
            2 => "n".repeat(rule.max.min(255)),
            _ => word.to_owned(),
        };
        let free = design.nodes().all(|node| node.kind() != kind || node.name != name);
        if free && rule.accepts(&name) && !name.trim().is_empty() {
            return name;
        }
    }
    design.free_name(kind)
}
