// The worker: Python in the browser, with kexplain in it; one question at a time, answered with a page.
import { loadPyodide } from "./pyodide/pyodide.mjs";

const started = (async () => {
  const python = await loadPyodide({ indexURL: new URL("pyodide/", import.meta.url).href });
  const library = await (await fetch("kexplain.zip")).arrayBuffer();
  python.unpackArchive(library, "zip", { extractDir: "/library" });
  python.runPython("import sys; sys.path.insert(0, '/library')");
  const answer = python.pyimport("browser");
  postMessage({ ready: JSON.parse(answer.choices()) });
  return answer;
})();

onmessage = async ({ data }) => {
  const answer = await started;
  try {
    postMessage({ number: data.number, ...JSON.parse(answer.answer(data.what, data.text, data.version, data.profile)) });
  } catch (error) {
    postMessage({ number: data.number, words: `That is a bug of kexplain; please report it: ${String(error).slice(-300)}` });
  }
};
