// A picture that is carried from one page to another: it is too large for the storage of a session.

const NAME = "posterizarr-carried";
const STORE = "pictures";
const KEY = "one";

export const pictureOf = (files) => [...(files ?? [])].find((file) => file.type.startsWith("image/"));

// Keep it for the next page; it replaces the one before.
export const carry = (file) => within("readwrite", (store) => store.put(file, KEY));

// The picture that another page carried here, once; null for none.
export async function broughtAlong() {
  const file = await within("readonly", (store) => store.get(KEY)).catch(() => null);
  if (file) await within("readwrite", (store) => store.delete(KEY));
  return file ?? null;
}

async function within(mode, act) {
  const database = await opened();
  try {
    return await settled(act(database.transaction(STORE, mode).objectStore(STORE)));
  } finally {
    database.close();
  }
}

function opened() {
  const request = indexedDB.open(NAME, 1);
  request.onupgradeneeded = () => request.result.createObjectStore(STORE);
  return settled(request);
}

const settled = (request) =>
  new Promise((done, failed) => {
    request.onsuccess = () => done(request.result);
    request.onerror = () => failed(request.error);
  });
