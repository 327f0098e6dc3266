// A request in the background failed: say so, lose nothing. The sentences stand, translated, in ui/toasts.html.
const region = document.querySelector("#toasts");

export function show(kind) {
  const template = document.querySelector(`#toast-${kind}`) ?? document.querySelector("#toast-server");
  region?.replaceChildren(template.content.cloneNode(true));
}

export function kindOf(status) {
  if (status >= 500) return "server";
  return { 401: "signed-out", 403: "forbidden", 404: "gone", 429: "slow-down" }[status] ?? "server";
}

if (region) {
  document.addEventListener("htmx:sendError", () => show("lost"));
  document.addEventListener("htmx:timeout", () => show("lost"));
  document.addEventListener("htmx:responseError", (event) => show(kindOf(event.detail.xhr.status)));
  document.addEventListener("htmx:afterRequest", (event) => {
    if (event.detail.successful) region.replaceChildren();
  });
  region.addEventListener("click", (event) => {
    if (event.target.closest("[data-dismiss]")) region.replaceChildren();
  });
}
