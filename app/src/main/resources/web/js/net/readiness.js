/** Returns whether the server reports that it still loads its speech model. A server without this endpoint never does. */
export async function isLoading() {
  try {
    const answer = await fetch("/health/ready", { cache: "no-store", signal: AbortSignal.timeout(5_000) });
    return (await answer.json()).status === "loading";
  } catch {
    return false;
  }
}
