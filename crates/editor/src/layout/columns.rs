//! Which column each box stands in, and in which order the boxes of a column stand.

use super::tree::Edge;

/// How often the order is improved, from the left and from the right.
const SWEEPS: usize = 6;

/// The columns from left to right, and the boxes that are linked to nothing.
#[derive(Debug, PartialEq)]
pub(super) struct Columns {
    pub(super) columns: Vec<Vec<usize>>,
    pub(super) alone: Vec<usize>,
}

/// The columns of boxes that are joined by `edges`; `linked` tells which of them are linked with anything, be it elsewhere.
pub(super) fn columns(linked: &[bool], edges: &[Edge]) -> Columns {
    let count = linked.len();
    let forward = without_cycles(count, edges);
    let column = assign(count, &forward);
    let mut columns = vec![Vec::new(); column.iter().max().map_or(0, |&last| last + 1)];
    for i in (0..count).filter(|&i| linked[i]) {
        columns[column[i]].push(i);
    }
    columns.retain(|c| !c.is_empty());
    order(&mut columns, count, &forward);
    Columns { columns, alone: (0..count).filter(|&i| !linked[i]).collect() }
}

/// The edges as pairs, those that close a cycle turned round.
fn without_cycles(count: usize, edges: &[Edge]) -> Vec<(usize, usize)> {
    #[derive(Clone, Copy, PartialEq)]
    enum Seen {
        Not,
        Open,
        Done,
    }
    let mut seen = vec![Seen::Not; count];
    let mut forward = Vec::with_capacity(edges.len());
    let mut out: Vec<Vec<usize>> = vec![Vec::new(); count];
    let mut has_in = vec![false; count];
    for edge in edges {
        out[edge.from].push(edge.to);
        has_in[edge.to] = true;
    }
    // Beginning where nothing arrives, so that cycles are cut where traffic comes back.
    let roots = (0..count).filter(|&i| !has_in[i]).chain(0..count);
    for root in roots {
        if seen[root] != Seen::Not {
            continue;
        }
        seen[root] = Seen::Open;
        let mut stack = vec![(root, 0)];
        while let Some((node, next)) = stack.pop() {
            let Some(&to) = out[node].get(next) else {
                seen[node] = Seen::Done;
                continue;
            };
            stack.push((node, next + 1));
            forward.push(if seen[to] == Seen::Open { (to, node) } else { (node, to) });
            if seen[to] == Seen::Not {
                seen[to] = Seen::Open;
                stack.push((to, 0));
            }
        }
    }
    trazo_model::sort::sort_by(&mut forward, |a, b| a.cmp(b));
    forward.dedup();
    forward
}

/// The column of each box: one more than the furthest before it; what only leads on stands just before what it leads to.
fn assign(count: usize, forward: &[(usize, usize)]) -> Vec<usize> {
    let mut column = vec![0; count];
    // Without cycles this settles within `count` rounds.
    for _ in 0..count {
        let mut settled = true;
        for &(from, to) in forward {
            if column[to] <= column[from] {
                column[to] = column[from] + 1;
                settled = false;
            }
        }
        if settled {
            break;
        }
    }
    for i in 0..count {
        if forward.iter().all(|&(_, to)| to != i) {
            let nearest = forward.iter().filter(|&&(from, _)| from == i).map(|&(_, to)| column[to]).min();
            column[i] = nearest.map_or(column[i], |c: usize| c.saturating_sub(1));
        }
    }
    column
}

/// Orders each column by the middle of what its boxes are linked with, back and forth.
fn order(columns: &mut [Vec<usize>], count: usize, forward: &[(usize, usize)]) {
    let mut before: Vec<Vec<usize>> = vec![Vec::new(); count];
    let mut after: Vec<Vec<usize>> = vec![Vec::new(); count];
    for &(from, to) in forward {
        after[from].push(to);
        before[to].push(from);
    }
    let mut position = vec![0.0; count];
    columns.iter().for_each(|column| number(column, &mut position));
    let mut best = (crossings(forward, columns, count), columns.to_vec());
    for sweep in 0..SWEEPS {
        let rightwards = sweep % 2 == 0;
        let neighbours = if rightwards { &before } else { &after };
        for step in 0..columns.len() {
            let at = if rightwards { step } else { columns.len() - 1 - step };
            let weight = |i: usize| {
                let near = &neighbours[i];
                let sum: f64 = near.iter().map(|&n| position[n]).sum();
                if near.is_empty() { position[i] } else { sum / near.len() as f64 }
            };
            trazo_model::sort::sort_by(&mut columns[at], |&a, &b| weight(a).total_cmp(&weight(b)));
            number(&columns[at], &mut position);
        }
        let crossed = crossings(forward, columns, count);
        if crossed < best.0 {
            best = (crossed, columns.to_vec());
        }
    }
    columns.clone_from_slice(&best.1);
}

/// Positions from 0 to 1, so that long and short columns can be compared.
fn number(column: &[usize], position: &mut [f64]) {
    for (i, &member) in column.iter().enumerate() {
        position[member] = (i as f64 + 0.5) / column.len() as f64;
    }
}

/// How many pairs of edges between the same columns cross.
fn crossings(forward: &[(usize, usize)], columns: &[Vec<usize>], count: usize) -> usize {
    let mut at = vec![(0, 0); count];
    for (c, column) in columns.iter().enumerate() {
        for (i, &member) in column.iter().enumerate() {
            at[member] = (c, i);
        }
    }
    let mut crossed = 0;
    for (k, &(a, b)) in forward.iter().enumerate() {
        for &(c, d) in &forward[k + 1..] {
            let same = at[a].0 == at[c].0 && at[b].0 == at[d].0;
            let turned = (at[a].1 < at[c].1 && at[b].1 > at[d].1) || (at[a].1 > at[c].1 && at[b].1 < at[d].1);
            crossed += usize::from(same && turned);
        }
    }
    crossed
}
