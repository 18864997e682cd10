// Conveniences only: every page can be read, searched and followed without them.
"use strict";
addEventListener("keydown", (e) => {
  if (e.ctrlKey || e.metaKey || e.altKey || e.target.closest("input, select, textarea")) return;
  if (e.key === "/") {
    e.preventDefault();
    document.getElementById("q").focus();
  }
});
