// Puts the page together from what was built: node assemble_page.mjs PROGRAM FONTS OUT
// Everything but the entry lies in a folder named by the hash of its content, so that no cache ever mixes two versions.
// Text and program are also there compressed (.br), for hosts that serve such files.
import { createHash } from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import zlib from "node:zlib";
import { build } from "esbuild";
import { read, root } from "../generate/lib.mjs";

const [program, fonts, out] = process.argv.slice(2).map((folder) => path.resolve(root, folder));
const at = (folder, name) => [name, fs.readFileSync(path.join(folder, name))];

// One script and one sheet of style: every file more is asked for, and waited for, on its own.
const bundle = async (options) => (await build({ bundle: true, minify: true, write: false, target: ["es2022"], legalComments: "none", logLevel: "error", ...options })).outputFiles[0].contents;
const platform = path.join(root, "web/platform");
const where_it_was_built = { name: "program", setup: ({ onResolve }) => onResolve({ filter: /^\.\/guanjia\.js$/ }, () => ({ path: path.join(program, "guanjia.js") })) };
const script = await bundle({ entryPoints: [path.join(platform, "page.js")], format: "esm", plugins: [where_it_was_built] });
const sheet = await bundle({ stdin: { contents: read("assets/look/tokens.css") + read("web/platform/style.css"), loader: "css" }, external: ["*.ttf"] });
const inner = [
  ["page.js", Buffer.from(script)],
  ["page.css", Buffer.from(sheet)],
  at(platform, "unsupported.js"),
  at(program, "guanjia.wasm"),
  ...["ui-regular.ttf", "ui-bold.ttf", "icons.ttf", "text.ttf"].map((name) => at(fonts, name)),
];
const hash = createHash("sha256");
for (const [name, bytes] of inner) hash.update(name).update("\0").update(bytes);
hash.update(read("shell.html")).update(read("web/platform/service_worker.js"));
const version = hash.digest("hex").slice(0, 12);
const app = `app-${version}`;

// The one inline style that the page may have is that of the forms it prints, and the one inline script its own.
const allowed = (element, html) => `sha256-${createHash("sha256").update(new RegExp(`<${element}>([\\s\\S]*?)</${element}>`).exec(html)[1]).digest("base64")}`;
// Everything that the first frame needs is asked for at once.
const preload = ["ui-regular.ttf", "ui-bold.ttf", "icons.ttf"].map((name) => `<link rel="preload" href="@APP@/${name}" as="fetch" crossorigin>`).join("\n");
const page = read("shell.html").replace("@PRELOAD@", preload).replaceAll("@APP@", app);
const outer = [
  ["index.html", Buffer.from(page.replace("@START@", allowed("script", page)).replace("@FORM_STYLE@", allowed("style", read("assets/forms/_page.css.html"))))],
  at(path.join(root, "assets/look"), "icon.svg"),
  at(path.join(root, "assets/look"), "manifest.webmanifest"),
];
const names = ["./", "icon.svg", "manifest.webmanifest", ...inner.map(([name]) => `${app}/${name}`)];
outer.push(["service_worker.js", Buffer.from(read("web/platform/service_worker.js").replace("@VERSION@", version).replace('["@ASSETS@"]', JSON.stringify(names)))]);

const whole = path.join(out, "index.html");
if (fs.existsSync(whole) && fs.readFileSync(whole).equals(outer[0][1]) && fs.existsSync(path.join(out, app, "text.ttf.br"))) process.exit(0);
const partial = `${out}.partial`;
fs.rmSync(partial, { recursive: true, force: true });
fs.mkdirSync(path.join(partial, app), { recursive: true });
const compress = (bytes) => zlib.brotliCompressSync(bytes, { params: { [zlib.constants.BROTLI_PARAM_SIZE_HINT]: bytes.length } });
const kept = path.join(root, "build/compressed");
fs.mkdirSync(kept, { recursive: true });
for (const [folder, files] of [["", outer], [app, inner]])
  for (const [name, bytes] of files) {
    fs.writeFileSync(path.join(partial, folder, name), bytes);
    // Compressing well takes seconds: what was compressed before is taken again.
    const known = path.join(kept, createHash("sha256").update(bytes).digest("hex"));
    if (!fs.existsSync(known)) fs.writeFileSync(known, compress(bytes));
    fs.copyFileSync(known, path.join(partial, folder, `${name}.br`));
  }
fs.rmSync(out, { recursive: true, force: true });
fs.renameSync(partial, out);
