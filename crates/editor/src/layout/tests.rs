use super::*;
use proptest::prelude::*;

fn card(parent: Option<usize>) -> Item {
    Item { size: Size::new(200.0, 72.0), is_group: false, parent }
}

fn group(parent: Option<usize>) -> Item {
    Item { size: Size::new(480.0, 320.0), is_group: true, parent }
}

#[test]
fn a_chain_stands_in_one_row() {
    let rects = layout(&[card(None), card(None), card(None)], &[(0, 1), (1, 2)]);
    assert_eq!(rects.iter().map(|r| (r.x, r.y)).collect::<Vec<_>>(), [(0.0, 0.0), (288.0, 0.0), (576.0, 0.0)]);
}

#[test]
fn branches_stand_around_what_they_come_from() {
    let rects = layout(&[card(None), card(None), card(None)], &[(0, 1), (0, 2)]);
    assert_eq!((rects[1].y, rects[2].y), (0.0, 112.0));
    assert_eq!(rects[0].y, 56.0);
}

#[test]
fn crossing_links_are_uncrossed() {
    let rects = layout(&[card(None), card(None), card(None), card(None)], &[(0, 3), (1, 2)]);
    assert_eq!(rects[0].y, rects[3].y);
    assert_eq!(rects[1].y, rects[2].y);
}

#[test]
fn a_cycle_is_cut_where_it_comes_back() {
    let rects = layout(&[card(None), card(None), card(None)], &[(0, 1), (1, 2), (2, 1)]);
    assert!(rects[0].x < rects[1].x && rects[1].x < rects[2].x);
}

#[test]
fn groups_grow_around_what_they_hold() {
    let boxes = [card(None), group(None), group(Some(1)), card(Some(2)), card(Some(2)), card(None)];
    let rects = layout(&boxes, &[(0, 3), (0, 4), (3, 5), (4, 5)]);
    assert!(rects[1].contains_rect(rects[2]));
    assert!(rects[2].contains_rect(rects[3]) && rects[2].contains_rect(rects[4]));
    assert!(rects[3].y >= rects[2].y + HEADER);
    assert_eq!(rects[0].center().y, rects[5].center().y);
    assert_eq!(rects[0].center().y, rects[3].center().middle(rects[4].center()).y);
}

#[test]
fn what_is_linked_only_outwards_stands_in_a_column_of_its_group() {
    let boxes = [card(None), group(None), card(Some(1)), card(Some(1)), card(None), card(None)];
    let rects = layout(&boxes, &[(0, 2), (0, 3), (2, 4), (3, 5)]);
    assert_eq!(rects[2].x, rects[3].x);
    assert!(rects[2].bottom() < rects[3].y);
    assert!(rects[4].y < rects[5].y);
}

#[test]
fn what_is_linked_to_nothing_stands_below() {
    let rects = layout(&[card(None), card(None), card(None)], &[(0, 2)]);
    assert!(rects[1].y > rects[0].bottom());
}

#[test]
fn parents_in_a_circle_do_no_harm() {
    let boxes = [Item { parent: Some(1), ..group(None) }, group(Some(0)), card(Some(9)), card(Some(2))];
    assert_eq!(layout(&boxes, &[(0, 7), (3, 3)]).len(), 4);
}

fn designs() -> impl Strategy<Value = (Vec<Item>, Vec<(usize, usize)>)> {
    prop::collection::vec((any::<bool>(), prop::option::of(0usize..14)), 1..14).prop_flat_map(|nodes| {
        let count = nodes.len();
        // What lies in something comes after it, as in a document that was drawn.
        let boxes = nodes.into_iter().enumerate().map(move |(i, (is_group, parent))| {
            let parent = parent.filter(|&p| p < i);
            if is_group { group(parent) } else { card(parent) }
        });
        (Just(boxes.collect()), prop::collection::vec((0..count, 0..count), 0..24))
    })
}

proptest! {
    #[test]
    fn nothing_overlaps_and_groups_hold_their_own((boxes, edges) in designs()) {
        let rects = layout(&boxes, &edges);
        let parent = |i: usize| boxes[i].parent.filter(|&p| boxes[p].is_group);
        for i in 0..boxes.len() {
            prop_assert_eq!((rects[i].x % 8.0, rects[i].y % 8.0), (0.0, 0.0));
            if let Some(p) = parent(i) {
                prop_assert!(rects[p].contains_rect(rects[i]), "{} {:?}", i, rects);
                prop_assert!(rects[i].y >= rects[p].y + HEADER);
            }
            for j in 0..i {
                prop_assert!(parent(i) != parent(j) || !rects[i].overlaps(rects[j]), "{} {} {:?}", i, j, rects);
            }
        }
        prop_assert_eq!(layout(&boxes, &edges), rects);
    }
}
