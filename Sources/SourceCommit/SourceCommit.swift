import Foundation
import PackagePlugin

/// Writes the commit that a target is built from into a source file of it.
@main
struct SourceCommit: BuildToolPlugin {
    /// The file is written anew only where the commit is another, so that nothing is built again without a need.
    private static let script = """
        cd "$1" || exit
        commit=
        if [ -e .git ]; then
            commit=$(git rev-parse --verify --quiet HEAD)
            git diff --quiet HEAD || commit=$commit-dirty
        fi
        text="let sourceCommit = \\"$commit\\""
        [ "$(cat "$2" 2>/dev/null)" = "$text" ] || echo "$text" > "$2"
        """

    func createBuildCommands(context: PluginContext, target: any Target) -> [Command] {
        let directory = context.pluginWorkDirectoryURL
        return [
            .prebuildCommand(
                displayName: "Find the commit",
                executable: URL(fileURLWithPath: "/bin/sh"),
                arguments: [
                    "-c", Self.script, "sh", context.package.directoryURL.path,
                    directory.appending(path: "SourceCommit.swift").path,
                ],
                outputFilesDirectory: directory
            )
        ]
    }
}
