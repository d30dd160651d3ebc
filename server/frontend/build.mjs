// Bundle the scripts of src/ and cut the land out of world-atlas, all into ../static/bundle.
// manifest.json is written last: its presence says that the bundle is whole.
import { build } from "esbuild";
import { copyFile, mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { land } from "./src/land.mjs";

const out = "../static/bundle";
await rm(out, { recursive: true, force: true });
await mkdir(out, { recursive: true });
await build({
  entryPoints: { ask: "src/ask.js", map: "src/map.js", network: "src/network.js" },
  bundle: true,
  minify: true,
  format: "iife",
  target: "es2021",
  loader: { ".svg": "dataurl", ".png": "dataurl", ".ttf": "file", ".woff": "file", ".woff2": "file" },
  outdir: out,
  legalComments: "linked",
});
const atlas = JSON.parse(await readFile("node_modules/world-atlas/land-50m.json", "utf8"));
await writeFile(`${out}/land.json`, JSON.stringify(land(atlas)));
await copyFile("node_modules/axe-core/axe.min.js", `${out}/axe.js`);
await writeFile(`${out}/manifest.json`, JSON.stringify({ scripts: ["ask", "map", "network"] }) + "\n");
