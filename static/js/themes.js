// Light, dark, or as the system: kept on this device only.
const root = document.documentElement;
const buttons = document.querySelectorAll("[data-theme-choice]");

function mark() {
  const chosen = root.dataset.theme ?? "";
  for (const button of buttons) {
    button.setAttribute("aria-pressed", String(button.dataset.themeChoice === chosen));
  }
}

for (const button of buttons) {
  button.addEventListener("click", () => {
    const choice = button.dataset.themeChoice;
    if (choice) root.dataset.theme = choice;
    else delete root.dataset.theme;
    try {
      if (choice) localStorage.setItem("theme", choice);
      else localStorage.removeItem("theme");
    } catch {
      // holds for this page then
    }
    mark();
  });
}

mark();
