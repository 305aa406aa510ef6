// Shares in percent among several. A division travels as a list of numbers and is kept on the page as one text,
// "30/40/30", so that two of them can be compared like any other value. Pure, as state.js is.

export const WHOLE = 100;

const isShares = (issue) => issue.kind === "allocation";

export const sharesOf = (value) => value.split("/").map(Number);

/** "Heliant 40 %, the co-op 30 %". */
const shareWords = (issue, value) => sharesOf(value).map((share, place) => `${issue.among[place].name} ${share} %`).join(", ");

function fitsShares(issue, value) {
  if (typeof value !== "string") return false;
  const shares = sharesOf(value);
  return shares.length === issue.among.length && shares.every((share) => share >= 0 && share % issue.step === 0) && shares.reduce((sum, share) => sum + share, 0) === WHOLE;
}

const joined = (value) => (Array.isArray(value) ? value.join("/") : value);
const joinedIn = (package_) => package_ && Object.fromEntries(Object.entries(package_).map(([id, value]) => [id, joined(value)]));

/** An event as this page keeps it. */
function inward(event) {
  const found = { ...event };
  if (event.packages) found.packages = event.packages.map(joinedIn);
  if (event.package && typeof event.package === "object") found.package = joinedIn(event.package);
  if ("value" in event) found.value = joined(event.value);
  if (event.fields) found.fields = inward(event.fields); // a deed that waits for a teammate's tap
  return found;
}

/** A frame as it travels. */
function outward(view, frame) {
  const split = (id, value) => (view.issue[id] && isShares(view.issue[id]) ? sharesOf(value) : value);
  const splitIn = (package_) => package_ && Object.fromEntries(Object.entries(package_).map(([id, value]) => [id, split(id, value)]));
  const found = { ...frame };
  if (frame.packages) found.packages = frame.packages.map(splitIn);
  if (frame.package && typeof frame.package === "object") found.package = splitIn(frame.package);
  if (frame.t === "pin") found.value = split(frame.issue, frame.value);
  return found;
}

/** Left out of the scripts of tables that divide nothing, so whoever imports it looks whether it is there. */
export const shares = { is: isShares, words: shareWords, fits: fitsShares, inward, outward };
