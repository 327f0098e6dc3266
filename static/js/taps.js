// <fieldset data-taps>: one stop for the Tab key, arrows go from choice to choice. Radios do that by themselves; boxes learn it here,
// and a radio that is tapped again is taken back: no answer costs as much as an answer.
for (const group of document.querySelectorAll("[data-taps]")) {
  const boxes = [...group.querySelectorAll("input[type=checkbox]")];
  if (boxes.length > 1) rove(group, boxes);
}

function rove(group, boxes) {
  const here = () => boxes.find((box) => box.tabIndex === 0);
  const to = (box) => boxes.forEach((other) => (other.tabIndex = other === box ? 0 : -1));
  to(boxes.find((box) => box.checked) ?? boxes[0]);
  group.addEventListener("focusin", (event) => boxes.includes(event.target) && to(event.target));
  group.addEventListener("keydown", (event) => {
    const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
    if (!step || !boxes.includes(event.target)) return;
    event.preventDefault();
    const next = boxes[(boxes.indexOf(here()) + step + boxes.length) % boxes.length];
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
