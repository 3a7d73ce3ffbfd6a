(() => {
  "use strict";
  const script = document.currentScript, words = {{ everywhere|tojson }};
  const language = words[script.dataset.language] ? script.dataset.language : "";
  const [open, close, direction] = words[language || "{{ first }}"];
  const origin = new URL(script.src).origin, small = matchMedia("(max-width: 30rem), (max-height: 30rem)");
  const host = document.createElement("div"), root = host.attachShadow({ mode: "open" });
  const make = (name, values) => Object.assign(document.createElement(name), values);
  const button = make("button", { type: "button", textContent: open, className: "open" });
  const panel = make("div", { hidden: true });
  const shut = make("button", { type: "button", textContent: close, className: "close" });
  let frame, behind = [];
  host.lang = language || "{{ first }}";
  host.dir = direction;
  panel.setAttribute("role", "dialog");
  panel.setAttribute("aria-label", open);
  button.setAttribute("aria-expanded", "false");

  const css = `:host{all:initial;font:1.125rem/1.4 system-ui,sans-serif}
button{font:inherit;min-height:44px;padding:.5rem 1rem;border-radius:.5rem;border:2px solid #fff;background:#0b4f55;color:#fff;cursor:pointer}
button:focus-visible{outline:3px solid #1a1c20;outline-offset:2px;box-shadow:0 0 0 6px #fd0}
.open{position:fixed;inset-block-end:1rem;inset-inline-end:1rem;z-index:2147483646;font-weight:700}
div{position:fixed;inset-block-end:1rem;inset-inline-end:1rem;z-index:2147483647;inline-size:24rem;block-size:min(42rem,calc(100vh - 2rem));display:flex;flex-direction:column;background:#fff;border:2px solid #0b4f55;border-radius:.5rem;overflow:hidden}
[hidden]{display:none}
.close{align-self:flex-end;border-radius:0;border:0;inline-size:100%}
iframe{flex:1;inline-size:100%;border:0;background:#fff}
@media (max-width:30rem),(max-height:30rem){div{inset:0;inline-size:auto;block-size:auto;border:0;border-radius:0}}
@media (forced-colors:active){button,div{border:2px solid ButtonText}}`;
  try {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(css);
    root.adoptedStyleSheets = [sheet];
  } catch {
    root.append(make("style", { textContent: css }));
  }

  // A full screen hides the page behind it from everyone, not only from the eye.
  const cover = (covered) => {
    behind.forEach((element) => { element.inert = false; });
    behind = covered && small.matches ? [...document.body.children].filter((e) => e !== host && !e.inert) : [];
    behind.forEach((element) => { element.inert = true; });
    panel.setAttribute("aria-modal", String(behind.length > 0));
  };
  const enter = () => { frame.focus(); frame.contentWindow.postMessage({ bumpline: "opened" }, origin); };
  const show = () => {
    panel.hidden = false;
    button.hidden = true;
    button.setAttribute("aria-expanded", "true");
    cover(true);
    if (frame) return enter();
    frame = make("iframe", { title: open, src: origin + "/widget" + (language && "?language=" + language) });
    frame.addEventListener("load", () => { if (!panel.hidden) enter(); });
    panel.append(frame);
  };
  const hide = () => {
    panel.hidden = true;
    button.hidden = false;
    button.setAttribute("aria-expanded", "false");
    cover(false);
    button.focus();
  };
  button.addEventListener("click", show);
  shut.addEventListener("click", hide);
  small.addEventListener("change", () => cover(!panel.hidden));
  addEventListener("keydown", (event) => { if (event.key === "Escape" && !panel.hidden) hide(); });
  addEventListener("message", (event) => {
    if (frame && event.source === frame.contentWindow && event.origin === origin && event.data.bumpline === "close") hide();
  });
  panel.append(shut);
  root.append(button, panel);
  const add = () => document.body.append(host);
  if (document.body) add(); else addEventListener("DOMContentLoaded", add);
})();
