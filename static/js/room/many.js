// What tables of several add: votes, coalitions, who is in. Other tables' scripts leave this module out, so whoever
// imports `many` looks whether it is there.

import { ballotBadge, ballotButtons, ballotFace, ballotOf, ending, leftOutWords, signs } from "./ballot.js";
import { gaugesOf } from "./gauges.js";
import { LastCall } from "./lastcall.js";
import { Matrix } from "./matrix.js";
import { splitting } from "./splits.js";
import { acts, leading, newBallot, newVotes, pairOf, resumeVotes, sayNo, takeYes, voteChanges, walkAway } from "./votes-state.js";
import { countWords, newsOfVotes, reviewWords, voteWords, yesQuestion } from "./votes-words.js";

export const many = {
  LastCall, Matrix, acts, ballotBadge, ballotButtons, ballotFace, ballotOf, countWords, ending, gaugesOf, leftOutWords, leading,
  newBallot, newVotes, newsOfVotes, reviewWords, resumeVotes, sayNo, pairOf, signs, splitting, takeYes,
  voteChanges, voteWords, walkAway, yesQuestion,
};
