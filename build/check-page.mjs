// Writes the check of the page as a page of its own, for any web server: parley-check.html and parley-check.js, which contains the modules of
// the page, their styles and the client of Socket.IO. Nothing else is loaded at run time.
//   node build/check-page.mjs [FOLDER]     default: app/target/check
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { homedir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

const root = resolve(dirname(fileURLToPath(import.meta.url)), "..");
const web = join(root, "app/src/main/resources/web");
const folder = resolve(process.argv[2] ?? join(root, "app/target/check"));
const models = process.env.PARLEY_MODELS ?? join(process.env.XDG_CACHE_HOME ?? join(homedir(), ".cache"), "parley/models");

/** Modules by path, each after those that it imports. */
const modules = new Map();
collect(join(web, "js/check/check-page.js"));
const page = readFileSync(join(web, "check/index.html"), "utf8");
const styles = [...page.matchAll(/<link rel="stylesheet" href="([^"]+)" \/>\n/g)].map(([, href]) => readFileSync(join(web, "check", href), "utf8"));

const script = [
  read(join(models, "browser/socket.io.min.js")).replace(/\n\/\/# sourceMappingURL=.*/, ""),
  "\n// Parley, check of a Socket.IO server. Apache License 2.0.\n\"use strict\";\n(() => {",
  `const style = new CSSStyleSheet();\nstyle.replaceSync(${JSON.stringify(styles.join("\n"))});\ndocument.adoptedStyleSheets = [...document.adoptedStyleSheets, style];`,
  ...[...modules.values()].map(({ name, code, exported }) => `const ${name} = (() => {\n${code.trim()}\nreturn { ${exported.join(", ")} };\n})();`),
  "})();\n",
].join("\n");
const policy = `<meta http-equiv="Content-Security-Policy" content="default-src 'none'; script-src 'self'; img-src data:; connect-src http: https: ws: wss:; base-uri 'none'; form-action 'none'" />`;
const html = page
  .replace(/ *<link rel="stylesheet"[^>]*>\n/g, "")
  .replace(/<script type="module"[^>]*><\/script>/, `<script src="parley-check.js" defer></script>`)
  .replace(/<meta name="viewport"/, `${policy}\n    <meta name="viewport"`);

mkdirSync(folder, { recursive: true });
writeFileSync(join(folder, "parley-check.js"), script);
writeFileSync(join(folder, "parley-check.html"), html);
console.log(`${join(folder, "parley-check.html")}\n${join(folder, "parley-check.js")}`);

function collect(file) {
  if (modules.has(file)) return;
  const source = read(file);
  const exported = [];
  const code = source
    .replace(/^import \{ ([^}]+) \} from "(\.[^"]+)";$/gm, (_, names, path) => {
      const from = resolve(dirname(file), path);
      collect(from);
      return `const { ${names.replaceAll(" as ", ": ")} } = ${modules.get(from).name};`;
    })
    .replace(/^export (?=(?:async )?(?:function|class|const) (\w+))/gm, (_, name) => (exported.push(name), ""));
  // Other forms of import and export would be lost.
  const left = /^(?:import|export)\b.*/m.exec(code);
  if (left) fail(`${file}: cannot take over "${left[0]}"`);
  modules.set(file, { name: `m${modules.size}`, code, exported });
}

function read(file) {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return fail(`${file} is missing; build/fetch fetches the client of Socket.IO`);
  }
}

function fail(sentence) {
  console.error(`check-page: ${sentence}.`);
  process.exit(1);
}
