// Runs before the first paint: the chosen theme, and the mark that scripts work.
const root = document.documentElement;
root.classList.add("js");
try {
  const theme = localStorage.getItem("theme");
  if (theme === "light" || theme === "dark") root.dataset.theme = theme;
} catch {
  // storage may be forbidden; the system's preference then holds
}
