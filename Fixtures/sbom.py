#!/usr/bin/env python3
"""Says what tokenctl and tokend are made of: a CycloneDX bill of materials, and the licences of what is linked in.

    Fixtures/sbom.py --bin DIR --sbom FILE --licences FILE

DIR has the programs of a release build. A package is named when the linker was given an object file of one of its targets;
its version and commit are those of Package.resolved. The Swift runtime and the system's libraries are named as well.
"""

import argparse
import json
import os
import re
import subprocess
import sys

PROGRAMS = ["tokenctl", "tokend"]


def output(*command):
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def linked_targets(directory, program):
    """The targets whose object files a program was linked from."""
    with open(os.path.join(directory, f"{program}.product", "Objects.LinkFileList")) as list_file:
        paths = list_file.read().split()
    return sorted({match.group(1) for path in paths if (match := re.search(r"/([^/]+)\.build/", path))})


def package_of_targets(checkouts):
    """Which package a target's sources are in, by their directory's name."""
    owners = {}
    for package in sorted(os.listdir(checkouts)):
        for directory, names, _ in os.walk(os.path.join(checkouts, package, "Sources")):
            for name in names:
                owners.setdefault(name, package)
    return owners


def licence(text):
    """The SPDX identifiers of what a licence file says."""
    known = [
        ("Apache-2.0 WITH Swift-exception", "Runtime Library Exception"),
        ("Apache-2.0", "Apache License"),
        ("MIT", "Permission is hereby granted, free of charge"),
        ("BSD-3-Clause", "Redistribution and use in source and binary forms"),
    ]
    for name, words in known:
        if words in text:
            return name
    return None


def files_named(directory, *names):
    found = []
    for name in sorted(os.listdir(directory)):
        if name.lower().split(".")[0] in names:
            found.append(os.path.join(directory, name))
    return found


def read(path):
    with open(path, encoding="utf-8", errors="replace") as text:
        return text.read()


def swift_component():
    line = output("swift", "--version").splitlines()[0]
    version = re.search(r"Swift version (\S+)", line).group(1)
    return {
        "type": "framework",
        "bom-ref": f"swift@{version}",
        "name": "swift",
        "version": version,
        "description": "Standard library, concurrency, FoundationEssentials and swift-collections of the toolchain",
        "licenses": [{"expression": "Apache-2.0 WITH Swift-exception"}],
        "purl": f"pkg:generic/swift@{version}",
        "properties": [{"name": "tokenctl:linkage", "value": "static"}],
    }


def package_components(pins, packages, checkouts):
    components = []
    for package in sorted(packages):
        pin = pins[package]
        location = pin["location"].removesuffix(".git")
        path = re.sub(r"^https://", "", location)
        host, owner, name = path.split("/")[:3]
        version = pin["state"].get("version", pin["state"]["revision"])
        text = "".join(read(file) for file in files_named(os.path.join(checkouts, package), "license", "licence"))
        expression = licence(text)
        if expression is None:
            sys.exit(f"sbom.py: the licence of {package} is not known; look at it, and add its words")
        components.append({
            "type": "library",
            "bom-ref": f"{package}@{version}",
            "group": f"{host}/{owner}",
            "name": name,
            "version": version,
            "licenses": [{"expression": expression}],
            "purl": f"pkg:swift/{host}/{owner}/{name}@{version}",
            "externalReferences": [{"type": "vcs", "url": location}],
            "properties": [
                {"name": "tokenctl:linkage", "value": "static"},
                {"name": "tokenctl:commit", "value": pin["state"]["revision"]},
            ],
        })
    return components


def system_components(paths):
    """The system's libraries that the programs load, by the package that has them where dpkg knows it."""
    components = {}
    for path in paths:
        for line in output("ldd", path).splitlines():
            match = re.search(r"(\S+) => (/\S+)", line)
            if not match:
                continue
            name, file = match.groups()
            component = {
                "type": "library",
                "bom-ref": name,
                "name": name,
                "properties": [{"name": "tokenctl:linkage", "value": "dynamic"}],
            }
            real = os.path.realpath(file)
            for candidate in dict.fromkeys([file, real, real.removeprefix("/usr"), "/usr" + file]):
                found = subprocess.run(["dpkg-query", "-S", candidate], capture_output=True, text=True)
                if found.returncode == 0:
                    owner = found.stdout.split(": ")[0].split(",")[0]
                    version = output("dpkg-query", "-W", "-f=${Version}", owner)
                    component["version"] = version
                    component["purl"] = f"pkg:deb/debian/{owner.split(':')[0]}@{version}"
                    break
            components[name] = component
    return [components[name] for name in sorted(components)]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name in ("bin", "sbom", "licences"):
        parser.add_argument(f"--{name}", required=True)
    options = parser.parse_args()
    checkouts = os.path.join(".build", "checkouts")

    own = set(os.listdir("Sources"))
    owners = package_of_targets(checkouts)
    targets = {target for program in PROGRAMS for target in linked_targets(options.bin, program)} - own
    unknown = sorted(target for target in targets if target not in owners)
    if unknown:
        sys.exit(f"sbom.py: no package has the targets {', '.join(unknown)}")
    packages = {owners[target] for target in targets}
    pins = {}
    for pin in json.loads(read("Package.resolved"))["pins"]:
        pins[os.path.basename(pin["location"]).removesuffix(".git")] = pin

    version = re.search(r'current = "([^"]+)"', read("Sources/ProgramVersion/Version.swift")).group(1)
    commit = output("git", "rev-parse", "HEAD").strip() if os.path.isdir(".git") else None
    components = [swift_component()] + package_components(pins, packages, checkouts)
    components += system_components([os.path.join(options.bin, program) for program in PROGRAMS])
    root = f"tokenctl@{version}"
    bill = {
        "bomFormat": "CycloneDX",
        "specVersion": "1.5",
        "version": 1,
        "metadata": {
            "component": {
                "type": "application",
                "bom-ref": root,
                "name": "tokenctl",
                "version": version,
                "licenses": [{"expression": "Apache-2.0"}],
                "properties": [{"name": "tokenctl:commit", "value": commit}] if commit else [],
            }
        },
        "components": components,
        "dependencies": dependencies(root, components, pins),
    }
    with open(options.sbom, "w") as file:
        json.dump(bill, file, indent=2)
        file.write("\n")
    with open(options.licences, "w") as file:
        file.write(licences(packages, checkouts))


def dependencies(root, components, pins):
    """Who needs whom, of what is linked in, as 'swift package show-dependencies' has it."""
    references = {component["name"].lower(): component["bom-ref"] for component in components}
    edges = {component["bom-ref"]: set() for component in components}
    edges[root] = {component["bom-ref"] for component in components if "purl" not in component
                   or not component["purl"].startswith("pkg:swift/")}

    def walk(node, parent):
        name = os.path.basename(node["url"]).removesuffix(".git").lower()
        reference = references.get(name)
        if reference is not None:
            edges[parent].add(reference)
        for child in node["dependencies"]:
            walk(child, reference or parent)

    for child in json.loads(output("swift", "package", "show-dependencies", "--format", "json"))["dependencies"]:
        walk(child, root)
    return [{"ref": reference, "dependsOn": sorted(edges[reference] - {reference})} for reference in sorted(edges)]


def licences(packages, checkouts):
    """The licences and notices of the packages that are linked in; one licence stands once."""
    texts = {}
    for package in sorted(packages):
        directory = os.path.join(checkouts, package)
        for file in files_named(directory, "license", "licence", "notice"):
            texts.setdefault(read(file).strip(), []).append(f"{package} ({os.path.basename(file)})")
        for base, _, names in os.walk(os.path.join(directory, "Sources")):
            for name in names:
                if name.upper() in ("LICENSE", "LICENSE.TXT", "LICENSE-MIT"):
                    file = os.path.join(base, name)
                    texts.setdefault(read(file).strip(), []).append(os.path.relpath(file, checkouts))
    rule = "=" * 80
    parts = [f"{rule}\n{', '.join(names)}\n{rule}\n\n{text}\n" for text, names in texts.items()]
    return "What is linked into tokenctl and tokend, beside the Swift runtime (Apache-2.0 with its exception).\n\n" + "\n".join(parts)


if __name__ == "__main__":
    main()
