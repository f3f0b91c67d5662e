import { textOf } from "../talk/transcript.js";
import { nameOf } from "./speaker-name.js";
import { clock, day, saveText, stamp } from "./text-file.js";

/** The transcript as plain text. Pure. */
export function transcriptText({ turns }, now = new Date()) {
  const lines = turns
    .filter((turn) => turn.role === "divider" || textOf(turn) !== "")
    .map((turn) => {
      if (turn.role === "divider") return `\n[${clock(new Date(turn.at))}] New conversation\n`;
      const who = nameOf(turn);
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
