// The message composer: Enter sends, Shift+Enter makes a line, on a touch keyboard Enter makes a line too.

export class Composer {
  constructor(form, field, draft, send) {
    Object.assign(this, { form, field, draft, send });
  }

  start() {
    this.field.value = this.draft.text;
    this.field.addEventListener("input", () => this.draft.write(this.field.value));
    this.field.addEventListener("keydown", (event) => this.key(event));
    this.form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.submit();
    });
  }

  key(event) {
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    const always = event.ctrlKey || event.metaKey;
    if (!always && matchMedia("(pointer: coarse)").matches) return;
    event.preventDefault();
    this.submit();
  }

  submit() {
    const text = this.field.value.trim();
    if (text && this.send(text) !== false) this.clear();
  }

  clear() {
    this.field.value = "";
    this.draft.write("");
    this.field.focus();
  }
}
