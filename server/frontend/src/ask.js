// Turn the plain query form into YASGUI: tabs, completion, several views of an answer.
import Yasgui from "@zazuko/yasgui";
import "@zazuko/yasgui/build/yasgui.min.css";
import { Bars, Places } from "./views.js";

const form = document.getElementById("ask");
const plain = document.getElementById("query");

if (form && plain) {
  const holder = document.createElement("div");
  holder.id = "yasgui";
  form.after(holder);
  const words = fetch("/ask/words.json").then((answer) => answer.json());
  for (const kind of ["class", "property"]) {
    Yasgui.Yasqe.forkAutocompleter(kind, {
      name: `maizuru-${kind}`,
      bulk: true,
      get: () => words.then((found) => found[kind]),
    });
  }
  // Things by any of their names: type a name in any script, then Ctrl+Space.
  Yasgui.Yasqe.registerAutocompleter({
    name: "maizuru-entity",
    bulk: false,
    autoShow: false,
    isValidCompletionPosition: (yasqe) => !/^[?$#]/.test(yasqe.getCompleteToken().string),
    // The editor takes every letter of a foreign script for a token of its own: take the whole word.
    preProcessToken: (yasqe, token) => {
      const { line, ch } = yasqe.getDoc().getCursor();
      const word = /[\p{L}\p{M}\p{N}'’-]+$/u.exec(yasqe.getDoc().getLine(line).slice(0, ch))?.[0];
      return word ? { ...token, string: word, start: ch - word.length, end: ch } : token;
    },
    get: (yasqe, token) => {
      const words = (token?.autocompletionString ?? token?.string ?? "").replace(/^<|>$/g, "").trim();
      if (!words) return Promise.resolve([]);
      return fetch(`/ask/entities.json?q=${encodeURIComponent(words)}`)
        .then((answer) => answer.json()).then((found) => found.map((each) => each.iri));
    },
    postProcessSuggestion: (yasqe, token, suggestion) => `<${suggestion}>`,
  });
  Yasgui.Yasqe.defaults.autocompleters =
    ["prefixes", "variables", "maizuru-class", "maizuru-property", "maizuru-entity"];
  Yasgui.Yasqe.defaults.addPrefixesOnLoad = false;
  Yasgui.Yasr.registerPlugin("Map", Places);
  Yasgui.Yasr.registerPlugin("Chart", Bars);
  const yasgui = new Yasgui(holder, {
    requestConfig: { endpoint: new URL("/sparql", location.href).href },
    copyEndpointOnNewTab: true,
    persistenceId: null,
    yasqe: { value: plain.value },
  });
  yasgui.getTab().setQuery(plain.value);
  watch(yasgui.getTab(), form, holder);
  mended(holder);
  new MutationObserver(() => mended(holder)).observe(holder, { childList: true, subtree: true });
  form.hidden = true;
}

// Keep an address of the query under the editor, and mark the line a refused query broke at.
function watch(tab, form, holder) {
  const editor = tab.getYasqe();
  const keep = document.createElement("a");
  const line = document.createElement("p");
  line.append(`${form.dataset.keep}: `, keep);
  holder.after(line);
  const told = () => {
    const asked = new URLSearchParams(new FormData(form));
    asked.set("query", editor.getValue());
    keep.href = `/ask?${asked}`;
    keep.textContent = "/ask?query=…";
  };
  told();
  editor.on("change", told);
  let marked = null;
  const clear = () => {
    if (marked !== null) editor.removeLineClass(marked, "background", "refused-line");
    marked = null;
  };
  editor.on("query", clear);
  editor.on("queryResponse", (_, response) => {
    const place = /"line": ?(\d+)/.exec(String(response?.message ?? response?.content ?? ""));
    if (place) marked = editor.addLineClass(Number(place[1]) - 1, "background", "refused-line");
  });
}

// YASGUI leaves fields without names and lists with roles they may not have; say what they are.
function mended(holder) {
  const names = { "input.autocomplete": "SPARQL endpoint", ".CodeMirror textarea": "SPARQL",
    "select.tableSizer": "Rows on a page", "input.tableFilter": "Filter" };
  for (const [selector, name] of Object.entries(names)) {
    for (const field of holder.querySelectorAll(`${selector}:not([aria-label])`)) {
      field.setAttribute("aria-label", name);
    }
  }
  for (const list of holder.querySelectorAll("[role=tablist]")) {
    if ([...list.children].every((child) => child.getAttribute("role") === "tab")) continue;
    list.removeAttribute("role");
    for (const tab of list.querySelectorAll("[role=tab]")) tab.removeAttribute("role");
    for (const tab of list.querySelectorAll("[aria-selected]")) tab.removeAttribute("aria-selected");
  }
  for (const part of holder.querySelectorAll("[role=tabpanel][aria-labelledby]")) part.removeAttribute("role");
  for (const head of holder.querySelectorAll(".yasr th")) {
    if (head.textContent.trim() === "") head.append("#");
  }
  for (const name of ["aria-controls", "aria-describedby", "aria-labelledby", "aria-owns"]) {
    for (const part of holder.querySelectorAll(`[${name}]`)) {
      const known = part.getAttribute(name).split(/\s+/).every((id) => document.getElementById(id));
      if (!known) part.removeAttribute(name);
    }
  }
  for (const box of holder.querySelectorAll(".CodeMirror-scroll, pre:not(.CodeMirror-line)")) {
    if (box.getAttribute("tabindex") !== "0") box.setAttribute("tabindex", "0");
  }
}
