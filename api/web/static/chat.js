// What forms cannot do: answers without a new page, a quick way out, and words kept when the line fails.
// It holds no words of its own and builds no messages: both come from the server, the same as without it.
(() => {
  "use strict";
  const SLOW = 2000, TOO_SLOW = 20000, BETWEEN_SHIFTS = 5000;
  const KEPT_AS = "bumpline-conversation";
  const one = (id) => document.getElementById(id);
  const page = document.documentElement, exit = one("exit"), composer = one("composer"), box = one("text");
  const isWidget = page.classList.contains("widget");
  const carried = () => [...document.querySelectorAll("input[name=conversation]")];
  const voices = window.speechSynthesis, reading = one("reading");
  let shifts = 0, isTyping = false, forgetShifts, waiting = null, again = null;

  // ----- leaving -----
  const leave = (event) => {
    if (event) event.preventDefault();
    page.hidden = true;
    document.title = exit.dataset.title;
    if (waiting) waiting.abort();
    if (voices) voices.cancel();
    const about = new URLSearchParams({ conversation: carried().map((field) => field.value)[0] || "" });
    store("");
    if (!navigator.sendBeacon || !navigator.sendBeacon(exit.dataset.forget, about))
      fetch(exit.dataset.forget, { method: "POST", body: about, keepalive: true }).catch(() => {});
    (isWidget ? window.top : window).location.replace(exit.href);
  };
  exit.addEventListener("click", leave);
  // Shift alone, three times; a capital letter is not one of them.
  addEventListener("keydown", (event) => {
    if (event.key === "Shift") { if (!event.repeat) isTyping = false; }
    else { isTyping = true; shifts = 0; }
    if (event.key === "Escape" && isWidget) parent.postMessage({ bumpline: "close" }, "*");
  });
  addEventListener("keyup", (event) => {
    if (event.key !== "Shift" || isTyping) return;
    clearTimeout(forgetShifts);
    forgetShifts = setTimeout(() => { shifts = 0; }, BETWEEN_SHIFTS);
    if (++shifts === 3) leave();
  });

  // ----- reading aloud: only with a voice of that language in the device; one from a server would hear what is read -----
  const voiceOf = (language) => voices.getVoices().find((voice) => {
    const [spoken, place] = voice.lang.toLowerCase().split(/[-_]/);
    return voice.localService && spoken === language && !(spoken === "pa" && place === "pk");
  });
  let turn = 0;
  const quiet = () => {
    turn++;
    voices.cancel();
    document.querySelectorAll(".read[aria-pressed=true]").forEach((button) => press(button, false));
  };
  const press = (button, isOn) => {
    button.setAttribute("aria-pressed", isOn);
    button.textContent = isOn ? reading.dataset.stop : reading.dataset.start;
  };
  function read(button, message, voice) {
    const wasOn = button.getAttribute("aria-pressed") === "true";
    quiet();
    if (wasOn) return;
    press(button, true);
    const mine = ++turn;
    const lines = message.innerText.split("\n").filter((line) => line.trim());
    lines.forEach((line, at) => {
      const said = Object.assign(new SpeechSynthesisUtterance(line), { voice, lang: voice.lang, rate: 0.9 });
      said.onerror = said.onend = (event) => {
        if (mine === turn && (event.type === "error" || at === lines.length - 1)) press(button, false);
      };
      voices.speak(said);
    });
  }
  function offerReading() {
    document.querySelectorAll(".message:not([data-read])").forEach((message) => {
      const voice = voiceOf(message.lang);
      if (!voice) return;
      message.dataset.read = "";
      const button = document.createElement("button");
      button.type = "button";
      button.className = "read quiet";
      press(button, false);
      button.addEventListener("click", () => read(button, message, voice));
      message.after(button);
    });
  }
  if (voices && reading) {
    offerReading();
    voices.onvoiceschanged = offerReading;
    addEventListener("pagehide", () => voices.cancel());
  }

  // ----- the widget keeps its conversation in this tab only, or in the page alone where storage is blocked -----
  function store(id) {
    if (!isWidget) return;
    try { if (id) sessionStorage.setItem(KEPT_AS, id); else sessionStorage.removeItem(KEPT_AS); } catch { /* blocked */ }
  }
  function stored() {
    try { return sessionStorage.getItem(KEPT_AS) || ""; } catch { return ""; }
  }
  const restore = () => {
    const known = carried().map((field) => field.value)[0];
    if (one("deleted")) store("");
    else if (known) store(known);
    else if (stored()) {
      carried().forEach((field) => { field.value = stored(); });
      composer.action = composer.action.replace(/\/chat$/, "");
      return composer.submit();
    }
    const latest = one("latest");
    if (latest) latest.scrollIntoView();
  };
  if (isWidget) {
    addEventListener("message", (event) => {
      if (event.source === parent && event.data && event.data.bumpline === "opened") one("title").focus();
    });
    if (composer) restore();
  }
  if (!composer) return;

  // ----- asking -----
  composer.addEventListener("submit", (event) => {
    event.preventDefault();
    const button = event.submitter, asked = new FormData(composer);
    if (button && button.name === "choice") { asked.delete("text"); asked.set("choice", button.value); }
    ask(asked);
  });
  box.addEventListener("keydown", (event) => {
    const sends = event.key === "Enter" && !event.shiftKey && !event.isComposing && matchMedia("(pointer: fine)").matches;
    if (sends) { event.preventDefault(); composer.requestSubmit(one("send")); }
  });
  one("problem").addEventListener("click", (event) => {
    if (event.target.closest(".again") && again) again();
  });

  async function ask(asked) {
    if (waiting) return;
    again = () => { box.focus(); ask(asked); };
    if (navigator.onLine === false) return fail("offline");
    begin();
    const slow = setTimeout(showWorking, SLOW), stop = setTimeout(() => waiting.abort(), TOO_SLOW);
    try {
      const answer = await send(composer, asked, waiting.signal);
      const html = await answer.text();
      if (!(answer.headers.get("Content-Type") || "").startsWith("text/html")) fail("failed");
      else if (answer.ok) show(html, answer.headers, asked);
      else problem(html);
    } catch (error) {
      fail(error.name === "AbortError" ? "too_slow" : navigator.onLine === false ? "offline" : "failed");
    } finally {
      clearTimeout(slow); clearTimeout(stop);
      end();
    }
  }

  const send = (form, said, signal) => fetch(form.action, {
    method: "POST", body: new URLSearchParams(said), signal, headers: { Accept: "text/html;fragment=turn" },
  });

  function begin() {
    waiting = new AbortController();
    problem("");
    one("say").textContent = one("say-now").textContent = "";
    one("send").setAttribute("aria-disabled", "true");
  }
  function showWorking() {
    one("working").hidden = false;
    one("working").scrollIntoView({ block: "nearest" });
    one("say").textContent = one("working").textContent;
  }
  function end() {
    waiting = null;
    one("working").hidden = true;
    one("send").removeAttribute("aria-disabled");
  }

  function show(html, headers, asked) {
    const conversation = headers.get("Bumpline-Conversation");
    if (conversation) { carried().forEach((field) => { field.value = conversation; }); store(conversation); }
    if (box.value === asked.get("text")) box.value = "";
    const before = one("latest");
    if (before) before.removeAttribute("id");
    const made = document.createElement("template");
    made.innerHTML = html;
    const messages = [...made.content.querySelectorAll(".message")];
    one("log").append(made.content);
    one("latest").scrollIntoView();
    one("say").textContent = "";
    messages.forEach(announce);
    if (voices && reading) { quiet(); offerReading(); }
    speak(headers.get("Bumpline-Language"));
  }
  function announce(message) {
    const line = document.createElement("p");
    line.lang = message.lang;
    line.textContent = one("say").dataset.words.replace("{message}", message.innerText);
    one(message.closest(".urgent") ? "say-now" : "say").append(line);
  }
  // The family's language has changed: the rest of the page follows.
  function speak(language) {
    if (!language || language === composer.dataset.language) return;
    if (isWidget) return one("languages").querySelector(`[value="${CSS.escape(language)}"]`).click();
    history.replaceState(null, "", "/#latest");
    location.reload();
  }

  // ----- did it help: the answer's own part is replaced, the focus stays where it was, the thanks are said -----
  one("log").addEventListener("submit", (event) => {
    const button = event.submitter, said = new FormData(event.target);
    event.preventDefault();
    if (button && button.name) said.set(button.name, button.value);
    tell(event.target, said);
  });
  async function tell(form, said) {
    again = () => tell(form, said);
    problem("");
    try {
      const answer = await send(form, said, AbortSignal.timeout(TOO_SLOW));
      const html = await answer.text();
      if (!(answer.headers.get("Content-Type") || "").startsWith("text/html")) fail("failed");
      else if (html.includes('class="ours"')) show(html, answer.headers, said);
      else if (html.includes('class="help"')) thank(form.closest(".help"), html);
      else problem(html);
    } catch {
      fail(navigator.onLine === false ? "offline" : "failed");
    }
  }
  function thank(before, html) {
    before.insertAdjacentHTML("afterend", html);
    const after = before.nextElementSibling, told = document.createElement("p");
    before.remove();
    (after.querySelector("[autofocus]") || after.querySelector("[aria-pressed=true]")).focus();
    told.textContent = after.querySelector(".told").textContent;
    one("say").replaceChildren(told);
  }

  function fail(which) {
    one("problem").replaceChildren(one(which).content.cloneNode(true));
    one("problem").scrollIntoView({ block: "nearest" });
  }
  function problem(html) {
    one("problem").innerHTML = html.trim();
  }
})();
