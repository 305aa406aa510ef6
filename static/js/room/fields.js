// Places to write in that several questions have.

import { h } from "../dom.js";

/** A few lines, in the writer's own direction. */
export const wordsField = (id) => h("textarea", { class: "input", id, rows: "2", maxlength: "2000", dir: "auto" });
