// A choice in the header: for which version of MindSpore a page shows what was seen.
// The choice holds for all pages. Without this script a page shows the build's.
const VERSION = "crosswalk-mindspore";

function showVersion(version) {
  for (const element of document.querySelectorAll("[data-version]")) {
    element.hidden = !element.dataset.version.split(" ").includes(version);
  }
}

function addVersionSwitch() {
  const select = document.getElementById("version-switch");
  if (!select) return;
  const known = [...select.options].map((option) => option.value);
  const chosen = localStorage.getItem(VERSION);
  select.value = known.includes(chosen) ? chosen : select.dataset.built;
  showVersion(select.value);
  select.addEventListener("change", () => {
    // The build's own version is no choice: a later build shows its own.
    if (select.value === select.dataset.built) localStorage.removeItem(VERSION);
    else localStorage.setItem(VERSION, select.value);
    showVersion(select.value);
  });
  select.parentElement.hidden = false;
}
addEventListener("DOMContentLoaded", addVersionSwitch);
