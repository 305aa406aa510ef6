// How long something takes, in words, as `classrooms/spans.py` says it on the board.

const { interpolate, ngettext } = globalThis;
const MINUTES_TO = 150;
const HOURS_TO = 36 * 60;

const sayIn = (words, count) => interpolate(words, { count }, true);

/** Far from the end nobody needs minutes: days, then hours, each in halves; then minutes. */
export function roughly(seconds) {
  const minutes = seconds / 60;
  if (minutes <= MINUTES_TO) {
    const count = Math.round(minutes);
    return sayIn(ngettext("%(count)s min", "%(count)s min", count), count);
  }
  const isHours = minutes <= HOURS_TO;
  const halves = Math.round((minutes / (isHours ? 60 : 24 * 60)) * 2);
  const number = Math.ceil(halves / 2);
  const words = isHours ? ngettext("%(count)s hour", "%(count)s hours", number) : ngettext("%(count)s day", "%(count)s days", number);
  return sayIn(words, `${Math.floor(halves / 2)}${halves % 2 ? "½" : ""}`);
}
