// Keeps what is typed as the editor's own draft and brings the checks up to date. Without it the page works by its buttons.
const form = document.getElementById("words");
const panel = document.getElementById("panel");
const WAIT = 1500;
let timer;
let turn = 0;

async function look() {
  const mine = ++turn;
  try {
    const answer = await fetch(form.dataset.look, { method: "POST", body: new URLSearchParams(new FormData(form)) });
    if (answer.ok && mine === turn) panel.innerHTML = await answer.text();
  } catch {
    // The network is away: the words are still in the form, and Save says so if it stays away.
  }
}

form.addEventListener("input", () => {
  clearTimeout(timer);
  timer = setTimeout(look, WAIT);
});
