// Put a map one can move in the place of the server's picture; the table below stays as it is.
import L from "leaflet";
import "leaflet/dist/leaflet.css";

const picture = document.getElementById("map-picture");
const rows = [...document.querySelectorAll("tr[data-lat]")];

if (picture && rows.length) {
  const holder = document.createElement("div");
  holder.className = "map";
  holder.id = "map";
  picture.after(holder); // over the picture, which keeps the place: nothing moves
  picture.classList.add("replaced");
  const map = L.map(holder, { attributionControl: false, worldCopyJump: false, minZoom: 2, maxZoom: 9 });
  fetch(picture.dataset.land).then((answer) => answer.json()).then((rings) => {
    L.geoJSON({ type: "MultiPolygon", coordinates: rings.map((ring) => [ring]) }, {
      className: "land", interactive: false, stroke: true, weight: 1 }).addTo(map).bringToBack();
  });
  const points = rows.map((row) => {
    const link = row.querySelector("a");
    const at = [Number(row.dataset.lat), Number(row.dataset.long)];
    const side = 2 * (4 + Math.min(8, Math.sqrt(Number(row.dataset.weight))));
    const icon = L.divIcon({ iconSize: [side, side],
      className: `spot ${row.dataset.kind} ${row.dataset.certainty}` });
    const marker = L.marker(at, { icon, title: link.textContent, alt: link.textContent });
    const label = document.createElement("a");
    label.href = link.href;
    label.textContent = link.textContent;
    marker.bindPopup(label).addTo(map);
    return at;
  });
  const shown = points.filter(([lat, long]) => lat > 28 && lat < 76 && long > 15);
  map.fitBounds(shown.length ? shown : points, { padding: [20, 20] });
}
