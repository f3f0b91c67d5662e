// Compares what was said with what was heard, word by word.

const spoken = { 0: "zero", 1: "one", 2: "two", 3: "three", 4: "four", 5: "five", 6: "six", 7: "seven", 8: "eight", 9: "nine", 10: "ten" };

/** Lower-case words without punctuation; small numbers as words. */
export function words(text) {
    return text
        .toLowerCase()
        .replace(/[‘’]/g, "'")
        .replace(/-/g, "")
        .replace(/[^a-z0-9' ]+/g, " ")
        .split(/\s+/)
        .filter(Boolean)
        .map((word) => spoken[word] ?? word);
}

/** Edit distance in words: how many were wrong, missing or added. */
export function errors(expected, heard) {
    const a = words(expected), b = words(heard);
    let row = b.map((_, j) => j + 1);
    row.unshift(0);
    for (let i = 1; i <= a.length; i++) {
        const next = [i];
        for (let j = 1; j <= b.length; j++) {
            next[j] = Math.min(next[j - 1] + 1, row[j] + 1, row[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1));
        }
        row = next;
    }
    return row[b.length];
}

/** The share of the expected words that were heard wrongly: 0 is perfect. */
export const wordErrorRate = (expected, heard) => errors(expected, heard) / Math.max(1, words(expected).length);
