// The live board: asks every two seconds what has changed and puts only that into the page, so that focus,
// scroll position and open menus stay. Verbs are sent without leaving the page; some ask before they act.

const { gettext } = globalThis;

const EVERY = 2000;
const EVERY_HIDDEN = 15000;
const TOAST = 6000;

const board = document.querySelector("[data-live]");
const verbs = document.getElementById("verbs");
const toast = document.getElementById("toast");
const ask = document.getElementById("ask");
const code = document.getElementById("code");

let mark = "";
let timer = 0;
let toastTimer = 0;
let asking = false;

function say(words) {
  toast.textContent = words;
  toast.hidden = !words;
  clearTimeout(toastTimer);
  toastTimer = setTimeout(() => (toast.hidden = true), TOAST);
}

/* Putting in what has changed. Elements are the same if their ids are; what has no id is compared whole. */

function sync(old, fresh) {
  if (old.isEqualNode(fresh)) return;
  if (!isList(old) || !isList(fresh)) {
    replace(old, fresh);
    return;
  }
  if (old.className !== fresh.className) old.className = fresh.className;
  settleAll(old, fresh);
}

function settleAll(list, fresh) {
  const wanted = [...fresh.children];
  wanted.forEach((child, place) => settle(list, child, place));
  while (list.children.length > wanted.length) list.lastElementChild.remove();
}

/** A list is an element whose children all have ids: sections of the board, tiles of a section. */
function isList(element) {
  return element.children.length > 0 && [...element.children].every((child) => child.id) && element.id !== "verbs";
}

function settle(list, child, place) {
  let existing = document.getElementById(child.id);
  if (existing && !board.contains(existing)) existing = null;
  const here = list.children[place] ?? null;
  if (!existing) {
    // A new list is filled one by one, so that a tile that changes its group is moved with its open menu.
    const copy = document.importNode(child, !isList(child));
    list.insertBefore(copy, here);
    if (isList(child)) settleAll(copy, child);
    return;
  }
  if (existing !== here) list.insertBefore(existing, here);
  sync(existing, child);
}

function replace(old, fresh) {
  const copy = document.importNode(fresh, true);
  for (const open of old.querySelectorAll("details[open]")) {
    const same = open.id && copy.querySelector(`#${CSS.escape(open.id)}`);
    if (same) same.open = true;
  }
  old.replaceWith(copy);
}

function show(page) {
  const fresh = document.createElement("main");
  fresh.append(...new DOMParser().parseFromString(page, "text/html").body.children);
  const focused = board.contains(document.activeElement) ? document.activeElement.id : "";
  settleAll(board, fresh);
  if (focused && document.activeElement.id !== focused) {
    document.getElementById(focused)?.focus({ preventScroll: true });
  }
}

async function refresh() {
  clearTimeout(timer);
  if (!asking) {
    asking = true;
    try {
      await fetchBoard();
    } catch {
      // The network is away; the next round asks again.
    } finally {
      asking = false;
    }
  }
  timer = setTimeout(refresh, document.hidden ? EVERY_HIDDEN : EVERY);
}

async function fetchBoard() {
  const answer = await fetch(board.dataset.live, {
    headers: { "If-None-Match": mark },
    cache: "no-store",
    redirect: "manual",
  });
  if (answer.type === "opaqueredirect" || answer.status === 404) {
    location.reload();
    return;
  }
  if (answer.status !== 200) return;
  mark = answer.headers.get("ETag") ?? "";
  show(await answer.text());
}

/* Verbs */

function question(button) {
  document.getElementById("ask-title").textContent = button.dataset.question;
  document.getElementById("ask-words").textContent = button.dataset.words;
  document.getElementById("ask-yes").textContent = button.dataset.yes;
  const form = document.getElementById("ask-form");
  const reason = document.getElementById("reason");
  const asksWhy = "reason" in button.dataset;
  form.reset();
  document.getElementById("ask-why").hidden = !asksWhy;
  const { formAction, name, value } = button;
  form.onsubmit = () => send(formAction, name, value, reason.value);
  ask.showModal();
  (asksWhy ? reason : document.getElementById("ask-title")).focus();
}

async function send(address, name, value, reason = "") {
  const body = new FormData(verbs);
  if (name) body.set(name, value);
  if (reason) body.set("reason", reason);
  try {
    const answer = await fetch(address, { method: "POST", body, headers: { Accept: "application/json" } });
    const told = answer.headers.get("Content-Type")?.startsWith("application/json") ? await answer.json() : null;
    say(told?.words ?? gettext("That did not work. Please load the page again."));
  } catch {
    say(gettext("The connection is away. Please try again."));
  }
  refresh();
}

verbs.addEventListener("submit", (event) => {
  const button = event.submitter;
  if (!button) return;
  event.preventDefault();
  button.closest("details")?.removeAttribute("open");
  if (button.dataset.question) question(button);
  else send(button.formAction, button.name, button.value);
});

document.getElementById("ask-no").addEventListener("click", () => ask.close());
document.getElementById("code-close").addEventListener("click", () => code.close());

board.addEventListener("click", (event) => {
  const opener = event.target.closest("[data-opens]");
  if (!opener) return;
  event.preventDefault();
  document.getElementById(opener.dataset.opens).showModal();
  document.getElementById("code-title").focus();
});

// Only one menu is open at a time; Escape and a press elsewhere close it.
document.addEventListener("click", (event) => {
  for (const open of board.querySelectorAll("details.more[open]")) {
    if (!open.contains(event.target)) open.open = false;
  }
});
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  for (const open of board.querySelectorAll("details.more[open]")) {
    open.open = false;
    open.querySelector("summary").focus();
  }
});
document.addEventListener("visibilitychange", () => {
  if (!document.hidden) refresh();
});

timer = setTimeout(refresh, EVERY);
document.documentElement.dataset.ready = "board";
