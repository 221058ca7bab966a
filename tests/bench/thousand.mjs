// A design of a thousand cards: load balancers that spread over ten services each, every service
// with its task definition, tile beside tile.

const TILE = { across: 8, down: 6 };
// Multiples of the grid of the canvas; wide enough that links find their way between the cards.
const PITCH = { x: 320, y: 160 };
const SERVICES = 10;
const CARDS_IN_A_TILE = 1 + 2 * SERVICES;
// Space of one tile on the canvas: the balancer, and two columns of five pairs of cards.
const SIZE = { x: 5 * PITCH.x, y: 5 * PITCH.y };

function tile(column, row) {
  const id = `${column}-${row}`;
  const at = (x, y) => ({ x: column * SIZE.x + x * PITCH.x, y: row * SIZE.y + y * PITCH.y });
  const balancer = `lb-${id}`;
  const nodes = [{ id: balancer, kind: "load_balancer", name: balancer, ...at(0, 2), props: {} }];
  const links = [];
  for (let index = 0; index < SERVICES; index++) {
    const [x, y] = [1 + 2 * Math.floor(index / 5), index % 5];
    const service = `svc-${id}-${index}`;
    const task = `task-${id}-${index}`;
    nodes.push({ id: service, kind: "service", name: service, ...at(x, y), props: {} });
    nodes.push({ id: task, kind: "task_definition", name: task, ...at(x + 1, y), props: {} });
    links.push({ id: `in-${id}-${index}`, from: balancer, to: service });
    links.push({ id: `runs-${id}-${index}`, from: service, to: task });
  }
  return { nodes, links };
}

/** The manifest, with the view in its middle at `zoom` percent. */
export function thousand(zoom) {
  const tiles = [];
  for (let row = 0; row < TILE.down; row++) {
    for (let column = 0; column < TILE.across; column++) tiles.push(tile(column, row));
  }
  return {
    trazo: 1,
    name: "a thousand cards",
    region: "us-east-1",
    nodes: tiles.flatMap((each) => each.nodes),
    links: tiles.flatMap((each) => each.links),
    notes: [],
    view: { x: 3 * SIZE.x - PITCH.x, y: 2 * SIZE.y, zoom },
  };
}

/** The card in the middle of the view, at which ten links begin. */
export const HUB = "lb-3-2";
/** How many cards there are. */
export const CARDS = TILE.across * TILE.down * CARDS_IN_A_TILE;
