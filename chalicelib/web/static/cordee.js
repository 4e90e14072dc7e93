/* Small comforts on pages that work without them. */
"use strict";

(function () {
  const summary = document.getElementById("erreurs");
  if (summary) summary.focus();

  let unsaved = false;
  let sending = false;
  for (const form of document.querySelectorAll("form[data-unsaved]")) {
    form.addEventListener("input", () => { unsaved = true; });
  }
  window.addEventListener("beforeunload", (event) => {
    if (unsaved && !sending) event.preventDefault();
  });

  for (const form of document.querySelectorAll("form")) {
    form.addEventListener("submit", (event) => {
      if (form.hasAttribute("data-once") && form.dataset.sent) {
        event.preventDefault();
        return;
      }
      form.dataset.sent = "1";
      sending = true;
      if (!form.hasAttribute("data-once")) return;
      // aria-disabled, not disabled: the pressed button's own value must still be sent.
      for (const button of form.querySelectorAll("button")) button.setAttribute("aria-disabled", "true");
    });
  }
  // A page brought back by the back button can be sent again.
  window.addEventListener("pageshow", (event) => {
    if (!event.persisted) return;
    sending = false;
    for (const form of document.querySelectorAll("form[data-sent]")) {
      delete form.dataset.sent;
      for (const button of form.querySelectorAll("button")) button.removeAttribute("aria-disabled");
    }
  });

  /* <form data-postcode="/api/v1/communes">: the postcode fills the list of communes. */
  for (const form of document.querySelectorAll("form[data-postcode]")) {
    const postcode = form.elements.namedItem("postcode");
    const commune = form.elements.namedItem("commune");
    if (!postcode || !commune || commune.tagName !== "SELECT") continue;
    postcode.addEventListener("input", () => {
      const typed = postcode.value.replace(/\s/g, "");
      if (/^\d{5}$/.test(typed)) fill(form.dataset.postcode, typed, postcode, commune);
    });
  }

  async function fill(address, typed, postcode, commune) {
    let found;
    try {
      const answer = await fetch(address + "?postcode=" + encodeURIComponent(typed));
      if (!answer.ok) return;
      found = await answer.json();
    } catch {
      return;
    }
    if (postcode.value.replace(/\s/g, "") !== typed || !Array.isArray(found)) return;
    if (!found.length) {
      commune.replaceChildren(new Option("Enregistrez pour continuer", ""));
      return;
    }
    const chosen = commune.value;
    commune.replaceChildren(new Option(found.length === 1 ? "Vérifiez la commune" : "Choisissez", ""));
    for (const one of found) commune.add(new Option(one.name, one.insee));
    commune.value = found.length === 1 ? found[0].insee : chosen;
    if (commune.selectedIndex < 0) commune.value = "";
  }
})();
