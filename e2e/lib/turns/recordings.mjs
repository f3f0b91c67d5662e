// The recordings of each row as data: what is said by whom, what comes between, and what is right. Sounds are made when they are needed.
import { CLIPS } from "../clips.mjs";
import { NOISE_KINDS, VOICES } from "./noises.mjs";

/** Questions with answers that are long enough to murmur over, and that end in a statement. */
const LONG = [
    { text: "What can you do?", right: /\bcan\b/i },
    { text: "Who are you?", right: /\bI am\b|assistant/i },
    { text: "What is the weather in Paris?", right: /Paris/i },
];
const WEATHER = LONG[2];
const CAN = LONG[0];
const FLITE = ["slt", "rms", "slt-high", "kal"];
const turn = (list, i) => list[i % list.length];

/** Row 1: a word said in passing, or a murmur, over an answer. `after` is in ms from the answer's first sound. */
export const BACKCHANNELS = [
    ...[["uh-huh", "slt-high"], ["mm-hmm", "kal"], ["yeah", "kal"], ["right", "rms"], ["okay", "us"], ["yeah", "slt-high"], ["okay", "awb"], ["right", "gb"], ["uh-huh", "gb"], ["okay", "slt"]]
        .map(([word, speaker], i) => ({ word, speaker, level: -12 - 3 * (i % 4) })),
    ...["hum", "mm-hm", "uh-huh", "mmm", "hum", "mm-hm", "uh-huh", "mmm", "mm-hm", "hum"]
        .map((murmur, i) => ({ murmur, voice: i % VOICES.length, level: -12 - 3 * (i % 5), seed: 100 + i })),
].map((sound, i) => ({ question: turn(LONG, i), asker: turn(FLITE, i), after: 1_200 + 230 * (i % 6), sound }));

/** Row 2: an answer to a question of the assistant, over its end or after it; `after` is in ms from its end. */
export const YES_AND_NO = [["yes", /\bye/i], ["yeah", /\bye/i], ["okay", /\bok/i], ["right", /\bright/i], ["no", /\bno/i]].flatMap(([word, words], i) =>
    [-500, 300, 1_200].map((after, k) => ({
        word, words, after,
        speaker: turn({ yes: ["slt", "rms", "us"], yeah: ["kal", "awb", "gb"], okay: ["rms-low", "kal", "slt"], right: ["slt", "gb", "awb"], no: ["gb", "rms", "slt"] }[word], k),
        question: turn(["Good day. Would you like to hear what I can do?", "Hello. Shall I set a timer, or tell you the time?", "Welcome. Do you want to know the weather?"], i + k),
    })));

/** Row 3: the last words of an answer, repeated by the user. */
export const REPEATED = [
    { question: "What is seven times eight?", words: /fifty.?six|56/i, repeat: "Fifty six?" },
    { question: "What is nine times nine?", words: /eighty.?one|81/i, repeat: "Eighty one?" },
    { question: "What is twelve plus thirty?", words: /forty.?two|42/i, repeat: "Forty two?" },
    { question: "What is the weather in Paris?", words: /chance of rain/i, repeat: "A chance of rain?" },
    { greeting: "Welcome to the city library.", words: /library/i, repeat: "The city library?" },
    { greeting: "Good day. You can ask me for the time in Tokyo.", words: /tok[iy]/i, repeat: "The time in Tokyo?" },
    { greeting: "Hello, this is the office of Harbour Street.", words: /street/i, repeat: "Harbour Street?" },
    { greeting: "Good morning. We are open until half past seven.", words: /seven|7/i, repeat: "Until half past seven?" },
    { greeting: "Welcome. Your parcel is under the stairs.", words: /stairs/i, repeat: "Under the stairs?" },
    { greeting: "Hello. The next train leaves from platform nine.", words: /nine|9/i, repeat: "Platform nine?" },
].map((recording, i) => ({ ...recording, asker: turn(FLITE, i), speaker: turn(["slt", "rms", "slt-high", "gb"], i), after: 200 + 80 * i }));

/** Row 4: somebody really interrupts. Without `right`, nothing is asked for. Each voice says only what a recogniser can make out of it alone. */
export const INTERRUPTIONS = [
    { text: "Stop.", speaker: "slt" },
    { text: "Wait.", speaker: "kal" },
    { text: "Stop talking.", speaker: "slt" },
    { text: "Never mind.", speaker: "slt-high" },
    { text: "Be quiet, please.", speaker: "slt" },
    { text: "Hold on.", speaker: "kal" },
    { text: "What is seven times eight?", speaker: "rms", right: /56|fifty.?six/i },
    { text: "What time is it in Tokyo?", speaker: "slt-high", right: /Tokyo/i },
    { text: "Set a timer for twenty minutes.", speaker: "slt", right: /twenty minutes|20 minutes/i },
    { text: "No, what is ten plus twenty?", speaker: "rms", right: /\b30|thirty/i },
    { text: "What is the weather in London?", speaker: "rms", right: /London/i },
    { text: "Stop, what is nine times nine?", speaker: "slt", right: /81|eighty.?one/i },
    { text: "Remember that my car is on level three.", speaker: "slt", right: /level (?:three|3)/i },
    { text: "How many kilometers are five miles?", speaker: "rms", right: /\b8|eight/i },
    { text: "What is today's date?", speaker: "kal", right: /day\b/i },
    { text: "Wait, what is nine plus nine?", speaker: "rms", right: /18|eighteen/i },
    { text: "How much is twenty percent of fifty?", speaker: "slt", right: /\b10\b|\bten\b/i },
    { text: "What is one hundred minus one?", speaker: "slt-high", right: /99|ninety.?nine/i },
    { text: "No, start a five minute timer.", speaker: "slt", right: /(?:five|5).minute/i },
    { text: "Tell me the time in London.", speaker: "slt-high", right: /London/i },
].map((recording, i) => ({ ...recording, question: turn([CAN, WEATHER, LONG[1]], i), asker: turn(["kal", "slt"], i), after: 1_000 + 190 * (i % 7) }));

/** Row 5: a noise 0.3 s after the question, or 1.5 s into the answer, or 1 s into a tool's work. */
export const NOISES = ["before", "during", "tool"].flatMap((place, p) => NOISE_KINDS.map((kind, i) => ({
    place, kind, level: { hum: -18, cough: -9, door: -6, keyboard: -15, breath: -21 }[kind] - 2 * p, seed: 500 + 10 * p + i,
    question: place === "tool" ? WEATHER : place === "before" ? turn([CAN, WEATHER], i) : turn(LONG, i), asker: turn(FLITE, i + p),
})));

/** Row 6: levels in dB and delays in ms. */
export const ECHOES = [-10, -25, -35, -45].flatMap((decibels) => [60, 120, 250].map((delay) => ({ decibels, delay })));

/** Row 7: sentences with a place where they are unfinished: between the two parts, or at an instant of a person's recording, in ms. */
const UNFINISHED = [
    { parts: ["Set a timer for", "ten seconds."], speaker: "slt", right: /ten seconds|10 seconds/i },
    { parts: ["What is the weather in", "Paris?"], speaker: "rms", right: /Paris/i },
    { parts: ["How many kilometers are", "five miles?"], speaker: "rms", right: /\b8|eight/i },
    { parts: ["What is seven times", "eight?"], speaker: "awb", right: /56|fifty.?six/i },
    { parts: ["Remember that my car is on", "level three."], speaker: "rms", right: /level (?:three|3)/i },
    { clip: "vm-nobox", at: 2_600, said: CLIPS["vm-nobox"] },
    { clip: "confbridge-begin-leader", at: 720, said: "The conference will begin when the leader arrives." },
    { clip: "queue-youarenext", at: 2_370, said: CLIPS["queue-youarenext"] },
    { clip: "dir-nomore", at: 2_220, said: "There are no more compatible entries in the directory." },
    { clip: "0920", at: 3_190, said: "Had he married a more amiable woman he might have been made still more respectable than he was." },
];
export const PAUSES = [400, 600, 900, 1_200].flatMap((pause) => UNFINISHED.map((sentence) => ({ ...sentence, pause })));

/** Row 8: complete sentences; half of them by people. */
export const SENTENCES = [
    ...["vm-nobox", "confbridge-begin-leader", "queue-youarenext", "dir-nomore", "conf-onlyperson", "feature-not-avail-line", "vm-enter-num-to-call", "cannot-complete-as-dialed", "0880", "0930"].map((clip) => ({ clip })),
    ...[["What is seven times eight?", "slt"], ["What can you do?", "rms"], ["What time is it in Tokyo?", "kal"], ["How many kilometers are five miles?", "rms"], ["Set a timer for twenty minutes.", "rms"],
        ["Who are you?", "slt-high"], ["Remember that my car is on level three.", "slt"], ["What day is it today?", "kal"], ["How much is twenty percent of fifty?", "awb"], ["Tell me the time in London.", "rms-low"]]
        .map(([text, speaker]) => ({ text, speaker })),
];

/** Row 9: `way` is how the network fails: connections are cut, or nothing is forwarded. Lengths in ms. */
export const CUTS = ["cut", "stall"].flatMap((way, w) => ["websocket", "polling"].flatMap((transport, t) => [1_000, 2_000, 5_000].map((length, i) => ({
    way, transport, length, speaker: turn(["slt", "rms"], i),
    ...turn([{ text: "What is the weather in Paris?", right: /Paris/i }, { text: "How many kilometers are there in five miles?", right: /\b8|eight/i }], w + t + i),
}))));

/** Row 10: `gaps` is how many may be heard in a minute. Times in ms. */
export const NETWORKS = ["websocket", "polling"].flatMap((transport) => [
    { name: "100 ms round trip", network: { oneWay: 50 }, gaps: 0 },
    { name: "300 ms round trip with 20 ms jitter", network: { oneWay: 150, jitter: 20 }, gaps: 0 },
    { name: "stalls of 300 ms every 10 s", network: { stall: { length: 300, every: 10_000 } }, gaps: 2 },
].map((recording) => ({ ...recording, transport })));

/** Row 13: `at` is where in the question the network fails; 1.02 is just after its end. */
const PARIS = { text: "What is the weather in Paris?", right: /Paris/i, speaker: "slt" };
const TEN_MINUTES = { parts: ["Set a timer for", "ten minutes."], text: "Set a timer for … ten minutes.", pause: 900, right: /10|ten/i, speaker: "rms" };
const ABILITIES = { text: "What can you do?", right: /\bcan\b/i, speaker: "slt" };
export const OUTAGES = ["cut", "stall"].flatMap((way, w) => ["websocket", "polling"].flatMap((transport, t) => [
    { way, transport, length: 400, at: [0.3, 0.7], ...PARIS },
    { way, transport, length: 2_500, at: [0.42], ...TEN_MINUTES },
    { way, transport, length: 2_000, at: [1.02], ...PARIS },
    { way, transport, length: 2_000, at: ["answer"], ...ABILITIES },
].filter((_, i) => (i + w + t) % 2 === 0)));

/** Row 12: clips by people, in packs that are said one after the other, with what is said. */
const TEXTS = {
    ...CLIPS,
    "0880": "He was not an ill disposed young man.",
    "0930": "He might even have been made amiable himself.",
    "0920": "Had he married a more amiable woman he might have been made still more respectable than he was.",
};
export const PACKS = [["demo-nomatch", "dir-instr", "vm-review", "agent-alreadyon"], ["vm-nobox", "conf-invalid", "vm-mailboxfull", "auth-incorrect", "0880"], ["vm-reenterpassword", "queue-youarenext", "0930", "0920"]]
    .map((names) => names.map((name) => ({ clip: name, text: TEXTS[name] })));
