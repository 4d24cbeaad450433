/// R13: writes into the ledger that a query was denied.
struct RecordDenial: RegistryCommand {
    static let action = "access.denied"

    let subject: String
    let permission: String?

    init(_ refusal: Refusal) {
        subject = refusal.fact("subject") ?? refusal.fact("organizationId") ?? "registry"
        permission = refusal.fact("permission")
    }

    func run(in context: CommandContext) throws -> Int64 {
        try context.record(Self.action, subject: subject, changes: ["permission": .optional(permission)])
    }
}
