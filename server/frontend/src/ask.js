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
  form.hidden = true;
}
