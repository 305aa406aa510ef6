// What changed between two texts, word by word: the longest run of words that both have stays, the rest was taken out
// or put in. Pure.

const pieces = (text) => text.match(/\s+|[^\s]+/gu) ?? [];

/** [{kind: "same" | "removed" | "added", text}], in the order of reading; what was taken out stands before what came. */
export function changesBetween(before, after) {
  const [old, fresh] = [pieces(before), pieces(after)];
  let start = 0;
  while (start < old.length && start < fresh.length && old[start] === fresh[start]) start += 1;
  let end = 0;
  while (end < old.length - start && end < fresh.length - start && old.at(-1 - end) === fresh.at(-1 - end)) end += 1;
  const middle = longest(old.slice(start, old.length - end), fresh.slice(start, fresh.length - end));
  return joined([...old.slice(0, start).map(same), ...middle, ...old.slice(old.length - end).map(same)]);
}

const same = (text) => ({ kind: "same", text });

/** The table of the longest common subsequence, walked from its start. */
function longest(old, fresh) {
  const lengths = Array.from({ length: old.length + 1 }, () => new Uint16Array(fresh.length + 1));
  for (let one = old.length - 1; one >= 0; one -= 1) {
    for (let two = fresh.length - 1; two >= 0; two -= 1) {
      lengths[one][two] = old[one] === fresh[two] ? lengths[one + 1][two + 1] + 1 : Math.max(lengths[one + 1][two], lengths[one][two + 1]);
    }
  }
  const found = [];
  let [one, two] = [0, 0];
  while (one < old.length || two < fresh.length) {
    if (one < old.length && two < fresh.length && old[one] === fresh[two]) {
      found.push(same(old[one]));
      [one, two] = [one + 1, two + 1];
    } else if (two === fresh.length || (one < old.length && lengths[one + 1][two] >= lengths[one][two + 1])) {
      found.push({ kind: "removed", text: old[one] });
      one += 1;
    } else {
      found.push({ kind: "added", text: fresh[two] });
      two += 1;
    }
  }
  return found;
}

/** Neighbours of one kind as one piece, so that a changed sentence reads as a sentence. */
function joined(parts) {
  const found = [];
  for (const part of gathered(parts)) {
    if (found.at(-1)?.kind === part.kind) found.at(-1).text += part.text;
    else found.push({ ...part });
  }
  return found;
}

/** A space that stayed between two changed words belongs to the change: removed words first, then added ones. */
function gathered(parts) {
  const found = [];
  let [removed, added] = ["", ""];
  const flush = () => {
    if (removed) found.push({ kind: "removed", text: removed });
    if (added) found.push({ kind: "added", text: added });
    [removed, added] = ["", ""];
  };
  parts.forEach((part, place) => {
    const isGap = part.kind === "same" && !part.text.trim() && removed + added && isChange(parts[place + 1]);
    if (part.kind === "removed" || isGap) removed += part.text;
    if (part.kind === "added" || isGap) added += part.text;
    if (part.kind !== "same" || isGap) return;
    flush();
    found.push(part);
  });
  flush();
  return found;
}

const isChange = (part) => Boolean(part) && part.kind !== "same";
