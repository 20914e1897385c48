// Calls to the server; the cookie of the session goes with each of them, and no script can read it.

import { text } from "./texts.js";

// This script lies at ui/server.js or ui/v-<version>/server.js below the base path.
const BASE = new URL(import.meta.url.replace(/ui\/(v-[^/]+\/)?[^/]*$/, ""));
const PATIENCE = 20000;

export class Refusal extends Error {
  // `told` is the whole answer, such as { errors }.
  constructor(status, detail, wait, told = {}) {
    super(detail);
    Object.assign(this, { status, wait, told });
  }
}

export const address = (path) => new URL(path.replace(/^\//, ""), BASE);

async function call(method, path, body, { cancelled, patience = PATIENCE } = {}) {
  const isJson = body && !(body instanceof FormData);
  const late = AbortSignal.timeout(patience);
  const answer = await fetch(address(path), {
    method,
    // No page of another site can send X-Requested-With.
    headers: { Accept: "application/json", "X-Requested-With": "fetch", ...(isJson ? { "Content-Type": "application/json" } : {}) },
    body: isJson ? JSON.stringify(body) : body,
    cache: "no-cache",
    signal: cancelled ? AbortSignal.any([cancelled, late]) : late,
  }).catch(unreachable);
  if (!answer.ok) throw await refusal(answer);
  return answer;
}

function unreachable(error) {
  const late = error.name === "TimeoutError";
  throw new Refusal(0, late ? text("frame.late") : text("frame.unreachable"));
}

async function refusal(answer) {
  const told = await answer.json().catch(() => ({}));
  const wait = Number(answer.headers.get("Retry-After")) || null;
  return new Refusal(answer.status, told.detail ?? told.message ?? text("frame.answered", { status: answer.status }), wait, told);
}

// Where the session has ended, the page is told to ask for credentials.
async function knownCall(method, path, body, options) {
  try {
    return await call(method, path, body, options);
  } catch (error) {
    if (error.status === 401) document.dispatchEvent(new CustomEvent("unwelcome", { detail: error }));
    throw error;
  }
}

// The signal cancels the call.
export const ask = async (path, cancelled) => (await knownCall("GET", path, undefined, { cancelled })).json();
// `body` is an object for JSON or a FormData; `patience` are milliseconds, for what may take long.
export const post = async (path, body, patience) => (await knownCall("POST", path, body, { patience })).json();
// The answer itself, for what may take minutes or is no JSON.
export const patiently = (method, path, patience) => knownCall(method, path, undefined, { patience });
// The answer itself to what is sent, which is no JSON; the signal cancels the call.
export const sendForAnswer = (path, body, cancelled) => knownCall("POST", path, body, { cancelled });
export const put = async (path, body) => (await knownCall("PUT", path, body)).json();
export const remove = async (path) => (await knownCall("DELETE", path)).json();

// Answer {enabled, authenticated, username}: whether a login is needed, and who this browser is.
export const welcome = async () => (await call("GET", "api/auth/check")).json();
