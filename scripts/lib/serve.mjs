// Serves a folder on this machine: node serve.mjs FOLDER [PORT]. Prints the address. What is there compressed is sent so.
import http from "node:http";
import path from "node:path";
import { pathToFileURL } from "node:url";
import sirv from "sirv";

export function serve(folder, port = 0, { brotli = true } = {}) {
  const files = sirv(folder, { brotli, etag: true, dotfiles: false, dev: true });
  const server = http.createServer((request, response) => {
    files(request, response, () => {
      response.statusCode = 404;
      response.end("404");
    });
  });
  return new Promise((resolve, reject) => {
    server.on("error", reject);
    server.listen(port, "127.0.0.1", () => resolve({ server, address: `http://127.0.0.1:${server.address().port}/` }));
  });
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  const [folder = "build/web", port = "8080"] = process.argv.slice(2);
  let served;
  try {
    served = await serve(path.resolve(folder), Number(port));
  } catch (error) {
    if (error.code !== "EADDRINUSE") throw error;
    served = await serve(path.resolve(folder), 0);
  }
  console.log(served.address);
}
