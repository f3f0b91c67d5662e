import { textOf } from "../talk/transcript.js";
import { clock, day, saveText, stamp } from "./text-file.js";

/** The transcript as plain text. Pure. */
export function transcriptText({ turns }, now = new Date()) {
  const lines = turns
    .filter((turn) => textOf(turn) !== "")
    .map((turn) => {
      const who = turn.role === "user" ? "You" : "Parley";
      const note = turn.interrupted ? " [interrupted]" : "";
      return `[${clock(new Date(turn.at))}] ${who}: ${textOf(turn)}${note}`;
    });
  return [`Conversation with Parley, ${day(now)} ${clock(now)}`, "", ...lines, ""].join("\n");
}

/** Offers it as a download. */
export function saveTranscript(transcript) {
  const now = new Date();
  saveText(`parley-${stamp(now)}.txt`, transcriptText(transcript, now));
}
