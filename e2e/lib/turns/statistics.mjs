// Numbers of a row, and the table. Pure.

/** The value that this share of them do not exceed (nearest rank); undefined of none. */
export function percentile(values, share) {
    const sorted = [...values].sort((a, b) => a - b);
    return sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)];
}

/** The middle value; of an even number the lower of the two. */
export const median = (values) => percentile(values, 0.5);

/** How many of `total` recordings must succeed, if `goal` of `of` must. */
export const scaled = (goal, of, total) => (total >= of ? total - (of - goal) : Math.ceil((goal * total) / of));

/** Lists of the items with the same key, in the order of their first. */
export function grouped(items, keyOf) {
    const groups = new Map();
    for (const item of items) groups.set(keyOf(item), [...(groups.get(keyOf(item)) ?? []), item]);
    return [...groups.values()];
}

export const seconds = (ms) => (ms === undefined ? "–" : `${(ms / 1000).toFixed(2)} s`);

/** Lines of a table whose columns are as wide as their longest cell. */
export function table(rows) {
    const widths = rows[0].map((_, column) => Math.max(...rows.map((row) => row[column].length)));
    return rows.map((row) => row.map((cell, column) => cell.padEnd(widths[column])).join("  ").trimEnd());
}
