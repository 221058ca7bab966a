// Designs of many cards without an error: load balancers that spread over ten services each
// in a cluster of their own, every service with its task definition, tile beside tile.

const THOUSAND = { across: 8, down: 6 };
const TWO_HUNDRED = { across: 5, down: 2 };
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

/** A manifest of so many tiles, with the view near its middle at `zoom` percent. */
function tiled({ across, down }, zoom) {
  const tiles = [];
  for (let row = 0; row < down; row++) {
    for (let column = 0; column < across; column++) tiles.push(tile(column, row));
  }
  const [column, row] = [Math.floor((across - 1) / 2), Math.floor((down - 1) / 2)];
  return {
    trazo: 1,
    name: "many cards",
    region: "us-east-1",
    nodes: tiles.flatMap((each) => each.nodes),
    links: tiles.flatMap((each) => each.links),
    notes: [],
    view: { x: column * SIZE.x - 2 * PITCH.x, y: row * SIZE.y - 3 * PITCH.y, zoom },
  };
}

/** A thousand cards. */
export const thousand = (zoom) => tiled(THOUSAND, zoom);
/** The card in the middle of the thousand, at which ten links begin. */
export const HUB = "lb-3-2";
/** How many they are. */
export const CARDS = THOUSAND.across * THOUSAND.down * CARDS_IN_A_TILE;

/** Two hundred cards and some. */
export const twoHundred = (zoom) => tiled(TWO_HUNDRED, zoom);
/** A service of theirs that is seen. */
export const SERVICE = "svc-2-0-2";
/** How many they are. */
export const FEWER = TWO_HUNDRED.across * TWO_HUNDRED.down * CARDS_IN_A_TILE;
