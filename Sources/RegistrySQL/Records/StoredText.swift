package import Registry

/// A value of the domain that is stored as its text.
package protocol StoredText: ColumnValue, TextValue {}

extension StoredText {
    package init?(column: Column) {
        guard let text = String(column: column), let value = try? Self(text) else { return nil }
        self = value
    }

    package var sqlValue: SQLValue {
        description.sqlValue
    }
}

extension AnniversaryBasis: StoredText {}
extension AssignmentKind: StoredText {}
extension CalendarDate: StoredText {}
extension CloudService: StoredText {}
extension CountryCode: StoredText {}
extension DomainName: StoredText {}
extension Enrollment.Ending.Kind: StoredText {}
extension Identifier: StoredText {}
extension OrganizationTimeZone: StoredText {}
extension Permission: StoredText {}
extension Portal: StoredText {}
extension Principal: StoredText {}
extension ProductKey.Source: StoredText {}
extension ProductLine: StoredText {}
extension Program.Kind: StoredText {}
extension QualifyingLicense: StoredText {}
extension RedemptionIntent: StoredText {}
extension SKUPartNumber: StoredText {}
extension TenantID: StoredText {}
extension Token.Origin: StoredText {}
extension UsePurpose: StoredText {}
extension UserPrincipalName: StoredText {}
extension UseStanding: StoredText {}
extension VirtualMachineHost: StoredText {}
extension YearLength: StoredText {}

/// Stored as its number.
extension NumberedIdentifier: ColumnValue {
    package init?(column: Column) {
        guard let number = Int64(column: column) else { return nil }
        self.init(number: number)
    }

    package var sqlValue: SQLValue {
        number.sqlValue
    }
}

/// Stored as microseconds since 1970.
extension Instant: ColumnValue {
    package init?(column: Column) {
        guard let microseconds = Int64(column: column) else { return nil }
        self.init(microsecondsSinceEpoch: microseconds)
    }

    package var sqlValue: SQLValue {
        microsecondsSinceEpoch.sqlValue
    }
}

/// A value of the domain that is stored as its bytes.
protocol StoredBytes: ColumnValue {
    var bytes: [UInt8] { get }
    init(bytes: [UInt8])
}

extension StoredBytes {
    package init?(column: Column) {
        guard let bytes = [UInt8](column: column) else { return nil }
        self.init(bytes: bytes)
    }

    package var sqlValue: SQLValue {
        bytes.sqlValue
    }
}

extension CodeLookup: StoredBytes {}
extension RequestDigest: StoredBytes {}
