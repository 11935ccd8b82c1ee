// An authorisation server that nobody here wrote, set up as strictly as FAPI 2.0 wants it.
// Usage: node oidc_provider.mjs FOLDER_WITH_NODE_MODULES, with {client, jwks} on its input.
// Prints its address when it is ready and stops when its input ends.
import { createRequire } from "node:module";
import { createServer } from "node:http";
import { randomBytes } from "node:crypto";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

const require = createRequire(join(process.argv[2], "package.json"));
const { Provider } = await import(pathToFileURL(require.resolve("oidc-provider")).href);

const server = createServer();
server.listen(0, "127.0.0.1", () => {
  process.stdin.once("data", (given) => {
    const { client, jwks, nonce } = JSON.parse(given);
    const issuer = `http://127.0.0.1:${server.address().port}`;
    const provider = new Provider(issuer, {
      clients: [client],
      jwks,
      scopes: ["openid", "offline_access", "accounts"],
      clientAuthMethods: ["private_key_jwt"],
      pkce: { required: () => true },
      cookies: { keys: [randomBytes(16).toString("hex")] },
      issueRefreshToken: async () => true,
      rotateRefreshToken: true,
      findAccount: (_, sub) => ({ accountId: sub, claims: () => ({ sub }) }),
      features: {
        devInteractions: { enabled: true },
        pushedAuthorizationRequests: { enabled: true, requirePushedAuthorizationRequests: true },
        requestObjects: { enabled: true, requireSignedRequestObject: true },
        jwtResponseModes: { enabled: true },
        dPoP: { enabled: true, nonceSecret: randomBytes(32), requireNonce: () => nonce },
        fapi: { enabled: true, profile: "2.0" },
        clientCredentials: { enabled: true },
      },
    });
    server.on("request", provider.callback());
    console.log(issuer);
  });
});
process.stdin.on("end", () => process.exit(0));
