import Registry

/// Something that a person sets once instead of typing it with every command.
enum Setting: String, CaseIterable, Sendable {
    case org
    case tenant
    case registry
    case socket
    case output
    case profile
    /// Days ahead in which what ends is told.
    case statusWithin = "status-within"
    /// Per cent of a maximum.
    case statusMaximum = "status-maximum"
    /// Per cent of idle seats.
    case statusIdle = "status-idle"
    /// Per cent of activations that are left.
    case statusKeys = "status-keys"
    /// Days before a replacement's last.
    case statusReplacement = "status-replacement"
    /// SKUs of which nothing is told.
    case statusIgnore = "status-ignore"
    /// Kinds of notices.
    case statusTell = "status-tell"
    /// What the shell runs to tell notices.
    case notifyCommand = "notify-command"

    /// The environment's variable for it.
    var variable: String? {
        switch self {
        case .org: "TOKENCTL_ORG"
        case .tenant: "TOKENCTL_TENANT"
        case .registry: "TOKENCTL_REGISTRY"
        case .socket: "TOKENCTL_SOCKET"
        case .output, .statusWithin, .statusMaximum, .statusIdle, .statusKeys, .statusReplacement, .statusIgnore,
            .statusTell:
            nil
        case .profile: "TOKENCTL_PROFILE"
        case .notifyCommand: "TOKENCTL_NOTIFY_COMMAND"
        }
    }

    /// Whether a profile can have it.
    var isOfProfiles: Bool { self != .profile }

    /// What is wrong with a value of the configuration file, as the end of a sentence with its full stop; nil when nothing is.
    func fault(in value: String) -> String? {
        switch self {
        case .org: Self.fault(in: value, of: OrganizationID.self)
        case .tenant: Self.fault(in: value, of: TenantReference.self)
        case .registry, .socket:
            value.hasPrefix("/") && value.escaped == value ? nil : "it is a path that begins with /."
        case .output:
            OutputChoice(rawValue: value) == nil ? OutputChoice.expectation(for: value) : nil
        case .profile: Self.isProfileName(value) ? nil : Self.profileExpectation + "."
        case .statusWithin: Self.fault(in: value, from: 0...36_500, "days, such as 90d")
        case .statusReplacement: Self.fault(in: value, from: 0...30, "days, such as 7d")
        case .statusMaximum: Self.fault(in: value, from: 1...100, "per cent, such as 90")
        case .statusIdle, .statusKeys: Self.fault(in: value, from: 0...100, "per cent, such as 10")
        case .statusIgnore: Self.fault(in: value, ofEach: SKUPartNumber.self)
        case .statusTell: Self.fault(in: value, ofEach: NoticeKind.self)
        case .notifyCommand: value.isEmpty || value.escaped != value ? "it is a command for the shell." : nil
        }
    }

    /// A number with or without its unit: `90d`, `90%`.
    static func number(_ text: String) -> Int? {
        let digits = text.hasSuffix("d") || text.hasSuffix("%") ? text.dropLast() : text[...]
        return digits.allSatisfy { $0.isASCII && $0.isNumber } ? Int(digits) : nil
    }

    /// What stands between commas.
    static func list(_ text: String) -> [String] {
        text.split(separator: ",").map { trimmingBlanks(String($0)) }.filter { !$0.isEmpty }
    }

    private static func fault(in value: String, from range: ClosedRange<Int>, _ what: String) -> String? {
        number(value).map(range.contains) == true
            ? nil : "it is a number of \(what), from \(range.lowerBound) to \(range.upperBound)."
    }

    private static func fault<Value: TextValue>(in value: String, ofEach type: Value.Type) -> String? {
        let items = list(value)
        guard !items.isEmpty else { return "it is a list with commas between its items." }
        return items.lazy.compactMap { fault(in: $0, of: type) }.first
    }

    private static func fault<Value: TextValue>(in text: String, of type: Value.Type) -> String? {
        (try? Value(text)) == nil ? Value.form.expectation + "." : nil
    }

    static func isProfileName(_ text: String) -> Bool {
        (1...64).contains(text.utf8.count)
            && text.utf8.allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                    UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: "."):
                    true
                default: false
                }
            }
    }

    static let profileExpectation = "the name of a profile is made of letters, digits, '-', '_' and '.'"

    /// - Throws: `UsageError` that names the nearest.
    init(named name: String) throws {
        guard let setting = Setting(rawValue: name) else { throw UsageError(Self.unknown(name)) }
        self = setting
    }

    /// A sentence that says which settings there are.
    static func unknown(_ name: String) -> String {
        let names = allCases.map(\.rawValue)
        return
            "There is no setting \(name).\(didYouMean(name, names)) The settings are \(names.joined(separator: ", "))."
    }
}

/// ` Did you mean …?` with the nearest of `names`; empty where none is near.
func didYouMean(_ name: String, _ names: some Sequence<String>) -> String {
    nearNames(to: name, among: names).first.map { " Did you mean \($0)?" } ?? ""
}
