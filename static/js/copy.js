// <button data-copy="#id-of-field" data-copied="Copied."> copies the field and says so in the next <output>.
document.addEventListener("click", async (event) => {
  const button = event.target.closest("[data-copy]");
  if (!button) return;
  const field = document.querySelector(button.dataset.copy);
  field.select();
  try {
    await navigator.clipboard.writeText(field.value);
  } catch {
    document.execCommand("copy"); // plain http in a home network has no clipboard
  }
  button.parentElement.querySelector("output").textContent = button.dataset.copied;
});
