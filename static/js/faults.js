// From a fault to its line: the text comes into view with the line chosen. Without a script the link leads to the text.

function lead(event) {
  const link = event.target.closest("a[data-line]");
  if (!link) return;
  const text = document.getElementById(link.hash.slice(1));
  if (!(text instanceof HTMLTextAreaElement)) return;
  event.preventDefault();
  const lines = text.value.split("\n");
  const line = Math.min(Number(link.dataset.line), lines.length) - 1;
  const start = lines.slice(0, line).join("\n").length + (line > 0 ? 1 : 0);
  text.focus();
  text.setSelectionRange(start, start + lines[line].length);
  text.scrollTop = (text.scrollHeight / lines.length) * Math.max(0, line - 3);
  text.scrollIntoView({ block: "center" });
}

document.querySelector(".faults").addEventListener("click", lead);
document.documentElement.dataset.ready = "faults";
