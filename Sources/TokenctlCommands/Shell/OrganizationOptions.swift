import ArgumentParser

/// The organisation of a command that is about one, as its first argument.
struct OrganizationArgument: ParsableArguments {
    @Argument(help: ArgumentHelp("The organisation's id (default: the one that is set).", valueName: "org"))
    var organization: String?

    init() {}
}

/// The organisation of a command, as an option.
struct OrganizationOption: ParsableArguments {
    @Option(help: ArgumentHelp("The organisation's id (default: the one that is set).", valueName: "org"))
    var org: String?

    init() {}
}

/// The tenant of a command that changes nothing, as its first argument.
struct TenantArgument: ParsableArguments {
    @Argument(
        help: ArgumentHelp("A domain of the tenant, or its id (default: the one that is set).", valueName: "tenant")
    )
    var tenant: String?

    init() {}
}

/// The tenant of a command whose work can be undone, as an option.
struct TenantOption: ParsableArguments {
    @Option(
        help: ArgumentHelp("A domain of the tenant, or its id (default: the one that is set).", valueName: "tenant")
    )
    var tenant: String?

    init() {}
}

extension Shell {
    /// The organisation that the command line names, else the one that is set.
    /// - Throws: `UsageError` where neither is.
    func organization(_ given: OrganizationArgument) throws -> String { try organization(given.organization) }

    /// The organisation that the command line names, else the one that is set.
    /// - Throws: `UsageError` where neither is.
    func organization(_ given: OrganizationOption) throws -> String { try organization(given.org) }

    func organization(_ given: String?) throws -> String {
        try required(given, .org, "Name the organisation: none is set.")
    }

    /// The tenant that the command line names, else the one that is set. Nothing that cannot be undone asks for it.
    /// - Throws: `UsageError` where neither is.
    func tenant(_ given: String?) throws -> String {
        try required(given, .tenant, "Name the tenant: none is set.")
    }

    private func required(_ given: String?, _ setting: Setting, _ complaint: String) throws -> String {
        guard let value = given ?? global.settings[setting] else {
            throw UsageError(
                complaint,
                hint: "tokenctl config set \(setting.rawValue) \(setting.rawValue.uppercased())"
            )
        }
        return value
    }
}
