// A switch above each comparison: both sides beside each other, or tabs.
// The choice holds for all pages. Without this script the width decides.
const LAYOUT = "crosswalk-layout";

function showLayout(layout) {
  document.documentElement.dataset.layout = layout;
  for (const button of document.querySelectorAll(".comparison-layout button")) {
    button.setAttribute("aria-pressed", String(button.value === layout));
  }
}

function chooseLayout(event) {
  const button = event.currentTarget;
  const top = button.getBoundingClientRect().top;
  localStorage.setItem(LAYOUT, button.value);
  showLayout(button.value);
  // Comparisons above have changed their height: what was clicked stays in place.
  scrollBy({ top: button.getBoundingClientRect().top - top, behavior: "instant" });
}

function addLayoutSwitch(head) {
  const group = document.createElement("div");
  group.className = "comparison-layout";
  group.setAttribute("role", "group");
  group.setAttribute("aria-label", head.dataset.layout);
  for (const layout of ["beside", "tabs"]) {
    const button = document.createElement("button");
    button.type = "button";
    button.value = layout;
    button.textContent = head.dataset[layout];
    button.addEventListener("click", chooseLayout);
    group.append(button);
  }
  head.append(group);
}

showLayout(localStorage.getItem(LAYOUT) ?? "beside");
addEventListener("DOMContentLoaded", () => {
  document.querySelectorAll(".comparison-head").forEach(addLayoutSwitch);
  showLayout(document.documentElement.dataset.layout);
});
