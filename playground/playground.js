// The page: what is typed or dropped goes to the worker, what the worker answers is shown. Only a link that is asked for
// holds the text, in its fragment, which no server sees.
const $ = (id) => document.getElementById(id);
const EXAMPLE = `apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
spec:
  replicas: 2
  selector:
    matchLabels: {app: web}
  template:
    metadata:
      labels: {app: web}
    spec:
      containers:
        - name: web
          image: registry.example/web:latest
          ports:
            - containerPort: 8080
          securityContext:
            privileged: true
---
apiVersion: v1
kind: Service
metadata:
  name: web
spec:
  selector: {app: website}
  ports:
    - port: 80
      targetPort: 8080
`;
const worker = new Worker("worker.js", { type: "module" });
let asked = 0;
let timer = 0;
let shown = "";

const say = (words) => { $("state").textContent = words; };
const choices = () => ({ version: $("version").value, profile: $("profile").value });

function ask(what) {
  asked += 1;
  say("Reading…");
  worker.postMessage({ what, number: asked, text: $("text").value, ...choices() });
}

function show(html) {
  URL.revokeObjectURL(shown);
  shown = URL.createObjectURL(new Blob([html], { type: "text/html" }));
  $("page").src = shown;
}

worker.onmessage = ({ data }) => {
  if (data.ready) {
    for (const [id, values] of Object.entries(data.ready)) {
      $(id).replaceChildren(...values.map((value) => new Option(value, value)));
    }
    restore();
    return;
  }
  if (data.number !== asked) return; // an answer to what has changed since
  if (data.text !== undefined && data.text !== $("text").value) {
    $("text").value = data.text;
  }
  if (data.html) show(data.html);
  say(data.words);
};
worker.onerror = (event) => say(`It could not start: ${event.message || "see the console"}`);

async function packed(text) {
  const stream = new Blob([text]).stream().pipeThrough(new CompressionStream("deflate-raw"));
  const bytes = new Uint8Array(await new Response(stream).arrayBuffer());
  let letters = "";
  for (const byte of bytes) letters += String.fromCharCode(byte);
  return btoa(letters).replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");
}

const MOST = 2_000_000; // characters that a link may unfold to

async function unpacked(letters) {
  const bytes = Uint8Array.from(atob(letters.replaceAll("-", "+").replaceAll("_", "/")), (c) => c.charCodeAt(0));
  const reader = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate-raw"))
    .pipeThrough(new TextDecoderStream()).getReader();
  let text = "";
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return text;
    text += value;
    if (text.length > MOST) throw new RangeError("too long");
  }
}

async function restore() {
  const given = new URLSearchParams(location.hash.slice(1));
  for (const id of ["version", "profile"]) {
    if ([...$(id).options].some((option) => option.value === given.get(id))) $(id).value = given.get(id);
  }
  try {
    $("text").value = given.get("m") ? await unpacked(given.get("m")) : $("text").value || EXAMPLE;
  } catch {
    say("The link is damaged.");
    return;
  }
  ask("read");
}

$("text").addEventListener("input", () => {
  clearTimeout(timer);
  timer = setTimeout(() => ask("read"), 400);
});
for (const id of ["version", "profile"]) $(id).addEventListener("change", () => ask("read"));
$("fix").addEventListener("click", () => ask("fix"));
$("form").addEventListener("submit", (event) => event.preventDefault());
$("link").addEventListener("click", async () => {
  location.hash = new URLSearchParams({ ...choices(), m: await packed($("text").value) }).toString();
  try {
    await navigator.clipboard.writeText(location.href);
    say("The link is copied. It holds the manifests themselves.");
  } catch {
    say("The link is in the address bar. It holds the manifests themselves.");
  }
});

addEventListener("dragover", (event) => { event.preventDefault(); $("text").classList.add("over"); });
addEventListener("dragleave", () => $("text").classList.remove("over"));
addEventListener("drop", async (event) => {
  event.preventDefault();
  $("text").classList.remove("over");
  const texts = await Promise.all([...event.dataTransfer.files].map((file) => file.text()));
  if (texts.length) {
    $("text").value = texts.join("\n---\n");
    ask("read");
  }
});

if ("serviceWorker" in navigator && isSecureContext) navigator.serviceWorker.register("offline.js");
