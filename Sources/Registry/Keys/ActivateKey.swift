/// Records that a machine was activated with a product key (R24 to R28).
///
/// The key is named by its code or by its id.
public struct ActivateKey: RegistryCommand {
    public static let action = "key.activate"
    public static let summary = "Record that a machine was activated with a product key"
    public static let alternatives = ["code", "key"]

    var code: ActivationCode?
    var key: ProductKeyID?
    let machine: KeptText
    /// A fingerprint of the machine's hardware, where the Action Pack's rule is to be able to tell a change (R25).
    var hardware: KeptText?
    /// R22: what the machine had before, for Windows client, in the administrator's words.
    var qualifyingLicense: KeptText?
    /// Nil for the key's own.
    var version: KeptText?
    /// R21: nil for a machine of the organisation's own.
    var host: VirtualMachineHost?
    /// R21: whether nobody but the organisation has access to the virtual machine; nil for false.
    var partnerOnlyAccess: Bool?
    /// When it happened; nil for today.
    var on: CalendarDate?

    public var subjectOfRefusal: String { key?.description ?? machine.trimmed }

    /// That a rule refused an activation is a ledger row.
    public func isRecorded(_ refusal: Refusal) -> Bool { refusal.rule != nil }

    public func authorize(_ gate: AccessGate) throws -> Permitted<ProductKey> {
        switch (key, code) {
        case (let id?, nil): try gate.productKey(id, for: .software)
        case (nil, let code?): try gate.productKey(code, for: .software)
        default: throw Refusal(.inputInvalid, "Name the product key either by its code or by its id.")
        }
    }

    public func run(on key: ProductKey, in context: CommandContext) throws -> ActivatedKeyResource {
        let transaction = context.transaction
        let organization = try transaction.requireOrganization(key.organizationID)
        let day = try context.day(stated: on, in: organization)
        try transaction.checkRight(toUse: key, of: organization, on: day)
        let stated = try qualifyingLicense.map { try QualifyingLicense.parse($0.text).get() }
        if let host { try host.check(partnerOnlyAccess: partnerOnlyAccess ?? false).get() }

        let previous = try transaction.lastActivation(of: key.id, on: machine.trimmed, through: day)
        let count = ActivationCount(
            program: key.traits,
            source: key.source,
            hardware: hardware?.trimmed,
            previous: previous
        )
        let use = try transaction.keyUse(of: key.id, since: day)
        if count.isConsumed, let total = key.activations, use.consumed >= total {
            throw Refusal.activationsExhausted(key)
        }
        let qualifying = stated ?? previous?.qualifyingLicense
        return try record(key, count, use, qualifying, day: day, in: context)
    }

    private func record(
        _ key: ProductKey,
        _ count: ActivationCount,
        _ use: KeyUse,
        _ qualifying: QualifyingLicense?,
        day: CalendarDate,
        in context: CommandContext
    ) throws -> ActivatedKeyResource {
        let version = version?.text ?? key.version
        let id = try context.transaction.insert(
            KeyActivationDraft(
                keyID: key.id,
                machine: machine.trimmed,
                hardware: hardware?.trimmed,
                isConsumed: count.isConsumed,
                version: version,
                qualifyingLicense: qualifying,
                host: host,
                activatedOn: day,
                recordedAt: context.now
            )
        )
        let answer = ActivatedKeyResource(
            id: id,
            keyId: key.id,
            organizationId: key.organizationID,
            product: key.product,
            version: version,
            machine: machine.trimmed,
            hardware: hardware?.trimmed,
            consumed: count.isConsumed,
            reason: count,
            activationsLeft: key.activations.map { $0 - use.consumed - (count.isConsumed ? 1 : 0) },
            qualifyingLicense: qualifying,
            host: host,
            activatedOn: day,
            warnings: try warnings(key, count, qualifying, day: day, in: context)
        )
        return try context.record(Self.action, answer, subject: key.id)
    }

    private func warnings(
        _ key: ProductKey,
        _ count: ActivationCount,
        _ qualifying: QualifyingLicense?,
        day: CalendarDate,
        in context: CommandContext
    ) throws -> [Warning] {
        var warnings: [Warning] = []
        if let warning = code?.alphabetWarning { warnings.append(warning) }
        if key.kind == .windowsClient, key.source == .program, qualifying == nil {
            warnings.append(QualifyingLicense.missing(on: machine.trimmed))
        }
        if count == .unprovenHardware {
            warnings.append(
                Warning(
                    code: "key.hardware-unproven",
                    rule: .r25,
                    detail: "A hardware fingerprint was stated at one of the last two activations of "
                        + "\(quoted(machine.trimmed)) only, so one was taken from the count. Give it every time."
                )
            )
        }
        if let warning = try supersededWarning(key, day: day, in: context) { warnings.append(warning) }
        if let host { warnings.append(host.advice(product: key.product)) }
        if ReimageAdvice.concerns(key) {
            let times = try context.transaction.activationCount(
                of: key.id,
                on: machine.trimmed,
                since: ReimageAdvice.windowStart(on: day)
            )
            let machine = MachineActivations(machine: machine.trimmed, activations: times)
            if let warning = ReimageAdvice.warning(for: machine) { warnings.append(warning) }
        }
        return warnings
    }

    /// R07: a version that was to be replaced by now is activated.
    private func supersededWarning(_ key: ProductKey, day: CalendarDate, in context: CommandContext) throws -> Warning?
    {
        guard let version = version?.text ?? key.version else { return nil }
        let name = key.product.lowercased()
        let standing = VersionStanding(
            of: version,
            among: try context.transaction.productVersions().filter { $0.product.lowercased() == name },
            isExempt: VersionStanding.isExempt(product: key.product, program: key.traits, source: key.source),
            on: day
        )
        guard case .previous(let upgradeBy, let latest) = standing, upgradeBy < day else { return nil }
        return Warning(
            code: "product.superseded",
            rule: .r07,
            detail:
                "\(key.product) \(version) had to be upgraded by \(upgradeBy), and the programme gives no downgrade "
                + "rights: install \(latest) on \(quoted(machine.trimmed))."
        )
    }
}

/// An activation that was recorded.
public struct ActivatedKeyResource: Hashable, Sendable, Codable, RecordedAnswer {
    public let id: KeyActivationID
    public let keyId: ProductKeyID
    public let organizationId: OrganizationID
    public let product: String
    @Nullable public var version: String?
    public let machine: String
    /// A fingerprint of the machine's hardware, where one was stated.
    @Nullable public var hardware: String?
    /// Whether it took one from the key's count.
    public let consumed: Bool
    /// Why it did or did not.
    public let reason: ActivationCount
    /// What the key has left; null where it has no count.
    @Nullable public var activationsLeft: Int?
    /// R22: what the machine had before, for Windows client.
    @Nullable public var qualifyingLicense: QualifyingLicense?
    /// R21: null for a machine of the organisation's own.
    @Nullable public var host: VirtualMachineHost?
    public let activatedOn: CalendarDate
    /// The ledger's row.
    public internal(set) var auditSequence: Int64 = 0
    public let warnings: [Warning]
}

extension ProgramReading {
    /// R08, R10: a key of the programme is used while something of the programme is in force; keys of an enrollment that
    /// another one follows stay in use. A volume licence's key has nothing to do with it.
    ///
    /// - Throws: `Refusal` with `date.too-early` before the key's enrollment, and `license.not-allowed` (R10).
    func checkRight(toUse key: ProductKey, of organization: Organization, on day: CalendarDate) throws {
        guard key.source == .program else { return }
        let enrollment = try requireEnrollment(key.enrollmentID)
        guard day >= enrollment.year.startsOn else {
            throw Refusal(
                .dateTooEarly,
                "The product key \(key.id) cannot have been used on \(day): its enrollment \(enrollment.id) starts on "
                    + "\(enrollment.year.startsOn).",
                facts: ["date": day, "startsOn": enrollment.year.startsOn]
            )
        }
        if enrollment.isInForce(on: day, portal: organization.portals) { return }
        let others = try enrollments(of: organization.id)
        if others.contains(where: {
            $0.traits.grantsLicenses && $0.isInForce(on: day, portal: organization.portals)
        }) {
            return
        }
        throw Refusal(
            .licenseNotAllowed,
            rule: .r10,
            "The product key \(key.id) cannot be used on \(day): its enrollment \(enrollment.id) ended with "
                + "\(enrollment.benefitsEndOn(portal: organization.portals)), and \(organization.id) holds no other "
                + "that grants licences on that day.",
            facts: ["keyId": key.id, "enrollmentId": enrollment.id]
        )
    }
}
