/* Files that are sent: looked at before they leave, and their way shown. Without it the forms do the same, with less comfort. */
"use strict";

(function () {
  const words = document.querySelector(".documents")?.dataset;
  if (!words) return;

  for (const form of document.querySelectorAll("form[data-upload]")) {
    const input = form.elements.namedItem("file");
    input.addEventListener("change", () => tell(input, fault(input)));
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      if (form.dataset.sending) return;
      const found = fault(input);
      tell(input, found);
      if (found) input.focus();
      else send(form, input);
    });
  }

  /* What has arrived is looked at once more by ourselves, should nobody have told that it is there. */
  const check = document.querySelector("form[data-check]");
  if (check) setTimeout(() => check.submit(), 1500);

  function fault(input) {
    const file = input.files[0];
    if (!file) return "";
    const name = file.name.toLowerCase();
    if (!input.accept.split(",").some((end) => name.endsWith(end))) return words.wrongType;
    if (!file.size) return words.empty;
    return file.size > Number(words.mostBytes) ? words.tooLarge : "";
  }

  function tell(input, sentence) {
    const field = input.parentElement;
    const id = input.id + "-erreur";
    let line = document.getElementById(id);
    if (!line && sentence) {
      line = document.createElement("p");
      line.id = id;
      line.className = "error";
      line.setAttribute("role", "alert");
      field.prepend(line);
    }
    if (line) line.textContent = sentence;
    field.classList.toggle("invalid", Boolean(sentence));
    input.setAttribute("aria-invalid", String(Boolean(sentence)));
    const others = (input.getAttribute("aria-describedby") || "").split(" ").filter((one) => one && one !== id);
    input.setAttribute("aria-describedby", (sentence ? [...others, id] : others).join(" "));
  }

  function send(form, input) {
    const button = form.querySelector("button");
    const bar = document.createElement("progress");
    const line = document.createElement("p");
    const data = new FormData(form);
    const back = data.get("success_action_redirect");
    const request = new XMLHttpRequest();
    let gone = false;
    // A request of a script cannot follow a redirect to another site.
    data.set("success_action_redirect", "");
    bar.max = 100;
    bar.setAttribute("aria-label", "Envoi de " + input.files[0].name);
    line.setAttribute("role", "status");
    line.className = "hint";
    line.textContent = "Envoi en cours…";
    button.before(bar, line);
    button.setAttribute("aria-disabled", "true");
    form.dataset.sending = "1";

    request.upload.addEventListener("progress", (event) => {
      if (event.lengthComputable) bar.value = (100 * event.loaded) / event.total;
    });
    request.upload.addEventListener("load", () => { gone = true; });
    request.addEventListener("load", () => {
      if (request.status < 300) location.assign(back);
      else stop(request.status < 500 ? words.stale : words.cutOff);
    });
    // Everything has left, and the answer cannot be read: the page knows better.
    request.addEventListener("error", () => { gone ? location.assign(back) : stop(words.cutOff); });
    request.open("POST", form.action);
    request.send(data);

    function stop(sentence) {
      bar.remove();
      line.remove();
      button.removeAttribute("aria-disabled");
      delete form.dataset.sending;
      tell(input, sentence);
      input.focus();
    }
  }
})();
