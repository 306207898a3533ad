// The link to the other language keeps the query and the fragment of the address.
// A choice is stored: the root page leads to the language chosen last.
function keepPlace() {
  for (const link of document.querySelectorAll("a[data-language]")) {
    link.search = location.search;
    link.hash = location.hash;
  }
}
addEventListener("hashchange", keepPlace);
addEventListener("DOMContentLoaded", () => {
  keepPlace();
  for (const link of document.querySelectorAll("a[data-language]")) {
    // The script of a page may have changed its address without an event.
    link.addEventListener("pointerdown", keepPlace);
    link.addEventListener("click", () => {
      keepPlace();
      localStorage.setItem("crosswalk-language", link.dataset.language);
    });
  }
});
