// Draw the table of links as a network; the table stays the truth.
import cytoscape from "cytoscape";

const table = document.getElementById("network-table");
const holder = document.getElementById("network");

if (table && holder) {
  const nodes = new Map();
  const edges = [];
  for (const row of table.querySelectorAll("tbody tr")) {
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
  const ink = getComputedStyle(document.body).color;
  const colours = { Person: "#a3341f", Camp: "#12506b", Place: "#3c8d5a", FictionalWork: "#8a63c4" };
  const graph = cytoscape({
    container: holder,
    elements: [...nodes.values(), ...edges],
    style: [
      { selector: "node", style: { label: "data(label)", "font-size": 9, width: 12, height: 12, color: ink,
        "background-color": (node) => colours[node.data("kind")] ?? "#7a8288" } },
      { selector: "edge", style: { width: 1, "line-color": "#9aa0a6", "curve-style": "haystack", opacity: 0.6 } },
    ],
    layout: { name: "cose", animate: false, nodeRepulsion: 9000 },
  });
  graph.on("tap", "node", (event) => { location.href = event.target.id(); });
}
