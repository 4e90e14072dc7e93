// Says that something new has come, and lets the reader decide when to look.
const list = document.querySelector("[data-newest]");
const fresh = document.getElementById("fresh");

async function look() {
  const answer = await fetch("/api/messages").catch(() => null);
  if (!answer || !answer.ok) return;
  const mails = await answer.json();
  const count = mails.filter((mail) => mail.id > list.dataset.newest).length;
  if (!count || fresh.dataset.count === String(count)) return;
  fresh.dataset.count = count;
  const link = Object.assign(document.createElement("a"), { href: "/", textContent: "Afficher" });
  fresh.replaceChildren(count > 1 ? `${count}\u00a0nouveaux messages. ` : "Un nouveau message. ", link);
}

setInterval(look, 2000);
