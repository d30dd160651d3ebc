// The land of northern Eurasia as rings of [longitude, latitude], to a twentieth of a degree.
// No borders: on this subject every border is a claim.
import { feature } from "topojson-client";

const WEST = 10, EAST = 180, SOUTH = 20, NORTH = 82;
const STEP = 0.05;

export function land(atlas) {
  const whole = feature(atlas, atlas.objects.land);
  const polygons = (whole.features ?? [whole]).flatMap(({ geometry }) =>
    geometry.type === "Polygon" ? [geometry.coordinates] : geometry.coordinates);
  return polygons.flat().filter(seen).map(simplified).filter((ring) => ring.length > 3);
}

function seen(ring) {
  return ring.some(([x, y]) => x > WEST && x < EAST && y > SOUTH && y < NORTH);
}

function simplified(ring) {
  const kept = [];
  const wraps = ring.some(([x]) => x > 170);
  for (const [raw, y] of ring) {
    const x = wraps && raw < -100 ? raw + 360 : raw;
    const point = [Math.round(x / STEP) * STEP, Math.round(y / STEP) * STEP].map((n) => Number(n.toFixed(2)));
    const last = kept[kept.length - 1];
    if (!last || Math.hypot(point[0] - last[0], point[1] - last[1]) >= 0.2) kept.push(point);
  }
  return kept;
}
