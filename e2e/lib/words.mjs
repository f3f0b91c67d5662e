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

/** Edit distance in words: how many were wrong, missing or added. Two words written as one are no error: "open source", "open-source". */
export function errors(expected, heard) {
    const a = words(expected), b = words(heard);
    const rows = [[0, ...b.map((_, j) => j + 1)]];
    for (let i = 1; i <= a.length; i++) {
        rows.push([i]);
        for (let j = 1; j <= b.length; j++) {
            const ways = [rows[i][j - 1] + 1, rows[i - 1][j] + 1, rows[i - 1][j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1)];
            if (i > 1 && a[i - 2] + a[i - 1] === b[j - 1]) ways.push(rows[i - 2][j - 1]);
            if (j > 1 && b[j - 2] + b[j - 1] === a[i - 1]) ways.push(rows[i - 1][j - 2]);
            rows[i].push(Math.min(...ways));
        }
    }
    return rows[a.length][b.length];
}

/** The share of the expected words that were heard wrongly: 0 is perfect. */
export const wordErrorRate = (expected, heard) => errors(expected, heard) / Math.max(1, words(expected).length);
