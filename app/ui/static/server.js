// Calls to the server, with the credentials of this browser tab.

const BASE = new URL("../", import.meta.url);
const DRAWER = "posterizarr.credentials";
const PATIENCE = 20000;

export class Refusal extends Error {
  constructor(status, detail, wait) {
    super(detail);
    this.status = status;
    this.wait = wait;
  }
}

export const credentials = {
  read: () => JSON.parse(sessionStorage.getItem(DRAWER) ?? "null"),
  keep: (header) => sessionStorage.setItem(DRAWER, JSON.stringify(header)),
  forget: () => sessionStorage.removeItem(DRAWER),
};

export function basic(user, password) {
  const bytes = new TextEncoder().encode(`${user}:${password}`);
  return { Authorization: `Basic ${btoa(String.fromCharCode(...bytes))}` };
}

export const byKey = (key) => ({ "X-API-Key": key });

export const address = (path) => new URL(path.replace(/^\//, ""), BASE);

async function call(method, path, { body, headers } = {}) {
  const answer = await fetch(address(path), {
    method,
    headers: { Accept: "application/json", ...(body ? { "Content-Type": "application/json" } : {}), ...headers },
    body: body ? JSON.stringify(body) : undefined,
    cache: "no-cache",
    signal: AbortSignal.timeout(PATIENCE),
  }).catch(unreachable);
  if (!answer.ok) throw await refusal(answer);
  return answer;
}

function unreachable(error) {
  const late = error.name === "TimeoutError";
  throw new Refusal(0, late ? "The server takes too long to answer." : "The server cannot be reached.");
}

async function refusal(answer) {
  const told = await answer.json().catch(() => ({}));
  const wait = Number(answer.headers.get("Retry-After")) || null;
  return new Refusal(answer.status, told.detail ?? told.message ?? `The server answered ${answer.status}.`, wait);
}

// Call with what this tab knows; where that is refused, the page is told to ask for credentials.
async function knownCall(method, path, options) {
  try {
    return await call(method, path, { ...options, headers: credentials.read() ?? {} });
  } catch (error) {
    if (error.status === 401) document.dispatchEvent(new CustomEvent("unwelcome", { detail: error }));
    throw error;
  }
}

export const ask = async (path) => (await knownCall("GET", path)).json();
export const post = async (path, body) => (await knownCall("POST", path, { body })).json();
export const remove = async (path) => (await knownCall("DELETE", path)).json();
export const picture = async (path) => (await knownCall("GET", path)).blob();

// Answer whether a login is needed. Given credentials are tried first: only a real call tells why they fail.
export async function welcome(headers) {
  if (headers) await call("GET", "api", { headers });
  return (await call("GET", "api/auth/check", { headers })).json();
}
