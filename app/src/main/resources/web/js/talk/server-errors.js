/** One sentence for a person out of the `error` events, whose shapes differ with where they arose. Pure. */
const KINDS = {
  throttlingException: "The model is busy. Try again in a moment.",
  modelTimeoutException: "The model took too long to answer.",
  modelStreamErrorException: "The model broke off its answer.",
  internalServerException: "The model had a problem of its own.",
  serviceUnavailableException: "The model is not available at the moment.",
  validationException: "The model refused what it was sent.",
};

export function sentenceFor(error) {
  if (typeof error === "string" && error) return error;
  if (error?.type in KINDS) return KINDS[error.type];
  const { message, details } = error ?? {};
  if (typeof message === "string" && message) {
    return typeof details === "string" && details && details !== message ? `${message}: ${details}` : message;
  }
  if (typeof details === "string" && details) return details;
  return "The server reported a problem without saying which.";
}
