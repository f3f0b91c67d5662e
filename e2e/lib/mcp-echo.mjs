// A server of the Model Context Protocol on standard input and output with one tool, which gives back the text that it is given.
import { createInterface } from "node:readline";

const tools = [{ name: "echo", description: "Says it again.", inputSchema: { type: "object", properties: { text: { type: "string" } } } }];

function answer(method, params) {
    if (method === "initialize") return { protocolVersion: params.protocolVersion, capabilities: { tools: {} }, serverInfo: { name: "echo", version: "1" } };
    if (method === "tools/list") return { tools };
    if (method === "tools/call") return { content: [{ type: "text", text: `echo of ${params.arguments.text}` }], isError: false };
    return {};
}

for await (const line of createInterface({ input: process.stdin })) {
    const { id, method, params } = JSON.parse(line);
    if (id !== undefined) console.log(JSON.stringify({ jsonrpc: "2.0", id, result: answer(method, params) }));
}
