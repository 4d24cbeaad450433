import Registry

extension Problem {
    /// An input that is not what the use case takes.
    public init(_ fault: InputFault, requestID: String) {
        let field = ActivationCode.excerpt(of: fault.field, 100)
        self.init(
            .inputInvalid,
            field.isEmpty
                ? "The input is not valid: \(fault.reason)." : "The field \(field) is not valid: \(fault.reason).",
            requestID: requestID,
            members: [.init("field", .text(String(field)))]
        )
    }

    /// A body that is not JSON.
    public init(_ fault: JSONFault, requestID: String) {
        self.init(
            .requestMalformed,
            "The body is not valid JSON: \(fault.reason) (line \(fault.line), column \(fault.column)).",
            requestID: requestID,
            members: [.init("line", .number(fault.line)), .init("position", .number(fault.column))]
        )
    }

    private init(_ kind: TransportProblem, _ detail: String, requestID: String, members: [Refusal.Fact]) {
        self.init(
            code: kind.code,
            title: kind.title,
            status: kind.status,
            exitCode: kind.exitCode,
            detail: detail,
            requestID: requestID,
            members: members
        )
    }
}
