import Registry

/// What a refusal means for an HTTP client and for a script: the one table from code to status to exit code.
public struct Disposition: Hashable, Sendable {
    /// The HTTP status.
    public let status: Int
    /// What `tokenctl` ends with.
    public let exitCode: Int32
    /// A short text that is the same for every problem of this code.
    public let title: String

    static func of(_ code: RefusalCode) -> Disposition {
        switch code {
        case .inputInvalid: Disposition(422, 65, "The input is not valid")
        case .codeMalformed: Disposition(422, 65, "The code is malformed")
        case .importInvalid: Disposition(422, 65, "The file has bad rows")
        case .dateInFuture: Disposition(422, 65, "The date is in the future")
        case .dateTooEarly: Disposition(422, 65, "The date is too early")

        case .dryRunNotAllowed: Disposition(422, 64, "There is no dry run of this")

        case .organizationNotFound: Disposition(404, 3, "No such organisation")
        case .locationNotFound: Disposition(404, 3, "No such location")
        case .programNotFound: Disposition(404, 3, "No such programme")
        case .enrollmentNotFound: Disposition(404, 3, "No such enrollment")
        case .tokenNotFound: Disposition(404, 3, "No such token")
        case .tenantNotFound: Disposition(404, 3, "No such tenant")
        case .skuNotFound: Disposition(404, 3, "No such SKU")
        case .ruleNotFound: Disposition(404, 3, "No such rule")
        case .assignmentNotFound: Disposition(404, 3, "No such assignment")
        case .userNotFound: Disposition(404, 3, "No such user")
        case .keyNotFound: Disposition(404, 3, "No such product key")
        case .productVersionNotFound: Disposition(404, 3, "No such version of a product")
        case .subscriptionNotFound: Disposition(404, 3, "No such subscription")
        case .grantNotFound: Disposition(404, 3, "No such grant")
        case .reservationNotFound: Disposition(404, 3, "The token is not reserved")

        case .identifierTaken: Disposition(409, 5, "It already exists")
        case .codeTaken: Disposition(409, 5, "The code is already known")
        case .domainTaken: Disposition(409, 5, "The domain belongs to another tenant")
        case .tokenAlreadyRedeemed: Disposition(409, 5, "The token was redeemed before")
        case .tokenReserved: Disposition(409, 5, "The token is reserved")
        case .benefitAlreadyRedeemed: Disposition(409, 5, "The benefit was redeemed before")
        case .tokenAlreadyReplaced: Disposition(409, 5, "The token was replaced before")
        case .seatsImmovable: Disposition(409, 5, "Seats cannot be moved")
        case .idempotencyKeyReused: Disposition(409, 5, "The idempotency key was used for another request")
        case .planStale: Disposition(409, 5, "The plan is stale")
        case .assignmentExists: Disposition(409, 5, "The user is already assigned")
        case .enrollmentEnded: Disposition(409, 5, "The enrollment has ended")
        case .grantExists: Disposition(409, 5, "The permission is already granted")
        case .locationInUse: Disposition(409, 5, "The location is in use")
        case .correctionNotPossible: Disposition(409, 5, "The correction is not possible")

        case .entitlementCountryMaximum: Disposition(409, 6, "The country's maximum is reached")
        case .entitlementWorldwideMaximum: Disposition(409, 6, "The worldwide maximum is reached")
        case .entitlementExceeded: Disposition(409, 6, "The entitlement is used up")
        case .seatsExhausted: Disposition(409, 6, "No seats are left")
        case .activationsExhausted: Disposition(409, 6, "No activations are left")

        case .purposeNotAllowed: Disposition(403, 9, "The purpose is not allowed")
        case .locationClosed: Disposition(409, 9, "The location is closed")
        case .locationNotAssociated: Disposition(409, 9, "The location is not associated")
        case .programNotAvailable: Disposition(409, 9, "The programme is not available")
        case .tokenIsProductKey: Disposition(409, 9, "The code is a product key")
        case .keyIsToken: Disposition(409, 9, "The code is a token")
        case .keyNotInProgram: Disposition(409, 9, "The key is not part of the programme")
        case .tenantLeft: Disposition(409, 9, "The tenant was left")
        case .tokenVoid: Disposition(409, 9, "The token is void")
        case .tokenNotGranted: Disposition(409, 9, "The enrollment grants no such token")
        case .tokenOtherOrganization: Disposition(409, 9, "The token belongs to another organisation")
        case .replacementNotAllowed: Disposition(409, 9, "The token cannot be replaced")
        case .benefitNotGranted: Disposition(409, 9, "The benefit is not granted")
        case .benefitTooLate: Disposition(409, 9, "The benefit can no longer be activated")
        case .tenantOtherBillingAccount: Disposition(409, 9, "The tenant is under another billing account")
        case .tenantIncompatibleSKU: Disposition(409, 9, "The SKUs cannot share the tenant")
        case .skuUnknownFamily: Disposition(409, 9, "The SKU's family is not known")
        case .intentNotAllowed: Disposition(409, 9, "The intent is not allowed")
        case .extensionNotPossible: Disposition(409, 9, "The service cannot be extended")
        case .seatsUnlicensed: Disposition(409, 9, "The seats are not licensed")
        case .seatsOutOfService: Disposition(409, 9, "The seats' service has ended")
        case .assignmentNotAllowed: Disposition(409, 9, "The assignment is not allowed")
        case .serviceNotAllowed: Disposition(409, 9, "The service is not allowed")
        case .licenseNotAllowed: Disposition(409, 9, "The licence is not allowed")
        case .renewalNotDue: Disposition(409, 9, "The renewal is not due")
        case .renewalWindowClosed: Disposition(409, 9, "The renewal's window has closed")

        case .accessDenied: Disposition(403, 4, "Access denied")
        case .lastAdministrator: Disposition(409, 9, "The last administrator must stay")

        case .fileUnreadable: Disposition(422, 66, "The file cannot be read")
        case .fileUnwritable: Disposition(422, 73, "The file cannot be written")

        case .timeZoneUnknown: Disposition(503, 66, "The machine does not know the time zone")
        case .registryNotFound: Disposition(503, 3, "There is no registry")
        case .registryUnreadable: Disposition(503, 66, "The registry cannot be read")
        case .registryReadOnly: Disposition(503, 73, "The registry cannot be written")
        case .registryNotADatabase: Disposition(503, 65, "This is not a registry")
        case .registryFromNewerVersion: Disposition(503, 1, "The registry is from a newer version")
        case .registryRolledBack: Disposition(503, 5, "The registry was rolled back")
        case .registryAnchorInvalid: Disposition(503, 5, "The registry's anchor is not valid")
        case .registryKeyInvalid: Disposition(503, 1, "The registry's key is not valid")
        case .registryDamaged: Disposition(503, 1, "The registry is damaged")
        case .registryFull: Disposition(507, 73, "The disk is full")
        case .registryInputOutput: Disposition(503, 1, "I/O error")
        case .registryBusy: Disposition(503, 1, "The registry is busy")
        case .registryExposed: Disposition(503, 1, "Other users can get at the registry")
        case .registryReplaced: Disposition(503, 1, "The registry's database was replaced")
        case .registryExists: Disposition(409, 5, "The registry already exists")
        case .registryClosed: Disposition(409, 5, "The registry was closed")
        case .registryUnfinished: Disposition(503, 5, "The copy is not finished")
        case .registryTimeout: Disposition(503, 1, "Reading took too long")
        case .clockImplausible: Disposition(503, 9, "The clock cannot be right")
        case .clockNotInDoubt: Disposition(409, 5, "The clock is not in doubt")
        case .registryOutcomeUnknown: Disposition(503, 8, "The outcome is unknown")
        case .registryNotRolledBack: Disposition(409, 5, "The registry was not rolled back")
        case .backupExists: Disposition(409, 5, "The file already exists")
        case .backupInvalid: Disposition(422, 65, "The backup cannot be used")
        }
    }

    private init(_ status: Int, _ exitCode: Int32, _ title: String) {
        self.status = status
        self.exitCode = exitCode
        self.title = title
    }
}
