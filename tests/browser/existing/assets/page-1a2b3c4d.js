// What the existing page does with the server: Basic with each fetch, and nothing with images and sockets.

const plain = window.fetch;

window.fetch = (address, options = {}) => {
  const stored = sessionStorage.getItem("auth_credentials");
  const login = stored ? { Authorization: `Basic ${stored}` } : {};
  return plain(address, { ...options, headers: { ...login, ...options.headers } });
};

// Answer the status of the call that checks the login, which is kept where it is good.
window.logIn = async (user, password) => {
  const credentials = btoa(`${user}:${password}`);
  const { status } = await plain("/api/status", { headers: { Authorization: `Basic ${credentials}` } });
  if (status === 200) sessionStorage.setItem("auth_credentials", credentials);
  return status;
};

const sent = (body) => ({ body: JSON.stringify(body), headers: { "Content-Type": "application/json" } });

// Answer "METHOD address: status" of each of [[method, address, body], …], one after another.
window.callAll = async (calls) => {
  const said = [];
  for (const [method, address, body] of calls) {
    const { status } = await fetch(address, { method, ...(body ? sent(body) : {}) });
    said.push(`${method} ${address}: ${status}`);
  }
  return said;
};

window.seesImage = (address) =>
  new Promise((tell) => {
    const image = new Image();
    image.onload = () => tell(image.naturalWidth > 0);
    image.onerror = () => tell(false);
    image.src = `${address}?t=${Date.now()}`;
  });

window.opensSocket = (host = location.host) =>
  new Promise((tell) => {
    const socket = new WebSocket(`ws://${host}/ws/logs?log_file=Scriptlog.log`);
    socket.onopen = () => tell(true) || socket.close();
    socket.onerror = () => tell(false);
  });

document.getElementById("root").textContent = "ready";
