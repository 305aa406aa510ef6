// Linked negotiations as their events tell them. Pure: it touches neither the page nor the network.

const blank = () => ({ opened: false, agreed: null, agreedAt: null, digest: "", offer: null, signed: {}, sentBack: null, marked: null, settled: null, settledAt: null });

/** How far one of them is. */
export const strandState = (state, id) => state.strands[id] ?? blank();

const change = (state, id, changes) => (state.strands[id] = { ...strandState(state, id), ...changes });

/** The linked negotiation that holds these terms; none where everything is one. */
export const linkOf = (state, package_) => state.links.find((link) => link.issues.some((issue) => issue in package_)) ?? null;

/** Offers in the negotiation that this package is about. */
export const sameStrand = (state, package_) => state.offers.filter((offer) => linkOf(state, offer.packages[0]) === linkOf(state, package_));

/** Nothing of this strand stands any more but the offer that was taken. */
function close(state, package_, taken) {
  for (const offer of sameStrand(state, package_)) if (offer.status === "open") offer.status = "closed";
  if (taken) taken.status = "accepted";
}

export const strandChanges = {
  "strand.opened"(state, event) {
    change(state, event.strand, { opened: true });
    state.entries.push({ kind: "terms", event });
  },
  "terms.agreed"(state, event) {
    const offer = state.offers[event.offer - 1];
    const agreed = offer.packages[event.package];
    Object.assign(offer, { status: "accepted", acceptedAt: event.at, acceptedPackage: event.package });
    change(state, event.strand, { agreed, agreedAt: event.at, digest: event.digest, offer, place: event.package, signed: {} });
    state.entries.push({ kind: "terms", event });
  },
  "terms.signed"(state, event) {
    const { signed } = strandState(state, event.strand);
    change(state, event.strand, { signed: { ...signed, [event.party]: event.at } });
    state.entries.push({ kind: "terms", event });
  },
  "terms.sent_back"(state, event) {
    const { opened, agreed, offer } = strandState(state, event.strand);
    if (agreed) close(state, agreed, null);
    if (offer) offer.status = "sent_back";
    change(state, event.strand, { ...blank(), opened, sentBack: event });
    state.entries.push({ kind: "terms", event });
  },
  "terms.marked"(state, event) {
    change(state, event.strand, { marked: event });
    state.entries.push({ kind: "terms", event });
  },
};

/** One of them is settled. Together they are the deal, once the table closes with it. */
export function settleStrand(state, event) {
  const offer = state.offers[event.offer - 1];
  close(state, event.package, offer);
  offer.acceptedAt ??= event.at;
  const { signed } = strandState(state, event.slot);
  change(state, event.slot, { ...blank(), signed, settled: event.package, settledAt: event.at, worth: event.worth });
  state.settled = { ...state.settled, package: { ...state.settled?.package, ...event.package }, worth: event.worth };
  state.entries.push({ kind: "terms", event });
}
