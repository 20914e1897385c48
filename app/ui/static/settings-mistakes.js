// What the server says is wrong with a setting, in the reader's language as far as the sentence is known here.

import { text } from "./texts.js";

const SENTENCES = [
  [/^is (\d+), which is more than maxPointSize \((\d+)\)$/, (least, most) => text("settings.mistake.sizes", { least, most })],
  [/ are on together: /, () => text("settings.mistake.servers")],
  [/^must begin with http:\/\/ or https:\/\/ and a host$/, () => text("settings.mistake.address")],
  [/^must not hold a colon/, () => text("settings.mistake.colon")],
  [/^must not be empty while basicAuthEnabled is on/, () => text("settings.mistake.password")],
  [/^must not be a folder that holds the server's own files/, () => text("settings.mistake.own_files")],
  [/^must be a folder that is there/, () => text("settings.mistake.folder")],
  [/^must be the path of a folder$/, () => text("settings.mistake.no_folder")],
  [/^must be a file with certificates or a SHA-256 fingerprint/, () => text("settings.mistake.certificate")],
];

// { words, language }: the language is null where it is that of the page.
export function mistakeWords(sentence) {
  for (const [pattern, words] of SENTENCES) {
    const found = pattern.exec(sentence);
    if (found) return { words: words(...found.slice(1)), language: null };
  }
  return { words: `${sentence}.`, language: "en" };
}
