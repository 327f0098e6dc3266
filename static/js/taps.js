// <fieldset data-taps>: one stop for the Tab key, arrows go from choice to choice. Radios do that by themselves; boxes learn it here,
// and with data-taps="all" so do the questions inside, as one: arrows then only move, and the space bar chooses.
// A radio that is tapped again is taken back: no answer costs as much as an answer.
for (const group of document.querySelectorAll("[data-taps]")) {
  const all = group.dataset.taps === "all";
  const choices = [...group.querySelectorAll(all ? "input[type=checkbox], input[type=radio]" : "input[type=checkbox]")];
  if (choices.length > 1) rove(group, choices);
}

function rove(group, choices) {
  const to = (choice) => choices.forEach((other) => (other.tabIndex = other === choice ? 0 : -1));
  const first = () => choices.find((choice) => choice.checked) ?? choices[0]; // of radios the Tab key finds none but the chosen one
  to(first());
  group.addEventListener("focusin", (event) => choices.includes(event.target) && to(event.target));
  group.addEventListener("focusout", (event) => group.contains(event.relatedTarget) || to(first()));
  group.addEventListener("keydown", (event) => {
    const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
    if (!step || !choices.includes(event.target)) return;
    event.preventDefault();
    const shown = choices.filter((choice) => choice.checkVisibility());
    const next = shown[(shown.indexOf(event.target) + step + shown.length) % shown.length];
    to(next);
    next.focus();
  });
}

let before = null;
document.addEventListener("pointerdown", (event) => {
  const radio = event.target.closest("label")?.control;
  before = radio?.type === "radio" && radio.checked && radio.closest(".taps") ? radio : null;
});
document.addEventListener("click", (event) => {
  if (event.target !== before) return;
  before.checked = false;
  before.dispatchEvent(new Event("change", { bubbles: true }));
  before = null;
});
