// Builds report.html: one file with the page's script and style, and a mark for the data.
import { build } from "esbuild";
import { createHash } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";

const target = process.argv[2] ?? "report.html";
const result = await build({
  entryPoints: ["src/main.tsx"],
  bundle: true,
  minify: true,
  format: "iife",
  target: "es2022",
  charset: "ascii",
  jsx: "automatic",
  jsxImportSource: "preact",
  legalComments: "none",
  write: false,
});
const style = await build({ entryPoints: ["src/style.css"], minify: true, charset: "ascii", write: false });
const script = result.outputFiles[0].text.trim().replaceAll("</script", "<\\/script");
const css = style.outputFiles[0].text.trim();
const licences = readFileSync("THIRD-PARTY.txt", "utf8").trim();

// The policy names the script by its hash, so no other script can run, whatever the data contains.
const hash = (text) => `'sha256-${createHash("sha256").update(text, "utf8").digest("base64")}'`;
const policy = `default-src 'none'; script-src ${hash(script)}; style-src ${hash(css)}; base-uri 'none'; form-action 'none'`;

writeFileSync(target, `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>Checker report</title>
<style>${css}</style>
</head>
<body>
<div id="page"><noscript>This report needs JavaScript. It loads nothing from a network.</noscript></div>
<script type="application/json" id="data"><!--DATA--></script>
<script type="text/plain" id="licences">
${licences}
</script>
<script>${script}</script>
</body>
</html>
`);
