// <form data-autosave="address of the draft" data-back="address of the form">: what is typed is kept on the server while it is typed,
// and in this tab until the server has it. Without scripts the form works alone; a session that ends keeps what is sent (partners/kept.py).
import { kindOf, show } from "./trouble.js";

const EVERY = 10_000; // ms, while something is typed
const SKIPPED = ["csrfmiddlewaretoken", "kept_for", "shown_with", "notice"];
const form = document.querySelector("form[data-autosave]");
if (form) watch(form);

function watch(form) {
  const key = form.elements.client_key.value;
  const here = `note:${key}`;
  const said = form.querySelector("[data-autosaved]");
  let typed = false;
  let timer = null;
  let failed = false;

  const draft = () => `${form.dataset.back}?draft=${key}`;
  const values = () => [...new FormData(form)].filter(([name]) => !SKIPPED.includes(name));

  restore();
  if (form.querySelector("textarea")?.value) changed(); // restored, or sent back with an error
  form.addEventListener("input", changed);
  form.addEventListener("change", changed);
  document.addEventListener("visibilitychange", () => document.visibilityState === "hidden" && send(true));
  window.addEventListener("pagehide", () => send(true));
  form.addEventListener("submit", () => {
    typed = false;
    clearTimeout(timer);
  });

  function changed() {
    typed = true;
    keepHere();
    timer ??= setTimeout(send, EVERY);
  }

  async function send(isLeaving = false) {
    clearTimeout(timer);
    timer = null;
    if (!typed) return;
    typed = false;
    try {
      const answer = await fetch(form.dataset.autosave, {
        method: "POST",
        body: new URLSearchParams(new FormData(form)),
        headers: { "HX-Request": "true", "X-CSRFToken": form.elements.csrfmiddlewaretoken.value },
        keepalive: isLeaving === true,
        redirect: "error",
      });
      if (!answer.ok) return trouble(kindOf(answer.status));
      saved((await answer.json()).words);
    } catch {
      if (isLeaving !== true) trouble("lost");
    }
  }

  // Announced once; from then on it is only to be seen, and failures are said.
  function saved(words) {
    if (said.textContent) said.setAttribute("aria-live", "off");
    said.textContent = words;
    if (failed) document.querySelector("#toasts")?.replaceChildren();
    failed = false;
    history.replaceState(null, "", draft());
  }

  function trouble(kind) {
    typed = true;
    timer ??= setTimeout(send, EVERY);
    if (!failed) show(kind);
    failed = true;
  }

  function keepHere() {
    try {
      sessionStorage.setItem(here, JSON.stringify(values()));
    } catch {
      // storage may be forbidden or full; the server has the draft
    }
  }

  // What this tab had and the server may not have got.
  function restore() {
    let kept = null;
    try {
      kept = JSON.parse(sessionStorage.getItem(here) ?? "null");
    } catch {
      return;
    }
    for (const [name, value] of kept ?? []) {
      const field = form.elements[name];
      if (!field || name === "client_key") continue;
      if (field instanceof HTMLTextAreaElement && value.length >= field.value.length) field.value = value;
      else if (field.type === "checkbox") field.checked = true;
      else if (field instanceof RadioNodeList) for (const choice of field) choice.checked ||= choice.value === value;
    }
  }
}

// Kept as a note: this tab need not hold it any longer.
for (const place of document.querySelectorAll("[data-kept-note]")) {
  try {
    sessionStorage.removeItem(`note:${place.dataset.keptNote}`);
  } catch {
    // then there is nothing to remove
  }
}
