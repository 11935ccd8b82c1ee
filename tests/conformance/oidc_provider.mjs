// An authorisation server that nobody here wrote, set up as strictly as FAPI 2.0 wants it.
// Usage: node oidc_provider.mjs FOLDER_WITH_NODE_MODULES, with {client, jwks, nonce, tls} on its input.
// Prints its address when it is ready and stops when its input ends.
import { X509Certificate, randomBytes } from "node:crypto";
import { createServer as createPlain } from "node:http";
import { createServer as createSecure } from "node:https";
import { createRequire } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

const require = createRequire(join(process.argv[2], "package.json"));
const { Provider } = await import(pathToFileURL(require.resolve("oidc-provider")).href);

const shown = (ctx) => {
  const { raw } = ctx.socket.getPeerCertificate?.() ?? {};
  return raw && new X509Certificate(raw);
};
const byCertificate = {
  enabled: true,
  tlsClientAuth: true,
  certificateBoundAccessTokens: true,
  getCertificate: (ctx) => shown(ctx)?.toString(),
  certificateAuthorized: (ctx) => ctx.socket.authorized,
  certificateSubjectMatches: (ctx, _, expected) => shown(ctx).subject.split("\n").includes(expected),
};

const start = ({ client, jwks, nonce, tls }) => {
  const secure = tls && { ...tls, requestCert: true, rejectUnauthorized: false };
  const server = secure ? createSecure(secure) : createPlain();
  server.listen(0, "127.0.0.1", () => {
    const issuer = `${tls ? "https" : "http"}://127.0.0.1:${server.address().port}`;
    const provider = new Provider(issuer, {
      clients: [client],
      jwks,
      scopes: ["openid", "offline_access", "accounts"],
      clientAuthMethods: ["private_key_jwt", ...(tls ? ["tls_client_auth"] : [])],
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
        mTLS: tls ? byCertificate : { enabled: false },
        fapi: { enabled: true, profile: "2.0" },
        clientCredentials: { enabled: true },
      },
    });
    server.on("request", provider.callback());
    console.log(issuer);
  });
};
process.stdin.once("data", (given) => start(JSON.parse(given)));
process.stdin.on("end", () => process.exit(0));
