// A decision record of the poster script in one sentence.

const PLACES = { Folder: "the media folder", Manual: "your own artwork", Template: "your template" };
const CHOSEN = "chosen by: ";
const MADE = { create: "Made", replace: "Replaced", skip: "Left alone" };
const languages = new Intl.DisplayNames("en", { type: "language", fallback: "code" });

const UPLOADS = {
  applied: "Your media server shows it",
  re_encoded: "Your media server shows it, re-encoded",
  waiting: "It waits for the upload",
  refused: "Your media server refused it",
  overwritten: "Your media server shows another picture by now",
  kept: "Your media server shows a picture that is not ours, which was left",
  taken_back: "Your media server shows what it had before",
};

export function sentence({ action, why, decision, drawn, owner, owner_why: known, uploads = [] }) {
  const parts = [picture(decision), rule(decision.notes ?? []), rivals(decision), loss(drawn)];
  const made = why ? ` ${MADE[action] ?? "Made"} because ${why}.` : "";
  const whose = ["a person", "another tool"].includes(owner) ? ` It is by ${owner}${known ? `: ${known}` : ""}.` : "";
  return `${parts.filter(Boolean).join(", ")}.${made}${whose}${uploads.map(uploaded).join("")}`;
}

function uploaded({ state, why }) {
  return ` ${UPLOADS[state] ?? state}${why ? ` (${why})` : ""}.`;
}

function picture({ chosen, reason, fallback }) {
  if (!chosen) return `No picture was chosen${reason ? `: ${reason}` : ""}`;
  if (chosen.provider === "Typographic") return "Drawn from the title, since no picture was found";
  const from = PLACES[chosen.provider] ?? chosen.provider;
  return `${fallback ? "Fallback picture" : "Picture"} from ${from}${language(chosen)}`;
}

function language({ language: code, region, lettered }) {
  if (lettered === "textless") return " without text";
  return code ? `, in ${named(region ? `${code}-${region}` : code)}` : ", language unknown";
}

// A code that is no language tag is shown as it is.
function named(code) {
  try {
    return languages.of(code);
  } catch {
    return code;
  }
}

function rule(notes) {
  const found = notes.find((note) => note.startsWith(CHOSEN));
  const words = found?.slice(CHOSEN.length) ?? "";
  return words && !words.startsWith("any picture of ") ? `chosen as ${words}` : "";
}

function rivals({ considered = [] }) {
  if (!considered.length) return "";
  return considered.length === 1 ? "before one other candidate" : `before ${considered.length} other candidates`;
}

function loss(drawn) {
  const missing = drawn?.missing?.length ? "with characters that no font has" : "";
  return drawn?.truncated ? "with its title cut" : missing;
}
