// Turn the plain query form into YASGUI: tabs, completion, several views of an answer.
import Yasgui from "@zazuko/yasgui";
import "@zazuko/yasgui/build/yasgui.min.css";

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
    preProcessToken: (yasqe, token) => token,
    get: (yasqe, token) => {
      const words = (token?.string ?? "").replace(/^<|>$/g, "").trim();
      if (!words) return Promise.resolve([]);
      return fetch(`/ask/entities.json?q=${encodeURIComponent(words)}`)
        .then((answer) => answer.json()).then((found) => found.map((each) => each.iri));
    },
    postProcessSuggestion: (yasqe, token, suggestion) => `<${suggestion}>`,
  });
  Yasgui.Yasqe.defaults.autocompleters =
    ["prefixes", "variables", "maizuru-class", "maizuru-property", "maizuru-entity"];
  Yasgui.Yasqe.defaults.addPrefixesOnLoad = false;
  const yasgui = new Yasgui(holder, {
    requestConfig: { endpoint: new URL("/sparql", location.href).href },
    copyEndpointOnNewTab: true,
    persistenceId: null,
    yasqe: { value: plain.value },
  });
  yasgui.getTab().setQuery(plain.value);
  mended(holder);
  new MutationObserver(() => mended(holder)).observe(holder, { childList: true, subtree: true });
  form.hidden = true;
}

// YASGUI leaves fields without names and lists with roles they may not have; say what they are.
function mended(holder) {
  const names = { "input.autocomplete": "SPARQL endpoint", ".CodeMirror textarea": "SPARQL" };
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
  for (const box of holder.querySelectorAll(".CodeMirror-scroll, pre:not(.CodeMirror-line)")) {
    if (box.getAttribute("tabindex") !== "0") box.setAttribute("tabindex", "0");
  }
}
