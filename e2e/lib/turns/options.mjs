// The arguments of e2e/turns. Pure.

const NUMBERS = ["--row", "--clips", "--at-once", "--runs"];

/**
 * Reads them: { rows, clips, atOnce, runs, smoke }; `rows` is empty for all, `clips` the most recordings of a row.
 *
 * @throws {Error} with a sentence for the user
 */
export function optionsOf(args, known) {
    const options = { rows: [], clips: Infinity, atOnce: 4, runs: 3, smoke: false };
    for (let i = 0; i < args.length; i++) {
        if (args[i] === "--smoke") {
            Object.assign(options, { smoke: true, clips: 1, runs: 1 });
            continue;
        }
        if (!NUMBERS.includes(args[i])) throw new Error(`turns: unknown argument ${args[i]}. Use --row N, --clips N, --runs N, --at-once N or --smoke.`);
        const value = Number(args[i + 1]);
        if (!Number.isInteger(value) || value < 1) throw new Error(`turns: ${args[i]} needs a whole number, at least 1.`);
        if (args[i] === "--row" && !known.includes(value)) throw new Error(`turns: there is no row ${value}. Rows: ${known.join(", ")}.`);
        if (args[i] === "--row") options.rows.push(value);
        if (args[i] === "--clips") options.clips = value;
        if (args[i] === "--at-once") options.atOnce = Math.min(value, 4);
        if (args[i] === "--runs") options.runs = value;
        i++;
    }
    return options;
}

/** So many of a list, spread over it. */
export function spread(list, most) {
    return list.length <= most ? list : Array.from({ length: most }, (_, i) => list[Math.floor((i * list.length) / most)]);
}
