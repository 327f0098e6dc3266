// After a refused form: to the summary of errors; without one, to the first wrong field.
function showErrors(within) {
  const place = within.querySelector(".error-summary, .alert-danger, .is-invalid");
  if (!place) return;
  if (!place.matches(".is-invalid")) place.tabIndex = -1;
  place.focus();
}

showErrors(document);
document.addEventListener("htmx:afterSwap", (event) => showErrors(event.detail.target));
