// What waits for a teammate’s tap, as the events tell it. Pure.

export const teamChanges = {
  "tap.asked"(state, event) {
    const before = state.deeds.get(event.party);
    if (before) before.status = "replaced";
    const deed = { kind: "deed", event, status: "waiting" };
    state.deeds.set(event.party, deed);
    state.entries.push(deed);
  },
  "tap.given": (state, event) => settle(state, event, "done"),
  "tap.dropped": (state, event) => settle(state, event, "dropped"),
};

function settle(state, event, status) {
  const deed = state.deeds.get(event.party);
  if (deed) deed.status = status;
  state.deeds.delete(event.party);
}
