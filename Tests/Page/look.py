#!/usr/bin/env python3
"""Looks at pages with headless Chromium, as a person would: light, dark, narrow, printed, and without scripts.

    look.py --sign-in URL [--axe FILE] [--shots DIR] PATH...     pages behind a link of 'tokenctl web'
    look.py [--axe FILE] [--shots DIR] FILE.html...              reports

Fails where axe-core finds something, the console says something, a page asks anybody else for something, or a page is
wider than its window. Needs websocket-client (PyPI) and Debian's chromium.
"""
import argparse
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import urllib.request

import websocket

MODES = {
    "light": dict(width=1200, dark=False, media="screen"),
    "dark": dict(width=1200, dark=True, media="screen"),
    "narrow": dict(width=360, dark=False, media="screen"),
    # A4 without its margins.
    "print": dict(width=688, dark=True, media="print"),
}


class Browser:
    def __init__(self):
        self.profile = tempfile.mkdtemp(prefix="look-")
        arguments = ["--headless=new", "--remote-debugging-port=0", "--remote-allow-origins=*", "--disable-gpu",
                     "--no-first-run", "--disable-background-networking", f"--user-data-dir={self.profile}"]
        if os.geteuid() == 0:
            arguments.append("--no-sandbox")
        self.process = subprocess.Popen(["chromium", *arguments, "about:blank"], stderr=subprocess.PIPE, text=True)
        for line in self.process.stderr:
            found = re.search(r"DevTools listening on ws://([^/]+)/", line)
            if found:
                break
        else:
            raise SystemExit("chromium did not start")
        # What else it says must not fill the pipe.
        self.drain = subprocess.Popen(["cat"], stdin=self.process.stderr, stdout=subprocess.DEVNULL)
        with urllib.request.urlopen(f"http://{found[1]}/json/list") as answer:
            page = next(target for target in json.load(answer) if target["type"] == "page")
        self.socket = websocket.create_connection(page["webSocketDebuggerUrl"], timeout=30)
        self.number = 0
        self.events = []
        for domain in ["Page", "Runtime", "Log", "Network"]:
            self.call(f"{domain}.enable")

    def call(self, method, **parameters):
        self.number += 1
        number = self.number
        self.socket.send(json.dumps({"id": number, "method": method, "params": parameters}))
        while True:
            message = json.loads(self.socket.recv())
            if message.get("id") == number:
                if "error" in message:
                    raise RuntimeError(f"{method}: {message['error']}")
                return message["result"]
            self.events.append(message)

    def wait(self, method):
        while not any(event.get("method") == method for event in self.events):
            self.events.append(json.loads(self.socket.recv()))

    def open(self, url):
        self.events = []
        self.call("Page.navigate", url=url)
        self.wait("Page.loadEventFired")

    def run(self, expression):
        result = self.call("Runtime.evaluate", expression=expression, awaitPromise=True, returnByValue=True)
        if "exceptionDetails" in result:
            raise RuntimeError(result["exceptionDetails"])
        return result["result"].get("value")

    def show(self, mode):
        self.call("Emulation.setDeviceMetricsOverride", width=mode["width"], height=900, deviceScaleFactor=1,
                  mobile=False)
        scheme = "dark" if mode["dark"] else "light"
        self.call("Emulation.setEmulatedMedia", media=mode["media"],
                  features=[{"name": "prefers-color-scheme", "value": scheme}])

    def shoot(self, path):
        size = self.call("Page.getLayoutMetrics")["cssContentSize"]
        clip = dict(x=0, y=0, width=size["width"], height=min(size["height"], 6000), scale=1)
        shot = self.call("Page.captureScreenshot", format="png", captureBeyondViewport=True, clip=clip)
        import base64
        path.write_bytes(base64.b64decode(shot["data"]))

    def complaints(self, origin):
        """What the console said, and what was asked of anybody else."""
        for event in self.events:
            details = event.get("params", {})
            match event.get("method"):
                case "Log.entryAdded":
                    yield f"console: {details['entry']['text']} {details['entry'].get('url', '')}"
                case "Runtime.consoleAPICalled" | "Runtime.exceptionThrown":
                    yield f"console: {details}"
                case "Network.requestWillBeSent" if not details["request"]["url"].startswith((origin, "data:")):
                    yield f"asked for {details['request']['url']}"

    def close(self):
        self.socket.close()
        self.process.terminate()
        self.process.wait()
        self.drain.wait()
        shutil.rmtree(self.profile, ignore_errors=True)


def look(browser, url, name, origin, axe, shots):
    found = []
    for mode_name, mode in MODES.items():
        browser.show(mode)
        browser.open(url)
        found += [f"{mode_name}: {complaint}" for complaint in browser.complaints(origin)]
        wide = browser.run("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        if wide > 0:
            found.append(f"{mode_name}: {wide} pixels wider than the window")
        if mode["media"] == "screen":
            if axe:
                browser.run(axe + "; 0")
                report = json.loads(browser.run("axe.run().then(report => JSON.stringify(report.violations))"))
                found += [f"{mode_name}: {each['id']}: {each['help']}: "
                          + "; ".join(node["html"][:120] for node in each["nodes"][:3]) for each in report]
        if shots:
            browser.shoot(shots / f"{name}-{mode_name}.png")
    browser.show(MODES["light"])
    browser.call("Emulation.setScriptExecutionDisabled", value=True)
    browser.open(url)
    heading = browser.run("document.querySelector('h1')?.textContent ?? ''")
    if not heading:
        found.append("without scripts: no heading")
    browser.call("Emulation.setScriptExecutionDisabled", value=False)
    print(f"{name}: {heading!r}: " + ("\n  ".join(["", *found]) if found else "well"))
    return bool(found)


def main():
    options = argparse.ArgumentParser()
    options.add_argument("--sign-in")
    options.add_argument("--axe", type=pathlib.Path)
    options.add_argument("--shots", type=pathlib.Path)
    options.add_argument("pages", nargs="+")
    given = options.parse_args()
    axe = given.axe.read_text() if given.axe else None
    if given.shots:
        given.shots.mkdir(parents=True, exist_ok=True)
    browser = Browser()
    failed = False
    try:
        if given.sign_in:
            origin = re.match(r"http://[^/]+/", given.sign_in)[0]
            failed |= look(browser, origin, "signed-out", origin, axe, given.shots)
            failed |= look(browser, given.sign_in, "sign-in", origin, axe, given.shots)
            browser.events = []
            browser.run("document.querySelector('main form').requestSubmit(); 0")
            browser.wait("Page.loadEventFired")
            home = browser.run("location.href")
            if "/s/" not in home:
                raise SystemExit(f"not signed in: {home}")
            if browser.run("document.cookie"):
                raise SystemExit("scripts can read the cookie")
            pages = [(home + page.removeprefix("/"), re.sub(r"[^A-Za-z0-9.]+", "-", page).strip("-") or "home")
                     for page in given.pages]
        else:
            origin = "file://"
            pages = [(pathlib.Path(page).resolve().as_uri(), pathlib.Path(page).stem) for page in given.pages]
        for url, name in pages:
            failed |= look(browser, url, name, origin, axe, given.shots)
        if given.sign_in:
            browser.open(home)
            browser.events = []
            browser.run("document.querySelector('.who form').requestSubmit(); 0")
            browser.wait("Page.loadEventFired")
            browser.open(home)
            if "not known" not in browser.run("document.querySelector('h1').textContent"):
                failed = True
                print("signing out: still signed in")
    finally:
        browser.close()
    sys.exit(failed)


if __name__ == "__main__":
    main()
