import Registry

/// The configuration file: lines of `name = value`, and after a line `[profile]` those of that profile.
///
/// Blank lines and those that begin with `#` are kept as they are. A value is what stands after the `=`, without the
/// blanks around it; there are no quotes. What stands last counts.
struct SettingsFile: Sendable {
    private struct Line {
        var text: String
        /// The profile that it stands in; nil before the first.
        let profile: String?
        let kind: Kind

        enum Kind {
            case remark
            case heading
            case entry(Setting, String)
        }
    }

    private var lines: [Line] = []

    /// A file without a line.
    init() {}

    /// - Throws: `Refusal` with `input.invalid`, which names the line.
    init(parsing text: String, path: String) throws(Refusal) {
        var profile: String?
        for (index, written) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
            let line = written.hasSuffix("\r") ? String(written.dropLast()) : String(written)
            let fault: String
            switch Self.kind(of: line, in: &profile) {
            case .success(let kind):
                lines.append(Line(text: line, profile: profile, kind: kind))
                continue
            case .failure(let failure): fault = failure.reason
            }
            throw Refusal(.inputInvalid, "\(path), line \(index + 1): \(fault)", facts: ["path": path])
        }
        if lines.last?.text.isEmpty == true { lines.removeLast() }
    }

    private struct Fault: Error {
        let reason: String
    }

    private static func kind(of line: String, in profile: inout String?) -> Result<Line.Kind, Fault> {
        let text = trimmingBlanks(line)
        if text.isEmpty || text.hasPrefix("#") { return .success(.remark) }
        if text.hasPrefix("[") {
            let name = trimmingBlanks(String(text.dropFirst().dropLast()))
            guard text.hasSuffix("]"), Setting.isProfileName(name) else {
                return .failure(Fault(reason: "\(Setting.profileExpectation), in brackets."))
            }
            profile = name
            return .success(.heading)
        }
        guard let equals = text.firstIndex(of: "=") else {
            return .failure(Fault(reason: "expected 'name = value' or '[profile]'."))
        }
        let name = trimmingBlanks(String(text[..<equals]))
        let value = trimmingBlanks(String(text[text.index(after: equals)...]))
        guard let setting = Setting(rawValue: name) else { return .failure(Fault(reason: Setting.unknown(name))) }
        guard setting.isOfProfiles || profile == nil else {
            return .failure(Fault(reason: "\(name) stands before the first profile."))
        }
        if let fault = setting.fault(in: value) {
            let excerpt = ActivationCode.masking(String(value.prefix(80)))
            return .failure(Fault(reason: "\"\(excerpt)\" is not valid for \(name): \(fault)"))
        }
        return .success(.entry(setting, value))
    }

    /// The profiles in the order of their first lines.
    var profiles: [String] {
        lines.reduce(into: []) { names, line in
            if let name = line.profile, !names.contains(name) { names.append(name) }
        }
    }

    /// What is set in a profile, or before the first.
    func values(in profile: String?) -> [Setting: String] {
        lines.reduce(into: [:]) { values, line in
            if line.profile == profile, case .entry(let setting, let value) = line.kind { values[setting] = value }
        }
    }

    /// The file with the setting in a profile, where it stood before or after the profile's last line.
    mutating func set(_ setting: Setting, to value: String, in profile: String?) {
        let line = Line(text: "\(setting.rawValue) = \(value)", profile: profile, kind: .entry(setting, value))
        if let place = places(of: setting, in: profile).last {
            lines[place] = line
            return
        }
        if let profile, !profiles.contains(profile) {
            if !lines.isEmpty { lines.append(Line(text: "", profile: lines.last?.profile, kind: .remark)) }
            lines.append(Line(text: "[\(profile)]", profile: profile, kind: .heading))
        }
        let last = lines.lastIndex { line in
            guard line.profile == profile else { return false }
            if case .remark = line.kind { return false }
            return true
        }
        // What is before the first profile goes before its heading, after the remarks at the top.
        let first = lines.firstIndex { $0.profile != nil } ?? lines.endIndex
        lines.insert(line, at: last.map { $0 + 1 } ?? first)
        if last == nil, first < lines.endIndex - 1 {
            lines.insert(Line(text: "", profile: nil, kind: .remark), at: first + 1)
        }
    }

    /// The file without the setting; a profile that has nothing more goes as well.
    /// - Returns: false where it was not set.
    mutating func remove(_ setting: Setting, in profile: String?) -> Bool {
        let places = places(of: setting, in: profile)
        for place in places.reversed() { lines.remove(at: place) }
        if let profile {
            let rest = lines.filter { $0.profile == profile }
            let isEmpty = rest.allSatisfy { line in
                if case .heading = line.kind { return true }
                return line.text.isEmpty
            }
            if isEmpty { lines.removeAll { $0.profile == profile } }
        }
        while lines.last?.text.isEmpty == true { lines.removeLast() }
        return !places.isEmpty
    }

    private func places(of setting: Setting, in profile: String?) -> [Int] {
        lines.indices.filter { index in
            guard lines[index].profile == profile, case .entry(setting, _) = lines[index].kind else { return false }
            return true
        }
    }

    /// The whole file.
    var text: String { lines.map { $0.text + "\n" }.joined() }
}
