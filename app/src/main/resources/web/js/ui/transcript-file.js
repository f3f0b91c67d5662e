import { textOf } from "../talk/transcript.js";

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
  const url = URL.createObjectURL(new Blob([transcriptText(transcript, now)], { type: "text/plain;charset=utf-8" }));
  const link = document.createElement("a");
  link.href = url;
  link.download = `parley-${day(now)}-${clock(now).replaceAll(":", "")}.txt`;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}

function day(date) {
  return [date.getFullYear(), date.getMonth() + 1, date.getDate()].map(two).join("-");
}

function clock(date) {
  return [date.getHours(), date.getMinutes(), date.getSeconds()].map(two).join(":");
}

function two(number) {
  return String(number).padStart(2, "0");
}
