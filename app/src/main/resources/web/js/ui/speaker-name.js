const PRODUCT = "Parley";
/** A persona with this name has none of its own. */
const NAMELESS = "Assistant";

/** The name of a persona as that of a speaker; undefined if it has none. Pure. */
export function speakerOf(persona) {
  return persona?.name === NAMELESS ? undefined : persona?.name;
}

/** Returns the name of the speaker of a turn. Pure. */
export function nameOf({ role, speaker }) {
  return role === "user" ? "You" : (speaker ?? PRODUCT);
}
