// The line pointed at, tapped, or with the focus, marks the lines of its pair.
let partners = [];
function markPair(event) {
  const line = event.target.closest?.(".line[data-pair]");
  // On a narrow screen the partner is in the other tab: going there keeps the mark.
  // A tap also moves the focus, to what is around the line.
  if (!line && (event.type === "focusin" || event.target.closest?.("label, button"))) return;
  for (const other of partners) other.classList.remove("partner");
  const pair = `.line[data-pair="${line?.dataset.pair}"]`;
  partners = line ? [...line.closest(".comparison").querySelectorAll(pair)] : [];
  for (const other of partners) other.classList.add("partner");
}
for (const name of ["pointerover", "focusin"]) document.addEventListener(name, markPair);

// A field above the index of APIs. Without this script all of them show.
function addApiFilter() {
  const lists = [...document.querySelectorAll("dl.apis")];
  if (!lists.length) return;
  const field = document.createElement("input");
  field.type = "search";
  field.className = "api-filter";
  field.placeholder = lists[0].dataset.find;
  field.setAttribute("aria-label", lists[0].dataset.find);
  field.addEventListener("input", () => {
    const text = field.value.trim().toLowerCase();
    for (const list of lists) {
      for (const entry of list.children) entry.hidden = !entry.id.toLowerCase().includes(text);
      const details = list.closest("details");
      if (details) details.open = text !== "";
    }
    for (const list of lists) {
      for (const part of [list.closest("details"), list.closest("section")]) {
        if (part) part.hidden = !part.querySelector(".api-entry:not([hidden])");
      }
    }
  });
  document.querySelector("h1").parentElement.querySelector("section").before(field);
}
addEventListener("DOMContentLoaded", addApiFilter);
