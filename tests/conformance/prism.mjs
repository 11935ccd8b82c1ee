// Prism, the validator of API descriptions, as a proxy in front of a bank or in place of one.
// Usage: node prism.mjs FOLDER_WITH_NODE_MODULES, with one question a line on its input:
//   {document, upstream}   open a proxy; or a mock, {document, mock: {dynamic, seed}}. Answer: its address
//   {violations: address}  what was against the description there
// Answers each with one line of JSON and stops when its input ends.
import { createRequire } from "node:module";
import { join } from "node:path";
import { createInterface } from "node:readline";

const require = createRequire(join(process.argv[2], "package.json"));
const { getHttpOperationsFromSpec } = require("@stoplight/prism-http");
const { createServer } = require("@stoplight/prism-http-server");

const described = new Map();
const seen = new Map();

const logger = (violations) => {
  const note = (origin, message) => origin?.name === "VALIDATOR" && violations.push(message);
  const own = { trace() {}, debug() {}, info: note, success() {}, warn: note, error: note, child: () => own };
  return own;
};

const open = async ({ document, upstream, mock = {} }) => {
  if (!described.has(document)) described.set(document, await getHttpOperationsFromSpec(document));
  const config = {
    checkSecurity: true,
    validateRequest: true,
    validateResponse: true,
    errors: false,
    isProxy: Boolean(upstream),
    upstream: upstream && new URL(upstream),
    mock,
  };
  const violations = [];
  const components = { logger: logger(violations) };
  const address = await createServer(described.get(document), { cors: false, config, components }).listen(
    0,
    "127.0.0.1",
  );
  seen.set(address, violations);
  return address;
};

for await (const line of createInterface({ input: process.stdin })) {
  const asked = JSON.parse(line);
  console.log(JSON.stringify(asked.violations ? seen.get(asked.violations) : await open(asked)));
}
process.exit();
