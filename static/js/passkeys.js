// The browser gave no passkey (cancelled, none there): say so beside the button. allauth's own script only writes to the console.
document.addEventListener("allauth.error", (event) => {
  const place = document.querySelector("[data-passkey-failed]");
  if (!place) return;
  event.preventDefault();
  place.hidden = false;
});
