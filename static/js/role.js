// The role sheet: tabs, a plan that saves itself, and word when the table opens. Without it the page still works.

import { byId, h, icon } from "./dom.js";
import { startTabs } from "./tabs.js";

const { gettext } = globalThis;
const SAVE_WAIT = 700;
const LOOK_SECONDS = 4;

function startPlan(form) {
  let timer = null;
  const later = () => {
    clearTimeout(timer);
    timer = setTimeout(() => save(form), SAVE_WAIT);
  };
  form.addEventListener("input", later);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    clearTimeout(timer);
    save(form);
  });
}

/** Being ready takes the plan along: what was typed a moment ago is saved first, and a mistake in it stays in sight. */
function startReady(ready, form) {
  ready.addEventListener("submit", async (event) => {
    if (!form) return;
    event.preventDefault();
    if (await save(form)) ready.submit();
    else byId("tab-plan").click();
  });
}

/** True unless the plan was refused: a lost line must not keep anybody from being ready. */
async function save(form) {
  const saved = byId("plan-saved");
  try {
    const response = await fetch(form.action, { method: "POST", headers: { Accept: "application/json" }, body: new FormData(form), cache: "no-store" });
    const answer = await response.json();
    showErrors(form, answer.errors ?? {});
    saved.textContent = answer.words ?? gettext("Not saved yet: mend what is marked.");
    return !answer.errors;
  } catch {
    saved.textContent = gettext("Not saved yet. It is tried again when you write on.");
    return true;
  }
}

function showErrors(form, errors) {
  for (const place of form.querySelectorAll("[data-errors]")) {
    const words = errors[place.dataset.errors] ?? [];
    place.replaceChildren(...words.map((each) => h("p", { class: "error" }, icon("cross"), each)));
    form.elements[place.dataset.errors].setAttribute("aria-invalid", String(words.length > 0));
  }
}

/** Looks whether the table has opened. Whoever is ready goes there, unless still writing. */
async function look(page, after) {
  let next = after;
  try {
    const response = await fetch(`${page.dataset.events}?after=${after}`, { cache: "no-store" });
    const frame = await response.json();
    next = frame.events?.at(-1)?.n ?? after;
    if (frame.events?.some((event) => event.type === "table.opened")) {
      tellOpen(page);
      return;
    }
  } catch {
    // The next look may get through.
  }
  setTimeout(() => look(page, next), LOOK_SECONDS * 1000);
}

function tellOpen(page) {
  // Whoever types must not lose the line; who only looks at the plan is taken along.
  const isWriting = document.activeElement?.matches("form[data-plan] :is(input, select, textarea)");
  if (page.dataset.readySeat === "yes" && !isWriting) location.assign(page.dataset.room);
  byId("table-open").hidden = false;
}

startTabs(byId("role-tabs"));
const form = document.querySelector("form[data-plan]");
if (form) startPlan(form);
const ready = document.querySelector("form[data-ready]");
if (ready) startReady(ready, form);
const page = byId("main");
if (page.dataset.events) look(page, 0);
byId("print")?.addEventListener("click", () => print());
document.documentElement.dataset.ready = "role";
