// A design of a thousand cards without an error: load balancers that spread over ten services each
// in a cluster of their own, every service with its task definition, tile beside tile.

const TILE = { across: 8, down: 6 };
// Multiples of the grid of the canvas; as tight as links still find their way between the cards.
const PITCH = { x: 256, y: 112 };
const SERVICES = 10;
const CARDS_IN_A_TILE = 1 + 2 * SERVICES;
// Space of one tile: the balancer, two columns of services in their cluster, two of what they run.
const SIZE = { x: 5 * PITCH.x, y: 5 * PITCH.y + 40 };
const CLUSTER = { x: -16, y: -24, w: PITCH.x + 232, h: 4 * PITCH.y + 120 };

function tile(column, row) {
  const id = `${column}-${row}`;
  const at = (x, y) => ({ x: column * SIZE.x + x * PITCH.x, y: row * SIZE.y + y * PITCH.y });
  const [balancer, cluster] = [`lb-${id}`, `cluster-${id}`];
  const corner = at(1, 0);
  const nodes = [
    { id: balancer, kind: "load_balancer", name: balancer, ...at(0, 2), props: {} },
    {
      ...{ id: cluster, kind: "cluster", name: cluster, w: CLUSTER.w, h: CLUSTER.h, props: {} },
      ...{ x: corner.x + CLUSTER.x, y: corner.y + CLUSTER.y },
    },
  ];
  const links = [];
  for (let index = 0; index < SERVICES; index++) {
    const [x, y] = [1 + Math.floor(index / 5), index % 5];
    const service = `svc-${id}-${index}`;
    const task = `task-${id}-${index}`;
    nodes.push({ id: service, kind: "service", name: service, in: cluster, ...at(x, y), props: {} });
    nodes.push({ id: task, kind: "task_definition", name: task, ...at(x + 2, y), props: TASK });
    const rule = { priority: index + 1, paths: [`/${service}*`] };
    links.push({ id: `in-${id}-${index}`, from: balancer, to: service, props: rule });
    links.push({ id: `runs-${id}-${index}`, from: service, to: task });
  }
  return { nodes, links };
}

const TASK = {
  containers: [
    {
      name: "app",
      image: "public.ecr.aws/nginx/nginx:1.27",
      ports: [{ containerPort: 80 }],
      logs: false,
    },
  ],
};

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
    view: { x: 3 * SIZE.x - 2 * PITCH.x, y: 2 * SIZE.y - 3 * PITCH.y, zoom },
  };
}

/** The card in the middle of the view, at which ten links begin. */
export const HUB = "lb-3-2";
/** How many cards there are. */
export const CARDS = TILE.across * TILE.down * CARDS_IN_A_TILE;
