use super::*;
use crate::path::touches;
use crate::ports;
use proptest::prelude::*;

fn card(x: f64, y: f64) -> Rect {
    Rect::new(x, y, 200.0, 72.0)
}

/// The route from the first card to the second around the others.
fn between(cards: &[Rect]) -> Route {
    let mut index = SpatialIndex::new();
    for (i, rect) in cards.iter().enumerate() {
        index.insert(i as u32, *rect);
    }
    let (a, b) = ports::ends(cards[0], cards[1], 0, 1);
    let obstacles = Obstacles { index: &index, blocks: &|_| true };
    route(End { port: a, rect: cards[0] }, End { port: b, rect: cards[1] }, &obstacles)
}

fn text(points: &[Point]) -> String {
    points.iter().map(|p| format!("{},{}", p.x, p.y)).collect::<Vec<_>>().join(" ")
}

fn inside_any(points: &[Point], cards: &[Rect]) -> bool {
    cards.iter().any(|c| touches(points, c.inflate(-1.0)))
}

#[test]
fn straight_where_nothing_is_between() {
    assert_eq!(text(&between(&[card(0.0, 0.0), card(400.0, 0.0)]).points), "200,36 400,36");
    assert_eq!(text(&between(&[card(0.0, 0.0), card(0.0, 200.0)]).points), "100,72 100,200");
}

#[test]
fn a_z_bends_in_the_middle() {
    assert_eq!(text(&between(&[card(0.0, 0.0), card(400.0, 160.0)]).points), "200,36 300,36 300,196 400,196");
}

#[test]
fn a_z_between_cards_above_one_another_bends_in_the_middle_too() {
    assert_eq!(text(&between(&[card(0.0, 0.0), card(160.0, 172.0)]).points), "100,72 100,122 260,122 260,172");
}

#[test]
fn a_gap_too_narrow_for_stubs_is_still_crossed_straight() {
    assert_eq!(text(&between(&[card(0.0, 0.0), card(0.0, 88.0)]).points), "100,72 100,88");
    assert_eq!(text(&between(&[card(0.0, 0.0), card(232.0, 40.0)]).points), "200,36 216,36 216,76 232,76");
}

#[test]
fn a_z_moves_its_upright_stretch_out_of_the_way() {
    // A card stands where the middle of the Z would be.
    let cards = [card(0.0, 0.0), card(800.0, 300.0), card(400.0, 150.0)];
    let points = between(&cards).points;
    assert_eq!(points.len(), 4, "{}", text(&points));
    assert!(!inside_any(&points, &cards));
}

#[test]
fn goes_round_a_card_that_stands_between() {
    let cards = [card(0.0, 0.0), card(600.0, 0.0), card(300.0, 0.0)];
    let points = between(&cards).points;
    assert!(!inside_any(&points, &cards), "{}", text(&points));
    assert_eq!(points.len(), 6, "{}", text(&points));
}

#[test]
fn goes_round_a_wall_with_a_search() {
    let mut cards = vec![card(0.0, 0.0), card(600.0, 0.0)];
    cards.extend((-2..3).map(|i| card(300.0, f64::from(i) * 80.0)));
    let points = between(&cards).points;
    assert!(!inside_any(&points, &cards), "{}", text(&points));
}

#[test]
fn what_is_walled_in_is_drawn_all_the_same() {
    let mut cards = vec![card(0.0, 0.0), card(900.0, 0.0)];
    cards.extend([card(-100.0, -90.0), card(100.0, -90.0), card(-100.0, 80.0), card(100.0, 80.0), card(202.0, 0.0)]);
    let points = between(&cards).points;
    assert_eq!((points[0], points[points.len() - 1]), (Point::new(200.0, 36.0), Point::new(900.0, 36.0)));
}

#[test]
fn a_group_around_both_ends_is_not_in_the_way() {
    let mut index = SpatialIndex::new();
    let (a, b) = (card(0.0, 0.0), card(400.0, 0.0));
    for (i, rect) in [a, b, Rect::new(-40.0, -40.0, 800.0, 400.0)].into_iter().enumerate() {
        index.insert(i as u32, rect);
    }
    let (from, to) = ports::ends(a, b, 0, 1);
    let obstacles = Obstacles { index: &index, blocks: &|handle| handle != 2 };
    let found = route(End { port: from, rect: a }, End { port: to, rect: b }, &obstacles);
    assert_eq!(found.points.len(), 2);
}

fn scattered() -> impl Strategy<Value = Vec<Rect>> {
    // Cells of a chessboard with some air, so that cards do not cover each other.
    prop::collection::vec((0u8..64, 0i32..5, 0i32..5), 2..40).prop_map(|cells| {
        let mut seen = std::collections::BTreeSet::new();
        let mut cards: Vec<Rect> = Vec::new();
        for (cell, dx, dy) in cells {
            if seen.insert(cell) {
                let (column, row) = (f64::from(cell % 8), f64::from(cell / 8));
                cards.push(card(column * 280.0 + f64::from(dx * 8), row * 144.0 + f64::from(dy * 8)));
            }
        }
        if cards.len() < 2 {
            cards.push(card(-400.0, 0.0));
        }
        cards
    })
}

proptest! {
    #[test]
    fn routes_are_rectangular_leave_straight_and_avoid_cards(cards in scattered()) {
        let route = between(&cards);
        let points = &route.points;
        let (a, b) = ports::ends(cards[0], cards[1], 0, 1);
        prop_assert_eq!((points[0], points[points.len() - 1]), (a.at, b.at));
        for pair in points.windows(2) {
            prop_assert!((pair[0].x == pair[1].x) != (pair[0].y == pair[1].y), "{}", text(points));
        }
        prop_assert!(touches(&points[..2], Rect::between(a.ahead(1.0), a.ahead(1.0))), "{}", text(points));
        prop_assert!(!inside_any(points, &cards), "{}", text(points));
        prop_assert!(points.len() <= 10, "{}", text(points));
        prop_assert!(route.reach.contains_rect(around(points)), "{}", text(points));
    }

    #[test]
    fn what_lies_out_of_reach_does_not_matter(cards in scattered(), x in -600i32..2800, y in -600i32..1800) {
        let before = between(&cards);
        let other = card(x.into(), y.into());
        prop_assume!(!other.touches(before.reach));
        let mut more = cards;
        more.push(other);
        prop_assert_eq!(between(&more), before);
    }
}
