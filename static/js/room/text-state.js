// What an agreement in words does to the state: its versions, who signed the last one, and what all signed. Pure.

export const newText = () => ({ versions: [], signed: new Set(), agreed: null });

export const textChanges = {
  "text.proposed"(state, event) {
    state.text.versions.push({ ...event, number: event.version });
    state.text.signed.clear();
    state.entries.push({ kind: "text", event });
  },
  "text.signed"(state, event) {
    state.text.signed.add(event.party);
    state.entries.push({ kind: "text", event });
  },
  "text.agreed"(state, event) {
    state.text.agreed = event;
  },
};
