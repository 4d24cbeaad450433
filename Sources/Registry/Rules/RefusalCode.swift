/// The stable names of everything that the registry can refuse, `subject.reason`.
///
/// What each means for an HTTP status and an exit code stands in one table, in `RegistryAPI`.
public enum RefusalCode: String, CaseIterable, Codable, Hashable, Sendable {
    // Input that cannot be read.
    case inputInvalid = "input.invalid"
    case codeMalformed = "code.malformed"
    case importInvalid = "import.invalid"
    case dateInFuture = "date.in-future"
    case dateTooEarly = "date.too-early"
    case dryRunNotAllowed = "dry-run.not-allowed"

    // Things that are not there.
    case organizationNotFound = "organization.not-found"
    case locationNotFound = "location.not-found"
    case programNotFound = "program.not-found"
    case enrollmentNotFound = "enrollment.not-found"
    case tokenNotFound = "token.not-found"
    case tenantNotFound = "tenant.not-found"
    case skuNotFound = "sku.not-found"
    case ruleNotFound = "rule.not-found"
    case assignmentNotFound = "assignment.not-found"
    case userNotFound = "user.not-found"
    case keyNotFound = "key.not-found"
    case productVersionNotFound = "product-version.not-found"
    case subscriptionNotFound = "subscription.not-found"
    case grantNotFound = "grant.not-found"
    case reservationNotFound = "reservation.not-found"

    // Conflicts with what the registry already holds.
    case identifierTaken = "identifier.taken"
    case codeTaken = "code.taken"
    case domainTaken = "domain.taken"
    case tokenAlreadyRedeemed = "token.already-redeemed"
    case tokenReserved = "token.reserved"
    case benefitAlreadyRedeemed = "benefit.already-redeemed"
    case tokenAlreadyReplaced = "token.already-replaced"
    case seatsImmovable = "seats.immovable"
    case idempotencyKeyReused = "idempotency.key-reused"
    case planStale = "plan.stale"
    case assignmentExists = "assignment.exists"
    case enrollmentEnded = "enrollment.ended"
    case grantExists = "grant.exists"
    case locationInUse = "location.in-use"
    case locationClosed = "location.closed"
    case correctionNotPossible = "correction.not-possible"

    // Nothing is left.
    case entitlementCountryMaximum = "entitlement.country-maximum"
    case entitlementWorldwideMaximum = "entitlement.worldwide-maximum"
    case entitlementExceeded = "entitlement.exceeded"
    case seatsExhausted = "seats.exhausted"
    case activationsExhausted = "activations.exhausted"

    // Another rule forbids it.
    case purposeNotAllowed = "purpose.not-allowed"
    case locationNotAssociated = "location.not-associated"
    case programNotAvailable = "program.not-available"
    case tokenIsProductKey = "token.is-product-key"
    case keyIsToken = "key.is-token"
    case keyNotInProgram = "key.not-in-program"
    case tenantLeft = "tenant.left"
    case tokenVoid = "token.void"
    case tokenNotGranted = "token.not-granted"
    case tokenOtherOrganization = "token.other-organization"
    case replacementNotAllowed = "replacement.not-allowed"
    case benefitNotGranted = "benefit.not-granted"
    case benefitTooLate = "benefit.too-late"
    case tenantOtherBillingAccount = "tenant.other-billing-account"
    case tenantIncompatibleSKU = "tenant.incompatible-sku"
    case skuUnknownFamily = "sku.unknown-family"
    case intentNotAllowed = "intent.not-allowed"
    case extensionNotPossible = "extension.not-possible"
    case seatsUnlicensed = "seats.unlicensed"
    case seatsOutOfService = "seats.out-of-service"
    case assignmentNotAllowed = "assignment.not-allowed"
    case serviceNotAllowed = "service.not-allowed"
    case licenseNotAllowed = "license.not-allowed"
    case renewalNotDue = "renewal.not-due"
    case renewalWindowClosed = "renewal.window-closed"

    // The caller may not.
    case accessDenied = "access.denied"
    case lastAdministrator = "access.last-administrator"

    // Files of the caller's.
    case fileUnreadable = "file.unreadable"
    case fileUnwritable = "file.unwritable"

    // The registry itself.
    case timeZoneUnknown = "time-zone.unknown"
    case registryNotFound = "registry.not-found"
    case registryUnreadable = "registry.unreadable"
    case registryReadOnly = "registry.read-only"
    case registryNotADatabase = "registry.not-a-database"
    case registryFromNewerVersion = "registry.from-newer-version"
    case registryRolledBack = "registry.rolled-back"
    case registryAnchorInvalid = "registry.anchor-invalid"
    case registryKeyInvalid = "registry.key-invalid"
    case registryDamaged = "registry.damaged"
    case registryFull = "registry.full"
    case registryInputOutput = "registry.input-output"
    case registryBusy = "registry.busy"
    case registryExposed = "registry.exposed"
    case registryReplaced = "registry.replaced"
    case registryExists = "registry.exists"
    case registryClosed = "registry.closed"
    case registryUnfinished = "registry.unfinished"
    case registryOutcomeUnknown = "registry.outcome-unknown"
    case registryNotRolledBack = "registry.not-rolled-back"
    case registryTimeout = "registry.timeout"
    case clockImplausible = "clock.implausible"
    case clockNotInDoubt = "clock.not-in-doubt"
    case backupExists = "backup.exists"
    case backupInvalid = "backup.invalid"
}

extension RefusalCode {
    /// Whether the engine gave up, rather than a rule: nothing more can be written in its transaction.
    public var isEngineFault: Bool { rawValue.hasPrefix("registry.") }
}
