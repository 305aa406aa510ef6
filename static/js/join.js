// Small help for the forms at the door: the code in capitals, and the reader's own time zone when signing in.

const code = document.getElementById("code");
const name = document.getElementById("name");
const zone = document.getElementById("timezone");

const SIGNS = 6;

function tidy(text) {
  return text.toUpperCase().replace(/[^A-Z0-9]/g, "");
}

/** A full code is followed by the name; the caret is moved only when the last sign was just typed. */
function moveOn(event) {
  const typedAtEnd = code.selectionStart === code.value.length;
  if (event.inputType === "insertText" && typedAtEnd && tidy(code.value).length === SIGNS && name && !name.value) {
    name.focus();
  }
}

if (code) code.addEventListener("input", moveOn);
if (zone) zone.value = Intl.DateTimeFormat().resolvedOptions().timeZone ?? "";
