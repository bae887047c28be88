"""Plays Hugging Face for one file: writes it to the path given, prints its port, and serves it."""

import hashlib
import http.server
import json
import os
import sys

HEADER = json.dumps(
    {"w": {"dtype": "F32", "shape": [250_000], "data_offsets": [0, 1_000_000]}}
).encode()
CONTENT = len(HEADER).to_bytes(8, "little") + HEADER + os.urandom(1_000_000)
SHA256 = hashlib.sha256(CONTENT).hexdigest()


class Origin(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_HEAD(self):
        self.answer(with_body=False)

    def do_GET(self):
        self.answer(with_body=True)

    def answer(self, with_body):
        if self.path.startswith("/org/repo/resolve/"):
            self.send_response(302)
            self.send_header("Location", f"http://{self.headers['Host']}/content")
            self.send_header("X-Repo-Commit", "0" * 40)
            self.send_header("X-Linked-Size", str(len(CONTENT)))
            self.send_header("X-Linked-ETag", f'"{SHA256}"')
            self.send_header("Content-Length", "0")
            self.end_headers()
            return
        if self.path != "/content":
            self.send_response(404)
            self.send_header("Content-Length", "0")
            self.end_headers()
            return
        first, last = 0, len(CONTENT) - 1
        wanted = self.headers.get("Range", "")
        if wanted.startswith("bytes="):
            begin, _, end = wanted[6:].partition("-")
            first, last = int(begin), min(int(end or last), last)
            self.send_response(206)
            self.send_header("Content-Range", f"bytes {first}-{last}/{len(CONTENT)}")
        else:
            self.send_response(200)
        self.send_header("Content-Length", str(last - first + 1))
        self.send_header("Accept-Ranges", "bytes")
        self.send_header("ETag", f'"{SHA256}"')
        self.end_headers()
        if with_body:
            self.wfile.write(CONTENT[first : last + 1])

    def log_message(self, *arguments):
        pass


with open(sys.argv[1], "wb") as file:
    file.write(CONTENT)
server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Origin)
print(server.server_address[1], flush=True)
server.serve_forever()
