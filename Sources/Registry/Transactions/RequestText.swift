import JSON

/// A request as a text: the action, its overrides, its parameters and the digest of its file, a code among them by its keyed lookup, so that two
/// codes that end alike are two requests.
struct RequestText: Sendable {
    let text: String

    init<Recorded: RecordedUseCase>(
        _ useCase: Recorded,
        overrides: Set<OverridableRule>,
        with secrets: any SecretBox
    ) throws {
        var writer = JSONWriter()
        if let key = ActivationCode.encodingKey {
            writer.userInfo[key] = ActivationCode.Encoding { secrets.lookup(for: $0).bytes.hexadecimal }
        }
        let parameters = try writer.text(of: useCase)
        let overridden = overrides.map(\.rawValue).sorted().joined(separator: ",")
        let file = (useCase as? any TakesFile)?.file.digest ?? ""
        text = "\(Recorded.action) \(overridden) \(parameters) \(file)"
    }

    /// Refuses a parameter that holds what looks like a code, before anything of it is kept. Codes that stand where they
    /// belong are not in the text.
    /// - Throws: `Refusal` with `input.invalid`, which names the parameter and does not repeat it.
    func refuseMisplacedCodes(of useCase: some RecordedUseCase) throws {
        // JSON writes blanks other than spaces as escapes, whose letters would hide a code.
        let plain = text.utf8.contains(UInt8(ascii: "\\")) ? text.replacing(/\\[bfnrt]/, with: " ") : text
        guard ActivationCode.stands(in: plain) else { return }
        throw Refusal.misplacedCode(in: Self.parameter(of: useCase) ?? "request")
    }

    /// The innermost property with a code in it.
    private static func parameter(of value: Any) -> String? {
        for child in Mirror(reflecting: value).children
        where !(child.value is ActivationCode) && ActivationCode.stands(in: String(describing: child.value)) {
            let inner = child.value is any CustomStringConvertible ? nil : parameter(of: child.value)
            if let name = inner ?? (child.label == "some" ? nil : child.label) { return name }
        }
        return nil
    }
}

extension Refusal {
    /// A text that would be kept as it is holds what looks like a code.
    static func misplacedCode(in field: String) -> Refusal {
        Refusal(
            .inputInvalid,
            "\(quoted(field)) looks like a token's code or a product key. Codes are secret and are kept only as codes; "
                + "if this is something else, write it in another way.",
            facts: ["field": field]
        )
    }
}
