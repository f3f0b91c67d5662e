// Returns the text that the embedded recogniser hears in a WAV file.
import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { models, root } from "./parley.mjs";

const java = process.env.JAVA_HOME ? `${process.env.JAVA_HOME}/bin/java` : "java";

export async function transcribe(wav) {
    const { stdout } = await promisify(execFile)(java, ["--enable-native-access=ALL-UNNAMED", "-cp", `${root}app/target/parley.jar`,
        "dev.parley.speech.SpeechRecognizer", models, wav]);
    return stdout.slice(stdout.indexOf("\t") + 1).trim();
}
