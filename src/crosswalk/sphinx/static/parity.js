// Filters above the tables of verdicts. Without this script all rows show.
function verdictsOf(row) {
  const all = [...row.querySelectorAll(".verdict")];
  // What is hidden is for another version.
  const chips = all.filter((chip) => !chip.closest("[hidden]:not(tr)"));
  return new Map(chips.map((chip) => [chip.dataset.verdict, chip.textContent]));
}

function addFilter(table) {
  const rows = [...table.tBodies[0].rows];
  const words = new Map(rows.flatMap((row) => [...verdictsOf(row)]));
  if (rows.length < 4 || words.size < 2) return;
  const bar = document.createElement("div");
  bar.className = "parity-filter";
  const chosen = new Set();
  const field = document.createElement("input");
  field.type = "search";
  field.placeholder = table.dataset.find;
  field.setAttribute("aria-label", table.dataset.find);

  function show() {
    const text = field.value.trim().toLowerCase();
    for (const row of rows) {
      const found = verdictsOf(row);
      const fits = chosen.size === 0 || [...chosen].some((name) => found.has(name));
      row.hidden = !fits || !row.textContent.toLowerCase().includes(text);
    }
  }

  for (const [name, word] of words) {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = word;
    button.setAttribute("aria-pressed", "false");
    button.addEventListener("click", () => {
      const on = !chosen.delete(name) && Boolean(chosen.add(name));
      button.setAttribute("aria-pressed", String(on));
      show();
    });
    bar.append(button);
  }
  field.addEventListener("input", show);
  bar.append(field);
  table.parentElement.before(bar);
}
addEventListener("DOMContentLoaded", () => {
  document.querySelectorAll("table[data-find]").forEach(addFilter);
});
