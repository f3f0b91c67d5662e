/** Offers text as a download. */
export function saveText(name, text) {
  const url = URL.createObjectURL(new Blob([text], { type: "text/plain;charset=utf-8" }));
  const link = document.createElement("a");
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}

/** "2026-01-31-235959", for the name of a file. */
export function stamp(date) {
  return `${day(date)}-${clock(date).replaceAll(":", "")}`;
}

/** "2026-01-31" in local time. */
export function day(date) {
  return [date.getFullYear(), date.getMonth() + 1, date.getDate()].map(two).join("-");
}

/** "23:59:59" in local time. */
export function clock(date) {
  return [date.getHours(), date.getMinutes(), date.getSeconds()].map(two).join(":");
}

function two(number) {
  return String(number).padStart(2, "0");
}
