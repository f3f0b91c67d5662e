/** A reporter that writes the files with failed tests, a line each time one fails. */
export default async function* failed(events) {
    for await (const { type, data } of events) {
        if (type === "test:fail" && data.file) yield `${data.file}\n`;
    }
}
