// Two more views of an answer: places on the map of the site, and numbers as bars.
const SVG = "http://www.w3.org/2000/svg";
const WEST = 15, EAST = 180, SOUTH = 28, NORTH = 76, WIDTH = 1000; // as in server/projection.py
const SQUEEZE = Math.cos((55 * Math.PI) / 180);
const SCALE = WIDTH / ((EAST - WEST) * SQUEEZE);
const HEIGHT = (NORTH - SOUTH) * SCALE;
const LATITUDE = /^(lat|latitude|.*_lat)$/i;
const LONGITUDE = /^(long?|lng|longitude|.*_long?)$/i;
const MOST_BARS = 60;

function drawn(name, values, words) {
  const element = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(values)) element.setAttribute(key, value);
  if (words) element.textContent = words;
  return element;
}

function named(row, columns) {
  const told = columns.map((column) => row[column]).filter((cell) => cell);
  const best = told.find((cell) => cell.type === "literal" && Number.isNaN(Number(cell.value))) ?? told[0];
  return best ? best.value.replace(/^.*\/id\//, "") : "";
}

// What both share: how YASR asks a view whether it fits, and where it is drawn.
class View {
  constructor(yasr) { this.yasr = yasr; }
  get columns() { return this.yasr.results?.getVariables() ?? []; }
  get rows() { return this.yasr.results?.getBindings() ?? []; }
  getIcon() {
    const icon = document.createElement("span");
    icon.setAttribute("aria-hidden", "true");
    icon.textContent = this.sign;
    return icon;
  }
  show(picture, words) {
    picture.setAttribute("role", "img");
    picture.setAttribute("aria-label", words);
    const holder = document.createElement("div");
    holder.className = "answer-view";
    holder.append(picture);
    const note = document.createElement("p");
    note.textContent = words;
    holder.append(note);
    this.yasr.resultsEl.append(holder);
  }
}

export class Places extends View {
  priority = 5;
  label = "Map";
  sign = "◉";

  get ends() {
    return [this.columns.find((name) => LATITUDE.test(name)), this.columns.find((name) => LONGITUDE.test(name))];
  }

  canHandleResults() {
    const [latitude, longitude] = this.ends;
    return Boolean(latitude && longitude && this.rows.some((row) => row[latitude] && row[longitude]));
  }

  draw() {
    const [latitude, longitude] = this.ends;
    const others = this.columns.filter((name) => name !== latitude && name !== longitude);
    const picture = drawn("svg", { viewBox: `0 0 ${WIDTH} ${HEIGHT}`, class: "map-picture" });
    picture.append(drawn("image", { href: "/map/land.svg", width: WIDTH, height: HEIGHT }));
    let shown = 0, outside = 0;
    for (const row of this.rows) {
      if (!row[latitude] || !row[longitude]) continue;
      const [north, east] = [Number(row[latitude].value), Number(row[longitude].value)];
      if (!(east >= WEST && east <= EAST && north >= SOUTH && north <= NORTH)) { outside += 1; continue; }
      const spot = drawn("circle", { class: "place", r: 6,
        cx: (east - WEST) * SQUEEZE * SCALE, cy: (NORTH - north) * SCALE });
      spot.append(drawn("title", {}, named(row, others)));
      picture.append(spot);
      shown += 1;
    }
    this.show(picture, `${shown} on the map, ${outside} outside it`);
  }
}

export class Bars extends View {
  priority = 4;
  label = "Chart";
  sign = "▤";

  get number() {
    return this.columns.find((name) => {
      const told = this.rows.map((row) => row[name]).filter((cell) => cell);
      return told.length && told.every((cell) => cell.type === "literal" && /(integer|decimal|double|float)$/.test(cell.datatype ?? ""));
    });
  }

  canHandleResults() { return Boolean(this.number); }

  draw() {
    const column = this.number;
    const others = this.columns.filter((name) => name !== column);
    const rows = this.rows.filter((row) => row[column]).slice(0, MOST_BARS);
    const most = Math.max(...rows.map((row) => Math.abs(Number(row[column].value))), 1);
    const tall = 22 * rows.length + 6;
    const picture = drawn("svg", { viewBox: `0 0 800 ${tall}`, class: "axis bars" });
    rows.forEach((row, place) => {
      const value = Number(row[column].value), top = 22 * place + 4;
      const label = named(row, others);
      const words = label.length > 42 ? `${label.slice(0, 41)}…` : label;
      picture.append(drawn("text", { x: 290, y: top + 12, "text-anchor": "end" }, words));
      picture.append(drawn("rect", { class: "column", x: 300, y: top, height: 16, width: (Math.abs(value) / most) * 400 }));
      picture.append(drawn("text", { x: 306 + (Math.abs(value) / most) * 400, y: top + 12 }, value.toLocaleString("en")));
    });
    this.show(picture, `${column}: ${rows.length} of ${this.rows.length}`);
  }
}
