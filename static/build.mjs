// Builds static/build/: app.css with its fonts, app.js, theme.js, charts.js for pages with charts, and the icon sprite. `npm run build`, or `npm run watch`.
import { readFile, mkdir, watch, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import * as esbuild from "esbuild";
import * as sass from "sass";

const here = dirname(fileURLToPath(import.meta.url));
const packages = join(here, "..", "node_modules");
const out = join(here, "build");
const browsers = ["chrome111", "firefox115", "safari16.4"];

async function styles() {
  const { css } = await sass.compileAsync(join(here, "scss", "app.scss"), {
    loadPaths: [packages],
    quietDeps: true,
    silenceDeprecations: ["import"], // Bootstrap 5.3 is still written with @import
  });
  await esbuild.build({
    stdin: { contents: css, loader: "css", resolveDir: here },
    bundle: true,
    minify: true,
    target: browsers,
    external: ["../img/*"],
    loader: { ".woff2": "file" },
    assetNames: "fonts/[name]", // stable names: the storage hashes them, base.html preloads them
    outfile: join(out, "app.css"),
  });
}

const scripts = () =>
  esbuild.build({
    entryPoints: Object.fromEntries(["app", "theme", "charts"].map((name) => [name, join(here, "js", `${name}.js`)])),
    bundle: true,
    minify: true,
    target: browsers,
    format: "iife",
    outdir: out,
  });

async function icons() {
  const names = (await readFile(join(here, "icons.txt"), "utf8")).split(/\s+/).filter(Boolean);
  const symbols = await Promise.all(
    names.map(async (name) => {
      const svg = await readFile(join(packages, "lucide-static", "icons", `${name}.svg`), "utf8");
      const shapes = svg.replace(/<!--.*?-->/gs, "").match(/<svg[^>]*>(.*)<\/svg>/s)[1];
      return `<symbol id="${name}" viewBox="0 0 24 24">${shapes.replace(/\s+/g, " ").trim()}</symbol>`;
    }),
  );
  const sprite = `<svg xmlns="http://www.w3.org/2000/svg">${symbols.join("")}</svg>\n`;
  await writeFile(join(out, "icons.svg"), sprite);
}

async function build() {
  await mkdir(out, { recursive: true });
  await Promise.all([styles(), scripts(), icons()]);
}

await build();
if (process.argv.includes("--watch")) {
  for await (const { filename } of watch(here, { recursive: true })) {
    if (!/^build[/\\.]/.test(filename)) await build().catch(console.error);
  }
}
