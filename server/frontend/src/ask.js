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
  Yasgui.Yasqe.defaults.autocompleters = ["prefixes", "variables", "maizuru-class", "maizuru-property"];
  Yasgui.Yasqe.defaults.addPrefixesOnLoad = false;
  const yasgui = new Yasgui(holder, {
    requestConfig: { endpoint: new URL("/sparql", location.href).href },
    copyEndpointOnNewTab: true,
    persistenceId: null,
    yasqe: { value: plain.value },
  });
  yasgui.getTab().setQuery(plain.value);
  form.hidden = true;
}
