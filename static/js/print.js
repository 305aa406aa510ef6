// A page that is often printed shows a button for it, where there is a script to press it.

const button = document.getElementById("print");
button.addEventListener("click", () => print());
button.hidden = false;
