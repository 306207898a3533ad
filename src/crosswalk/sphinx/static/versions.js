// A choice in the header: for which version of MindSpore a page shows what was seen.
// The choice holds for all pages. Without this script a page shows the build's.
const VERSION = "crosswalk-mindspore";

function showVersion(version) {
  for (const element of document.querySelectorAll("[data-version]")) {
    element.hidden = !element.dataset.version.split(" ").includes(version);
  }
  for (const select of document.querySelectorAll(".version-switch select")) {
    select.value = version;
    select.parentElement.hidden = false;
  }
}

function chooseVersion({ target }) {
  // The build's own version is no choice: a later build shows its own.
  if (target.value === target.dataset.built) localStorage.removeItem(VERSION);
  else localStorage.setItem(VERSION, target.value);
  showVersion(target.value);
}

addEventListener("DOMContentLoaded", () => {
  const selects = [...document.querySelectorAll(".version-switch select")];
  if (!selects.length) return;
  for (const select of selects) select.addEventListener("change", chooseVersion);
  const known = [...selects[0].options].map((option) => option.value);
  const chosen = localStorage.getItem(VERSION);
  showVersion(known.includes(chosen) ? chosen : selects[0].dataset.built);
});
