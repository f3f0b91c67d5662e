/** Turns an `error` event into a sentence for the user; the shape of these events depends on their source. Pure. */
const KINDS = {
  throttlingException: "The model is busy. Try again in a moment.",
  modelTimeoutException: "The model took too long to reply.",
  modelStreamErrorException: "The model's reply ended with an error.",
  internalServerException: "The model had an internal error.",
  serviceUnavailableException: "The model is not available at the moment.",
  validationException: "The model rejected its input.",
};

export function sentenceFor(error) {
  if (typeof error === "string" && error) return error;
  if (error?.type in KINDS) return KINDS[error.type];
  const { message, details } = error ?? {};
  if (typeof message === "string" && message) {
    return typeof details === "string" && details ? joined(message, details) : message;
  }
  if (typeof details === "string" && details) return details;
  return "The server reported an unknown problem.";
}

/** Both in one, unless one of them says what the other says. */
function joined(message, details) {
  const [short, long] = [message, details].map((text) => text.trim()).sort((a, b) => a.length - b.length);
  if (plain(long).includes(plain(short))) return long;
  return `${message.replace(/[.:\s]+$/, "")}: ${details}`;
}

function plain(text) {
  return text.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, " ").trim();
}
