// Draw the table of links as a network; the table stays the truth.
import cytoscape from "cytoscape";

const table = document.getElementById("network-table");
const holder = document.getElementById("network");
const GAP = 6; // pixels between two boxes
const ROW = 28; // between two groups
const EDGE = 14;
const ROUNDS = 400;
const LEGIBLE = 0.85; // smallest zoom at which a label can be read

function elements(rows) {
  const nodes = new Map();
  const edges = [];
  for (const row of rows) {
    const [from, , to] = [...row.children].map((cell) => cell.querySelector("a") ?? cell);
    for (const end of [from, to]) {
      const id = end.getAttribute("href") ?? end.textContent;
      nodes.set(id, { data: { id, label: end.textContent, kind: end.dataset.kind ?? "" } });
    }
    edges.push({ data: {
      source: from.getAttribute("href") ?? from.textContent,
      target: to.getAttribute("href") ?? to.textContent,
      label: row.children[1].textContent } });
  }
  return [...nodes.values(), ...edges];
}

// Push nodes apart until no two, with their labels, lie on one another.
function part(nodes) {
  const boxes = nodes.map((node) => {
    const { x1, x2, y1, y2 } = node.boundingBox({ includeLabels: true });
    const { x, y } = node.position();
    return { node, x, y, left: x - x1, right: x2 - x, up: y - y1, down: y2 - y };
  });
  for (let round = 0, moved = true; moved && round < ROUNDS; round += 1) {
    moved = false;
    boxes.forEach((one, place) => {
      for (const other of boxes.slice(place + 1)) {
        const wide = Math.min(one.x + one.right - other.x + other.left, other.x + other.right - one.x + one.left) + GAP;
        const high = Math.min(one.y + one.down - other.y + other.up, other.y + other.down - one.y + one.up) + GAP;
        if (wide <= 0 || high <= 0) continue;
        moved = true;
        const axis = high <= wide ? "y" : "x";
        const step = (axis === "y" ? high : wide) / 2 * (one[axis] < other[axis] ? 1 : -1);
        one[axis] -= step;
        other[axis] += step;
      }
    });
  }
  for (const { node, x, y } of boxes) node.position({ x, y });
}

// Lay out every group of linked things by itself, the largest first, and set the groups in rows.
function arrange(graph, width) {
  let left = 0, top = 0, tall = 0;
  const groups = graph.elements().components().sort((one, other) => other.nodes().length - one.nodes().length);
  for (const group of groups) {
    const side = 110 * Math.sqrt(group.nodes().length);
    group.layout({ name: "cose", animate: false, randomize: false, fit: false, nodeDimensionsIncludeLabels: true,
      boundingBox: { x1: 0, y1: 0, w: side, h: side * 0.8 } }).run();
    part(group.nodes());
    const box = group.boundingBox({ includeLabels: true });
    if (left && left + box.w > width) {
      left = 0;
      top += tall + ROW;
      tall = 0;
    }
    group.nodes().shift({ x: left - box.x1, y: top - box.y1 });
    left += box.w + ROW;
    tall = Math.max(tall, box.h);
  }
}

if (table && holder) {
  const ink = getComputedStyle(document.body).color;
  const colours = { Person: "#a3341f", Camp: "#12506b", Place: "#3c8d5a", FictionalWork: "#8a63c4" };
  const graph = cytoscape({
    container: holder,
    elements: elements(table.querySelectorAll("tbody tr")),
    style: [
      { selector: "node", style: { label: "data(label)", "font-size": 11, width: 12, height: 12, color: ink,
        "text-valign": "bottom", "text-margin-y": 2, "text-wrap": "wrap", "text-max-width": 110,
        "background-color": (node) => colours[node.data("kind")] ?? "#7a8288" } },
      { selector: "edge", style: { width: 1, "line-color": "#9aa0a6", "curve-style": "haystack", opacity: 0.6 } },
    ],
    layout: { name: "preset" },
  });
  arrange(graph, holder.clientWidth);
  graph.fit(undefined, EDGE);
  if (graph.zoom() < LEGIBLE || graph.zoom() > 1.4) {
    graph.zoom(Math.min(1.4, Math.max(LEGIBLE, graph.zoom())));
    graph.pan({ x: EDGE, y: EDGE });
  }
  graph.on("tap", "node", (event) => { location.href = event.target.id(); });
}
